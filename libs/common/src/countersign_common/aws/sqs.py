"""SQS messages: sending events, and consuming batches with partial failures."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from countersign_common.aws.senders import SenderCheck, sender_check
from countersign_common.events.cloud_event import (
    TEXT_ATTRIBUTE_PREFIX,
    CloudEvent,
    EventMessage,
    InvalidEventError,
)
from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

ServiceT = TypeVar("ServiceT")


@dataclass(frozen=True)
class Message:
    """A message of a batch.

    Attributes:
        message_id: Id that SQS assigned.
        event: The event in the message.
    """

    message_id: str
    event: CloudEvent


Failures = Mapping[str, str]
"""Ids of failed messages, with the reason. All other messages were processed."""

BatchHandler = Callable[[Mapping[str, Any], Any], dict[str, Any]]


def send_arguments(message: EventMessage) -> dict[str, Any]:
    """Return the arguments of `send_message` for an event, except for the queue."""
    arguments: dict[str, Any] = {"MessageBody": message.body}
    if message.texts:
        arguments["MessageAttributes"] = {
            name: {"DataType": "Binary", "BinaryValue": text} for name, text in message.texts.items()
        }
    return arguments


def event_message(record: Mapping[str, Any]) -> EventMessage:
    """Return the event in a record of a Lambda event for SQS.

    Raises:
        InvalidEventError: A message attribute with a compressed text is not binary.
    """
    attributes: Mapping[str, Any] = record.get("messageAttributes") or {}
    texts = {
        name: _binary_value(name, attribute)
        for name, attribute in attributes.items()
        if name.startswith(TEXT_ATTRIBUTE_PREFIX)
    }
    return EventMessage(record["body"], texts)


def sqs_handler(
    consume: Callable[[ServiceT, Sequence[Message], Telemetry], Failures],
    build: Callable[[], ServiceT],
    *,
    function: str,
    senders: Callable[[], SenderCheck] = sender_check,
) -> BatchHandler:
    """Return the Lambda handler of a queue's consumer, which reports failed messages (ReportBatchItemFailures).

    SQS delivers failed messages again, and moves them to the dead-letter queue after the last delivery. A message that
    is not a CloudEvent fails without affecting the others. If `consume` raises, all of its messages fail. A message
    that no producer of the queue has sent is moved to the dead-letter queue at once, without calling `consume`.

    Args:
        consume: Processes a batch and returns the failed messages.
        build: Creates the service, once per container.
        function: Name of the function in logs and metrics.
        senders: Creates the check of the messages' senders, once per container.
    """
    lazy = Lazy(lambda: (build(), senders(), Telemetry(function)))

    def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        service, check, telemetry = lazy()
        accepted, rejected = check.split(event["Records"])
        messages, invalid = _read(accepted)
        correlation_ids = {message.message_id: message.event.correlation_id for message in messages}
        with telemetry.invocation(context, correlationIds=sorted(set(correlation_ids.values()))):
            failures = {
                **check.reject(rejected, telemetry),
                **invalid,
                **_consume(consume, service, messages, telemetry),
            }
            for message_id, reason in failures.items():
                telemetry.warning(
                    "message failed",
                    messageId=message_id,
                    correlationId=correlation_ids.get(message_id),
                    reason=reason,
                )
            failed = sum(record["messageId"] in failures for record in accepted)
            telemetry.count("MessagesConsumed", len(accepted) - failed)
            telemetry.count("MessagesFailed", failed)
            telemetry.count("MessagesFromUnknownSender", len(rejected))
            telemetry.info("batch consumed", messages=len(accepted), failed=failed, rejected=len(rejected))
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failures]}

    return handler


def _binary_value(name: str, attribute: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(attribute["binaryValue"], validate=True)
    except (binascii.Error, KeyError, TypeError, ValueError) as error:
        raise InvalidEventError(f"The message attribute {name!r} can't be read: {error}") from error


def _read(records: Sequence[Mapping[str, Any]]) -> tuple[list[Message], dict[str, str]]:
    messages: list[Message] = []
    invalid: dict[str, str] = {}
    for record in records:
        try:
            messages.append(Message(record["messageId"], CloudEvent.from_message(event_message(record))))
        except InvalidEventError as error:
            invalid[record["messageId"]] = f"invalid event: {error}"
    return messages, invalid


def _consume(
    consume: Callable[[ServiceT, Sequence[Message], Telemetry], Failures],
    service: ServiceT,
    messages: Sequence[Message],
    telemetry: Telemetry,
) -> Failures:
    if not messages:
        return {}
    try:
        return consume(service, messages, telemetry)
    except Exception as error:
        telemetry.exception("batch failed")
        return {message.message_id: f"{type(error).__name__}: {error}" for message in messages}
