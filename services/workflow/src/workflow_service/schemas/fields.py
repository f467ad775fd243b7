"""Fields and limits of this API."""

import json
from collections.abc import Mapping
from typing import Any

from countersign_common.http.fields import StrippedText, Text
from countersign_common.proof.canonical import canonical_text
from marshmallow import fields, missing, validate

from workflow_service.domain.errors import DataTooLargeError
from workflow_service.domain.workflow import DECISIONS, ActionType, Status

DATA_LIMIT = 128 * 1024
"""Largest workflow data, in bytes of its canonical form in UTF-8."""

BODY_LIMIT = 512 * 1024
"""Largest body of an action, in bytes. Many JSON writers escape what is not ASCII, which takes up to three times as
many bytes as the canonical form."""

TITLE_LIMIT = 200
COMMENT_LIMIT = 4_000

APPROVERS_LIMIT = 50
"""Most approvers of a step, users and groups together. Each is an item of the transaction of a REQUEST."""

ROUNDS_LIMIT = 20
"""Most rounds on a page. A response of a Lambda function has at most 6 MB, and each round can have 128 KB of data."""

ACTION_TYPES = [action_type.value for action_type in ActionType]
DECISION_TYPES = [action_type.value for action_type in ActionType if action_type in DECISIONS]
STATUSES = [status.value for status in Status]


class CanonicalObject(fields.Dict):
    """A JSON object, loaded as its canonical text: what is hashed is what is stored."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        loaded = super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        text = canonical_text(loaded)
        if len(text.encode()) > DATA_LIMIT:
            raise DataTooLargeError(f"{DATA_LIMIT // 1024} KB for data")
        return text

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else json.loads(value)


class OptionalText(fields.String):
    """Text in a response, or left out."""

    def serialize(self, attr: str, obj: Any, accessor: Any = None, **kwargs: Any) -> Any:
        value = super().serialize(attr, obj, accessor, **kwargs)
        return missing if value is None else value


def title_field(**kwargs: Any) -> Text:
    return StrippedText(validate=validate.Length(1, TITLE_LIMIT), **kwargs)


def comment_field(description: str) -> Text:
    return StrippedText(
        validate=validate.Length(max=COMMENT_LIMIT),
        load_default=None,
        allow_none=True,
        metadata={"description": description},
    )
