"""The outbox in the table, and the relay's function on it."""

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from countersign_common.clock import system_clock, to_rfc3339
from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from workflow_service.adapters.commit_items import OUTBOX_SHARDS
from workflow_service.domain.events import SealedEvent, UnreadableEvent
from workflow_service.handlers import relay_outbox as function
from workflow_service.use_cases.publish_event import PublishEvent
from workflow_service.use_cases.relay_outbox import RelayOutbox

from ..aws import always

IN_A_MINUTE = timedelta(minutes=1)


class Context:
    """Lambda's context, with enough time."""

    aws_request_id = "invocation-1"

    def get_remaining_time_in_millis(self) -> int:
        return 50_000


@pytest.fixture(autouse=True)
def _scheme(api):
    api.put_scheme()


@pytest.fixture
def relay(adapters, monkeypatch):
    """The function, a minute from now."""
    publish_event = PublishEvent(adapters.publisher, adapters.outbox, adapters.warnings)
    relay_outbox = RelayOutbox(
        adapters.outbox, publish_event, lambda: system_clock() + IN_A_MINUTE, adapters.warnings
    )
    monkeypatch.setattr(function, "lazy", Lazy(lambda: (relay_outbox, Telemetry("relay-outbox"))))
    return lambda: function.handler({}, Context())


@pytest.fixture
def queues_down(aws):
    aws.faults["SendMessage"] = always("AccessDenied")


def pending(adapters):
    return list(adapters.outbox.pending(system_clock() + IN_A_MINUTE))


def event_item(aws, workflow_id):
    return aws.items()[f"WORKFLOW#{workflow_id}", "EVENT#0000000001"]


def entry(aws, workflow_id):
    """Return the entry in the commit index of a workflow's only event."""
    entries = (item for (pk, _), item in aws.items().items() if pk.startswith("COMMITS#"))
    return next(each for each in entries if each["workflowId"] == {"S": workflow_id})


def test_the_relay_sends_exactly_the_messages_that_the_action_would_have_sent(aws, api, relay):
    aws.faults["UpdateItem"] = always("ValidationException")
    api.create(title="Zürich", data={"text": "ü" * 5_000}, comment="\u2028" * 2_000)
    sent = aws.messages("audit-trail"), aws.messages("notifications")
    aws.faults.clear()
    assert relay()["relayed"] == 1
    assert (aws.messages("audit-trail"), aws.messages("notifications")) == sent


@pytest.mark.usefixtures("queues_down")
def test_the_relay_sends_the_oldest_event_first_over_all_shards(aws, api, relay):
    workflow_ids = [api.create(title=str(number)) for number in range(30)]
    items = [entry(aws, each) for each in workflow_ids]
    shards = {item["outboxShard"]["S"] for item in items}
    assert len(shards) > 1
    assert shards <= set(OUTBOX_SHARDS)
    for number, item in enumerate(items):
        occurred_at = to_rfc3339(system_clock() - timedelta(seconds=100 - number))
        aws.put(item | {"occurredAt": {"S": occurred_at}})
    aws.faults.clear()
    assert (relay()["relayed"], relay()["relayed"]) == (30, 0)
    subjects = [event.subject for event in aws.events("audit-trail")]
    assert subjects == [f"workflow/{each}" for each in workflow_ids]


@pytest.mark.usefixtures("queues_down")
def test_events_after_the_given_time_are_not_pending(api, adapters):
    api.create()
    assert list(adapters.outbox.pending(system_clock() - timedelta(seconds=30))) == []
    assert len(pending(adapters)) == 1


@pytest.mark.usefixtures("queues_down")
def test_the_index_gives_keys_and_the_events_are_read_consistently(aws, api, adapters):
    api.create()
    aws.forget_calls()
    assert len(pending(adapters)) == 1
    assert aws.operations == ["Query"] * 8 + ["BatchGetItem"] * 2
    assert all(call["RequestItems"][aws.table]["ConsistentRead"] is True for _, call in aws.calls[-2:])


@pytest.mark.usefixtures("queues_down")
def test_an_event_that_was_removed_since_the_index_was_read_is_skipped(aws, api, adapters):
    api.create()
    [event] = pending(adapters)

    def remove_first(_):
        aws.faults.clear()
        adapters.outbox.remove(event)

    aws.faults["BatchGetItem"] = remove_first
    assert pending(adapters) == []


@pytest.mark.usefixtures("queues_down")
def test_an_unreadable_event_is_logged_and_does_not_stop_the_others(aws, api, adapters, relay):
    broken, whole = api.create(), api.create()
    item = event_item(aws, broken)
    del item["sealed"]
    aws.put(item)
    aws.faults.clear()
    counts = relay()
    assert (counts["relayed"], counts["left"]) == (1, 1)
    assert counts["oldestPendingSeconds"] >= 60
    assert [event.subject for event in aws.events("audit-trail")] == [f"workflow/{whole}"]
    assert broken in str(adapters.warnings.lines[-1])


@pytest.mark.parametrize(
    "change",
    [
        {"sealed": {"S": "not JSON"}},
        {"sealed": {"B": b"not compressed"}},
        {"hash": {"S": "text"}},
        {"person": {"S": "text"}},
    ],
    ids=str,
)
@pytest.mark.usefixtures("queues_down")
def test_any_damaged_item_is_unreadable_and_raises_nothing(aws, api, adapters, change):
    aws.put(event_item(aws, api.create()) | change)
    [found] = pending(adapters)
    assert isinstance(found, UnreadableEvent)


@pytest.mark.parametrize(
    "change",
    [
        {"workflowId": {"N": "1"}},
        {"workflowId": {"S": "x"}},
        {"sequence": {"N": "1.5"}},
        {"sequence": {"N": "2"}},
    ],
    ids=str,
)
@pytest.mark.usefixtures("queues_down")
def test_an_entry_that_names_no_event_is_unreadable_and_raises_nothing(aws, api, adapters, change):
    damaged = entry(aws, api.create())
    aws.put(damaged | change)
    whole = api.create()
    found = {type(each): each for each in pending(adapters)}
    assert found[UnreadableEvent].key == f"{damaged['pk']['S']} {damaged['sk']['S']}"
    assert found[UnreadableEvent].occurred_at == damaged["occurredAt"]["S"]
    assert found[SealedEvent].workflow_id == whole


@pytest.mark.usefixtures("queues_down")
def test_two_entries_that_name_the_same_event_are_no_error(aws, api, adapters):
    workflow_id = api.create()
    aws.put(entry(aws, workflow_id) | {"sk": {"S": "copy"}})
    assert [each.workflow_id for each in pending(adapters)] == [workflow_id] * 2


@pytest.mark.usefixtures("queues_down")
def test_removing_an_event_that_does_not_exist_creates_no_item(aws, api, adapters):
    item = entry(aws, api.create())
    [event] = pending(adapters)
    key = (item["pk"]["S"], item["sk"]["S"])
    aws.delete(key)
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        adapters.outbox.remove(event)
    assert key not in aws.items()


def test_a_published_event_is_in_no_index_and_stays_in_the_history(aws, api, adapters):
    workflow_id = api.create()
    assert "outboxShard" not in entry(aws, workflow_id)
    assert pending(adapters) == []
    assert len(list(adapters.workflows.history(workflow_id, after=0, page_size=10))) == 1


@pytest.mark.usefixtures("queues_down")
def test_the_function_emits_its_counts_and_the_age_of_the_oldest_event(api, relay, capsys):
    api.create()
    capsys.readouterr()
    relay()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [metrics] = [line for line in lines if "_aws" in line]
    assert metrics["EventsRelayed"] == [0.0]
    assert metrics["EventsLeft"] == [1.0]
    assert 60 <= metrics["OldestPendingSeconds"][0] < 65
