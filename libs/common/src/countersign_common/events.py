"""Events between services: CloudEvents 1.0 in JSON format, the body of an SQS message."""

import base64
import binascii
import gzip
import json
import zlib
from dataclasses import dataclass
from typing import Any, TypeGuard

from countersign_common.canonical import is_unicode

MESSAGE_LIMIT = 262_144
"""Largest body in bytes that a queue takes (`max_message_size`, as Terraform's AWS provider 5 caps it)."""

_PLAIN_LIMIT = 200_000
_DATA_LIMIT = 4 * 1024 * 1024  # what compressed data may grow to; ten times what a producer can make
_PLAIN = "application/json"
_COMPRESSED = "application/json+gzip"
_TEXTS = ("id", "source", "type", "subject", "time")


class MalformedEvent(ValueError):
    """A message body that is no CloudEvent of the shape that is agreed on."""


class EventTooLarge(ValueError):
    """An event that does not fit into a message even when compressed."""


@dataclass(frozen=True)
class CloudEvent:
    """One event.

    Attributes:
        id: UUIDv7; makes everything downstream deterministic.
        source: who made it: `/countersign/workflow`.
        type: what happened, with the version of its data's shape.
        subject: `workflow/{workflowId}`.
        time: RFC 3339 UTC.
        correlation_id: of the HTTP request that it came from.
        data: a JSON object.
    """

    id: str
    source: str
    type: str
    subject: str
    time: str
    correlation_id: str
    data: dict[str, Any]

    def to_json(self) -> str:
        """The message body. Data that would not fit a queue's limit plainly goes compressed in `data_base64`.

        Raises:
            EventTooLarge: over 262,144 bytes even so.
        """
        head: dict[str, Any] = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "time": self.time,
            "correlationid": self.correlation_id,
        }
        body = _dump(head | {"datacontenttype": _PLAIN, "data": self.data})
        if _size(body) > _PLAIN_LIMIT:
            # mtime=0: the same event gives the same bytes.
            packed = base64.b64encode(gzip.compress(_dump(self.data).encode(), mtime=0)).decode()
            body = _dump(head | {"datacontenttype": _COMPRESSED, "data_base64": packed})
        if _size(body) > MESSAGE_LIMIT:
            raise EventTooLarge(f"the event takes {_size(body)} bytes; a message takes {MESSAGE_LIMIT}")
        return body

    @classmethod
    def from_json(cls, body: str) -> "CloudEvent":
        """The event in a message body; attributes that are not known are ignored.

        Raises:
            MalformedEvent: not JSON, not CloudEvents 1.0, an attribute missing, or data that is no object.
        """
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise MalformedEvent("the body is not JSON") from error
        if not isinstance(raw, dict) or raw.get("specversion") != "1.0":
            raise MalformedEvent("the body is not a CloudEvents 1.0 object")
        for name in _TEXTS:
            if not _is_text(raw.get(name)):
                raise MalformedEvent(f"attribute {name!r} is missing or not text")
        correlation_id = raw.get("correlationid")
        return cls(
            id=raw["id"],
            source=raw["source"],
            type=raw["type"],
            subject=raw["subject"],
            time=raw["time"],
            correlation_id=correlation_id if _is_text(correlation_id) else raw["id"],
            data=_data_of(raw),
        )


def _is_text(value: Any) -> TypeGuard[str]:
    """Whether it is text, and some."""
    return isinstance(value, str) and value != "" and is_unicode(value)


def _data_of(raw: dict[str, Any]) -> dict[str, Any]:
    data = raw.get("data")
    if "data_base64" in raw:
        try:
            packed = base64.b64decode(raw["data_base64"], validate=True)
            unpacker = zlib.decompressobj(wbits=31)  # 31: a gzip header and trailer
            text = unpacker.decompress(packed, _DATA_LIMIT)
            if unpacker.unconsumed_tail:
                raise MalformedEvent("compressed data grows beyond its limit")
            data = json.loads(text)
        except (binascii.Error, zlib.error, TypeError, RecursionError, ValueError) as error:
            raise MalformedEvent(f"data_base64 cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise MalformedEvent("data is missing or not an object")
    return data


def _dump(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # SQS takes the characters of XML only. JSON escapes all others itself but these two, which are good Unicode.
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def _size(body: str) -> int:
    return len(body.encode())
