"""Delivery to the two queues."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from countersign_common.events import MESSAGE_LIMIT, CloudEvent

from component.commits import created
from component.queues import Queue
from services.workflow.tests.builders import save
from workflow_service.adapters.sqs_delivery import SqsDelivery
from workflow_service.use_cases.seal import Messages


@pytest.fixture
def delivery(audit_trail_queue: Queue, notifications_queue: Queue) -> SqsDelivery:
    """The adapter under test."""
    return SqsDelivery(
        audit_trail_queue.client,
        audit_trail_url=audit_trail_queue.url,
        notifications_url=notifications_queue.url,
    )


def test_each_queue_gets_its_message_unchanged(
    delivery: SqsDelivery, audit_trail_queue: Queue, notifications_queue: Queue
) -> None:
    messages = created(save(title="Zürich ↔ 東京 👩‍👧", comment='"\\ \u2028')).event.messages()
    delivery.deliver(messages)
    assert audit_trail_queue.bodies(1) == [messages.audit_trail]
    assert notifications_queue.bodies(1) == [messages.notifications]


def test_a_message_at_the_limit_is_taken(delivery: SqsDelivery, audit_trail_queue: Queue) -> None:
    delivery.deliver(Messages("x" * MESSAGE_LIMIT, "y"))
    assert audit_trail_queue.bodies(1) == ["x" * MESSAGE_LIMIT]


def test_a_message_over_the_limit_is_refused_and_the_other_is_sent(
    delivery: SqsDelivery, audit_trail_queue: Queue, notifications_queue: Queue
) -> None:
    with pytest.raises(ClientError):
        delivery.deliver(Messages("x" * (MESSAGE_LIMIT + 1), "y"))
    assert notifications_queue.bodies(1) == ["y"]
    assert audit_trail_queue.is_empty()


def test_the_limit_counts_bytes_and_not_characters(delivery: SqsDelivery, audit_trail_queue: Queue) -> None:
    with pytest.raises(ClientError):
        delivery.deliver(Messages("ü" * (MESSAGE_LIMIT // 2 + 1), "y"))
    assert audit_trail_queue.is_empty()


def test_the_largest_event_travels_compressed_and_arrives_whole(
    delivery: SqsDelivery, audit_trail_queue: Queue
) -> None:
    event = created(save(data='{"text":"' + "ab" * 65_000 + '"}', comment="c" * 4000)).event
    delivery.deliver(event.messages())
    [body] = audit_trail_queue.bodies(1)
    assert CloudEvent.from_json(body).data["sealed"] == event.sealed
    assert CloudEvent.from_json(body).data["content"]["value"] == event.content.value


def test_a_queue_that_is_gone_is_an_error_and_the_other_is_sent(
    audit_trail_queue: Queue, notifications_queue: Queue
) -> None:
    gone = audit_trail_queue.url.replace("audit-trail", "no-such-queue")
    delivery = SqsDelivery(
        audit_trail_queue.client, audit_trail_url=gone, notifications_url=notifications_queue.url
    )
    with pytest.raises(ClientError, match=r"NonExistentQueue|QueueDoesNotExist"):
        delivery.deliver(Messages("x", "y"))
    assert notifications_queue.bodies(1) == ["y"]
