"""Valid values for tests; a test names only what it is about."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from countersign_common.clock import from_rfc3339
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.workflow_event import (
    WORKFLOW_EVENT,
    WORKFLOW_EVENT_TYPE,
    EventActionOwner,
    WorkflowEvent,
)

from notifications_service.domain.notification import IncomingEvent, Notification, NotificationKind

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def an_id(name: str) -> str:
    """Return a UUID that is always the same for a name."""
    return str(uuid5(UUID(int=0), name))


ANN, BO, CY, DEE = (an_id(name) for name in ("ann", "bo", "cy", "dee"))
WORKFLOW = an_id("a workflow")


def people(count: int) -> list[str]:
    """Return that many user ids, sorted."""
    return sorted(an_id(f"person {number}") for number in range(count))


def event_data(**changes: Any) -> dict[str, Any]:
    """Return the data of a workflow event; `changes` replace or add members."""
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
        "actionOwner": {"type": "user", "id": ANN, "name": "Ann"},
        "requester": {"userId": ANN, "name": "Ann"},
        "approvers": {"users": [BO], "groups": []},
        "comment": None,
        "occurredAt": "2026-01-31T12:00:00.000Z",
    } | changes


def a_workflow_event(
    action_type: str = "REQUEST",
    *,
    by: str = ANN,
    requester: str = ANN,
    users: Iterable[str] = (BO,),
    groups: Iterable[str] = (),
    **changes: Any,
) -> WorkflowEvent:
    return WORKFLOW_EVENT.load(
        event_data(
            actionType=action_type,
            actionOwner={"type": "user", "id": by, "name": "Rana"},
            requester={"userId": requester, "name": "Ann"},
            approvers={"users": list(users), "groups": list(groups)},
            **changes,
        )
    )


def an_incoming_event(name: str = "an event", **changes: Any) -> IncomingEvent:
    """Return an event with the id that belongs to a name; `changes` as for `a_workflow_event`."""
    data = a_workflow_event(**changes)
    return IncomingEvent(
        event_id=an_id(name),
        correlation_id=f"correlation-of-{name.replace(' ', '-')}",
        occurred_at=from_rfc3339(data.occurred_at),
        data=data,
    )


def a_notification(
    name: str = "a notification",
    *,
    recipient: str = BO,
    minutes: int = 0,
    read: bool = False,
    workflow_id: str = WORKFLOW,
) -> Notification:
    """Return a notification that was created some minutes after noon."""
    return Notification(
        notification_id=an_id(name),
        recipient=recipient,
        type=NotificationKind.APPROVAL_REQUESTED,
        workflow_id=workflow_id,
        title="A new chair",
        scheme="purchase",
        step_id="manager",
        round=1,
        sequence=2,
        action_type="REQUEST",
        outcome="PENDING",
        action_owner=EventActionOwner("user", ANN, "Ann"),
        comment=None,
        occurred_at=NOON,
        created_at=NOON + timedelta(minutes=minutes),
        correlation_id="a-correlation",
        read=read,
    )


def a_cloud_event(
    data: Mapping[str, Any] | None = None, *, name: str = "an event", **attributes: Any
) -> CloudEvent:
    return CloudEvent(
        **{
            "id": an_id(name),
            "source": "/countersign/workflow",
            "type": WORKFLOW_EVENT_TYPE,
            "subject": f"workflow/{WORKFLOW}",
            "time": "2026-01-31T12:00:00.000Z",
            "correlation_id": f"correlation-of-{name.replace(' ', '-')}",
            "data": dict(event_data() if data is None else data),
        }
        | attributes
    )


def a_batch(**bodies: str) -> dict[str, Any]:
    """Return a Lambda event for SQS, with a message for each body."""
    return {
        "Records": [
            {"messageId": name, "body": body, "attributes": {"SenderId": "the-producer:a-session"}}
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
    """Return an API Gateway event. A `body` that is text is sent as it is; `user` None sends no token."""
    all_claims = {"sub": user, "token_use": "id", "name": "Bo", "email": "bo@example.com"} | dict(
        claims or {}
    )
    return {
        "routeKey": route,
        "headers": {"x-correlation-id": "a-correlation"},
        "pathParameters": path,
        "queryStringParameters": query,
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
        "requestContext": {
            "requestId": "a-request",
            "http": {"sourceIp": "192.0.2.1", "userAgent": "a browser"},
            "authorizer": {"jwt": {"claims": all_claims}} if user else {},
        },
    }
