"""Marshmallow, held to the API's conventions: camelCase outside, nothing unknown, nothing converted in silence."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields

from countersign_common.canonical import is_unicode
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.ids import is_id


def camel_case(name: str) -> str:
    """`workflow_id` as `workflowId`."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


class ApiSchema(Schema):
    """A schema whose fields are snake_case in Python and camelCase in JSON; unknown fields are refused."""

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.data_key = camel_case(field_obj.data_key or field_name)


class Text(fields.String):
    """A string of valid Unicode without NUL."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.insert(0, _check_text)


def _check_text(text: str) -> None:
    if not is_unicode(text):
        raise ValidationError("Not valid Unicode text.")
    if "\x00" in text:
        raise ValidationError("Not text: it has a NUL character.")


class StrippedText(Text):
    """Text; white space around it does not count."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        return str(super()._deserialize(value, attr, data, **kwargs)).strip()


class Count(fields.Integer):
    """A number in a query, in digits alone: Python would also take `1_0`, `+5`, ` 5` and other scripts' digits."""

    PATTERN = re.compile(r"[0-9]{1,15}\Z")

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if not isinstance(value, str) or not self.PATTERN.match(value):
            raise self.make_error("invalid", input=value)
        return int(value)


class StrictBoolean(fields.Boolean):
    """true or false, and not "yes", 1 or "on"."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Instant(fields.Field[datetime]):
    """An RFC 3339 instant; answered in UTC with milliseconds."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else to_rfc3339(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        try:
            return from_rfc3339(value)
        except (ValueError, AttributeError) as error:
            raise ValidationError("Not an RFC 3339 instant such as 2026-01-31T09:00:00Z.") from error


class Id(fields.String):
    """A UUID in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.insert(0, _check_id)


def _check_id(text: str) -> None:
    if not is_id(text):
        raise ValidationError("Not a UUID in lower case.")


class Patterned(fields.String):
    """A string that a pattern matches. Each kind says which, and what to answer to another."""

    PATTERN: ClassVar[re.Pattern[str]]
    REFUSAL: ClassVar[str]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.insert(0, self._check)

    @classmethod
    def _check(cls, text: str) -> None:
        if not cls.PATTERN.match(text):
            raise ValidationError(cls.REFUSAL)


class Slug(Patterned):
    """A name in lower case letters, digits and hyphens, 1 to 63 characters: `expense-report`."""

    PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")
    REFUSAL = "Lower case letters, digits and hyphens only, 1 to 63 characters."
