"""Audit records as files: what `GET /audit-trail/{datasetId}` answers, as many as there are."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

PARTS = ("person", "content")


class NotARecord(ValueError):
    """What stands in a file is no audit record with its canonical texts."""


@dataclass(frozen=True)
class Opening:
    """What opens a commitment.

    Attributes:
        salt: decoded from base64; empty where that was not possible.
        value: the text that was committed to.
    """

    salt: bytes
    value: str


@dataclass(frozen=True)
class Record:
    """One action's record.

    Attributes:
        dataset_id: under which it is kept.
        hash: of the sealed text, as it is kept.
        sealed: the text that was hashed.
        openings: part → what opens its commitment; None where it was erased.
        shown: the record's `sealed`, `person` and `content` as people read them.
    """

    dataset_id: str
    hash: str
    sealed: str
    openings: Mapping[str, Opening | None]
    shown: Mapping[str, Any]


def records_in(text: str) -> Iterator[Record]:
    """The records in a file's text: JSON objects one after another (one on a line, or over many), or arrays of them.

    Raises:
        NotARecord: what stands there is something else; nothing that follows is read.
    """
    for number, value in enumerate(_values_in(text), 1):
        try:
            yield _record(value)
        except (KeyError, TypeError, ValueError) as error:
            raise NotARecord(
                f"value {number} is no audit record with its canonical texts: {error!r}"
            ) from error


def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object for `json`. Of a name that stands twice, one reader takes the first and another the last.

    Raises:
        ValueError: it does.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


# A number with a fraction is in no record. As a Decimal it passes for no whole number that was hashed.
_JSON = json.JSONDecoder(object_pairs_hook=without_duplicates, parse_float=Decimal)


def _values_in(text: str) -> Iterator[Any]:
    at = _after_space(text, 0)
    while at < len(text):
        try:
            value, end = _JSON.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise NotARecord(f"not JSON: {error}") from error
        yield from value if isinstance(value, list) else [value]
        at = _after_space(text, end)


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n\ufeff":
        at += 1
    return at


def _record(value: Any) -> Record:
    texts = value["canonical"]
    return Record(
        dataset_id=_text(value["datasetId"]),
        hash=_text(value["hash"]),
        sealed=_text(texts["sealed"]),
        openings={part: _opening(texts[part]) for part in PARTS},
        shown={part: value[part] for part in ("sealed", *PARTS)},
    )


def _opening(value: Any) -> Opening | None:
    if value is None:
        return None
    text = _text(value["salt"])
    try:
        salt = base64.b64decode(text, validate=True)
    except ValueError:
        salt = b""  # changed beyond reading, it opens nothing, which is the finding
    return Opening(salt, _text(value["value"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    _ = value.encode()  # what is no Unicode has no bytes that could have been hashed
    return value
