"""marshmallow fields for the API's conventions: camelCase in JSON, unknown fields rejected, no silent conversion."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, missing, validate

from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.ids import UUID_PATTERN
from countersign_common.proof.canonical import is_unicode

# Unicode categories of invisible characters, and a few letters and symbols that look blank.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Zs"})
_BLANK_CHARACTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def camel_case(name: str) -> str:
    """Return `workflow_id` as `workflowId`."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def is_blank(text: str) -> bool:
    """Return whether the text has no visible character, only white space, zero-width and format characters."""
    return all(
        unicodedata.category(char) in _INVISIBLE_CATEGORIES or char in _BLANK_CHARACTERS for char in text
    )


class ApiSchema(Schema):
    """A schema with snake_case fields in Python and camelCase in JSON, which rejects unknown fields."""

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.data_key = camel_case(field_obj.data_key or field_name)


class Text(fields.String):
    """Valid Unicode text without NUL."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.insert(0, _check_text)


def _check_text(text: str) -> None:
    if not is_unicode(text):
        raise ValidationError("Not valid Unicode text.")
    if "\x00" in text:
        raise ValidationError("Contains a NUL character.")


class StrippedText(Text):
    """Text without leading and trailing white space. Text without a visible character becomes empty."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        return "" if is_blank(text) else text


class QueryInteger(fields.Integer):
    """An integer in a query, digits only: Python also accepts `1_0`, `+5`, ` 5` and the digits of other scripts."""

    PATTERN = re.compile(r"[0-9]{1,15}\Z")

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if not isinstance(value, str) or not self.PATTERN.match(value):
            raise self.make_error("invalid", input=value)
        return int(value)


class StrictInteger(fields.Integer):
    """An integer of a JSON body, not "5", 5.0 or true."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if type(value) is not int:  # not isinstance: True is an int
            raise self.make_error("invalid", input=value)
        return value


class StrictBoolean(fields.Boolean):
    """true or false, not "yes", 1 or "on"."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Flag(fields.Boolean):
    """true in a response, or left out."""

    def serialize(self, attr: str, obj: Any, accessor: Any = None, **kwargs: Any) -> Any:
        return super().serialize(attr, obj, accessor, **kwargs) or missing


class Timestamp(fields.Field[datetime]):
    """An RFC 3339 timestamp, written in UTC with milliseconds."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else to_rfc3339(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        try:
            return from_rfc3339(value)
        except (ValueError, AttributeError) as error:
            raise ValidationError("Not an RFC 3339 timestamp such as 2026-01-31T09:00:00Z.") from error


class PatternString(fields.String):
    """A string that matches the pattern of its subclass."""

    PATTERN: ClassVar[re.Pattern[str]]
    MESSAGE: ClassVar[str]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.insert(0, self._check)

    @classmethod
    def _check(cls, text: str) -> None:
        if not cls.PATTERN.match(text):
            raise ValidationError(cls.MESSAGE)


class Id(PatternString):
    """A UUID in lower case."""

    PATTERN = UUID_PATTERN
    MESSAGE = "Not a UUID in lower case."


class Slug(PatternString):
    """A name of lower-case letters, digits and hyphens, 1 to 63 characters, such as `expense-report`."""

    PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")
    MESSAGE = "Use lower-case letters, digits and hyphens only, 1 to 63 characters."


class Sha256(PatternString):
    """A SHA-256 digest as 64 lower-case hex digits."""

    PATTERN = re.compile(r"[0-9a-f]{64}\Z")
    MESSAGE = "Not a SHA-256 digest: 64 hex digits in lower case."


class PageQuery(ApiSchema):
    """The query of a list."""

    limit = QueryInteger(
        load_default=25,
        validate=validate.Range(1, 100),
        metadata={"description": "Maximum number of items on the page."},
    )
    cursor = Text(
        load_default=None,
        validate=validate.Length(1, 1_000),
        metadata={"description": "The `cursor` of the previous page; leave it out for the first page."},
    )


class PageSchema(ApiSchema):
    """Base class of pages. Subclasses add `items`."""

    cursor = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Send it as `cursor` to get the next page; null on the last page."},
    )
