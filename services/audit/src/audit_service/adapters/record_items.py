"""A record as an item of the audit-trail table, and back."""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

from countersign_common.aws.items import Item, to_value
from countersign_common.compression import unpack_text
from countersign_common.events.audit_event import StoredTexts
from countersign_common.proof.commitment import PARTS, CommitmentOpening

from audit_service.domain.audit_record import SIZE_LIMIT, AuditRecord

MAX_TEXT_BYTES = SIZE_LIMIT + 10_000
"""Most bytes of all texts of a record; its hash is one of them. A record with more was not recorded like this."""

_CONTROL_CHARACTER = re.compile("[\x00-\x1f]")


def item_of(record: AuditRecord) -> Item:
    """Return the item of a record: its texts, what opens the commitments, and the keys of table and index.

    An event that is not about a workflow has no `workflowId`, and so is not in the index.
    """
    texts = record.stored_texts or StoredTexts.of(record.sealed, record.person, record.content, packed={})
    item: Item = {
        "datasetId": {"S": record.dataset_id},
        "hash": {"S": record.hash},
        "sealed": to_value(texts.sealed),
    }
    workflow = record.event.workflow
    if workflow is not None:
        item |= {"workflowId": {"S": record.event.target.id}, "sequence": {"N": str(workflow.sequence)}}
    for part in PARTS:
        opening: CommitmentOpening | None = getattr(record, part)
        if opening is not None:
            item[part] = {"M": {"salt": {"B": opening.salt}, "value": to_value(getattr(texts, part))}}
    return item


def record_of(item: Item) -> AuditRecord:
    """Return the record of an item, whatever was done to it: a damaged text becomes an empty one, and is in `raw`."""
    raw: dict[str, bytes] = {}
    left = _TextBytes()
    return AuditRecord(
        dataset_id=item["datasetId"]["S"],
        hash=_unpacked(item.get("hash"), "hash", raw, left),
        sealed=_unpacked(item.get("sealed"), "sealed", raw, left),
        person=_opening(item.get("person"), "person", raw, left),
        content=_opening(item.get("content"), "content", raw, left),
        raw=raw,
    )


@dataclass
class _TextBytes:
    """How many bytes the texts of a record may still have: compressed, an item can hold many times its size."""

    left: int = MAX_TEXT_BYTES

    def take(self, text: str) -> bool:
        """Return whether a text can be one that was recorded: short enough, and without control characters.

        JSON in canonical form has none, and each would take six bytes in a response.
        """
        size = len(text) if text.isascii() else len(text.encode())
        if size > self.left or _CONTROL_CHARACTER.search(text):
            return False
        self.left -= size
        return True


def _unpacked(attribute: Any, name: str, raw: dict[str, bytes], left: _TextBytes) -> str:
    match attribute:
        case {"S": str(text)}:
            if left.take(text):
                return text
            raw[name] = text.encode()
        case {"B": bytes(packed)}:
            try:
                text = unpack_text(packed)
                if left.take(text):
                    return text
            except ValueError:
                pass
            raw[name] = packed
        case None:
            pass
        case _:
            raw[name] = _as_stored(attribute)
    return ""


def _opening(attribute: Any, name: str, raw: dict[str, bytes], left: _TextBytes) -> CommitmentOpening | None:
    match attribute:
        case None:
            return None
        case {"M": {"salt": {"B": bytes(salt)}, **members}}:
            return CommitmentOpening(salt, _unpacked(members.get("value"), f"{name}.value", raw, left))
    raw[name] = _as_stored(attribute)
    return CommitmentOpening(b"", "")


def _as_stored(attribute: Any) -> bytes:
    """Return a value of another type than the service writes, as DynamoDB's JSON."""
    return json.dumps(attribute, default=lambda value: base64.b64encode(value).decode()).encode()
