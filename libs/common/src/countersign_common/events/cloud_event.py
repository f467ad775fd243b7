"""The envelope of events between services: CloudEvents 1.0 in JSON, in an SQS message."""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from countersign_common.proof.canonical import is_unicode

MESSAGE_LIMIT = 262_144
"""Maximum size of a message in bytes, attributes included: the `max_message_size` of the queues."""

DATA_ATTRIBUTE = "data"
"""Message attribute with the compressed data of an event that is too large for a plain body."""

# SQS also counts the name and the type of an attribute.
_ATTRIBUTE_OVERHEAD = len(DATA_ATTRIBUTE) + len("Binary")
_PLAIN_LIMIT = 200_000
_DATA_LIMIT = 4 * 1024 * 1024  # of decompressed data: about ten times what a producer can create
_PLAIN = "application/json"
_COMPRESSED = "application/json+gzip"
_TEXT_ATTRIBUTES = ("id", "source", "type", "subject", "time")


class InvalidEventError(ValueError):
    """A message is not a CloudEvent, or its data does not match the contract."""


class EventTooLargeError(ValueError):
    """An event does not fit in a message, even compressed."""


@dataclass(frozen=True)
class EventMessage:
    """An event as an SQS message.

    Attributes:
        body: The CloudEvent as JSON.
        data: Its data, gzip-compressed, for the message attribute `data`; None if the body contains the data.
    """

    body: str
    data: bytes | None = None

    @property
    def size(self) -> int:
        """The size that SQS compares with its limit, in bytes."""
        return len(self.body.encode()) + (0 if self.data is None else len(self.data) + _ATTRIBUTE_OVERHEAD)


@dataclass(frozen=True)
class CloudEvent:
    """An event.

    Attributes:
        id: UUIDv7. Consumers derive the ids of what they store from it.
        source: The producer, such as `/countersign/workflow`.
        type: Name and version of the contract of `data`.
        subject: What the event is about, such as `workflow/{workflowId}`.
        time: RFC 3339 in UTC.
        correlation_id: Of the HTTP request that caused the event.
        data: A JSON object.
    """

    id: str
    source: str
    type: str
    subject: str
    time: str
    correlation_id: str
    data: Mapping[str, Any]

    def to_message(self) -> EventMessage:
        """Return the event as a message. The same event always gives the same bytes.

        Raises:
            EventTooLargeError: More than 262,144 bytes, even compressed.
        """
        envelope: dict[str, Any] = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "time": self.time,
            "correlationid": self.correlation_id,
        }
        message = EventMessage(_dump(envelope | {"datacontenttype": _PLAIN, "data": self.data}))
        if message.size > _PLAIN_LIMIT:
            # As a binary attribute: base64 in the body would add a third.
            data = gzip.compress(_dump(self.data).encode(), mtime=0)
            message = EventMessage(_dump(envelope | {"datacontenttype": _COMPRESSED}), data)
        if message.size > MESSAGE_LIMIT:
            raise EventTooLargeError(
                f"The event has {message.size} bytes; a message can have {MESSAGE_LIMIT}."
            )
        return message

    @classmethod
    def from_message(cls, message: EventMessage) -> "CloudEvent":
        """Read the event in a message. Unknown attributes are ignored.

        Raises:
            InvalidEventError: Not JSON, not CloudEvents 1.0, an attribute is missing, or data is not an object.
        """
        try:
            raw = _load(message.body)
        except (ValueError, RecursionError) as error:
            raise InvalidEventError(f"The body is not JSON in Unicode: {error}") from error
        if not isinstance(raw, dict) or raw.get("specversion") != "1.0":
            raise InvalidEventError("The body is not a CloudEvents 1.0 object.")
        for name in _TEXT_ATTRIBUTES:
            if not _is_text(raw.get(name)):
                raise InvalidEventError(f"The attribute {name!r} is missing or not text.")
        correlation_id = raw.get("correlationid")
        return cls(
            id=raw["id"],
            source=raw["source"],
            type=raw["type"],
            subject=raw["subject"],
            time=raw["time"],
            correlation_id=correlation_id if _is_text(correlation_id) else raw["id"],
            data=_data_of(raw, message.data),
        )


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and value != ""


def _data_of(raw: dict[str, Any], compressed: bytes | None) -> dict[str, Any]:
    data = raw.get("data")
    if compressed is not None:
        try:
            data = _load(_decompress(compressed).decode())
        except (zlib.error, RecursionError, ValueError) as error:
            raise InvalidEventError(f"The compressed data can't be read: {error}") from error
    if not isinstance(data, dict):
        raise InvalidEventError("The data is missing or not an object.")
    return data


def _decompress(compressed: bytes) -> bytes:
    decompressor = zlib.decompressobj(wbits=31)  # 31: gzip header and trailer
    data = decompressor.decompress(compressed, _DATA_LIMIT)
    if decompressor.unconsumed_tail:
        raise ValueError(f"it has more than {_DATA_LIMIT} bytes")
    if not decompressor.eof or decompressor.unused_data:
        raise ValueError("it is not one complete gzip stream")
    return data


def _load(text: str) -> Any:
    """Decode JSON without lone surrogates, which no store accepts."""
    if not is_unicode(text):
        raise ValueError("it contains a lone surrogate")
    value = json.loads(text)
    # An escape can also produce one. Few texts contain such an escape, and only those are checked.
    if "\\ud" in text or "\\uD" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _dump(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # SQS accepts only the characters of XML 1.0. The json module escapes all others except for these two.
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
