"""Audit records in files: one in the format of the API's response, or one of an evidence bundle."""

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from countersign_verify.canonical import DECODER, is_unambiguous

PARTS = ("person", "content")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

WITHHELD_PARTS = frozenset({"person"})
"""Parts that the API may withhold from a reader of a record. It shows content to everyone who may read the record; a
bundle also has the records that the reader may not read, without their content."""


class NotARecordError(ValueError):
    """A value in a file is not an audit record with its canonical texts."""


class Opening(msgspec.Struct, frozen=True):
    """The salt and the text that a commitment was made to.

    Attributes:
        salt: in base64.
        value: the canonical text.
    """

    salt: str
    value: str

    def salt_bytes(self) -> bytes:
        """Return the salt; empty if it is not the base64 of one, so that it opens nothing."""
        try:
            salt = base64.b64decode(self.salt, validate=True)
        except ValueError:
            return b""
        # The last character has bits that aren't part of the salt.
        return salt if base64.b64encode(salt) == self.salt.encode() else b""


class Record(msgspec.Struct, frozen=True):
    """The audit record of one event.

    Attributes:
        dataset_id: the record's key.
        hash: the stored hash of the sealed text.
        sealed: the text that was hashed; None if it can't be read.
        person, content: their openings; None if the part was erased or withheld.
        is_person_withheld, is_content_withheld: whether the reader was not allowed to see the part.
        shown: the record's `sealed`, `person` and `content` as JSON texts as the API shows them to people; None in a
            bundle, which has the canonical texts only.
    """

    dataset_id: str
    hash: str
    sealed: str | None
    person: Opening | None
    content: Opening | None
    is_person_withheld: bool
    shown: tuple[bytes, bytes, bytes] | None
    is_content_withheld: bool = False


class _CanonicalTexts(msgspec.Struct):
    sealed: str
    person: Opening | None
    content: Opening | None


class _ApiRecord(msgspec.Struct, kw_only=True):
    """The response of `GET /audit-trail/{datasetId}`, with its fields in the order in which the API writes them."""

    dataset_id: str = msgspec.field(name="datasetId")
    hash: str
    sealed: msgspec.Raw
    person: msgspec.Raw
    content: msgspec.Raw
    redacted: list[str] = []
    canonical: _CanonicalTexts


_decode_api_record = msgspec.json.Decoder(_ApiRecord).decode
_encode = msgspec.json.Encoder().encode


def read_record(raw: bytes) -> Record:
    """Read a record in the format of the response of `GET /audit-trail/{datasetId}`.

    Raises:
        NotARecordError: The text is not one, or has a name twice.
    """
    return read_api_record(raw) or _read_slowly(raw)


def read_api_record(raw: bytes) -> Record | None:
    """Read a record as the API writes it; None if the text is not one, or another reader must decide."""
    try:
        read = _decode_api_record(raw)
        # Usually, the text is what the API wrote, and comparing all of it is the fastest way to find a second value.
        is_unique = _encode(read) == raw or is_unambiguous(raw)
    except (ValueError, RecursionError):
        is_unique = False
    if not is_unique:
        return None
    texts = read.canonical
    return Record(
        read.dataset_id,
        read.hash,
        texts.sealed,
        texts.person,
        texts.content,
        bool(read.redacted) and not WITHHELD_PARTS.isdisjoint(read.redacted),
        (bytes(read.sealed), bytes(read.person), bytes(read.content)),
    )


def read_records(text: str) -> Iterator[Record]:
    """Read the records in a text: JSON objects, one after another on one or more lines, or arrays of them.

    Raises:
        NotARecordError: A value is not a record. Nothing after it is read.
    """
    for raw in split_values(iter((text,))):
        yield read_record(raw)


def _read_slowly(raw: bytes) -> Record:
    """Read a record in any notation of JSON."""
    try:
        value = DECODER.decode(raw.decode())
        return _unreadable_record(value) or record_from(value)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotARecordError(
            f"a value is not an audit record with its canonical texts: {error!r}"
        ) from error


def _unreadable_record(value: Any) -> Record | None:
    """Return a record from the API's problem response for a record that it can't read; None if it isn't one."""
    is_problem = isinstance(value, dict) and str(value.get("type", "")).endswith("/unreadable-record.md")
    if not is_problem:
        return None
    dataset_id = _UUID.search(str(value.get("detail", "")))
    return Record(dataset_id[0] if dataset_id else "", "", None, None, None, False, None)


def record_from(value: Any) -> Record:
    """Return a record from a decoded response.

    Raises:
        KeyError, TypeError, ValueError: The value is not a record.
    """
    texts = value["canonical"]
    redacted = {_text(part) for part in value.get("redacted", [])}
    sealed, person, content = (json.dumps(value[part]).encode() for part in ("sealed", *PARTS))
    return Record(
        dataset_id=_text(value["datasetId"]),
        hash=_text(value["hash"]),
        sealed=_text(texts["sealed"]),
        person=opening_from(texts["person"]),
        content=opening_from(texts["content"]),
        is_person_withheld=not WITHHELD_PARTS.isdisjoint(redacted),
        shown=(sealed, person, content),
    )


def opening_from(value: Any) -> Opening | None:
    """Return an opening from decoded JSON: `{salt, value}` or null.

    Raises:
        KeyError, TypeError, ValueError: The value is not an opening.
    """
    return None if value is None else Opening(_text(value["salt"]), _text(value["value"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    _ = value.encode()  # a lone surrogate has no bytes that could have been hashed
    return value


WHITE_SPACE = " \t\r\n\ufeff"


def split_values(blocks: Iterator[str]) -> Iterator[bytes]:
    """Split a text into its JSON values, and its arrays into their elements, with a bounded part of it in memory.

    Args:
        blocks: the text in blocks of any size.

    Raises:
        NotARecordError: The text is not a sequence of JSON values.
    """
    buffer = _Buffer(blocks)
    while (first := buffer.next_char()) is not None:
        if first != "[":
            yield buffer.take_value()
            continue
        buffer.skip()
        if buffer.next_char() == "]":
            buffer.skip()
            continue
        while True:
            yield buffer.take_value()
            separator = buffer.next_char()
            buffer.skip()
            if separator == "]":
                break
            if separator != ",":
                raise NotARecordError("not JSON: an array has no comma or end after a value")


class _Buffer:
    """A text that is read block by block."""

    def __init__(self, blocks: Iterator[str]) -> None:
        self._blocks = blocks
        self._text = ""
        self._position = 0

    def next_char(self) -> str | None:
        """Return the next character that is not white space, without taking it; None at the end."""
        while True:
            while self._position < len(self._text):
                if self._text[self._position] not in WHITE_SPACE:
                    return self._text[self._position]
                self._position += 1
            if not self._read(1):
                return None

    def skip(self) -> None:
        """Skip one character."""
        self._position += 1

    def take_value(self) -> bytes:
        """Take the JSON value at the position, which must not be white space.

        Raises:
            NotARecordError: There is none.
        """
        wanted = 1
        self.next_char()
        while True:
            try:
                _, end = _SCANNER.raw_decode(self._text, self._position)
                break
            except (ValueError, RecursionError) as error:
                # The value may go on in the next block. Each time twice as much is read: a long value is not
                # scanned from its start for every block.
                if isinstance(error, RecursionError) or not self._read(wanted):
                    raise NotARecordError(f"not JSON: {error}") from error
                wanted = len(self._text)
        value = self._text[self._position : end]
        self._position = end
        return value.encode("utf-8", "surrogatepass")

    def _read(self, characters: int) -> bool:
        """Read at least so many characters more, if there are; return whether there was any."""
        parts, length = [self._text[self._position :]], 0
        while length < characters and (block := next(self._blocks, "")):
            parts.append(block)
            length += len(block)
        self._text, self._position = "".join(parts), 0
        return length > 0


_SCANNER = json.JSONDecoder()
