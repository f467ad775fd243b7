"""notifications/send_notifications: from the queue's events to notifications, stored and published."""

from collections.abc import Sequence
from functools import partial

from countersign_common.batches import Failures, Message, sqs_handler
from countersign_common.events import MalformedEvent

from notifications_service import bootstrap, schemas
from notifications_service.domain.action import Action
from notifications_service.use_cases.services import Sender


def consume(sender: Sender, messages: Sequence[Message]) -> Failures:
    """Tell about what the messages report; a message that cannot be read fails alone."""
    actions: dict[str, Action] = {}
    failed: dict[str, str] = {}
    for message in messages:
        try:
            actions[message.message_id] = schemas.action_of(message.event)
        except MalformedEvent as error:
            failed[message.message_id] = f"malformed: {error}"
    return {**failed, **sender.send_notifications(actions)}


handler = sqs_handler(
    consume, partial(bootstrap.sender, schemas.notification_json), function="send-notifications"
)
