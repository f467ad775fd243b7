"""The consumer's own check of who sent a message, in addition to the queue's policy."""

import base64
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from countersign_common.aws.clients import sqs_client
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef

SENDER_ATTRIBUTE = "rejectedSender"
"""Message attribute with the SenderId of a message that the consumer moved to the dead-letter queue."""


@dataclass(frozen=True)
class Settings:
    """Environment variables of a queue's consumer. Terraform's module `lambda_function` sets them.

    Attributes:
        allowed_senders: Comma-separated. On AWS, the unique IDs of the producers' roles; on an emulator that reports
            the account ID as the sender, the account ID.
        dead_letter_queue_url: Where messages of other senders go.
    """

    allowed_senders: str
    dead_letter_queue_url: str


@dataclass(frozen=True)
class SenderCheck:
    """Accepts the messages of a queue's producers, and moves all others to the dead-letter queue.

    Attributes:
        allowed: IDs of the producers.
        client: Creates or returns the SQS client; called for the first message of another sender only.
        dead_letter_queue_url: URL of the queue for messages of other senders.
    """

    allowed: frozenset[str]
    client: "Callable[[], SQSClient]"
    dead_letter_queue_url: str

    def split(
        self, records: Sequence[Mapping[str, Any]]
    ) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
        """Return the records that producers sent, and all others.

        Args:
            records: Those of a Lambda event for SQS.
        """
        accepted: list[Mapping[str, Any]] = []
        rejected: list[Mapping[str, Any]] = []
        for record in records:
            (accepted if self._accepts(record) else rejected).append(record)
        return accepted, rejected

    def _accepts(self, record: Mapping[str, Any]) -> bool:
        """Return whether a producer sent a record.

        SQS sets SenderId; a sender can't choose it. For a role it is `<unique ID of the role>:<session name>`
        (SQS API Reference, "ReceiveMessage"). A message that was rejected before stays rejected: in the dead-letter
        queue its sender is the consumer.
        """
        if SENDER_ATTRIBUTE in (record.get("messageAttributes") or {}):
            return False
        return _sender(record).partition(":")[0] in self.allowed

    def reject(self, records: Sequence[Mapping[str, Any]], telemetry: Telemetry) -> dict[str, str]:
        """Move messages to the dead-letter queue, unchanged but for the attribute `rejectedSender`.

        Returns:
            Ids of the messages that were not moved, with the reason. They fail like a message that can't be consumed,
            so that SQS moves them after the last delivery.
        """
        failures: dict[str, str] = {}
        for record in records:
            message_id = record["messageId"]
            telemetry.warning("message from an unknown sender", messageId=message_id, sender=_sender(record))
            if SENDER_ATTRIBUTE in (record.get("messageAttributes") or {}):
                # A message that the dead-letter queue delivered would be delivered again, without end.
                failures[message_id] = "unknown sender"
            elif failures:
                # SQS is not available. Trying each message would exceed the function's timeout.
                failures[message_id] = "unknown sender, not moved"
            else:
                failures.update(self._move(record))
        return failures

    def _move(self, record: Mapping[str, Any]) -> dict[str, str]:
        try:
            self.client().send_message(
                QueueUrl=self.dead_letter_queue_url,
                MessageBody=record["body"],
                MessageAttributes=_attributes(record),
            )
        except (BotoCoreError, ClientError, KeyError, ValueError) as error:
            return {record["messageId"]: f"unknown sender, not moved: {type(error).__name__}"}
        return {}


def sender_check() -> SenderCheck:
    """Return the check that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(Settings, os.environ)
    allowed = frozenset(filter(None, settings.allowed_senders.split(",")))
    return SenderCheck(allowed, cache(sqs_client), settings.dead_letter_queue_url)


def _sender(record: Mapping[str, Any]) -> str:
    return str((record.get("attributes") or {}).get("SenderId") or "")


def _attributes(record: Mapping[str, Any]) -> "dict[str, MessageAttributeValueTypeDef]":
    """Return the message's own attributes and its sender, as SendMessage expects them."""
    attributes: dict[str, MessageAttributeValueTypeDef] = {
        name: _attribute(value) for name, value in (record.get("messageAttributes") or {}).items()
    }
    attributes[SENDER_ATTRIBUTE] = {"DataType": "String", "StringValue": _sender(record) or "unknown"}
    return attributes


def _attribute(value: Mapping[str, Any]) -> "MessageAttributeValueTypeDef":
    """Return an attribute of a Lambda event as SQS has it: Lambda writes binary values in base64."""
    if value.get("binaryValue") is not None:
        return {"DataType": value["dataType"], "BinaryValue": base64.b64decode(value["binaryValue"])}
    return {"DataType": value["dataType"], "StringValue": value["stringValue"]}
