"""The queue's consumer as Lambda calls it."""

import json
from typing import Any

import pytest
from countersign_common.aws.sqs import sqs_handler
from countersign_common.events.erasure_event import ERASURE_TYPE

from notifications_service.bootstrap.send_notifications import QueueService
from notifications_service.handlers.send_notifications import consume
from notifications_service.schemas.responses import notification_json
from notifications_service.use_cases.erase_copies import EraseCopies
from notifications_service.use_cases.resolve_requests import ResolveRequests
from notifications_service.use_cases.send_notifications import SendNotifications

from ..builders import ANN, BO, CY, NOON, WORKFLOW, a_batch, a_cloud_event, an_id, event_data
from ..fakes import (
    FakeApprovalRounds,
    FakeCheckpoints,
    FakeErasedEvents,
    FakeGroups,
    FakeNotifications,
    FakePublisher,
    FakeScanProgress,
)


class Consumer:
    """The function on fakes."""

    def __init__(self, publisher: FakePublisher | None = None) -> None:
        self.notifications = FakeNotifications()
        self.publisher = publisher or FakePublisher()
        groups = FakeGroups(finance=[CY], broken=None)
        self.erased_events = FakeErasedEvents()
        send = SendNotifications(
            groups,
            self.notifications,
            ResolveRequests(FakeApprovalRounds(self.notifications)),
            self.publisher,
            FakeCheckpoints(),
            self.erased_events,
            self.notifications,
            lambda: NOON,
        )
        erase = EraseCopies(self.erased_events, self.notifications, FakeScanProgress(), lambda: NOON)
        service = QueueService(send, erase, lambda: NOON)
        self._handler = sqs_handler(consume, lambda: service, function="send-notifications")

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


@pytest.mark.parametrize("name", ["A\x00nn", "\x01\x1f\x7f", "\ufeff", "x" * 2_048])
def test_any_display_name_of_a_user_is_accepted_and_shown(consumer, name):
    owner = {"type": "user", "id": CY, "name": name}
    assert consumer(m=body_of(actionOwner=owner, requester={"userId": CY, "name": name})) == []
    assert [each["actionOwner"] for each in consumer.published] == [owner]


def test_what_was_erased_before_the_event_was_sent_is_shown_as_erased(consumer):
    owner = {"type": "user", "id": CY, "name": ""}
    assert consumer(m=body_of(actionOwner=owner, title="")) == []
    [shown] = consumer.published
    assert shown["actionOwner"] == owner | {"erased": True}
    assert (shown["title"], shown["contentErased"]) == ("", True)


def an_erasure(*names: str, **changes: Any) -> str:
    """Return the message of an erasure of events, both parts."""
    datasets = [
        {
            "datasetId": an_id(name),
            "workflowId": WORKFLOW,
            "sequence": 2,
            "ownerId": ANN,
            "parts": ["person", "content"],
        }
        for name in names
    ]
    data = {"eventId": an_id("an erasure"), "userId": ANN, "datasets": datasets} | changes
    return a_cloud_event(data, name="an erasure", type=ERASURE_TYPE).to_message().body


def test_an_erasure_removes_name_title_and_comment(consumer, capsys):
    assert consumer(m=body_of("this one", comment="Secret")) == []
    capsys.readouterr()
    assert consumer(e=an_erasure("this one")) == []
    [stored] = [notification_json(each) for each in consumer.notifications.stored.values()]
    assert stored["actionOwner"] == {"type": "user", "id": ANN, "name": "", "erased": True}
    assert (stored["title"], stored["comment"], stored["contentErased"]) == ("", None, True)
    counts = [
        line["NotificationsErased"]
        for line in lines_of(capsys.readouterr().out)
        if "NotificationsErased" in line
    ]
    assert counts == [[1.0]]


@pytest.mark.parametrize("first", ["event", "erasure"])
def test_event_and_erasure_in_one_batch_leave_nothing(consumer, first):
    bodies = {"event": body_of("this one", comment="Secret"), "erasure": an_erasure("this one")}
    if first == "erasure":
        bodies = dict(reversed(bodies.items()))
    assert consumer(**bodies) == []
    [stored] = consumer.notifications.stored.values()
    assert (stored.title, stored.comment, stored.action_owner.name) == ("", None, "")


def test_an_event_that_comes_after_its_erasure_leaves_nothing(consumer):
    assert consumer(e=an_erasure("this one")) == []
    assert consumer(m=body_of("this one", comment="Secret")) == []
    [stored] = consumer.notifications.stored.values()
    assert (stored.title, stored.comment, stored.action_owner.name) == ("", None, "")


def test_an_invalid_erasure_fails_alone(consumer):
    bad = an_erasure("one", datasets=[{"datasetId": an_id("one")}])
    assert consumer(bad=bad, good=an_erasure("two"), event=body_of("two")) == ["bad"]
    [stored] = consumer.notifications.stored.values()
    assert stored.content_erased


def test_an_erasure_that_can_not_be_completed_is_delivered_again(consumer):
    consumer.notifications.is_busy = True
    assert consumer(e=an_erasure("one"), m=body_of("one")) == ["e"]
    consumer.notifications.is_busy = False
    assert consumer(e=an_erasure("one")) == []
    [stored] = consumer.notifications.stored.values()
    assert stored.content_erased


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
