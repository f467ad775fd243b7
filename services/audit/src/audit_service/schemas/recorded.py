"""What was recorded of one action: the parts of an event and of an answer alike."""

import re
from collections.abc import Mapping
from typing import Any

from countersign_common.fields import ApiSchema, Id, Instant, Slug
from marshmallow import EXCLUDE, ValidationError, fields
from marshmallow.validate import Equal, Length, OneOf, Range

from audit_service.domain.audit_record import ACTION_TYPES, OUTCOMES


class Sha256(fields.String):
    """A SHA-256 digest: 64 hex digits in lower case."""

    PATTERN = re.compile(r"[0-9a-f]{64}\Z")

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        if not self.PATTERN.match(text):
            raise ValidationError("Not a SHA-256 digest: 64 hex digits in lower case.")
        return text


class Recorded(ApiSchema):
    """A part of what was recorded. Producers may know more than this release: what it does not know is kept."""

    class Meta:
        unknown = EXCLUDE


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

    title = fields.String(required=True)
    comment = fields.String(required=True, allow_none=True)
    before = fields.Dict(required=True, allow_none=True)
    after = fields.Dict(required=True, allow_none=True)
