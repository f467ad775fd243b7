"""Events in SQS messages, and consumers of batches."""

import base64
import dataclasses
import zlib
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from countersign_common.aws.sqs import event_message, send_arguments, sqs_handler
from countersign_common.events.cloud_event import CloudEvent, EventMessage, InvalidEventError

from ..builders import CONTEXT, log_lines, metrics, sqs_event, sqs_record


def cloud_event(correlation_id: str = "abc", **data: Any) -> CloudEvent:
    return CloudEvent("id", "/s", "t.v1", "workflow/1", "2026-01-31T09:00:00Z", correlation_id, data)


def body(correlation_id: str = "abc", **data: Any) -> str:
    return cloud_event(correlation_id, **data).to_message().body


def event_with_texts() -> CloudEvent:
    """Return an event with two texts that are compressed in its message."""
    texts = {"text": "a" * 2_000, "inner.text": "b" * 3_000}
    event = cloud_event(text=texts["text"], inner={"n": 1, "text": texts["inner.text"]})
    return dataclasses.replace(
        event, packed={path: zlib.compress(text.encode()) for path, text in texts.items()}
    )


def run(consume, event: dict[str, Any]) -> list[str]:
    handler = sqs_handler(consume, lambda: "the service", function="consume")
    return [each["itemIdentifier"] for each in handler(event, CONTEXT)["batchItemFailures"]]


def succeed(*_: Any) -> dict[str, str]:
    return {}


def test_batch_is_consumed_in_one_call_with_the_service():
    calls = []

    def consume(service, messages, _):
        calls.append((service, [(message.message_id, message.event.data) for message in messages]))
        return {}

    assert run(consume, sqs_event(m1=body(a=1), m2=body(a=2))) == []
    assert calls == [("the service", [("m1", {"a": 1}), ("m2", {"a": 2})])]


def test_only_failed_messages_are_returned():
    assert run(lambda *_: {"m2": "no"}, sqs_event(m1=body(), m2=body(), m3=body())) == ["m2"]


def test_telemetry_of_the_function_is_passed_to_the_consumer(capsys):
    def consume(_, __, telemetry):
        telemetry.warning("a warning")
        return {}

    run(consume, sqs_event(m1=body()))
    first, *_ = log_lines(capsys.readouterr().out)
    assert first.items() >= {"message": "a warning", "function": "consume", "correlationIds": ["abc"]}.items()


@pytest.mark.parametrize("malformed", ["", "not json", "{}", "[" * 100_000])
def test_message_that_is_not_an_event_fails_alone(malformed):
    consumed = []

    def consume(_, messages, __):
        consumed.extend(message.message_id for message in messages)
        return {}

    assert run(consume, sqs_event(bad=malformed, good=body())) == ["bad"]
    assert consumed == ["good"]


def test_batch_without_valid_messages_does_not_reach_the_consumer():
    def consume(*_):
        raise AssertionError

    assert run(consume, sqs_event(m1="x", m2="y")) == ["m1", "m2"]


def test_every_message_fails_if_the_consumer_raises(capsys):
    def consume(*_):
        raise RuntimeError("the store does not respond")

    assert run(consume, sqs_event(m1=body(), m2=body(), bad="x")) == ["bad", "m1", "m2"]
    lines = log_lines(capsys.readouterr().out)
    assert [line["exception_name"] for line in lines if line["level"] == "ERROR"] == ["RuntimeError"]


def test_failure_is_logged_with_its_reason_and_correlation_id(capsys):
    run(lambda *_: {"m2": "throttled"}, sqs_event(m1=body("one"), m2=body("two")))
    (line,) = [line for line in log_lines(capsys.readouterr().out) if line["message"] == "message failed"]
    expected = {
        "messageId": "m2",
        "reason": "throttled",
        "correlationId": "two",
        "requestId": "an-invocation",
    }
    assert line.items() >= expected.items()


def test_log_lines_have_the_correlation_ids_of_the_batch(capsys):
    run(lambda *_: {"m2": "throttled"}, sqs_event(m1=body("one"), m2=body("two"), m3=body("one")))
    lines = log_lines(capsys.readouterr().out)
    assert [line["correlationIds"] for line in lines] == [["one", "two"]] * 2
    assert lines[-1].items() >= {"message": "batch consumed", "messages": 3, "failed": 1}.items()


def test_content_of_events_is_not_logged(capsys):
    event = sqs_event(m1=body(comment="Secret comment"), bad='{"Secret": 1}', text="Secret")
    run(lambda *_: {"m1": "throttled"}, event)
    out = capsys.readouterr().out
    assert "Secret" not in out
    assert log_lines(out)[-1].items() >= {"message": "batch consumed", "messages": 3, "failed": 3}.items()


def test_consumed_and_failed_messages_are_metrics(capsys):
    run(lambda *_: {"m2": "throttled"}, sqs_event(m1=body(), m2=body(), m3=body(), bad="x"))
    written = metrics(capsys.readouterr().out)
    assert (written["MessagesConsumed"], written["MessagesFailed"]) == ([2.0], [2.0])
    assert written["function"] == "consume"


def test_service_is_built_once_for_all_batches():
    built: list[int] = []
    handler = sqs_handler(succeed, lambda: built.append(1), function="consume")
    handler(sqs_event(m=body()), CONTEXT)
    handler(sqs_event(m=body()), CONTEXT)
    assert built == [1]


def test_event_with_compressed_texts_is_consumed_from_its_binary_attributes():
    event = event_with_texts()
    message = event.to_message()
    assert set(message.texts) == {"data.text", "data.inner.text"}
    consumed = []

    def consume(_, messages, __):
        consumed.extend(each.event for each in messages)
        return {}

    assert run(consume, {"Records": [sqs_record("m1", message.body, message.texts)]}) == []
    assert consumed == [event]


def test_send_arguments_are_accepted_by_sqs():
    sqs = boto3.client("sqs")
    for message in (cloud_event(a=1).to_message(), event_with_texts().to_message()):
        arguments = {"QueueUrl": "https://sqs.eu-central-1.amazonaws.com/1/q", **send_arguments(message)}
        with Stubber(sqs) as stub:
            stub.add_response("send_message", {"MessageId": "m"}, arguments)
            sqs.send_message(**arguments)


def test_each_compressed_text_is_a_binary_message_attribute():
    assert send_arguments(EventMessage("{}")) == {"MessageBody": "{}"}
    assert send_arguments(EventMessage("{}", {"data.text": b"\x78\x9c"})) == {
        "MessageBody": "{}",
        "MessageAttributes": {"data.text": {"DataType": "Binary", "BinaryValue": b"\x78\x9c"}},
    }


def test_other_message_attributes_are_ignored():
    record = sqs_record("m1", body(a=1)) | {
        "messageAttributes": {"AWSTraceHeader": {"dataType": "String", "stringValue": "x"}}
    }
    assert event_message(record) == EventMessage(body(a=1))
    assert event_message({"body": "{}"}) == EventMessage("{}")


@pytest.mark.parametrize(
    "attribute",
    [
        {"dataType": "Binary", "binaryValue": "not base64!"},
        {"dataType": "Binary", "binaryValue": "é"},
        {"dataType": "Binary", "binaryValue": "AAA"},
        {"dataType": "Binary", "binaryValue": None},
        {"dataType": "String", "stringValue": "x"},
    ],
)
def test_message_attribute_that_is_not_base64_is_invalid_and_fails_alone(attribute):
    record = sqs_record("bad", body()) | {"messageAttributes": {"data.text": attribute}}
    with pytest.raises(InvalidEventError, match=r"'data\.text'"):
        event_message(record)
    assert run(succeed, {"Records": [record, sqs_record("good", body())]}) == ["bad"]


def test_message_attribute_with_an_extra_character_is_invalid():
    record = sqs_record("m1", body(), {"data.text": b"xyz"})
    assert event_message(record).texts == {"data.text": b"xyz"}
    record["messageAttributes"]["data.text"]["binaryValue"] += "!"
    with pytest.raises(InvalidEventError):
        event_message(record)


def test_message_attribute_that_is_not_compressed_fails_alone():
    record = sqs_record("bad", body(), {"data.text": base64.b64decode("AAAA")})
    assert run(succeed, {"Records": [record, sqs_record("good", body())]}) == ["bad"]
