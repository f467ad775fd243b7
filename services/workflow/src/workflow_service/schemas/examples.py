"""Examples of requests and responses for openapi.json. A test sends them."""

from typing import Any

_BO = {"userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11", "name": "Bo Lindqvist"}
_APPROVERS = {"users": [_BO], "groups": ["finance"]}
_REQUESTER = {"userId": "0b6f7c52-3f43-4c52-8a0e-7a4a5c1d9e01", "name": "Rita Moreno"}
_STEP = {"stepId": "approval", "name": "Approval"}

CREATE_WORKFLOW: dict[str, Any] = {
    "actionType": "REQUEST",
    "scheme": "expense-report",
    "title": "Train to Zürich",
    "data": {"amount": 12.5, "currency": "CHF"},
    "comment": "Customer visit",
}

APPROVE: dict[str, Any] = {"actionType": "APPROVE", "comment": "Fine"}

SUMMARY: dict[str, Any] = {
    "workflowId": "01950000-0000-7000-8000-000000000001",
    "scheme": "expense-report",
    "schemeVersion": 1,
    "title": "Train to Zürich",
    "status": "PENDING",
    "round": 1,
    "stepId": "approval",
    "approvers": _APPROVERS,
    "requester": _REQUESTER,
    "version": 1,
    "preview": [{"name": "amount", "value": "12.5"}, {"name": "currency", "value": "CHF"}],
    "decidedBy": [],
    "createdAt": "2026-03-02T12:00:00.000Z",
    "updatedAt": "2026-03-02T12:00:00.000Z",
    "allowedActions": [],
}

WORKFLOW = SUMMARY | {"data": CREATE_WORKFLOW["data"]}

APPROVED_WORKFLOW = WORKFLOW | {
    "status": "APPROVED",
    "version": 2,
    "decidedBy": [
        _BO | {"actionType": "APPROVE", "stepId": "approval", "round": 1, "at": "2026-03-02T12:05:00.000Z"}
    ],
    "updatedAt": "2026-03-02T12:05:00.000Z",
}

HISTORY_ENTRY: dict[str, Any] = {
    "eventId": "01950000-0000-7000-8000-00000000000e",
    "sequence": 1,
    "version": 1,
    "actionType": "REQUEST",
    "outcome": "PENDING",
    "round": 1,
    "stepId": "approval",
    "actionOwner": {"type": "user", "id": _REQUESTER["userId"], "name": _REQUESTER["name"]},
    "title": "Train to Zürich",
    "comment": "Customer visit",
    "occurredAt": "2026-03-02T12:00:00.000Z",
    "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "previousHash": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
}

ROUND: dict[str, Any] = {
    "round": 1,
    "version": 1,
    "requestedAt": "2026-03-02T12:00:00.000Z",
    "requestedBy": _REQUESTER,
    "title": "Train to Zürich",
    "data": CREATE_WORKFLOW["data"],
}

PUT_SCHEME: dict[str, Any] = {
    "name": "Expense report",
    "steps": [_STEP | {"approvers": {"users": [_BO["userId"]], "groups": ["finance"]}}],
}

SCHEME: dict[str, Any] = {
    "schemeId": "expense-report",
    "version": 1,
    "name": "Expense report",
    "steps": [_STEP | {"approvers": _APPROVERS}],
    "createdAt": "2026-03-01T08:00:00.000Z",
    "createdBy": {"userId": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02", "name": "Adam Novak"},
}


PERSON: dict[str, Any] = _BO | {"email": "bo@example.com"}

GROUP: dict[str, Any] = {"name": "finance", "description": "Approves expenses"}


def page_of(item: dict[str, Any]) -> dict[str, Any]:
    """Return a last page with one item."""
    return {"items": [item], "cursor": None}
