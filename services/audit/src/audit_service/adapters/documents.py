"""The document of a record: what is indexed. No e-mail address, and nothing that is not searched."""

from typing import Any

from countersign_common.clock import to_rfc3339

from audit_service.domain.audit_record import AuditRecord, UnreadableRecord


def document_of(record: AuditRecord) -> dict[str, Any]:
    """Return a record's document. An erased part is not in it.

    Raises:
        UnreadableRecord: the stored texts lack what is indexed.
    """
    try:
        facts, content = record.facts, record.content_facts or {}
        return {
            "datasetId": record.dataset_id,
            "workflowId": facts["workflowId"],
            "scheme": facts["scheme"],
            "stepId": facts["stepId"],
            "round": facts["round"],
            "sequence": facts["sequence"],
            "actionType": facts["actionType"],
            "actionOwner": facts["actionOwner"]["userId"],
            "outcome": facts["outcome"],
            "occurredAt": to_rfc3339(record.occurred_at),
            "participants": list(record.participants),
            "text": [text for text in (content.get("title"), content.get("comment")) if text],
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableRecord(record.dataset_id) from error
