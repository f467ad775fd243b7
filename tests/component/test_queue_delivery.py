"""Publishing to the two queues."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from countersign_common.events.cloud_event import MESSAGE_LIMIT, CloudEvent, EventMessage
from countersign_common.proof.canonical import canonical_text

from component.queues import Queue
from services.workflow.tests.builders import CHARACTERS, RITA, a_creation, an_action_on, random_data, save
from workflow_service.adapters.sqs_event_publisher import SqsEventPublisher
from workflow_service.domain.events import EventMessages

SMALL = EventMessage("y")


@pytest.fixture
def publisher(audit_trail_queue: Queue, notifications_queue: Queue) -> SqsEventPublisher:
    """The adapter under test."""
    return SqsEventPublisher(
        audit_trail_queue.client,
        audit_trail_queue_url=audit_trail_queue.url,
        notifications_queue_url=notifications_queue.url,
    )


def messages_of(body: str) -> EventMessages:
    return EventMessages(EventMessage(body), SMALL)


def message_in(queue: Queue) -> EventMessage:
    """Return the next message of a queue with its attributes."""
    response: dict[str, Any] = queue.client.receive_message(
        QueueUrl=queue.url, WaitTimeSeconds=5, MessageAttributeNames=["All"]
    )
    [message] = response["Messages"]
    attributes = message.get("MessageAttributes", {})
    return EventMessage(message["Body"], {name: each["BinaryValue"] for name, each in attributes.items()})


def test_each_queue_gets_its_message_unchanged(
    publisher: SqsEventPublisher, audit_trail_queue: Queue, notifications_queue: Queue
) -> None:
    messages = a_creation(save(title="Zürich ↔ 東京 👩‍👧", comment='"\\ \u2028')).event.messages()
    publisher.publish(messages)
    assert message_in(audit_trail_queue) == messages.audit_trail
    assert message_in(notifications_queue) == messages.notifications


def test_a_message_at_the_limit_is_accepted(publisher: SqsEventPublisher, audit_trail_queue: Queue) -> None:
    publisher.publish(messages_of("x" * MESSAGE_LIMIT))
    assert audit_trail_queue.bodies(1) == ["x" * MESSAGE_LIMIT]


@pytest.mark.parametrize(
    "body", ["x" * (MESSAGE_LIMIT + 1), "ü" * (MESSAGE_LIMIT // 2 + 1)], ids=lambda text: text[0]
)
def test_a_message_over_the_limit_in_bytes_is_rejected_and_the_other_is_sent(
    publisher: SqsEventPublisher, audit_trail_queue: Queue, notifications_queue: Queue, body: str
) -> None:
    with pytest.raises(ClientError):
        publisher.publish(messages_of(body))
    assert notifications_queue.bodies(1) == ["y"]
    assert audit_trail_queue.is_empty()


@pytest.mark.parametrize("script", CHARACTERS)
def test_the_largest_event_is_sent_with_compressed_texts_and_arrives_complete(
    publisher: SqsEventPublisher, audit_trail_queue: Queue, script: str
) -> None:
    before, after = (canonical_text(random_data(script, seed)) for seed in (1, 2))
    workflow = a_creation(save(data=before)).transition.after
    event = an_action_on(workflow, save(data=after, comment="👩" * 4000), actor=RITA).event
    publisher.publish(event.messages())
    message = message_in(audit_trail_queue)
    assert set(message.texts) == {"data.sealed", "data.content.value"}
    data = CloudEvent.from_message(message).data
    assert (data["sealed"], data["content"]["value"]) == (event.sealed, event.content.value)


def test_a_queue_that_does_not_exist_is_an_error_and_the_other_message_is_sent(
    audit_trail_queue: Queue, notifications_queue: Queue
) -> None:
    publisher = SqsEventPublisher(
        audit_trail_queue.client,
        audit_trail_queue_url=audit_trail_queue.url.replace("audit-trail", "no-such-queue"),
        notifications_queue_url=notifications_queue.url,
    )
    with pytest.raises(ClientError, match=r"NonExistentQueue|QueueDoesNotExist"):
        publisher.publish(messages_of("x"))
    assert notifications_queue.bodies(1) == ["y"]
