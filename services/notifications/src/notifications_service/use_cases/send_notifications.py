"""Send the notifications of workflow events: store one for each recipient, then publish it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from countersign_common.clock import Clock

from notifications_service.domain.errors import GroupUnavailableError, TooManyRecipientsError
from notifications_service.domain.notification import (
    Failures,
    IncomingEvent,
    Notification,
    create_notifications,
)
from notifications_service.domain.recipients import approver_groups, notification_kind_for, recipients_of
from notifications_service.ports import GroupDirectory, NotificationWriter, RealtimePublisher


@dataclass(frozen=True)
class SendNotifications:
    """Store and publish the notifications of a batch of events.

    A notification that is stored and can't be published stays stored. Its message is delivered again, and then the
    notification is found in the store and published.
    """

    groups: GroupDirectory
    writer: NotificationWriter
    publisher: RealtimePublisher
    clock: Clock

    def __call__(self, events: Mapping[str, IncomingEvent]) -> Failures:
        """
        Args:
            events: By message id.

        Returns:
            The ids of the messages that must be delivered again.
        """
        now = self.clock()
        failures: dict[str, str] = {}
        created: dict[str, list[Notification]] = {}
        for message_id, event in events.items():
            try:
                created[message_id] = self._create(event, now)
            except (TooManyRecipientsError, GroupUnavailableError) as error:
                failures[message_id] = str(error)

        # Two messages of a batch may deliver the same event.
        distinct = {each.notification_id: each for group in created.values() for each in group}
        result = self.writer.store(list(distinct.values()))
        not_sent = {**result.failures, **self.publisher.publish(result.notifications)}
        for message_id, notifications in created.items():
            reasons = {not_sent.get(each.notification_id) for each in notifications} - {None}
            if reasons:
                failures[message_id] = "; ".join(sorted(map(str, reasons)))
        return failures

    def _create(self, event: IncomingEvent, now: datetime) -> list[Notification]:
        kind = notification_kind_for(event.data.action_type)
        if kind is None:
            return []
        members = {group: self.groups.members_of(group) for group in sorted(approver_groups(event.data))}
        return create_notifications(event, kind, recipients_of(event.data, members), now)
