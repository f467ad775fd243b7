"""The two consumers of the workflow service's events, as Lambda runs them, on their in-memory ports."""

import json
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from countersign_common.aws.clients import sqs_client
from countersign_common.aws.senders import SenderCheck
from countersign_common.aws.sqs import BatchHandler, sqs_handler
from countersign_common.clock import system_clock
from countersign_common.events.cloud_event import EventMessage
from countersign_common.http.handler import LambdaHandler, api_handler

from audit_service.bootstrap.api import api_service_with
from audit_service.bootstrap.recording import service_with
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.notes import NoteSignature, VerifierKey
from audit_service.handlers import api as audit_api
from audit_service.handlers import create_audit_trail
from audit_service.ports import StoreResult
from audit_service.schemas import examples
from contract.producer import Claims
from notifications_service.bootstrap.api import Service as NotificationsService
from notifications_service.bootstrap.send_notifications import QueueService
from notifications_service.domain.subscription import RealtimeEndpoint
from notifications_service.handlers import api as notifications_api
from notifications_service.handlers import send_notifications
from notifications_service.use_cases.erase_copies import EraseCopies
from notifications_service.use_cases.list_notifications import ListNotifications
from notifications_service.use_cases.mark_all_notifications import MarkAllNotifications
from notifications_service.use_cases.mark_notification import MarkNotification
from notifications_service.use_cases.open_session import OpenSession
from notifications_service.use_cases.resolve_requests import ResolveRequests
from notifications_service.use_cases.send_notifications import SendNotifications
from services.audit.tests import fakes as audit_fakes
from services.audit.tests.integrity_fakes import FakeIntegrity
from services.audit.tests.log_fakes import World
from services.audit.tests.retention_fakes import expected_records, retention_ports
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


class _Repository(audit_fakes.FakeRepository):
    """Stores records, which are pending from then on."""

    pending: dict[str, datetime]

    def add(self, records: Sequence[AuditRecord], manifests: Sequence[Entry] = ()) -> StoreResult:
        self.pending |= {record.dataset_id: system_clock() for record in records}
        return super().add(records, manifests)


def audit_trail() -> Consumer:
    """Return the audit service without any record. Its log has ten leaves of other records."""
    witness = NoteSignature.parse(examples.COSIGNATURE_REQUEST["line"])
    world = World(
        _Repository(),
        witnesses=[VerifierKey(witness.name, witness.key_id, b"\x04" + bytes(32))],
    )
    world.now = system_clock()
    world.records.pending = world.log.pending
    world.log.seal(*(Entry(EntryKind.EVENT, str(number), "0" * 64) for number in range(10)))
    index = audit_fakes.FakeIndex()
    service = service_with(world.records, index, audit_fakes.FakeHints(), expected_records(), world.clock)
    api = api_service_with(
        world.records, index, world.reader, world.finder, world.clock, FakeIntegrity(), retention_ports()
    )
    return Consumer(
        sqs_handler(
            create_audit_trail.consume, lambda: service, function="create-audit-trail", senders=_senders
        ),
        api_handler(audit_api.ROUTES, lambda: api),
    )


def notifications(**groups: Collection[str]) -> Consumer:
    """Return the notifications service without any notification; `groups` are user ids by group."""
    store = notification_fakes.FakeNotifications()
    erased_events = notification_fakes.FakeErasedEvents()
    sender = SendNotifications(
        groups=notification_fakes.FakeGroups(**groups),
        writer=store,
        resolve_requests=ResolveRequests(notification_fakes.FakeApprovalRounds(store)),
        publisher=notification_fakes.FakePublisher(),
        checkpoints=notification_fakes.FakeCheckpoints(),
        erased_events=erased_events,
        notifications=store,
        clock=system_clock,
    )
    eraser = EraseCopies(erased_events, store, notification_fakes.FakeScanProgress(), _time_of_ids)
    queue_service = QueueService(sender, eraser, _time_of_ids)
    service = NotificationsService(
        list_notifications=ListNotifications(store),
        mark_notification=MarkNotification(store),
        mark_all_notifications=MarkAllNotifications(store, system_clock),
        open_session=OpenSession(
            notification_fakes.FakeIssuer(), RealtimeEndpoint("iot.example.com", "eu-central-1")
        ),
    )
    return Consumer(
        sqs_handler(
            send_notifications.consume, lambda: queue_service, function="send-notifications", senders=_senders
        ),
        api_handler(notifications_api.ROUTES, lambda: service),
    )


def _time_of_ids() -> datetime:
    """Return when the events of `Producer` happened by their ids: an erasure skips events that are too old."""
    return datetime(2024, 4, 22, tzinfo=UTC)


def _senders() -> SenderCheck:
    return SenderCheck(frozenset({"the-producer"}), sqs_client, "")


def _record(message_id: str, message: EventMessage) -> dict[str, Any]:
    return {
        "messageId": message_id,
        "body": message.body,
        "attributes": {"SenderId": "the-producer:a-session"},
        "messageAttributes": {
            name: {"dataType": "Binary", "binaryValue": b64encode(text).decode()}
            for name, text in message.texts.items()
        },
    }
