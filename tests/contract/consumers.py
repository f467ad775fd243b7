"""The two consumers of the workflow service's events, as Lambda runs them, on their in-memory ports."""

import json
from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from countersign_common.aws.sqs import BatchHandler, sqs_handler
from countersign_common.clock import system_clock
from countersign_common.events.cloud_event import EventMessage
from countersign_common.http.handler import LambdaHandler, api_handler

from audit_service.bootstrap import service_with
from audit_service.handlers import api as audit_api
from audit_service.handlers import create_audit_trail
from contract.producer import Claims
from notifications_service.bootstrap import Service as NotificationsService
from notifications_service.domain.subscription import RealtimeEndpoint
from notifications_service.handlers import api as notifications_api
from notifications_service.handlers import send_notifications
from notifications_service.use_cases.list_notifications import ListNotifications
from notifications_service.use_cases.mark_all_notifications import MarkAllNotifications
from notifications_service.use_cases.mark_notification import MarkNotification
from notifications_service.use_cases.open_session import OpenSession
from notifications_service.use_cases.send_notifications import SendNotifications
from services.audit.tests import fakes as audit_fakes
from services.notifications.tests import fakes as notification_fakes

AUDITOR = Claims("00000000-0000-4000-8000-0000000000aa", "Audra", groups=("auditors",))


@dataclass(frozen=True)
class ApiResponse:
    """The response of a function to API Gateway."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Consumer:
    """A service with its two functions: the queue's consumer and the API."""

    consume: BatchHandler
    api: LambdaHandler

    def deliver(self, *messages: EventMessage) -> list[int]:
        """Deliver messages as Lambda does, and return the positions of those that failed."""
        batch = {"Records": [_record(str(number), message) for number, message in enumerate(messages)]}
        failures = self.consume(batch, None)["batchItemFailures"]
        return [int(failure["itemIdentifier"]) for failure in failures]

    def request(self, event: Mapping[str, Any]) -> ApiResponse:
        """Send a request to the API."""
        return response_of(self.api, event)

    def get(self, by: Claims, route: str, **path: str) -> Any:
        """Return the body of a successful GET."""
        response = self.request(by.request(f"GET {route}", path=path))
        assert response.status == 200, response.body
        return response.body


def response_of(api: LambdaHandler, event: Mapping[str, Any]) -> ApiResponse:
    """Return the response of an API's function."""
    response = api(event, None)
    return ApiResponse(response["statusCode"], response["headers"], json.loads(response.get("body", "null")))


def audit_trail() -> Consumer:
    """Return the audit service without any record."""
    service = service_with(audit_fakes.FakeRepository(), audit_fakes.FakeIndex())
    return Consumer(
        sqs_handler(create_audit_trail.consume, lambda: service, function="create-audit-trail"),
        api_handler(audit_api.ROUTES, lambda: service),
    )


def notifications(**groups: Collection[str]) -> Consumer:
    """Return the notifications service without any notification; `groups` are user ids by group."""
    store = notification_fakes.FakeNotifications()
    sender = SendNotifications(
        groups=notification_fakes.FakeGroups(**groups),
        writer=store,
        publisher=notification_fakes.FakePublisher(),
        checkpoints=notification_fakes.FakeCheckpoints(),
        clock=system_clock,
    )
    service = NotificationsService(
        list_notifications=ListNotifications(store),
        mark_notification=MarkNotification(store),
        mark_all_notifications=MarkAllNotifications(store, system_clock),
        open_session=OpenSession(
            notification_fakes.FakeIssuer(), RealtimeEndpoint("iot.example.com", "eu-central-1")
        ),
    )
    return Consumer(
        sqs_handler(send_notifications.consume, lambda: sender, function="send-notifications"),
        api_handler(notifications_api.ROUTES, lambda: service),
    )


def _record(message_id: str, message: EventMessage) -> dict[str, Any]:
    return {
        "messageId": message_id,
        "body": message.body,
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {
            name: {"dataType": "Binary", "binaryValue": b64encode(text).decode()}
            for name, text in message.texts.items()
        },
    }
