"""Realtime sessions: one's own topic, and nothing else (design, Realtime)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from harness.scenario import Scenario
from local_cloud.mqtt import RawMqttClient
from local_cloud.people import Person
from local_cloud.waiting import holds_for, wait_until


def _session(person: Person) -> dict[str, Any]:
    body: dict[str, Any] = person.api.post("/notifications/sessions").expect(201).body
    return body


def _client_id(session: dict[str, Any]) -> str:
    return f"{session['clientIdPrefix']}{uuid4().hex[:8]}"


@pytest.fixture
def session(shared_scenario: Scenario) -> dict[str, Any]:
    return _session(shared_scenario.requester)


def test_a_session_names_ones_own_topic_and_lasts_an_hour_at_most(shared_scenario: Scenario, session):
    assert session["topic"] == f"notifications-{shared_scenario.requester.user_id}"
    assert session["clientIdPrefix"] == f"{shared_scenario.requester.user_id}-"
    assert session["endpoint"] == shared_scenario.cloud.outputs["iot_endpoint"]
    assert session["region"] == shared_scenario.cloud.region
    expires = datetime.fromisoformat(session["credentials"]["expiration"])
    assert timedelta(0) < expires - datetime.now(UTC) <= timedelta(hours=1)


def test_ones_own_topic_is_granted_and_delivers(scenario: Scenario):
    session = _session(scenario.approver)
    with RawMqttClient(session, _client_id(session)) as mqtt:
        assert mqtt.connect() == "Success"
        assert mqtt.subscribe(session["topic"]) == "Granted QoS 1"
        workflow_id = scenario.create_pending()
        wait_until(lambda: mqtt.messages, timeout=10, what="a message")
    topic, payload = mqtt.messages[0]
    envelope = json.loads(payload)
    assert topic == session["topic"]
    assert set(envelope) == {"notificationId", "notification"}
    assert envelope["notification"]["workflowId"] == workflow_id
    assert envelope["notificationId"] == envelope["notification"]["notificationId"]


@pytest.mark.parametrize("topic", ["notifications-{other}", "#", "+", "+/#", "$aws/#", "{own}/#"])
def test_another_topic_is_refused(topic: str, shared_scenario: Scenario, session):
    with RawMqttClient(session, _client_id(session)) as mqtt:
        assert mqtt.connect() == "Success"
        answer = mqtt.subscribe(topic.format(other=shared_scenario.approver.user_id, own=session["topic"]))
    assert answer in ("Not authorized", "Topic filter invalid") or answer.startswith("closed"), answer


def test_somebody_elses_notifications_do_not_arrive(scenario: Scenario):
    session = _session(scenario.requester)
    with RawMqttClient(session, _client_id(session)) as mqtt:
        mqtt.connect()
        mqtt.subscribe(f"notifications-{scenario.approver.user_id}")
        mqtt.subscribe(session["topic"])
        scenario.create_pending()
        assert holds_for(1.5, lambda: mqtt.messages == [])


@pytest.mark.parametrize("client_id", ["{other}-1", "console", "{own}", "x{own}-1"])
def test_a_wrong_client_id_is_refused(client_id: str, shared_scenario: Scenario, session):
    name = client_id.format(other=shared_scenario.approver.user_id, own=shared_scenario.requester.user_id)
    with RawMqttClient(session, name) as mqtt:
        answer = mqtt.connect()
    assert answer != "Success"
    assert answer != "no reply"


def test_a_browser_cannot_publish(shared_scenario: Scenario, session):
    """Not even to its own topic: what arrives there comes from the service alone."""
    with RawMqttClient(session, _client_id(session)) as mqtt:
        mqtt.connect()
        assert mqtt.subscribe(session["topic"]) == "Granted QoS 1"
        answer = mqtt.publish(session["topic"], '{"forged": true}')
        assert answer == "Not authorized" or answer.startswith("closed"), answer
        assert holds_for(1.0, lambda: mqtt.messages == [])


def test_changed_credentials_do_not_connect(session):
    changed = {**session, "credentials": {**session["credentials"], "secretAccessKey": "x" * 40}}
    with RawMqttClient(changed, _client_id(session)) as mqtt:
        assert mqtt.connect() != "Success"


@pytest.mark.parametrize(
    ("service", "call", "arguments"),
    [
        ("iot-data", "publish", {"topic": "notifications-{own}", "payload": b"{}"}),
        ("dynamodb", "scan", {"TableName": "{notifications_table}"}),
        ("sqs", "receive_message", {"QueueUrl": "{notifications_queue_url}"}),
        ("s3", "list_objects_v2", {"Bucket": "{console_bucket}"}),
        ("iam", "list_roles", {}),
    ],
    ids=str,
)
def test_the_credentials_are_good_for_nothing_else(
    service: str, call: str, arguments, shared_scenario: Scenario, session
):
    keys = session["credentials"]
    client = shared_scenario.cloud.client(
        service,
        aws_access_key_id=keys["accessKeyId"],
        aws_secret_access_key=keys["secretAccessKey"],
        aws_session_token=keys["sessionToken"],
    )
    known = {**shared_scenario.cloud.outputs, "own": shared_scenario.requester.user_id}
    whole = {
        name: value.format(**known) if isinstance(value, str) else value for name, value in arguments.items()
    }
    with pytest.raises(ClientError) as refused:
        getattr(client, call)(**whole)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
