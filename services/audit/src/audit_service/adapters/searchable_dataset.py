"""The searchable dataset: what of a record is indexed, and how. Only what is searched, and no e-mail address."""

from typing import Any

from countersign_common.clock import to_rfc3339

from audit_service.domain.audit_record import AuditRecord

ALIAS = "audit-trail"
"""What is searched: every monthly index is behind it."""

_KEYWORD = {"type": "keyword"}
_INTEGER = {"type": "integer"}

TEMPLATE: dict[str, Any] = {
    "index_patterns": [f"{ALIAS}-*"],
    "version": 1,
    "template": {
        "aliases": {ALIAS: {}},
        "mappings": {
            # A field that is not meant to be searched is a mistake, and is refused.
            "dynamic": "strict",
            "properties": {
                "datasetId": _KEYWORD,
                "workflowId": _KEYWORD,
                "scheme": _KEYWORD,
                "stepId": _KEYWORD,
                "round": _INTEGER,
                "sequence": _INTEGER,
                "actionType": _KEYWORD,
                "actionOwner": _KEYWORD,
                "outcome": _KEYWORD,
                "occurredAt": {"type": "date"},
                "participants": _KEYWORD,
                "text": {"type": "text"},
            },
        },
    },
}
"""The index template, named like the alias, that monthly indices are made from when their first record comes."""


def index_of(record: AuditRecord) -> str:
    """The monthly index of a record, named from its own time: the same whenever it is delivered."""
    return f"{ALIAS}-{record.occurred_at:%Y.%m}"


def searchable(record: AuditRecord) -> dict[str, Any]:
    """The document of a record; its id is the datasetId. What was erased is in no document."""
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
