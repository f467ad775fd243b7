"""The two sends, the outbox, and the relay's function."""

import threading
from datetime import timedelta

import pytest
from countersign_common.clock import system_clock, to_rfc3339
from countersign_common.events import CloudEvent

from workflow_service import bootstrap
from workflow_service.adapters.event_items import SHARDS
from workflow_service.handlers import relay_outbox as function
from workflow_service.use_cases.relay_outbox import relay_outbox

from ..builders import RITA
from ..fake_cloud import Refusal
from ..fakes import Log


class Context:
    """Lambda's context, with time enough."""

    aws_request_id = "invocation-1"

    def get_remaining_time_in_millis(self) -> int:
        return 50_000


@pytest.fixture(autouse=True)
def _scheme(api):
    api.has_scheme()


@pytest.fixture
def relay(cloud, ports, monkeypatch):
    """workflow/relay_outbox on this cloud, a minute from now."""

    def later():
        return system_clock() + timedelta(minutes=1)

    def relayed(remaining):
        return relay_outbox(
            remaining, outbox=ports.outbox, delivery=ports.delivery, clock=later, warn=ports.warn
        )

    monkeypatch.setattr(bootstrap, "relay", lambda: relayed)
    monkeypatch.setattr(function, "wired", type(function.wired)(function.wired._build))
    return lambda: function.handler({}, Context())


def refuse(_):
    raise Refusal("ServiceUnavailable")


def events_in(cloud, queue):
    return [CloudEvent.from_json(body) for body in cloud.sent.get(f"https://sqs/{queue}", [])]


def test_both_messages_are_sent_side_by_side(api, cloud):
    both = threading.Barrier(2, timeout=5)
    sending = cloud.usually("SendMessage")

    def meeting(asked):
        both.wait()  # passes only if both sends are under way at once
        return sending(asked)

    cloud.failing["SendMessage"] = meeting
    api.creates()
    assert len(cloud.sent) == 2


@pytest.mark.parametrize("queue", ["audit-trail", "notifications"])
def test_one_queue_that_refuses_keeps_the_event_pending_and_the_other_is_told(api, cloud, ports, queue):
    sending = cloud.usually("SendMessage")
    cloud.failing["SendMessage"] = lambda asked: (refuse if asked["QueueUrl"].endswith(queue) else sending)(
        asked
    )
    workflow_id = api.creates()
    assert cloud.items[f"WORKFLOW#{workflow_id}", "EVENT#0000000001"]["outbox"] == {"S": "pending"}
    assert len(cloud.sent) == 1
    assert ports.warn.lines[0][0] == "event stays in the outbox"


def test_what_the_relay_sends_is_byte_for_byte_what_would_have_been_sent(api, cloud, relay):
    cloud.failing["UpdateItem"] = refuse
    api.creates()
    sent = {queue: list(bodies) for queue, bodies in cloud.sent.items()}
    cloud.failing.clear()
    cloud.sent.clear()
    assert relay() == {"handedOn": 1, "left": 0}
    assert cloud.sent == sent


def test_the_relay_sends_oldest_first_over_all_shards(api, cloud, relay):
    cloud.failing["SendMessage"] = refuse
    made = [api.creates(title=str(number)) for number in range(20)]
    shards = {item["outboxShard"]["S"] for item in cloud.items.values() if "outboxShard" in item}
    assert len(shards) > 1
    assert shards <= set(SHARDS)
    # Each a second older than the next: what is made within one millisecond has no order.
    for number, workflow_id in enumerate(made):
        at = to_rfc3339(system_clock() - timedelta(seconds=100 - number))
        cloud.items[f"WORKFLOW#{workflow_id}", "EVENT#0000000001"]["occurredAt"] = {"S": at}
    cloud.failing.clear()
    assert relay() == {"handedOn": 20, "left": 0}
    assert [event.subject for event in events_in(cloud, "audit-trail")] == [
        f"workflow/{each}" for each in made
    ]
    assert relay() == {"handedOn": 0, "left": 0}


def test_what_is_younger_than_thirty_seconds_is_left_alone(api, cloud, ports):
    cloud.failing["SendMessage"] = refuse
    api.creates()
    assert list(ports.outbox.pending(system_clock() - timedelta(seconds=30))) == []
    assert len(list(ports.outbox.pending(system_clock() + timedelta(seconds=1)))) == 1


def test_a_broken_item_is_told_of_and_holds_up_nothing(api, cloud, ports, relay):
    cloud.failing["SendMessage"] = refuse
    broken, whole = api.creates(), api.creates()
    del cloud.items[f"WORKFLOW#{broken}", "EVENT#0000000001"]["sealed"]
    cloud.failing.clear()
    assert relay() == {"handedOn": 1, "left": 1}
    assert [event.subject for event in events_in(cloud, "audit-trail")] == [f"workflow/{whole}"]
    assert broken in str(ports.warn.lines[-1])


def test_an_event_that_is_gone_does_not_come_back_as_an_empty_item(api, cloud, ports):
    cloud.failing["SendMessage"] = refuse
    workflow_id = api.creates()
    (event,) = ports.outbox.pending(system_clock() + timedelta(seconds=1))
    del cloud.items[f"WORKFLOW#{workflow_id}", "EVENT#0000000001"]
    with pytest.raises(Exception, match="ConditionalCheckFailed"):
        ports.outbox.clear(event)
    assert (f"WORKFLOW#{workflow_id}", "EVENT#0000000001") not in cloud.items


def test_the_correlation_id_of_the_request_is_in_both_messages(api, cloud):
    body = {"actionType": "SAVE", "scheme": "expenses", "title": "Train", "data": {}}
    answer = api.ask(RITA, "POST", "/workflows", body, x_correlation_id="trace-7")
    assert answer.headers["x-correlation-id"] == "trace-7"
    told = [*events_in(cloud, "audit-trail"), *events_in(cloud, "notifications")]
    assert [event.correlation_id for event in told] == ["trace-7", "trace-7"]


def test_a_log_tells_no_title_and_no_comment(api, cloud, ports, capsys):
    cloud.failing["SendMessage"] = refuse
    api.creates(title="Secret journey", comment="Nobody must know")
    told = capsys.readouterr().out + str(ports.warn.lines)
    assert isinstance(ports.warn, Log)
    assert "Secret" not in told
    assert "Nobody" not in told
    assert "rita@example.com" not in told
