"""Routes of realtime sessions."""

from countersign_common.http.request import Request
from countersign_common.http.response import Response, created
from countersign_common.http.routes import Route

from notifications_service.bootstrap.api import Service
from notifications_service.domain.errors import NoRealtimeForUserError
from notifications_service.schemas import requests, responses


def open_session(request: Request, service: Service) -> Response:
    """Get credentials that receive your notifications over MQTT, for one hour.

    Connect to `endpoint` with MQTT over WebSocket, signed with `credentials`, and subscribe to `topic`. Messages are
    JSON objects with a `messageType`:

    - `notification`: a notification for you, with `notificationId` and `notification`.
    - `changed`: a workflow that you take part in has changed, with `workflowId`, `version` and `occurredAt`. Get what
      you show of it again.

    Ignore other types. Messages may arrive more than once and out of order: drop notifications whose `notificationId`
    you have, and versions that you have seen. `changed` may be lost: after each connect, also list the notifications
    and workflows. The body is optional.
    """
    return created(service.open_session(request.caller.user_id))


ROUTES: tuple[Route[Service], ...] = (
    Route(
        "POST /notifications/sessions",
        open_session,
        body=requests.SessionRequest,
        optional_body=True,
        response=responses.Session,
        status=201,
        errors=(NoRealtimeForUserError,),
        request_example={},
        response_example={
            "endpoint": "a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com",
            "region": "eu-central-1",
            "topic": "notifications-3d1f0c52-7f0a-4f0e-8a53-1c2d7a6b9e01",
            "clientIdPrefix": "3d1f0c52-7f0a-4f0e-8a53-1c2d7a6b9e01-",
            "credentials": {
                "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
                "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "sessionToken": "IQoJb3JpZ2luX2VjEXAMPLE",
                "expiration": "2026-01-31T10:00:00.000Z",
            },
        },
    ),
)
