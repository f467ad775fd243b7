"""Messages of unknown senders: they never reach the consumer, and end in the dead-letter queue."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from countersign_common.aws import clients
from countersign_common.aws.senders import SENDER_ATTRIBUTE, SenderCheck
from countersign_common.aws.sqs import sqs_handler
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.settings import MissingSettingsError
from moto import mock_aws

from ..builders import CONTEXT, log_lines, metrics, sqs_event, sqs_record

REGION = "eu-central-1"
ATTACKER = "AIDAATTACKER"


def body(name: str = "one") -> str:
    event = CloudEvent(name, "/s", "t.v1", "workflow/1", "2026-01-31T09:00:00Z", "abc", {})
    return event.to_message().body


class DeadLetters:
    """A dead-letter queue on moto."""

    def __init__(self) -> None:
        self.client = boto3.client("sqs")
        self.url = self.client.create_queue(QueueName="a-dlq")["QueueUrl"]

    def messages(self) -> list[dict[str, Any]]:
        response = self.client.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        return response.get("Messages", [])


@pytest.fixture
def dead_letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[DeadLetters]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        clients.session.cache_clear()
        queue = DeadLetters()
        monkeypatch.setenv("ALLOWED_SENDERS", "AROAPRODUCER,AROARELAY,111111111111")
        monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", queue.url)
        yield queue
    clients.session.cache_clear()


class Consumer:
    """A queue's consumer that records what reaches it."""

    def __init__(self) -> None:
        self.consumed: list[str] = []
        self._handler = sqs_handler(self._consume, lambda: None, function="consume")

    def _consume(self, _, messages, __) -> dict[str, str]:
        self.consumed += [message.message_id for message in messages]
        return {}

    def __call__(self, *records: dict[str, Any]) -> list[str]:
        response = self._handler({"Records": list(records)}, CONTEXT)
        return [each["itemIdentifier"] for each in response["batchItemFailures"]]


@pytest.mark.parametrize("sender", ["AROAPRODUCER:a-session", "AROARELAY:another", "111111111111"])
@pytest.mark.usefixtures("dead_letters")
def test_messages_of_every_producer_are_consumed(sender: str):
    consumer = Consumer()
    assert consumer(sqs_record("m1", body(), sender=sender)) == []
    assert consumer.consumed == ["m1"]


@pytest.mark.parametrize(
    "sender",
    [
        ATTACKER,
        "AROAOTHER:AROAPRODUCER",
        "AROAPRODUCER2:a-session",
        "AROA",
        "AROAPRODUCER,AROARELAY",
        "aroaproducer:a-session",
        "",
        "222222222222",
    ],
)
def test_a_message_of_another_sender_is_not_consumed_and_not_delivered_again(
    dead_letters: DeadLetters, sender: str
):
    consumer = Consumer()
    good = sqs_record("good", body(), sender="AROARELAY:a-session")
    assert consumer(sqs_record("bad", body(), sender=sender), good) == []
    assert consumer.consumed == ["good"]
    assert len(dead_letters.messages()) == 1


def test_a_rejected_message_is_in_the_dead_letter_queue_with_its_body_attributes_and_sender(
    dead_letters: DeadLetters,
):
    record = sqs_record("bad", body(), {"data.text": b"\x78\x9c binary"}, sender=ATTACKER)
    record["messageAttributes"]["note"] = {"dataType": "String.custom", "stringValue": "text"}
    assert Consumer()(record) == []
    (message,) = dead_letters.messages()
    assert message["Body"] == body()
    attributes = message["MessageAttributes"]
    assert attributes["data.text"] == {"DataType": "Binary", "BinaryValue": b"\x78\x9c binary"}
    assert attributes["note"] == {"DataType": "String.custom", "StringValue": "text"}
    assert attributes[SENDER_ATTRIBUTE]["StringValue"] == ATTACKER


def test_a_rejected_message_that_is_not_an_event_is_moved_too(dead_letters: DeadLetters):
    assert Consumer()(sqs_record("bad", "not an event", sender=ATTACKER)) == []
    assert [message["Body"] for message in dead_letters.messages()] == ["not an event"]


def test_a_record_without_a_sender_is_rejected(dead_letters: DeadLetters):
    consumer = Consumer()
    record = sqs_record("bad", body())
    del record["attributes"]
    assert consumer(record) == []
    assert consumer.consumed == []
    (message,) = dead_letters.messages()
    assert message["MessageAttributes"][SENDER_ATTRIBUTE]["StringValue"] == "unknown"


def test_a_message_that_was_rejected_before_fails_and_is_not_moved_again(dead_letters: DeadLetters):
    """On an emulator the sender of a moved message is the account, like a producer's."""
    consumer = Consumer()
    record = sqs_record("m1", body(), sender="111111111111")
    record["messageAttributes"][SENDER_ATTRIBUTE] = {"dataType": "String", "stringValue": ATTACKER}
    assert consumer(record) == ["m1"]
    assert consumer.consumed == []
    assert dead_letters.messages() == []


def test_messages_that_cannot_be_moved_fail_after_one_attempt_and_delay_no_others(
    dead_letters: DeadLetters, monkeypatch: pytest.MonkeyPatch
):
    calls = []

    class Broken:
        def send_message(self, **arguments: Any) -> None:
            calls.append(arguments)
            dead_letters.client.send_message(**arguments | {"QueueUrl": f"{dead_letters.url}-missing"})

    check = SenderCheck(frozenset({"AROAPRODUCER"}), Broken, dead_letters.url)
    consumed = []

    def consume(_, messages, __):
        consumed.extend(message.message_id for message in messages)
        return {}

    handler = sqs_handler(consume, lambda: None, function="consume", senders=lambda: check)
    records = [sqs_record(name, body(), sender=ATTACKER) for name in ("m1", "m2", "m3")]
    good = sqs_record("good", body(), sender="AROAPRODUCER:s")
    response = handler({"Records": [*records, good]}, CONTEXT)
    assert [each["itemIdentifier"] for each in response["batchItemFailures"]] == ["m1", "m2", "m3"]
    assert (len(calls), consumed) == (1, ["good"])


def test_an_attribute_that_cannot_be_copied_makes_its_message_fail(dead_letters: DeadLetters):
    record = sqs_record("bad", body(), sender=ATTACKER)
    record["messageAttributes"]["list"] = {"dataType": "StringList", "stringListValues": ["x"]}
    assert Consumer()(record) == ["bad"]


def test_messages_of_unknown_senders_are_a_metric_and_not_consumed_ones(dead_letters: DeadLetters, capsys):
    Consumer()(sqs_record("m1", body(), sender=ATTACKER), sqs_record("m2", body(), sender="AROARELAY:x"))
    written = metrics(capsys.readouterr().out)
    assert written["MessagesFromUnknownSender"] == [1.0]
    assert (written["MessagesConsumed"], written["MessagesFailed"]) == ([1.0], [0.0])


def test_the_sender_is_logged_and_the_content_is_not(dead_letters: DeadLetters, capsys):
    Consumer()(sqs_record("m1", "Secret", sender=ATTACKER))
    out = capsys.readouterr().out
    (line,) = [each for each in log_lines(out) if each["message"] == "message from an unknown sender"]
    assert line.items() >= {"messageId": "m1", "sender": ATTACKER, "level": "WARNING"}.items()
    assert "Secret" not in out


def test_a_consumer_without_allowed_senders_does_not_start(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ALLOWED_SENDERS")
    handler = sqs_handler(lambda *_: {}, lambda: None, function="consume")
    with pytest.raises(MissingSettingsError, match="ALLOWED_SENDERS"):
        handler(sqs_event(m1=body()), CONTEXT)
