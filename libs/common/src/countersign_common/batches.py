"""SQS batches: many messages at once, and only those that failed come back (ReportBatchItemFailures)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from countersign_common.events import CloudEvent, MalformedEvent
from countersign_common.telemetry import Telemetry
from countersign_common.wiring import Wired

ServiceT = TypeVar("ServiceT")


@dataclass(frozen=True)
class Message:
    """One message of a batch.

    Attributes:
        message_id: SQS's id, by which a failure is reported.
        event: the CloudEvent in its body.
        attempt: which delivery this is, from 1.
    """

    message_id: str
    event: CloudEvent
    attempt: int


Failures = Mapping[str, str]
"""Message ids that failed, with the reason. A message that is not here is done."""

BatchHandler = Callable[[Mapping[str, Any], Any], dict[str, Any]]


def sqs_handler(
    consume: Callable[[ServiceT, Sequence[Message]], Failures],
    build: Callable[[], ServiceT],
    *,
    function: str,
) -> BatchHandler:
    """The handler of a queue's consumer.

    A body that is no CloudEvent fails alone, is delivered again as every failure is, and so reaches the dead-letter
    queue whole. When `consume` raises, every message that it was given fails: nothing is lost.

    Args:
        consume: handles a batch; answers which messages failed and why.
        build: makes the service, once per container.
        function: the function's name in logs and metrics.
    """
    wired = Wired(lambda: (build(), Telemetry(function)))

    def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        service, telemetry = wired()
        messages, malformed = _read(event)
        correlation_ids = {message.message_id: message.event.correlation_id for message in messages}
        with telemetry.invocation(context, correlationIds=sorted(set(correlation_ids.values()))):
            failures = {**malformed, **_consumed(consume, service, messages, telemetry)}
            for message_id, reason in failures.items():
                telemetry.warning(
                    "message failed",
                    messageId=message_id,
                    correlationId=correlation_ids.get(message_id),
                    reason=reason,
                )
            telemetry.count("MessagesConsumed", len(messages) + len(malformed) - len(failures))
            telemetry.count("MessagesFailed", len(failures))
            telemetry.info("batch consumed", messages=len(messages) + len(malformed), failed=len(failures))
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failures]}

    return handler


def _read(event: Mapping[str, Any]) -> tuple[list[Message], dict[str, str]]:
    messages: list[Message] = []
    malformed: dict[str, str] = {}
    for record in event["Records"]:
        attempt = int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))
        try:
            messages.append(Message(record["messageId"], CloudEvent.from_json(record["body"]), attempt))
        except MalformedEvent as error:
            malformed[record["messageId"]] = f"malformed: {error}"
    return messages, malformed


def _consumed(
    consume: Callable[[ServiceT, Sequence[Message]], Failures],
    service: ServiceT,
    messages: Sequence[Message],
    telemetry: Telemetry,
) -> Failures:
    if not messages:
        return {}
    try:
        return consume(service, messages)
    except Exception as error:
        telemetry.exception("batch failed")
        return {message.message_id: f"{type(error).__name__}: {error}" for message in messages}
