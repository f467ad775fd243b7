"""The queue's consumer as Lambda calls it."""

import json
from typing import Any

import pytest
from countersign_common.aws.sqs import sqs_handler

from notifications_service.handlers.send_notifications import consume
from notifications_service.schemas.responses import notification_json
from notifications_service.use_cases.send_notifications import SendNotifications

from ..builders import BO, CY, NOON, a_batch, a_cloud_event, event_data
from ..fakes import FakeCheckpoints, FakeGroups, FakeNotifications, FakePublisher


class Consumer:
    """The function on fakes."""

    def __init__(self, publisher: FakePublisher | None = None) -> None:
        self.notifications = FakeNotifications()
        self.publisher = publisher or FakePublisher()
        groups = FakeGroups(finance=[CY], broken=None)
        send = SendNotifications(groups, self.notifications, self.publisher, FakeCheckpoints(), lambda: NOON)
        self._handler = sqs_handler(consume, lambda: send, function="send-notifications")

    def __call__(self, **bodies: str) -> list[str]:
        """Consume messages; return the ids of those that failed."""
        response = self._handler(a_batch(**bodies), None)
        return [each["itemIdentifier"] for each in response["batchItemFailures"]]

    @property
    def published(self) -> list[dict[str, Any]]:
        return [notification_json(each) for each in self.publisher.published]


@pytest.fixture
def consumer() -> Consumer:
    return Consumer()


def body_of(name: str = "an event", **changes: Any) -> str:
    return a_cloud_event(event_data(**changes), name=name).to_message().body


def lines_of(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def test_an_event_notifies_its_recipients(consumer):
    assert consumer(m=body_of(approvers={"users": [BO], "groups": ["finance"]})) == []
    assert {each["recipient"] for each in consumer.published} == {BO, CY}


def test_a_notification_has_the_correlation_id_of_its_event(consumer):
    consumer(m=body_of("this one"))
    assert [each["correlationId"] for each in consumer.published] == ["correlation-of-this-one"]


def test_unknown_fields_are_ignored_at_every_level(consumer):
    body = body_of(
        later="x",
        actionOwner={"type": "user", "id": CY, "name": "Cy", "later": 1},
        approvers={"users": [BO], "groups": [], "later": 1},
    )
    assert consumer(m=body) == []
    assert len(consumer.published) == 1


@pytest.mark.parametrize("action_type", ["SAVE", "ESCALATE", "x" * 64])
def test_an_action_type_without_a_kind_is_accepted_and_counted(consumer, capsys, action_type):
    assert consumer(m1=body_of("one", actionType=action_type), m2=body_of("two")) == []
    assert len(consumer.published) == 1
    lines = lines_of(capsys.readouterr().out)
    assert [line["EventsWithoutNotification"] for line in lines if "EventsWithoutNotification" in line] == [
        [1.0]
    ]
    assert [line["actionTypes"] for line in lines if "actionTypes" in line] == [[action_type]]


def test_an_unknown_outcome_is_shown_as_it_is(consumer):
    assert (
        consumer(m=body_of(outcome="ESCALATED", actionType="APPROVE", requester={"userId": BO, "name": ""}))
        == []
    )
    assert [(each["type"], each["outcome"]) for each in consumer.published] == [("APPROVED", "ESCALATED")]


@pytest.mark.parametrize("name", ["A\x00nn", "\x01\x1f\x7f", "", "\ufeff", "x" * 2_048])
def test_any_display_name_of_a_user_is_accepted_and_shown(consumer, name):
    owner = {"type": "user", "id": CY, "name": name}
    assert consumer(m=body_of(actionOwner=owner, requester={"userId": CY, "name": name})) == []
    assert [each["actionOwner"] for each in consumer.published] == [owner]


INVALID_DATA = [
    {"workflowId": "not-a-uuid"},
    {"title": None},
    {"round": 0},
    {"round": 2**53},
    {"sequence": "2"},
    {"actionType": ""},
    {"outcome": "x" * 65},
    {"actionOwner": {"name": "Ann"}},
    {"approvers": {"users": ["#"], "groups": []}},
    {"comment": 1},
    {"occurredAt": "yesterday"},
    {"occurredAt": "2026-02-30T12:00:00Z"},
]


@pytest.mark.parametrize("changes", INVALID_DATA, ids=str)
def test_an_event_with_invalid_data_fails_alone(consumer, changes):
    assert consumer(bad=body_of("bad", **changes), good=body_of("good")) == ["bad"]
    assert len(consumer.notifications.stored) == 1


@pytest.mark.parametrize("body", ["not json", json.dumps({"specversion": "0.3"})])
def test_a_message_that_is_not_an_event_fails_alone(consumer, body):
    assert consumer(bad=body, good=body_of()) == ["bad"]
    assert len(consumer.published) == 1


def test_an_event_of_another_type_or_without_a_uuid_fails(consumer):
    other = a_cloud_event(type="countersign.audit-event.v1").to_message().body
    no_uuid = a_cloud_event(id="1").to_message().body
    assert consumer(m1=other, m2=no_uuid, m3=body_of()) == ["m1", "m2"]


def test_only_failed_messages_are_delivered_again():
    consumer = Consumer(FakePublisher(**{BO: "not published: time-out"}))
    theirs = body_of("two", approvers={"users": [CY], "groups": []})
    unreadable = body_of("three", approvers={"users": [], "groups": ["broken"]})
    assert set(consumer(m1=body_of("one"), m2=theirs, m3=unreadable, m4="not json")) == {"m1", "m3", "m4"}
    assert [each["recipient"] for each in consumer.published] == [CY]


def test_a_failed_message_is_logged_with_its_correlation_id_and_reason(capsys):
    Consumer()(m=body_of("this one", approvers={"users": [], "groups": ["broken"]}))
    [failed] = [line for line in lines_of(capsys.readouterr().out) if line.get("message") == "message failed"]
    assert failed["correlationId"] == "correlation-of-this-one"
    assert failed["reason"] == "The members of group 'broken' can't be read."


def test_no_log_line_has_the_text_of_users(capsys):
    consumer = Consumer(FakePublisher(**{BO: "not published: time-out"}))
    consumer(
        m1=body_of(title="Secret title", comment="Secret comment"),
        m2=body_of("two", title=["Secret list"]),
        m3=body_of("three", comment="Secret " * 1_000),
        m4=body_of("four", occurredAt="2026-02-30T12:00:00Z", title="Secret title"),
    )
    assert "Secret" not in capsys.readouterr().out
