import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from countersign_common.aws.clients import iot_data_client
from countersign_common.telemetry import Telemetry
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.iotdata.models import iotdata_backends

from notifications_service.adapters.iot_realtime_publisher import CONNECTIONS, IotRealtimePublisher
from notifications_service.domain.change import WorkflowChange
from notifications_service.schemas.responses import notification_json

from ..builders import BO, CY, LATER, NOON, WORKFLOW, a_notification, people
from ..conftest import REGION
from .tables import an_error, calls_of

pytestmark = pytest.mark.usefixtures("aws")


def a_publisher(clock: Callable[[], datetime] = lambda: NOON) -> IotRealtimePublisher:
    return IotRealtimePublisher(
        iot_data_client(None, connections=CONNECTIONS), notification_json, clock, Telemetry("test")
    )


def published() -> list[tuple[str, Any]]:
    """Return topic and payload of each message."""
    backend = iotdata_backends[DEFAULT_ACCOUNT_ID][REGION]
    return [(topic, json.loads(payload)) for topic, payload in backend.published_payloads]


def test_the_envelope_is_published_to_the_recipients_topic_with_quality_of_service_1():
    publisher, notification = a_publisher(), a_notification()
    with calls_of(publisher._client) as calls:
        assert publisher.publish([notification], deadline=LATER) == {}
    envelope = {
        "messageType": "notification",
        "notificationId": notification.notification_id,
        "notification": notification_json(notification),
    }
    assert published() == [(f"notifications-{BO}", envelope)]
    assert [(operation, params["qos"]) for operation, params in calls] == [("Publish", 1)]


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [(None, f"data-ats.iot.{REGION}.amazonaws.com"), ("https://iot.example.com", "iot.example.com")],
)
def test_the_endpoint_is_the_configured_one_or_what_the_sdk_resolves(endpoint, host):
    assert urlsplit(iot_data_client(endpoint).meta.endpoint_url).netloc == host


def test_1700_notifications_are_published_each_once():
    recipients = people(1_700)
    notifications = [a_notification(f"for {each}", recipient=each) for each in recipients]
    assert a_publisher().publish(notifications, deadline=LATER) == {}
    assert sorted(topic for topic, _ in published()) == [f"notifications-{each}" for each in recipients]


def test_calls_run_in_parallel():
    publisher = a_publisher()
    both_started = threading.Barrier(2, timeout=5)  # breaks if one call waits for the end of the other

    def wait(**_: Any) -> None:
        both_started.wait()

    publisher._client.meta.events.register("before-call.iot-data-plane", wait)
    assert publisher.publish([a_notification("one"), a_notification("two")], deadline=LATER) == {}


def test_a_failed_publish_has_its_reason_and_the_others_are_published():
    publisher = a_publisher()
    mine, theirs = a_notification("mine"), a_notification("theirs", recipient=CY)

    def forbid(params: dict[str, Any], **_: Any) -> None:
        if BO in params["url_path"]:
            raise an_error("ForbiddenException", "Publish")

    publisher._client.meta.events.register("before-call.iot-data-plane", forbid)
    failures = publisher.publish([mine, theirs], deadline=LATER)
    assert failures.keys() == {mine.notification_id}
    assert failures[mine.notification_id].startswith("not published: ")
    assert "Forbidden" in failures[mine.notification_id]
    assert [topic for topic, _ in published()] == [f"notifications-{CY}"]


def test_after_the_deadline_nothing_more_is_published():
    moments = iter([NOON, LATER, LATER + timedelta(seconds=1), LATER + timedelta(hours=1)])
    lock = threading.Lock()

    def clock() -> datetime:
        with lock:
            return next(moments)

    notifications = [a_notification(str(number)) for number in range(4)]
    failures = a_publisher(clock).publish(notifications, deadline=LATER)
    assert list(failures.values()) == ["not published: no time left"] * 2
    assert len(published()) == 2


def test_a_payload_of_more_than_128_kb_is_not_sent():
    large = replace(a_notification(), comment="x" * 131_072)
    failures = a_publisher().publish([large], deadline=LATER)
    assert "a message can have 131072" in failures[large.notification_id]
    assert published() == []


def test_the_largest_notification_fits_in_a_message():
    owner = replace(a_notification().action_owner, name="\x01" * 2_048)
    largest = replace(a_notification(), title="\x01" * 200, comment="\x01" * 4_000, action_owner=owner)
    assert a_publisher().publish([largest], deadline=LATER) == {}


def test_a_recipient_who_is_not_a_user_id_has_no_topic():
    wrong = a_notification(recipient="#")
    assert a_publisher().publish([wrong], deadline=LATER).keys() == {wrong.notification_id}
    assert published() == []


def test_a_change_has_workflow_version_and_time_and_nothing_else():
    publisher = a_publisher()
    with calls_of(publisher._client) as calls:
        publisher.publish_changes([WorkflowChange(BO, WORKFLOW, 7, NOON)], deadline=LATER)
    message = {
        "messageType": "changed",
        "workflowId": WORKFLOW,
        "version": 7,
        "occurredAt": "2026-01-31T12:00:00.000Z",
    }
    assert published() == [(f"notifications-{BO}", message)]
    assert [(operation, params["qos"]) for operation, params in calls] == [("Publish", 1)]


def test_changes_that_are_not_published_are_logged_and_counted_and_the_others_are_published(caplog, capsys):
    publisher = a_publisher()
    changes = [WorkflowChange(recipient, WORKFLOW, 2, NOON) for recipient in ("#", BO, CY)]

    def forbid(params: dict[str, Any], **_: Any) -> None:
        if BO in params["url_path"]:
            raise an_error("ForbiddenException", "Publish")

    publisher._client.meta.events.register("before-call.iot-data-plane", forbid)
    publisher.publish_changes(changes, deadline=LATER)
    assert [topic for topic, _ in published()] == [f"notifications-{CY}"]
    [record] = caplog.records
    assert sorted(record.reasons.values()) == [1, 1]
    assert '"ChangesNotPublished":[2.0]' in capsys.readouterr().out


def test_after_the_deadline_no_change_is_published(capsys):
    a_publisher(lambda: LATER).publish_changes([WorkflowChange(BO, WORKFLOW, 2, NOON)], deadline=NOON)
    assert published() == []
    assert '"ChangesNotPublished":[1.0]' in capsys.readouterr().out
