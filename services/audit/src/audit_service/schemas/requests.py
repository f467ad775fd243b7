"""What is asked of the service."""

import re
from typing import Any

from countersign_common.fields import (
    ApiSchema,
    Count,
    Id,
    Instant,
    Patterned,
    Slug,
    StrictBoolean,
    StrippedText,
    Text,
)
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, Range

from audit_service.domain.search import Filters

PAGE_LIMIT = 100
TEXT_LIMIT = 200
NAME_LIMIT = 64


class DatasetPath(ApiSchema):
    """Which record."""

    dataset_id = Id(required=True)


class WorkflowPath(ApiSchema):
    """Which workflow."""

    workflow_id = Id(required=True)


class Search(ApiSchema):
    """What is searched for; loads as `filters`, `limit` and `cursor`."""

    scheme = Slug()
    workflow_id = Id()
    step_id = Slug()
    action_type = Text(validate=Length(1, NAME_LIMIT))
    action_owner = Text(validate=Length(1, 128))
    outcome = Text(validate=Length(1, NAME_LIMIT))
    occurred_from = Instant(data_key="from")
    occurred_to = Instant(data_key="to")
    text = StrippedText(validate=Length(1, TEXT_LIMIT))
    limit = Count(load_default=25, validate=Range(1, PAGE_LIMIT))
    cursor = fields.String(load_default=None, validate=Length(1, 512))

    @validates_schema
    def _runs_forward(self, query: dict[str, Any], **_: Any) -> None:
        start, end = query.get("occurred_from"), query.get("occurred_to")
        if start and end and start > end:
            raise ValidationError("Must not be later than `to`.", "from")

    @post_load
    def _made(self, query: dict[str, Any], **_: Any) -> dict[str, Any]:
        limit, cursor = query.pop("limit"), query.pop("cursor")
        return {"filters": Filters(**query), "limit": limit, "cursor": cursor}


class RebuildCursor(Patterned):
    """A datasetId, after the build's number where the index is being replaced: `3:0190b000-…`."""

    PATTERN = re.compile(r"([0-9]{1,9}:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
    REFUSAL = "Not a cursor of a rebuild."


class RebuildRequest(ApiSchema):
    """What audit/rebuild_index is invoked with."""

    cursor = RebuildCursor(load_default=None, allow_none=True)
    replace = StrictBoolean(load_default=False)

    @validates_schema
    def _starts_or_continues(self, request: dict[str, Any], **_: Any) -> None:
        if request["replace"] and request["cursor"]:
            raise ValidationError("Send either: the cursor knows whether the index is replaced.", "replace")
