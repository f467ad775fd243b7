"""The queue's consumer, as Lambda calls it."""

import json
from typing import Any

import pytest
from countersign_common.batches import sqs_handler

from notifications_service.handlers.send_notifications import consume
from notifications_service.use_cases.services import sender_on

from ..builders import BO, CY, NOON, a_batch, an_event, event_data
from ..fakes import FakeGroups, FakeNotifications, FakeRealtime


class Consumer:
    """The function on fakes."""

    def __init__(self, realtime: FakeRealtime | None = None) -> None:
        self.notifications = FakeNotifications()
        self.realtime = realtime or FakeRealtime()
        sender = sender_on(
            groups=FakeGroups(finance=[CY]),
            outgoing=self.notifications,
            realtime=self.realtime,
            clock=lambda: NOON,
        )
        self._handler = sqs_handler(consume, lambda: sender, function="send-notifications")

    def __call__(self, **bodies: str) -> list[str]:
        """The ids of the messages that come back."""
        answer = self._handler(a_batch(**bodies), None)
        return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def body_of(name: str = "an event", **changes: Any) -> str:
    return an_event(event_data(**changes), name=name).to_json()


def test_an_event_is_told_to_those_whom_it_concerns():
    consumer = Consumer()
    assert consumer(m=body_of(approvers={"users": [BO], "groups": ["finance"]})) == []
    assert {each.recipient for each in consumer.realtime.published} == {BO, CY}


def test_the_correlation_id_of_the_request_is_in_the_notification():
    consumer = Consumer()
    consumer(m=body_of("this one"))
    assert [each.correlation_id for each in consumer.realtime.published] == ["correlation-of-this-one"]


def test_fields_that_are_not_known_are_ignored_at_every_level():
    consumer = Consumer()
    body = body_of(
        later="x",
        actionOwner={"userId": CY, "name": "Cy", "later": 1},
        approvers={"users": [BO], "groups": [], "later": 1},
    )
    assert consumer(m=body) == []
    assert len(consumer.realtime.published) == 1


BROKEN_DATA = [
    {"workflowId": "not-a-uuid"},
    {"title": None},
    {"title": "x" * 201},
    {"scheme": "Not A Slug"},
    {"round": 0},
    {"sequence": "2"},
    {"actionType": "SHRED"},
    {"outcome": "LOST"},
    {"actionOwner": {"name": "nobody"}},
    {"requester": "ann"},
    {"approvers": {"users": ["*"], "groups": []}},
    {"approvers": {"users": ["#"], "groups": []}},
    {"approvers": {"users": [], "groups": [""]}},
    {"comment": "x" * 4001},
    {"comment": 1},
    {"occurredAt": "yesterday"},
]


@pytest.mark.parametrize("changes", BROKEN_DATA, ids=lambda changes: next(iter(changes)))
def test_an_event_whose_data_is_malformed_comes_back_and_stores_nothing(changes):
    consumer = Consumer()
    assert consumer(m=body_of(**changes)) == ["m"]
    assert consumer.notifications.stored == {}


@pytest.mark.parametrize("missing", sorted(event_data().keys() - {"schemeVersion"}))
def test_an_event_without_a_field_that_is_needed_comes_back(missing):
    data = event_data()
    del data[missing]
    assert Consumer()(m=an_event(data).to_json()) == ["m"]


@pytest.mark.parametrize(
    "body",
    ["", "not json", "[]", "{}", json.dumps({"specversion": "0.3"}), "[" * 100_000],
    ids=["empty", "text", "array", "object", "other version", "deep"],
)
def test_a_body_that_is_no_event_comes_back_alone(body):
    consumer = Consumer()
    assert consumer(bad=body, good=body_of()) == ["bad"]
    assert len(consumer.realtime.published) == 1


def test_an_event_of_another_type_or_without_a_uuid_comes_back():
    other = an_event(type="countersign.audit-trail.recorded.v1").to_json()
    nameless = an_event(id="1").to_json()
    assert Consumer()(m1=other, m2=nameless, m3=body_of()) == ["m1", "m2"]


def test_only_the_messages_that_failed_come_back():
    consumer = Consumer(FakeRealtime(**{BO: "not published: timed out"}))
    theirs = body_of("two", approvers={"users": [CY], "groups": []})
    assert consumer(m1=body_of("one"), m2=theirs, m3="not json") == ["m3", "m1"]
    assert [each.recipient for each in consumer.realtime.published] == [CY]


def test_a_failed_message_is_a_log_line_with_its_correlation_id_and_reason(capsys):
    Consumer(FakeRealtime(**{BO: "not published: timed out"}))(m=body_of("this one"))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    (failed,) = [line for line in lines if line.get("message") == "message failed"]
    assert failed["correlationId"] == "correlation-of-this-one"
    assert failed["reason"] == "not published: timed out"


def test_no_line_shows_what_people_wrote(capsys):
    consumer = Consumer(FakeRealtime(**{BO: "not published"}))
    consumer(m1=body_of(title="Secret title", comment="Secret comment"), m2=body_of(title=["Secret list"]))
    assert "Secret" not in capsys.readouterr().out
