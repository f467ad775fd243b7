"""Values to test with. Each builder makes one that is valid; what a test is about is what it names."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from countersign_common.events import CloudEvent

from notifications_service import schemas
from notifications_service.domain.action import Action, ActionType, Approvers, Outcome, Person
from notifications_service.domain.notification import Notification, NotificationType

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)

_OUTCOMES = {
    ActionType.SAVE: Outcome.DRAFT,
    ActionType.REQUEST: Outcome.PENDING,
    ActionType.APPROVE: Outcome.APPROVED,
    ActionType.REJECT: Outcome.REJECTED,
}


def an_id(name: str) -> str:
    """A UUID that is always the same for a name."""
    return str(uuid5(UUID(int=0), name))


ANN, BO, CY, DEE = (an_id(name) for name in ("ann", "bo", "cy", "dee"))
WORKFLOW = an_id("a workflow")


def an_action(
    action_type: ActionType = ActionType.REQUEST,
    *,
    by: str = ANN,
    requester: str = ANN,
    users: Iterable[str] = (BO,),
    groups: Iterable[str] = (),
    event: str = "an event",
    comment: str | None = None,
) -> Action:
    return Action(
        event_id=an_id(event),
        correlation_id=f"correlation of {event}",
        workflow_id=WORKFLOW,
        title="A new chair",
        scheme="purchase",
        step_id="manager",
        round=1,
        sequence=2,
        action_type=action_type,
        outcome=_OUTCOMES[action_type],
        action_owner=Person(by, "Somebody"),
        requester=Person(requester, "Ann"),
        approvers=Approvers(frozenset(users), frozenset(groups)),
        comment=comment,
        occurred_at=NOON,
    )


def a_notification(
    name: str = "a notification", *, recipient: str = BO, minutes: int = 0, read: bool = False
) -> Notification:
    """One that was made some minutes after noon."""
    return Notification(
        notification_id=an_id(name),
        recipient=recipient,
        type=NotificationType.APPROVAL_REQUESTED,
        workflow_id=WORKFLOW,
        title="A new chair",
        scheme="purchase",
        step_id="manager",
        round=1,
        sequence=2,
        action_type=ActionType.REQUEST,
        outcome=Outcome.PENDING,
        action_owner=Person(ANN, "Ann"),
        comment=None,
        occurred_at=NOON,
        created_at=NOON + timedelta(minutes=minutes),
        correlation_id="a-correlation",
        read=read,
    )


def event_data(**changes: Any) -> dict[str, Any]:
    """The data of an event as the workflow service sends it; `changes` replace or add members."""
    return {
        "workflowId": WORKFLOW,
        "title": "A new chair",
        "scheme": "purchase",
        "schemeVersion": 1,
        "stepId": "manager",
        "round": 1,
        "sequence": 2,
        "actionType": "REQUEST",
        "outcome": "PENDING",
        "actionOwner": {"userId": ANN, "name": "Ann"},
        "requester": {"userId": ANN, "name": "Ann"},
        "approvers": {"users": [BO], "groups": []},
        "comment": None,
        "occurredAt": "2026-01-31T12:00:00.000Z",
    } | changes


def an_event(
    data: Mapping[str, Any] | None = None, *, name: str = "an event", **attributes: Any
) -> CloudEvent:
    return CloudEvent(
        **{
            "id": an_id(name),
            "source": "/countersign/workflow",
            "type": schemas.EVENT_TYPE,
            "subject": f"workflow/{WORKFLOW}",
            "time": "2026-01-31T12:00:00.000Z",
            "correlation_id": f"correlation-of-{name.replace(' ', '-')}",
            "data": dict(event_data() if data is None else data),
        }
        | attributes
    )


def a_batch(**bodies: str) -> dict[str, Any]:
    """What Lambda gives a queue's consumer: a message under each name."""
    return {
        "Records": [
            {"messageId": name, "body": body, "attributes": {"ApproximateReceiveCount": "1"}}
            for name, body in bodies.items()
        ]
    }


def a_request(
    route: str,
    *,
    user: str | None = BO,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    body: Any = None,
    claims: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """API Gateway's event; `body` is text as it is, anything else as JSON; no token when there is no user."""
    who = {"sub": user, "token_use": "id", "name": "Bo", "email": "bo@example.com"} | dict(claims or {})
    return {
        "routeKey": route,
        "headers": {"x-correlation-id": "a-correlation"},
        "pathParameters": path,
        "queryStringParameters": query,
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
        "requestContext": {
            "requestId": "a-request",
            "http": {"sourceIp": "192.0.2.1", "userAgent": "a browser"},
            "authorizer": {"jwt": {"claims": who}} if user else {},
        },
    }
