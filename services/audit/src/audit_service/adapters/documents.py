"""The index document of a record: what is searched, without email addresses."""

from typing import Any

from countersign_common.clock import to_rfc3339

from audit_service.domain.audit_record import AuditRecord


def document_of(record: AuditRecord) -> dict[str, Any]:
    """Return the document of a record. What was erased is not in it.

    Raises:
        UnreadableRecordError: The record is damaged.
    """
    event, content = record.event, record.content_part
    document: dict[str, Any] = {
        "datasetId": record.dataset_id,
        "target": event.target.id,
        "actionType": event.action_type,
        "actionOwner": event.action_owner.id,
        "outcome": event.outcome,
        "occurredAt": to_rfc3339(record.occurred_at),
        "participants": list(event.participants),
        "text": [] if content is None else [text for text in (content.title, content.comment) if text],
    }
    if event.workflow is not None:
        document |= {
            "workflowId": event.target.id,
            "scheme": event.workflow.scheme,
            "stepId": event.workflow.step_id,
        }
    return document
