"""The envelope of events between services: CloudEvents 1.0 in JSON, in an SQS message."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from countersign_common.compression import unpack_text
from countersign_common.proof.canonical import is_unicode

MESSAGE_LIMIT = 262_144
"""Maximum size of a message in bytes, attributes included: the `max_message_size` of the queues."""

TEXT_ATTRIBUTE_PREFIX = "data."
"""Names of the message attributes with compressed texts start with it: `data.content.value` for that member."""

_TEXT_ATTRIBUTES = ("id", "source", "type", "subject", "time")


class InvalidEventError(ValueError):
    """A message is not a CloudEvent, or its data does not match the contract."""


class EventTooLargeError(ValueError):
    """An event does not fit in a message."""


@dataclass(frozen=True)
class EventMessage:
    """An event as an SQS message.

    Attributes:
        body: The CloudEvent as JSON, without the texts in `texts`.
        texts: Compressed texts of the data, by the name of their binary message attribute, `data.<path>`.
    """

    body: str
    texts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The size that SQS compares with its limit, in bytes: names and types of attributes count."""
        attributes = sum(len(name) + len("Binary") + len(text) for name, text in self.texts.items())
        return len(self.body.encode()) + attributes


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
        packed: The stored form of texts in `data`, by their path, such as `content.value`: bytes of which
            `compression.unpack_text` returns the text. A message contains these texts in this form only.
    """

    id: str
    source: str
    type: str
    subject: str
    time: str
    correlation_id: str
    data: Mapping[str, Any]
    packed: Mapping[str, bytes] = field(default_factory=dict)

    def to_message(self) -> EventMessage:
        """Return the event as a message. The same event always gives the same bytes.

        Raises:
            EventTooLargeError: More than 262,144 bytes.
        """
        data: dict[str, Any] = dict(self.data)
        for path in self.packed:
            _remove(data, path)
        envelope = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "time": self.time,
            "correlationid": self.correlation_id,
            "datacontenttype": "application/json",
            "data": data,
        }
        # As binary attributes: base64 in the body would add a third.
        texts = {f"{TEXT_ATTRIBUTE_PREFIX}{path}": text for path, text in self.packed.items()}
        message = EventMessage(_dump(envelope), texts)
        if message.size > MESSAGE_LIMIT:
            raise EventTooLargeError(
                f"The event has {message.size} bytes; a message can have {MESSAGE_LIMIT}."
            )
        return message

    @classmethod
    def from_message(cls, message: EventMessage) -> "CloudEvent":
        """Read the event in a message. Unknown attributes are ignored.

        Raises:
            InvalidEventError: Not JSON, not CloudEvents 1.0, an attribute is missing, data is not an object, or a
                compressed text can't be read or has no place in the data.
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
        data = raw.get("data")
        if not isinstance(data, dict):
            raise InvalidEventError("The data is missing or not an object.")
        packed = {name.removeprefix(TEXT_ATTRIBUTE_PREFIX): text for name, text in message.texts.items()}
        for path, text in packed.items():
            _insert(data, path, text)
        correlation_id = raw.get("correlationid")
        return cls(
            id=raw["id"],
            source=raw["source"],
            type=raw["type"],
            subject=raw["subject"],
            time=raw["time"],
            correlation_id=correlation_id if _is_text(correlation_id) else raw["id"],
            data=data,
            packed=packed,
        )


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and value != ""


def _remove(data: dict[str, Any], path: str) -> None:
    """Remove the member at a path. The objects on the way are copied."""
    *parents, name = path.split(".")
    for parent in parents:
        data[parent] = dict(data[parent])
        data = data[parent]
    del data[name]


def _insert(data: dict[str, Any], path: str, packed: bytes) -> None:
    """Insert a compressed text at a path."""
    *parents, name = path.split(".")
    members: Any = data
    for parent in parents:
        members = members.get(parent) if isinstance(members, dict) else None
    if not isinstance(members, dict) or name in members:
        raise InvalidEventError(f"The data has no place for the compressed text {path!r}.")
    try:
        members[name] = unpack_text(packed)
    except ValueError as error:
        raise InvalidEventError(f"The compressed text {path!r} can't be read: {error}") from error


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
