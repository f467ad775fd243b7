"""Realtime sessions give access to the user's own topic and to nothing else (docs/architecture.md)."""

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


def _open_session(person: Person) -> dict[str, Any]:
    session: dict[str, Any] = person.api.post("/notifications/sessions").expect(201).body
    return session


def _messages(mqtt: RawMqttClient, message_type: str) -> list[dict[str, Any]]:
    received = [json.loads(payload) for _, payload in mqtt.messages]
    return [each for each in received if each["messageType"] == message_type]


def _client_id(session: dict[str, Any]) -> str:
    return f"{session['clientIdPrefix']}{uuid4().hex[:8]}"


@pytest.fixture
def session(shared_scenario: Scenario) -> dict[str, Any]:
    return _open_session(shared_scenario.requester)


def test_a_session_contains_the_users_topic_and_expires_within_an_hour(shared_scenario: Scenario, session):
    assert session["topic"] == f"notifications-{shared_scenario.requester.user_id}"
    assert session["clientIdPrefix"] == f"{shared_scenario.requester.user_id}-"
    assert session["endpoint"] == shared_scenario.cloud.outputs["iot_endpoint"]
    assert session["region"] == shared_scenario.cloud.region
    expires = datetime.fromisoformat(session["credentials"]["expiration"])
    assert timedelta(0) < expires - datetime.now(UTC) <= timedelta(hours=1)


def test_a_user_receives_notifications_on_their_own_topic(scenario: Scenario):
    session = _open_session(scenario.approver)
    with RawMqttClient(session, _client_id(session)) as mqtt:
        assert mqtt.connect() == "Success"
        assert mqtt.subscribe(session["topic"]) == "Granted QoS 1"
        workflow_id = scenario.create_pending()
        envelope = wait_until(lambda: _messages(mqtt, "notification"), timeout=10, what="a notification")[0]
    assert {topic for topic, _ in mqtt.messages} == {session["topic"]}
    assert set(envelope) == {"messageType", "notificationId", "notification"}
    assert envelope["notification"]["workflowId"] == workflow_id
    assert envelope["notificationId"] == envelope["notification"]["notificationId"]


@pytest.mark.parametrize("topic", ["notifications-{other}", "#", "+", "+/#", "$aws/#", "{own}/#"])
def test_a_subscription_to_another_topic_is_rejected(topic: str, shared_scenario: Scenario, session):
    with RawMqttClient(session, _client_id(session)) as mqtt:
        assert mqtt.connect() == "Success"
        reason = mqtt.subscribe(topic.format(other=shared_scenario.approver.user_id, own=session["topic"]))
    assert reason in ("Not authorized", "Topic filter invalid") or reason.startswith("closed"), reason


def test_notifications_of_other_users_do_not_arrive(scenario: Scenario):
    session = _open_session(scenario.requester)
    with RawMqttClient(session, _client_id(session)) as mqtt:
        mqtt.connect()
        mqtt.subscribe(f"notifications-{scenario.approver.user_id}")
        mqtt.subscribe(session["topic"])
        scenario.create_pending()
        assert holds_for(1.5, lambda: _messages(mqtt, "notification") == [])
    assert {topic for topic, _ in mqtt.messages} <= {session["topic"]}


def test_every_participant_receives_every_change_without_its_content(scenario: Scenario):
    with scenario.requester.subscribe() as requester, scenario.approver.subscribe() as approver:
        workflow_id = scenario.create_draft(title="Secret title")
        wait_until(lambda: requester.changes, timeout=10, what="the change of the draft")
        scenario.requester.act(workflow_id, "REQUEST").expect(200)
        scenario.approver.act(workflow_id, "REJECT", comment="Secret comment").expect(200)
        for subscriber, versions in ((requester, {1, 2, 3}), (approver, {2, 3})):
            wait_until(
                lambda seen=subscriber, expected=versions: (
                    {each["version"] for each in seen.changes} >= expected
                ),
                timeout=10,
                what=f"changes of the versions {versions}",
            )
    # Drafts are private.
    assert {each["version"] for each in approver.changes} == {2, 3}
    for change in (*requester.changes, *approver.changes):
        assert set(change) == {"messageType", "workflowId", "version", "occurredAt"}
        assert (change["messageType"], change["workflowId"]) == ("changed", workflow_id)


@pytest.mark.parametrize("client_id", ["{other}-1", "console", "{own}", "x{own}-1"])
def test_a_client_id_of_another_user_is_rejected(client_id: str, shared_scenario: Scenario, session):
    name = client_id.format(other=shared_scenario.approver.user_id, own=shared_scenario.requester.user_id)
    with RawMqttClient(session, name) as mqtt:
        reason = mqtt.connect()
    assert reason not in ("Success", "no reply")


def test_a_subscriber_cannot_publish(shared_scenario: Scenario, session):
    """Not even to their own topic: only the service publishes there."""
    with RawMqttClient(session, _client_id(session)) as mqtt:
        mqtt.connect()
        assert mqtt.subscribe(session["topic"]) == "Granted QoS 1"
        reason = mqtt.publish(session["topic"], '{"forged": true}')
        assert reason == "Not authorized" or reason.startswith("closed"), reason
        assert holds_for(1.0, lambda: mqtt.messages == [])


def test_changed_credentials_cannot_connect(session):
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
def test_the_credentials_allow_no_other_call(
    service: str, call: str, arguments, shared_scenario: Scenario, session
):
    keys = session["credentials"]
    client = shared_scenario.cloud.client(
        service,
        aws_access_key_id=keys["accessKeyId"],
        aws_secret_access_key=keys["secretAccessKey"],
        aws_session_token=keys["sessionToken"],
    )
    names = {**shared_scenario.cloud.outputs, "own": shared_scenario.requester.user_id}
    formatted = {
        name: value.format(**names) if isinstance(value, str) else value for name, value in arguments.items()
    }
    with pytest.raises(ClientError) as error:
        getattr(client, call)(**formatted)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
