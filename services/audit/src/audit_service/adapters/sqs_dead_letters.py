"""Dead-letter queues on SQS, from which single messages are deleted."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.aws.errors import store_errors
from countersign_common.aws.senders import SENDER_ATTRIBUTE
from countersign_common.compression import unpack_text
from countersign_common.events.cloud_event import (
    TEXT_ATTRIBUTE_PREFIX,
    CloudEvent,
    EventMessage,
    InvalidEventError,
)
from countersign_common.parallel import map_parallel

from audit_service.domain.dead_letters import DeadLetter

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

VISIBILITY_SECONDS = 120
"""How long a received message is hidden at most: a pass over a queue must not receive it twice."""

WAIT_SECONDS = 1
"""How long a receive waits for a message. Without a wait, SQS asks some of its servers only."""

_RECEIVED = 10
_EMPTY_RECEIVES = 2


class SqsDeadLetters:
    """The port `DeadLetters` on SQS queues."""

    def __init__(self, client: "SQSClient", queue_urls: Sequence[str]) -> None:
        """
        Args:
            client: A client whose read timeout is longer than the wait for messages.
            queue_urls: URLs of the dead-letter queues.
        """
        self._client = client
        self._queue_urls = queue_urls

    def are_hidden(self) -> bool:
        """Return whether a queue has messages that were received and not deleted."""
        return any(self._hidden(queue_url) for queue_url in self._queue_urls)

    def receive(self) -> Generator[Sequence[DeadLetter], None, None]:
        """Receive up to ten messages at a time, until two receives in a row return no new one."""
        for queue_url in self._queue_urls:
            handles: dict[str, str] = {}
            empty = 0
            try:
                while empty < _EMPTY_RECEIVES:
                    received = self._receive(queue_url)
                    messages = [each for each in received if each["MessageId"] not in handles]
                    handles |= {each["MessageId"]: each["ReceiptHandle"] for each in received}
                    empty = 0 if messages else empty + 1
                    if messages:
                        yield [_letter_of(queue_url, message) for message in messages]
            finally:
                self._show(queue_url, list(handles.values()))

    def delete(self, letters: Sequence[DeadLetter]) -> None:
        """Delete messages, each in a call of its own: there are few."""

        def delete(letter: DeadLetter) -> None:
            with store_errors():
                self._client.delete_message(QueueUrl=letter.queue, ReceiptHandle=letter.handle)

        map_parallel(delete, letters)

    def _hidden(self, queue_url: str) -> int:
        with store_errors():
            response = self._client.get_queue_attributes(
                QueueUrl=queue_url, AttributeNames=["ApproximateNumberOfMessagesNotVisible"]
            )
        return int(response["Attributes"]["ApproximateNumberOfMessagesNotVisible"])

    def _show(self, queue_url: str, handles: Sequence[str]) -> None:
        """Make messages visible again. Errors are ignored: the message was deleted, or becomes visible later."""

        def show(handle: str) -> None:
            with suppress(BotoCoreError, ClientError):
                self._client.change_message_visibility(
                    QueueUrl=queue_url, ReceiptHandle=handle, VisibilityTimeout=0
                )

        map_parallel(show, handles)

    def _receive(self, queue_url: str) -> Sequence[Mapping[str, Any]]:
        with store_errors():
            response = self._client.receive_message(
                QueueUrl=queue_url,
                MaxNumberOfMessages=_RECEIVED,
                MessageAttributeNames=["All"],
                VisibilityTimeout=VISIBILITY_SECONDS,
                WaitTimeSeconds=WAIT_SECONDS,
            )
        messages: Sequence[Mapping[str, Any]] = response.get("Messages", [])
        return messages


def _letter_of(queue_url: str, message: Mapping[str, Any]) -> DeadLetter:
    attributes: Mapping[str, Any] = message.get("MessageAttributes") or {}
    packed = {
        name: bytes(attribute["BinaryValue"])
        for name, attribute in attributes.items()
        if name.startswith(TEXT_ATTRIBUTE_PREFIX) and "BinaryValue" in attribute
    }
    others = [attribute["StringValue"] for attribute in attributes.values() if "StringValue" in attribute]
    try:
        event = CloudEvent.from_message(EventMessage(message["Body"], packed))
    except InvalidEventError:
        event = None
    return DeadLetter(
        queue=queue_url,
        handle=message["ReceiptHandle"],
        event=event,
        text="\n".join([message["Body"], *others, *map(_text_of, packed.values())]),
        is_from_producer=SENDER_ATTRIBUTE not in attributes,
    )


def _text_of(packed: bytes) -> str:
    try:
        return unpack_text(packed)
    except ValueError:
        return packed.decode(errors="replace")
