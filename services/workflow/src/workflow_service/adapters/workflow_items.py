"""Workflows as items: the state, and an item for each approver that a workflow waits for.

`updatedAt` in the index `mine`, `decidedAt` in `decided`, and the sort key of an inbox order the lists. Each is a time
and the workflow's id, `2026-01-31T09:00:00.000Z#0197…`: no two workflows have the same position, so a page can start
after any of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from countersign_common.aws.items import Item, from_item, to_item, to_value
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.compression import pack_text, unpack_text

from workflow_service.adapters.keys import inbox_key, state_key
from workflow_service.adapters.scheme_items import (
    person_from_value,
    person_value,
    step_from_value,
    step_value,
)
from workflow_service.domain.preview import PreviewField, preview_of
from workflow_service.domain.workflow import (
    ERASED_CONTENT,
    ActionType,
    Content,
    Decision,
    Status,
    Workflow,
    WorkflowSummary,
)


@dataclass(frozen=True)
class ListKey:
    """Where a list of workflows is in the table.

    Attributes:
        index: Name of its index; None if each list is a partition of the table.
        owner: The attribute that says whose list an item is in.
        position: The attribute that orders a list.
    """

    index: str | None
    owner: str
    position: str


MINE = ListKey("mine", owner="mineOf", position="updatedAt")
INBOX = ListKey(None, owner="pk", position="sk")
DECIDED = ListKey("decided", owner="decidedBy", position="decidedAt")

SUMMARY_ATTRIBUTES = (
    "scheme",
    "schemeVersion",
    "step",
    "title",
    "status",
    "round",
    "requester",
    "version",
    "createdAt",
    "preview",
    "decisions",
)
"""What the index `mine` projects (`INCLUDE`), besides keys. DynamoDB bills each of its writes by the projected size."""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

REQUESTED_SUMMARY_ATTRIBUTES = (
    "pk",
    MINE.owner,
    MINE.position,
    *SUMMARY_ATTRIBUTES,
    "contentErased",
    "requested.title",
    "requested.preview",
)
"""What the list of decided workflows reads of their states."""


def state_item(workflow: Workflow) -> Item:
    """Return a workflow's state; in the index `mine` under its requester."""
    return state_key(workflow.workflow_id) | to_item(
        _summary_values(workflow)
        | {
            # Its id is the owner in the index.
            "requester": {} if workflow.requester.erased else {"name": workflow.requester.name},
            "data": None if workflow.content_erased else pack_text(workflow.data),
            "contentErased": workflow.content_erased or None,
            "erasures": workflow.erasures or None,
            "requested": _requested_value(workflow),
            "requests": workflow.requests or None,
            "headHash": bytes.fromhex(workflow.head_hash),
            MINE.owner: workflow.requester.user_id,
            MINE.position: workflow.sort_key,
        }
    )


def workflow_from_item(item: Item) -> Workflow:
    """Return the workflow of a state item."""
    values = from_item(item)
    # An item without content that is not marked as erased is damaged.
    content = ERASED_CONTENT
    if not values.get("contentErased"):
        content = Content(values["title"], unpack_text(values["data"]))
    return Workflow(
        **_summary_fields(values, values[MINE.position]),
        data=content.data,
        requested=_requested_from_value(values.get("requested"), content),
        head_hash=values["headHash"].hex(),
        erasures=values.get("erasures", 0),
        requests=tuple(values.get("requests", ())),
    )


def unchanged(workflow: Workflow) -> dict[str, Any]:
    """Return the condition that a state is as it was read, or that there is none before the first event.

    Not only the version: an erasure doesn't change it, and a later write must not restore erased values.
    """
    if workflow.version == 0:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    erasures, values = "attribute_not_exists(erasures)", {":version": to_value(workflow.version)}
    if workflow.erasures:
        erasures, values[":erasures"] = "erasures = :erasures", to_value(workflow.erasures)
    return {
        "ConditionExpression": f"#version = :version AND {erasures}",
        "ExpressionAttributeNames": {"#version": "version"},
        "ExpressionAttributeValues": values,
    }


def inbox_item(workflow: Workflow, principal: str) -> Item:
    """Return the item of a workflow in the inbox of a principal that it waits for.

    It has what the list shows: a pending workflow doesn't change until it is decided, and then the item is deleted.
    The inbox is a partition and not an index, because an index would bill each put and delete once more.
    """
    return inbox_key(principal, workflow.sort_key) | to_item(_summary_values(workflow))


def requested_summary_from_item(item: Item) -> WorkflowSummary:
    """Return the workflow of a state item as it was last requested; of `REQUESTED_SUMMARY_ATTRIBUTES`."""
    values = from_item(item)
    # Only a state whose saved content differs has something in `requested`.
    return WorkflowSummary(**_summary_fields(values | values.get("requested", {}), values[MINE.position]))


def summary_from_item(item: Item, key: ListKey) -> WorkflowSummary:
    """Return the workflow of an item in a list."""
    values = from_item(item)
    return WorkflowSummary(**_summary_fields(values, values[key.position]))


def _summary_values(workflow: WorkflowSummary) -> dict[str, Any]:
    return {
        "scheme": workflow.scheme_id,
        "schemeVersion": workflow.scheme_version,
        "step": step_value(workflow.step),
        "title": None if workflow.content_erased else workflow.title,
        "status": workflow.status.value,
        "round": workflow.round,
        "requester": person_value(workflow.requester),
        "version": workflow.version,
        "createdAt": to_rfc3339(workflow.created_at),
        "preview": _preview_value(workflow.preview),
        "decisions": _decisions_value(workflow.decisions) or None,
    }


def _summary_fields(values: Mapping[str, Any], sort_key: str) -> dict[str, Any]:
    """Return the fields of WorkflowSummary."""
    updated_at, _, workflow_id = sort_key.partition("#")
    return {
        "workflow_id": workflow_id,
        "scheme_id": values["scheme"],
        "scheme_version": values["schemeVersion"],
        "step": step_from_value(values["step"]),
        "title": values.get("title", ""),
        "content_erased": "title" not in values,
        "status": Status(values["status"]),
        "round": values["round"],
        "requester": person_from_value({"userId": values.get(MINE.owner)} | values["requester"]),
        "version": values["version"],
        "created_at": from_rfc3339(values["createdAt"]),
        "updated_at": from_rfc3339(updated_at),
        "preview": tuple(PreviewField(name, value) for name, value in values.get("preview", ())),
        "decisions": _decisions_from_value(values.get("decisions", {})),
    }


def _preview_value(preview: tuple[PreviewField, ...]) -> list[list[str]] | None:
    return [[field.name, field.value] for field in preview] or None


def _decisions_value(decisions: tuple[Decision, ...]) -> dict[str, list[list[Any]]]:
    """Return decisions by user, without the names of their fields: each later write of the state includes them."""
    value: dict[str, list[list[Any]]] = {}
    for each in decisions:
        at = (each.at - _EPOCH) // _MILLISECOND
        made = [each.action_type.value, each.step_id, each.round, each.version, at]
        value.setdefault(each.user_id, []).append(made)
    return value


def _decisions_from_value(value: Mapping[str, list[list[Any]]]) -> tuple[Decision, ...]:
    decisions = (
        Decision(user_id, ActionType(action_type), step_id, round_, version, _EPOCH + at * _MILLISECOND)
        for user_id, made in value.items()
        for action_type, step_id, round_, version, at in made
    )
    return tuple(sorted(decisions, key=lambda each: each.version))


def _requested_value(workflow: Workflow) -> dict[str, Any] | None:
    """Return what was last requested where it differs from what was last saved: rarely, so it is rarely stored."""
    if workflow.requested is None:
        return None
    if workflow.requested == workflow.content:
        return {}
    return {
        "title": workflow.requested.title,
        "data": pack_text(workflow.requested.data),
        "preview": _preview_value(preview_of(workflow.requested.data)) or [],
    }


def _requested_from_value(value: Mapping[str, Any] | None, content: Content) -> Content | None:
    if value is None:
        return None
    return Content(value["title"], unpack_text(value["data"])) if value else content
