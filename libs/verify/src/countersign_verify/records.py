"""Audit records in files, in the format of the response of `GET /audit-trail/{datasetId}`."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from countersign_verify.canonical import DECODER

PARTS = ("person", "content")
WITHHELD_PARTS = frozenset({"person"})
"""Parts that the API may withhold. It shows content to everyone who may read the record."""


class NotARecordError(ValueError):
    """A value in a file is not an audit record with its canonical texts."""


@dataclass(frozen=True)
class Opening:
    """The salt and the text that a commitment was made to.

    Attributes:
        salt: decoded from base64; empty if it is not valid base64.
        value: the canonical text.
    """

    salt: bytes
    value: str


@dataclass(frozen=True)
class Record:
    """The audit record of one event.

    Attributes:
        dataset_id: the record's key.
        hash: the stored hash of the sealed text.
        sealed: the text that was hashed.
        openings: maps each part to its opening; None if the part was erased or withheld.
        withheld: the parts that the reader was not allowed to see.
        shown: the record's `sealed`, `person` and `content` as the API shows them to people.
    """

    dataset_id: str
    hash: str
    sealed: str
    openings: Mapping[str, Opening | None]
    withheld: frozenset[str]
    shown: Mapping[str, Any]


def read_records(text: str) -> Iterator[Record]:
    """Read the records in a file: JSON objects, one after another on one or more lines, or arrays of them.

    Raises:
        NotARecordError: a value is not a record. Nothing after it is read.
    """
    for number, value in enumerate(_read_values(text), 1):
        try:
            yield _read_record(value)
        except (KeyError, TypeError, ValueError) as error:
            raise NotARecordError(
                f"value {number} is not an audit record with its canonical texts: {error!r}"
            ) from error


def _read_values(text: str) -> Iterator[Any]:
    position = _skip_white_space(text, 0)
    while position < len(text):
        try:
            value, end = DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            raise NotARecordError(f"not JSON: {error}") from error
        yield from value if isinstance(value, list) else [value]
        position = _skip_white_space(text, end)


def _skip_white_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n\ufeff":
        position += 1
    return position


def _read_record(value: Any) -> Record:
    texts = value["canonical"]
    redacted = {_text(part) for part in value.get("redacted", [])}
    return Record(
        dataset_id=_text(value["datasetId"]),
        hash=_text(value["hash"]),
        sealed=_text(texts["sealed"]),
        openings={part: _read_opening(texts[part]) for part in PARTS},
        withheld=WITHHELD_PARTS & redacted,
        shown={part: value[part] for part in ("sealed", *PARTS)},
    )


def _read_opening(value: Any) -> Opening | None:
    if value is None:
        return None
    text = _text(value["salt"])
    try:
        salt = base64.b64decode(text, validate=True)
    except ValueError:
        salt = b""  # opens nothing, so the record gets a finding
    return Opening(salt, _text(value["value"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    _ = value.encode()  # a lone surrogate has no bytes that could have been hashed
    return value
