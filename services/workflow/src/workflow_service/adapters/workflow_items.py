"""Workflows as items of the table.

`updatedAt` and `requestedAt` order the lists that are read newest first. Each is an instant and the workflow's id,
`2026-01-31T09:00:00.000Z#0197…`, so that no two workflows have the same place and a page can start after any of them.
"""

from typing import NamedTuple

from countersign_common.clock import from_rfc3339, to_rfc3339

from workflow_service.adapters.attributes import (
    Attribute,
    Item,
    a_map,
    integer_of,
    key,
    number,
    person,
    person_of,
    step,
    step_of,
    text,
    texts,
    texts_of,
)
from workflow_service.domain.visibility import View
from workflow_service.domain.workflow import ActionType, Status, Workflow
from workflow_service.use_cases.list_workflows import place_of


class Index(NamedTuple):
    """An index of lists of workflows.

    Attributes:
        name: the index.
        of: the attribute that says whose list an item is in.
        place: the attribute that orders a list.
    """

    name: str
    of: str
    place: str


MINE = Index("mine", of="mineOf", place="updatedAt")
INBOX = Index("inbox", of="inboxOf", place="requestedAt")

SUMMARY = (
    "workflowId",
    "scheme",
    "schemeVersion",
    "step",
    "title",
    "status",
    "round",
    "requester",
    "participants",
    "version",
    "headHash",
    "createdAt",
    "updatedAt",
)
"""The attributes of a workflow without its data."""


def state_key(workflow_id: str) -> Item:
    """Where a workflow's state is."""
    return key(f"WORKFLOW#{workflow_id}", "STATE")


def state_item(workflow: Workflow) -> Item:
    """A workflow's state, found in the index `mine` under its requester."""
    mine = {"mineOf": text(workflow.requester.user_id)}
    return state_key(workflow.workflow_id) | _attributes(workflow) | mine


def approver_key(workflow_id: str, principal: str) -> Item:
    """Where it stands that a workflow waits for somebody."""
    return key(f"WORKFLOW#{workflow_id}", f"APPROVER#{principal}")


def approver_item(workflow: Workflow, principal: str) -> Item:
    """That a workflow waits for somebody, found in the index `inbox` under `user:<id>` or `group:<name>`.

    It carries what the list shows: a pending workflow does not change until it is decided, and then this goes.
    """
    summary = _attributes(workflow)
    del summary["data"]
    inbox = {"inboxOf": text(principal), "requestedAt": text(place_of(workflow))}
    return approver_key(workflow.workflow_id, principal) | summary | inbox


def workflow_from(item: Item) -> Workflow:
    """The workflow in an item; without its data where that was not read."""
    return Workflow(
        workflow_id=item["workflowId"]["S"],
        scheme_id=item["scheme"]["S"],
        scheme_version=integer_of(item["schemeVersion"]),
        step=step_of(item["step"]),
        title=item["title"]["S"],
        data=item["data"]["S"] if "data" in item else "{}",
        status=Status(item["status"]["S"]),
        round=integer_of(item["round"]),
        requester=person_of(item["requester"]),
        participants=texts_of(item["participants"]),
        version=integer_of(item["version"]),
        head_hash=item["headHash"]["S"],
        created_at=from_rfc3339(item["createdAt"]["S"]),
        updated_at=from_rfc3339(item["updatedAt"]["S"].partition("#")[0]),
    )


def view_attribute(view: View) -> Attribute:
    """What somebody was shown, to be shown again."""
    return a_map(
        {"workflow": a_map(_attributes(view.workflow)), "allowedActions": texts(view.allowed_actions)}
    )


def view_of(attribute: Attribute) -> View:
    """What somebody was shown."""
    shown = attribute["M"]
    allowed = tuple(ActionType(name) for name in texts_of(shown["allowedActions"]))
    return View(workflow_from(shown["workflow"]["M"]), allowed)


def _attributes(workflow: Workflow) -> Item:
    return {
        "workflowId": text(workflow.workflow_id),
        "scheme": text(workflow.scheme_id),
        "schemeVersion": number(workflow.scheme_version),
        "step": step(workflow.step),
        "title": text(workflow.title),
        "data": text(workflow.data),
        "status": text(workflow.status.value),
        "round": number(workflow.round),
        "requester": person(workflow.requester),
        "participants": texts(workflow.participants),
        "version": number(workflow.version),
        "headHash": text(workflow.head_hash),
        "createdAt": text(to_rfc3339(workflow.created_at)),
        "updatedAt": text(place_of(workflow)),
    }
