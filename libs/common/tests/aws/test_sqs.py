"""SQS batches."""

import pytest
from countersign_common.batches import sqs_handler

from countersign_common.events import CloudEvent

from .builders import CONTEXT, a_batch, log_lines, metrics


def body(correlation_id: str = "abc", **data) -> str:
    return CloudEvent(
        "id", "/s", "t.v1", "workflow/1", "2026-01-31T09:00:00Z", correlation_id, data
    ).to_json()


def run(consume, **bodies) -> list[str]:
    answer = sqs_handler(consume, lambda: "the service", function="consume")(a_batch(**bodies), CONTEXT)
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def test_a_batch_is_consumed_in_one_go_with_its_service():
    seen = []

    def consume(service, messages):
        seen.append((service, [(each.message_id, each.event.data, each.attempt) for each in messages]))
        return {}

    assert run(consume, m1=body(a=1), m2=body(a=2)) == []
    assert seen == [("the service", [("m1", {"a": 1}, 2), ("m2", {"a": 2}, 2)])]


def test_only_the_messages_that_failed_come_back():
    assert run(lambda *_: {"m2": "no"}, m1=body(), m2=body(), m3=body()) == ["m2"]


@pytest.mark.parametrize("malformed", ["", "not json", "{}", "[" * 100_000])
def test_a_malformed_body_fails_alone(malformed):
    seen = []

    def consume(_, messages):
        seen.extend(each.message_id for each in messages)
        return {}

    assert run(consume, bad=malformed, good=body()) == ["bad"]
    assert seen == ["good"]


def test_a_batch_of_malformed_bodies_does_not_reach_the_consumer():
    def consume(*_):
        raise AssertionError

    assert run(consume, m1="x", m2="y") == ["m1", "m2"]


def test_when_the_consumer_raises_every_message_comes_back(capsys):
    def consume(*_):
        raise RuntimeError("the store is away")

    assert run(consume, m1=body(), m2=body(), bad="x") == ["bad", "m1", "m2"]
    lines = log_lines(capsys.readouterr().out)
    assert [line["exception_name"] for line in lines if line["level"] == "ERROR"] == ["RuntimeError"]


def test_a_failure_is_a_line_with_its_reason_and_correlation_id(capsys):
    run(lambda *_: {"m2": "throttled"}, m1=body("one"), m2=body("two"))
    (line,) = [line for line in log_lines(capsys.readouterr().out) if line["message"] == "message failed"]
    expected = {
        "messageId": "m2",
        "reason": "throttled",
        "correlationId": "two",
        "requestId": "an-invocation",
    }
    assert line.items() >= expected.items()


def test_every_line_carries_the_correlation_ids_of_the_batch(capsys):
    run(lambda *_: {"m2": "throttled"}, m1=body("one"), m2=body("two"), m3=body("one"))
    lines = log_lines(capsys.readouterr().out)
    assert [line["correlationIds"] for line in lines] == [["one", "two"]] * 2
    assert lines[-1].items() >= {"message": "batch consumed", "messages": 3, "failed": 1}.items()


def test_no_line_shows_what_is_in_an_event(capsys):
    run(lambda *_: {"m1": "throttled"}, m1=body(comment="Secret comment"), bad='{"Secret": 1}')
    assert "Secret" not in capsys.readouterr().out


def test_consumed_and_failed_messages_are_metrics(capsys):
    run(lambda *_: {"m2": "throttled"}, m1=body(), m2=body(), m3=body(), bad="x")
    written = metrics(capsys.readouterr().out)
    assert (written["MessagesConsumed"], written["MessagesFailed"]) == ([2.0], [2.0])
    assert written["function"] == "consume"


def test_the_service_is_built_once_for_all_batches():
    built: list[int] = []
    handler = sqs_handler(lambda *_: {}, lambda: built.append(1), function="consume")
    handler(a_batch(m=body()), CONTEXT)
    handler(a_batch(m=body()), CONTEXT)
    assert built == [1]
