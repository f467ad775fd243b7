"""The index document of a record: what is searched, without email addresses."""

import json
from collections.abc import Mapping
from typing import Any

from countersign_common.clock import to_rfc3339

from audit_service.adapters.index_schema import write_alias
from audit_service.domain.audit_record import AuditRecord

_JSON = json.JSONEncoder(separators=(",", ":"))


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


def overwrite_lines(dataset_id: str, month: str, document: Mapping[str, Any]) -> str:
    """Return the lines of a `_bulk` that create or overwrite a document in the index of its month."""
    return bulk_lines({"index": {"_index": write_alias(month), "_id": dataset_id}}, document)


def delete_lines(index: str, dataset_id: str) -> str:
    """Return the lines of a `_bulk` that delete a document."""
    return bulk_lines({"delete": {"_index": index, "_id": dataset_id}})


def bulk_lines(*objects: Mapping[str, Any]) -> str:
    """Return JSON objects as lines of a `_bulk`."""
    return "".join(f"{_JSON.encode(each)}\n" for each in objects)
