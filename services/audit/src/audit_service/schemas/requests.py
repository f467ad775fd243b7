"""Requests."""

import re
from typing import Any

from countersign_common.http.fields import (
    ApiSchema,
    Id,
    PageQuery,
    PatternString,
    QueryInteger,
    Slug,
    StrictBoolean,
    StrictInteger,
    StrippedText,
    Text,
    Timestamp,
)
from countersign_common.proof.commitment import PARTS
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from audit_service.domain.erasure import UserSelection, ordered_parts
from audit_service.domain.log.notes import InvalidNoteError, NoteSignature
from audit_service.domain.search import Filters

TEXT_LIMIT = 200
NAME_LIMIT = 64


def _described(description: str, **metadata: Any) -> dict[str, Any]:
    return {"description": description, **metadata}


def _check_unique(parts: list[str]) -> None:
    if len(set(parts)) < len(parts):
        raise ValidationError("Name each part once.")


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


class WorkflowPageQuery(ApiSchema):
    """The query of a workflow's verification or evidence."""

    cursor = Text(
        load_default=None,
        validate=Length(1, 1_000),
        metadata=_described("The `cursor` of the previous page; leave it out for the first page."),
    )


class ConsistencyQuery(ApiSchema):
    """Two sizes of the log."""

    old_size = QueryInteger(
        data_key="from",
        required=True,
        validate=Range(1),
        metadata=_described("Size of the earlier tree.", example=3),
    )
    new_size = QueryInteger(
        data_key="to",
        required=True,
        validate=Range(1),
        metadata=_described("Size of the later tree, at most that of the newest checkpoint.", example=8),
    )

    @validates_schema
    def _check_order(self, query: dict[str, Any], **_: Any) -> None:
        if query["old_size"] > query["new_size"]:
            raise ValidationError("Must not be larger than `to`.", "from")


class CosignatureLine(PatternString):
    """A cosignature of C2SP tlog-cosignature: name, and in base64 the key id, the time and the signature."""

    PATTERN = re.compile(r"\u2014 [^\s+]{1,200} [A-Za-z0-9+/]{102}==\Z")
    MESSAGE = "Not a cosignature line: — <name> <base64>."


class CosignatureRequest(ApiSchema):
    """A witness's cosignature of a checkpoint. Loads as `size` and `cosignature`."""

    size = StrictInteger(
        required=True,
        validate=Range(1, 2**53 - 1),
        metadata=_described("Size of the checkpoint that the witness has seen."),
    )
    line = CosignatureLine(
        required=True, metadata=_described("The signature line, as C2SP tlog-cosignature defines it.")
    )

    @post_load
    def _parse(self, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        try:
            cosignature = NoteSignature.parse(body["line"])
        except InvalidNoteError as error:
            raise ValidationError(CosignatureLine.MESSAGE, "line") from error
        return {"size": body["size"], "cosignature": cosignature}


class ReconcileRequest(ApiSchema):
    """The event that audit/reconcile is invoked with."""

    sweep = StrictInteger(validate=Range(0, 1_000_000), metadata=_described("Entries to compare again."))


class IntegrityQuery(PageQuery):
    """Which findings to list."""

    state = Text(
        load_default="open",
        validate=OneOf(("open", "resolved")),
        metadata=_described("Open findings, or resolved ones, newest first."),
    )


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


REASON_LIMIT = 500

_REASON = "Why. It is recorded in the audit trail, and is never erased: don't write personal data into it."


class ErasurePath(ApiSchema):
    """Which erasure."""

    erasure_id = Id(required=True, metadata=_described("Id of the erasure."))


class SchemeIdPath(ApiSchema):
    """Which scheme."""

    scheme = Slug(required=True, metadata=_described("Id of the scheme."))


class ErasureRequest(ApiSchema):
    """What is erased of a user. Loads as `selection`, `reason` and `dry_run`."""

    user_id = Text(
        required=True,
        validate=Length(1, TEXT_LIMIT),
        metadata=_described("Id of the user, as it is in `actionOwner` of their records."),
    )
    parts = fields.List(
        fields.String(validate=OneOf(PARTS)),
        required=True,
        validate=[Length(1, len(PARTS)), _check_unique],
        metadata=_described(
            "`person`: name, email address, groups, IP address and user agent in the user's own records. `content`: "
            "title, comment and data in all records of workflows that the user requested, and in their own records of "
            "other workflows."
        ),
    )
    reason = StrippedText(required=True, validate=Length(1, REASON_LIMIT), metadata=_described(_REASON))
    dry_run = StrictBoolean(
        load_default=False, metadata=_described("Count what would be erased, and erase nothing.")
    )

    @post_load
    def _to_selection(self, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        selection = UserSelection(body["user_id"], ordered_parts(body["parts"]))
        return {"selection": selection, "reason": body["reason"], "dry_run": body["dry_run"]}


class HoldRequest(ApiSchema):
    """Why a legal hold begins or ends."""

    reason = StrippedText(required=True, validate=Length(1, REASON_LIMIT), metadata=_described(_REASON))


class RetentionRequest(ApiSchema):
    """How long the records of a scheme's workflows are kept, and why."""

    days = StrictInteger(
        required=True,
        validate=Range(1, 36_500),
        metadata=_described("Number of days, counted from the newest record of a workflow.", example=3650),
    )
    reason = StrippedText(required=True, validate=Length(1, REASON_LIMIT), metadata=_described(_REASON))
