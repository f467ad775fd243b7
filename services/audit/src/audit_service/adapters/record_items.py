"""A record as an item of the audit-trail table, and back."""

from collections.abc import Mapping
from typing import Any

from audit_service.domain.audit_record import AuditRecord, Opening

Item = Mapping[str, Any]
"""An item in DynamoDB's own form: attribute name → {type: value}."""


def item_of(record: AuditRecord) -> dict[str, Any]:
    """The item: the texts as they were hashed, the keys of table and index, and what opens the commitments."""
    item: dict[str, Any] = {
        "datasetId": {"S": record.dataset_id},
        "workflowId": {"S": record.workflow_id},
        "sequence": {"N": str(record.sequence)},
        "hash": {"S": record.hash},
        "sealed": {"S": record.sealed},
        "participants": {"L": [{"S": participant} for participant in record.participants]},
    }
    for part, opening in (("person", record.person), ("content", record.content)):
        if opening is not None:
            item[part] = {"M": {"salt": {"S": opening.salt}, "value": {"S": opening.value}}}
    return item


def record_of(item: Item) -> AuditRecord:
    """The record in an item, whatever became of it: a text that is gone reads as empty, for a verifier to judge."""
    return AuditRecord(
        dataset_id=item["datasetId"]["S"],
        hash=_text(item, "hash"),
        sealed=_text(item, "sealed"),
        person=_opening(item, "person"),
        content=_opening(item, "content"),
        participants=tuple(participant["S"] for participant in item.get("participants", {}).get("L", ())),
    )


def _text(item: Item, name: str) -> str:
    return str(item.get(name, {}).get("S", ""))


def _opening(item: Item, part: str) -> Opening | None:
    if part not in item:
        return None
    members = item[part].get("M", {})
    return Opening(_text(members, "salt"), _text(members, "value"))
