"""Requests."""

import re
from typing import Any

from countersign_common.http.fields import (
    ApiSchema,
    Id,
    PageQuery,
    PatternString,
    Slug,
    StrictBoolean,
    StrippedText,
    Text,
    Timestamp,
)
from marshmallow import ValidationError, post_load, validates_schema
from marshmallow.validate import Length

from audit_service.domain.search import Filters

TEXT_LIMIT = 200
NAME_LIMIT = 64


def _described(description: str, **metadata: Any) -> dict[str, Any]:
    return {"description": description, **metadata}


class DatasetPath(ApiSchema):
    """Which record."""

    dataset_id = Id(required=True, metadata=_described("Id of the record."))


class WorkflowPath(ApiSchema):
    """Which workflow."""

    workflow_id = Id(required=True, metadata=_described("Id of the workflow."))


class Search(PageQuery):
    """The filters of a search, which all must match. Loads as `filters`, `limit` and `cursor`."""

    scheme = Slug(metadata=_described("Id of the scheme.", example="expense-report"))
    workflow_id = Id(
        metadata=_described(
            "Id of the workflow. Participants of the workflow find all of its records, except other users' drafts."
        )
    )
    step_id = Slug(metadata=_described("Id of the step."))
    target = Text(
        validate=Length(1, TEXT_LIMIT),
        metadata=_described("Id of what was acted on; for workflow events the same as `workflowId`."),
    )
    action_type = Text(
        validate=Length(1, NAME_LIMIT),
        metadata=_described("Such as `SAVE`, `REQUEST`, `APPROVE` or `REJECT`.", example="APPROVE"),
    )
    action_owner = Text(validate=Length(1, TEXT_LIMIT), metadata=_described("Id of the user who acted."))
    outcome = Text(
        validate=Length(1, NAME_LIMIT),
        metadata=_described(
            "Status that the action led to, such as `DRAFT`, `PENDING`, `APPROVED` or `REJECTED`.",
            example="APPROVED",
        ),
    )
    occurred_from = Timestamp(data_key="from", metadata=_described("At or after this time (RFC 3339)."))
    occurred_to = Timestamp(data_key="to", metadata=_described("At or before this time (RFC 3339)."))
    text = StrippedText(
        validate=Length(1, TEXT_LIMIT),
        metadata=_described("Words that all occur in title or comment. There is no query syntax."),
    )

    @validates_schema
    def _check_interval(self, query: dict[str, Any], **_: Any) -> None:
        start, end = query.get("occurred_from"), query.get("occurred_to")
        if start and end and start > end:
            raise ValidationError("Must not be later than `to`.", "from")

    @post_load
    def _to_filters(self, query: dict[str, Any], **_: Any) -> dict[str, Any]:
        limit, cursor = query.pop("limit"), query.pop("cursor")
        return {"filters": Filters(**query), "limit": limit, "cursor": cursor}


class RebuildCursor(PatternString):
    """A datasetId, preceded by the number of the build if the index is being replaced: `3:0190b000-…`."""

    PATTERN = re.compile(r"([0-9]{1,9}:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
    MESSAGE = "Not a cursor of a rebuild."


class RebuildRequest(ApiSchema):
    """The event that audit/rebuild_index is invoked with."""

    cursor = RebuildCursor(load_default=None, allow_none=True)
    replace = StrictBoolean(load_default=False)

    @validates_schema
    def _check_start(self, request: dict[str, Any], **_: Any) -> None:
        if request["replace"] and request["cursor"]:
            raise ValidationError("Leave it out: the cursor knows whether the index is replaced.", "replace")
