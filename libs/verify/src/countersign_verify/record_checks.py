"""Check one record by itself, and return what the verification of its chain needs."""

import hashlib
from typing import Annotated, Any, NamedTuple

import msgspec

from countersign_verify.canonical import (
    MAX_SAFE_INTEGER,
    decode,
    has_canonical_text,
    is_canonical_object,
)
from countersign_verify.records import Opening, Record

SALT_LENGTH = 32
"""Bytes of a salt. With any other length, bytes could move from value to salt without changing the commitment."""

PERSON_MISSING, CONTENT_MISSING, PERSON_WITHHELD, CONTENT_WITHHELD = 1, 2, 4, 8
"""Bits of `CheckedRecord.closed`: parts that the record doesn't have."""

UNREADABLE_ID = ""
"""The workflow ID of records that can't be read: they belong to no chain that is known."""


class CheckedRecord(NamedTuple):
    """A record after the checks that need no other record.

    Attributes:
        workflow_id: None for an event outside workflows, UNREADABLE_ID if it can't be known.
        sequence: position in the chain; 0 without one.
        dataset_id: the record's key.
        hash: recomputed from the sealed text, 64 hex digits; empty if it can't be read.
        previous_hash: of the workflow block; empty without one.
        occurred_at, source, outcome: as sealed; empty if they are not text.
        closed: bits of the parts that the record doesn't have.
        codes: the codes of its findings, with spaces between; None without findings.
    """

    workflow_id: str | None
    sequence: int
    dataset_id: str
    hash: str
    previous_hash: str
    occurred_at: str
    source: str
    outcome: str
    closed: int
    codes: str | None


_Integer = Annotated[int, msgspec.Meta(ge=-MAX_SAFE_INTEGER, le=MAX_SAFE_INTEGER)]


class _Reference(msgspec.Struct):
    id: str
    type: str


class _WorkflowBlock(msgspec.Struct):
    previous_hash: str = msgspec.field(name="previousHash")
    round: _Integer
    scheme: str
    scheme_version: _Integer = msgspec.field(name="schemeVersion")
    sequence: Annotated[int, msgspec.Meta(ge=1, le=MAX_SAFE_INTEGER)]
    step_id: str | None = msgspec.field(name="stepId")


class SealedPart(msgspec.Struct, omit_defaults=True):
    """The sealed part, with its fields in canonical order: what msgspec writes for it is its canonical text."""

    action_owner: _Reference = msgspec.field(name="actionOwner")
    action_type: str = msgspec.field(name="actionType")
    content_commitment: str = msgspec.field(name="contentCommitment")
    event_id: str = msgspec.field(name="eventId")
    occurred_at: str = msgspec.field(name="occurredAt")
    outcome: str
    participants: list[str]
    person_commitment: str = msgspec.field(name="personCommitment")
    request_id: str = msgspec.field(name="requestId")
    schema_version: _Integer = msgspec.field(name="schemaVersion")
    source: str
    target: _Reference
    workflow: _WorkflowBlock | None = None


_decode_sealed = msgspec.json.Decoder(SealedPart).decode
_encode = msgspec.json.Encoder().encode
_sha256 = hashlib.sha256

_PERSON_PREFIX, _CONTENT_PREFIX = b"countersign/v1/person\x00", b"countersign/v1/content\x00"


def read_sealed(text: str, raw: bytes) -> SealedPart | None:
    """Return the sealed part of a text; None if it isn't canonical or lacks a field that the verification needs.

    Args:
        text: the sealed text.
        raw: its bytes in UTF-8.
    """
    sealed: SealedPart | None
    try:
        sealed = _decode_sealed(raw)
        is_known = _encode(sealed) == raw
    except (ValueError, RecursionError):
        is_known = False
    if not is_known:
        sealed = _read_other_sealed(text, raw)
    if sealed is None or (sealed.workflow is not None and sealed.target.type != "workflow"):
        return None
    return sealed


def _read_other_sealed(text: str, raw: bytes) -> SealedPart | None:
    """Read a sealed part that has other fields than those known here."""
    if not is_canonical_object(text, raw):
        return None
    value = decode(text)
    target, workflow = value.get("target"), value.get("workflow")
    is_readable = (
        _has_texts(value, "eventId", "personCommitment", "contentCommitment")
        and _has_texts(target, "type", "id")
        and (workflow is None or _is_link(workflow))
    )
    if not is_readable:
        return None
    block = None
    if workflow is not None:
        block = _WorkflowBlock(workflow["previousHash"], 0, "", 0, workflow["sequence"], None)
    return SealedPart(
        _Reference("", ""),
        _text(value.get("actionType")),
        value["contentCommitment"],
        value["eventId"],
        _text(value.get("occurredAt")),
        _text(value.get("outcome")),
        [],
        value["personCommitment"],
        "",
        0,
        _text(value.get("source")),
        _Reference(target["id"], target["type"]),
        block,
    )


def _is_link(workflow: Any) -> bool:
    if not _has_texts(workflow, "previousHash"):
        return False
    sequence = workflow.get("sequence")
    return type(sequence) is int and 1 <= sequence <= MAX_SAFE_INTEGER  # not isinstance: True is an int


def _has_texts(value: Any, *names: str) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def check_record(record: Record) -> CheckedRecord:
    """Check the hash, the ID, both commitments and what people are shown."""
    text = record.sealed or ""
    raw = text.encode()
    sealed = read_sealed(text, raw)
    if sealed is None:
        return CheckedRecord(UNREADABLE_ID, 0, record.dataset_id, "", "", "", "", "", 0, "unreadable")
    codes: list[str] = []
    hash_ = _sha256(raw).hexdigest()
    if hash_ != record.hash:
        codes.append("hash-mismatch")
    if sealed.event_id != record.dataset_id:
        codes.append("event-id-mismatch")
    shown = record.shown
    if shown is not None and not has_canonical_text(shown[0], text, raw):
        codes.append("sealed-shown-differs")
    closed = 0
    if record.person is not None:
        problem = _opening_problem(
            _PERSON_PREFIX, record.person, sealed.person_commitment, shown and shown[1]
        )
        if problem:
            codes.append(f"person-{problem}")
    else:
        closed = PERSON_WITHHELD if record.is_person_withheld else PERSON_MISSING
        if shown is not None and not _is_closed(shown[1], names_allowed=record.is_person_withheld):
            codes.append("person-shown-differs")
    if record.content is not None:
        problem = _opening_problem(
            _CONTENT_PREFIX, record.content, sealed.content_commitment, shown and shown[2]
        )
        if problem:
            codes.append(f"content-{problem}")
    else:
        closed |= CONTENT_WITHHELD if record.is_content_withheld else CONTENT_MISSING
        if shown is not None and not _is_closed(shown[2], names_allowed=False):
            codes.append("content-shown-differs")
    block = sealed.workflow
    return CheckedRecord(
        None if block is None else sealed.target.id,
        0 if block is None else block.sequence,
        record.dataset_id,
        hash_,
        "" if block is None else block.previous_hash,
        sealed.occurred_at,
        sealed.source,
        sealed.outcome,
        closed,
        " ".join(codes) or None,
    )


def _opening_problem(prefix: bytes, opening: Opening, commitment: str, shown: bytes | None) -> str | None:
    """Return what is wrong with a part, or None."""
    raw = opening.value.encode()
    salt = opening.salt_bytes()
    if len(salt) != SALT_LENGTH or _sha256(prefix + salt + raw).hexdigest() != commitment:
        return "mismatch"
    if not is_canonical_object(opening.value, raw):
        return "unreadable"
    if shown is None or has_canonical_text(shown, opening.value, raw):
        return None
    return "shown-differs"


def _is_closed(shown: bytes, *, names_allowed: bool) -> bool:
    """Return whether a part is shown as the API shows one that it doesn't open: not, or a withheld person by name."""
    if shown == b"null":
        return True
    value = decode(shown.decode()) if names_allowed else ()
    return value is None or (isinstance(value, dict) and value.keys() <= {"name"})
