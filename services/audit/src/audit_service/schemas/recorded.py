"""What was recorded of one action: the parts of an event and of an answer alike."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from countersign_common.fields import ApiSchema, Id, Instant, Patterned, Slug, Text
from marshmallow import EXCLUDE, ValidationError, fields, missing
from marshmallow.validate import Equal, Length, OneOf, Range

from audit_service.domain.audit_record import ACTION_TYPES, OUTCOMES


class Sha256(Patterned):
    """A SHA-256 digest: 64 hex digits in lower case."""

    PATTERN = re.compile(r"[0-9a-f]{64}\Z")
    REFUSAL = "Not a SHA-256 digest: 64 hex digits in lower case."


_KEEPS: dict[type[fields.Field[Any]], type] = {
    fields.Dict: dict,
    fields.Integer: int,
    fields.String: str,
    Id: str,
    Sha256: str,
    Slug: str,
    Text: str,
}
"""Kind of field → the type of value that it loads as it stands, which leaves its validators to be asked."""


class Recorded(ApiSchema):
    """A part of what was recorded. Producers may know more than this release: what it does not know is kept."""

    class Meta:
        unknown = EXCLUDE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._checks = [(str(f.data_key), *_checks_of(f), f) for f in self.load_fields.values()]

    def faults(self, facts: Any) -> dict[str, Any]:
        """What `validate` answers. Nearly all events have no fault, and are told so in a quarter of its time."""
        try:
            self.check(facts)
        except ValidationError:
            return self.validate(facts)
        return {}

    def check(self, facts: Any) -> None:
        """Pass what `validate` finds nothing in: the same fields and validators, without what only faults need.

        Raises:
            ValidationError: there may be a fault; `validate` tells.
        """
        if type(facts) is not dict:
            raise ValidationError("Not an object.")
        for name, kept, validators, field in self._checks:
            value = facts.get(name, missing)
            if type(value) is kept:
                for validator in validators:
                    validator(value)
            else:
                field.deserialize(value, name, facts)


def _checks_of(field: fields.Field[Any]) -> tuple[type | None, Sequence[Callable[[Any], Any]]]:
    """The type of value that a field would load as it stands, and what is to be asked of one."""
    if isinstance(field, fields.Nested) and isinstance(field.schema, Recorded):
        return dict, [field.schema.check, *field.validators]
    return _KEEPS.get(type(field)), field.validators


class ActionOwner(Recorded):
    """Who acted, by id alone."""

    user_id = fields.String(required=True, validate=Length(1, 128))


class Sealed(Recorded):
    """What is hashed."""

    schema_version = fields.Integer(required=True, strict=True, validate=Equal(1))
    source = fields.String(required=True, validate=Length(1, 200))
    scheme = Slug(required=True)
    scheme_version = fields.Integer(required=True, strict=True, validate=Range(1))
    workflow_id = Id(required=True)
    step_id = Slug(required=True, allow_none=True)
    round = fields.Integer(required=True, strict=True, validate=Range(1))
    action_type = fields.String(required=True, validate=OneOf(ACTION_TYPES))
    action_owner = fields.Nested(ActionOwner, required=True)
    outcome = fields.String(required=True, validate=OneOf(OUTCOMES))
    occurred_at = Instant(required=True)
    request_id = fields.String(required=True, validate=Length(1, 200))
    sequence = fields.Integer(required=True, strict=True, validate=Range(1))
    previous_hash = Sha256(required=True)
    person_commitment = Sha256(required=True)
    content_commitment = Sha256(required=True)


class Person(Recorded):
    """Who acted, as the token and the request told."""

    name = fields.String(required=True)
    email = fields.String(required=True)
    groups = fields.List(fields.String(), required=True)
    source_ip = fields.String(required=True)
    user_agent = fields.String(required=True)


class Content(Recorded):
    """What was acted on."""

    # Searched, so they travel as they are: unlike the rest, which stays the text that it came in.
    title = Text(required=True)
    comment = Text(required=True, allow_none=True)
    before = fields.Dict(required=True, allow_none=True)
    after = fields.Dict(required=True, allow_none=True)
