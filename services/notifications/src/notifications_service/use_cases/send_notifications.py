"""Send the notifications of workflow events: store one for each recipient, then publish it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from countersign_common.clock import Clock

from notifications_service.domain.change import WorkflowChange, changes_of
from notifications_service.domain.errors import GroupUnavailableError
from notifications_service.domain.notification import (
    Failures,
    IncomingEvent,
    Notification,
    StoreResult,
    create_notifications,
)
from notifications_service.domain.recipients import (
    approver_groups,
    notification_kind_for,
    participants_of,
    recipients_of,
)
from notifications_service.ports import (
    ErasableNotifications,
    ErasedEventStore,
    GroupDirectory,
    NotificationWriter,
    PublishCheckpoints,
    RealtimePublisher,
)
from notifications_service.use_cases.resolve_requests import Resolved, ResolveRequests

TIME_BUDGET = timedelta(seconds=20)
"""Time for a batch. Calls that start within it end before the function's timeout of 30 seconds."""

_LISTED_REASONS = 3


@dataclass(frozen=True)
class SendNotifications:
    """Store, resolve and publish the notifications of a batch of events, as many as the time budget allows.

    Then each change is published to everyone who takes part in its workflow. Clients fetch what they show on each
    connect, so a change that is lost delays them at most: it fails no message.

    Everything may be repeated: a message that fails is delivered again, then its notifications are stored once and
    what was not published is published. A checkpoint lets an event with more recipients than one delivery can
    publish to continue where the last delivery stopped.
    """

    groups: GroupDirectory
    writer: NotificationWriter
    resolve_requests: ResolveRequests
    publisher: RealtimePublisher
    checkpoints: PublishCheckpoints
    erased_events: ErasedEventStore
    notifications: ErasableNotifications
    clock: Clock

    def __call__(self, events: Mapping[str, IncomingEvent]) -> Failures:
        """
        Args:
            events: By message id. Two messages may deliver the same event.

        Returns:
            The messages that must be delivered again, with the reasons.
        """
        deadline = self.clock() + TIME_BUDGET
        failures: dict[str, str] = {}
        created: dict[str, list[Notification]] = {}
        unique = {event.event_id: event for event in events.values()}
        for event_id, event in unique.items():
            try:
                created[event_id] = self._create(event, deadline - TIME_BUDGET / 2)
            except GroupUnavailableError as error:
                failures[event_id] = str(error)

        # Small events first: they must not wait for a large one.
        batch = dict(sorted(created.items(), key=lambda entry: len(entry[1])))
        not_sent, resolved = self._send(unique, batch, deadline)
        for event_id, notifications in batch.items():
            reasons = [
                not_sent[each.notification_id] for each in notifications if each.notification_id in not_sent
            ]
            if reasons:
                failures[event_id] = _summary(reasons, len(notifications))
                self._save_checkpoint(event_id, notifications, not_sent)
        failures |= resolved.failures
        changes = [
            change
            for event_id, notifications in batch.items()
            for change in _changes(unique[event_id], notifications, resolved.recipients[event_id])
        ]
        self.publisher.publish_changes(changes, deadline=deadline)
        return {
            message_id: failures[event.event_id]
            for message_id, event in events.items()
            if event.event_id in failures
        }

    def _create(self, event: IncomingEvent, deadline: datetime) -> list[Notification]:
        """Return an event's notifications in the order of their recipients."""
        kind = notification_kind_for(event.data.action_type)
        if kind is None:
            return []
        members = {
            group: self.groups.members_of(group, deadline=deadline)
            for group in sorted(approver_groups(event.data))
        }
        return create_notifications(event, kind, recipients_of(event.data, members), self.clock())

    def _send(
        self,
        events: Mapping[str, IncomingEvent],
        batch: Mapping[str, Sequence[Notification]],
        deadline: datetime,
    ) -> tuple[Failures, Resolved]:
        """Store, resolve and publish.

        Returns:
            What is not stored or not published, by notification id, and what became of requests.
        """
        everything = [each for notifications in batch.values() for each in notifications]
        # Half of the time left, so that each delivery also publishes something.
        result = self.writer.store(everything, deadline=self._half_of_the_time(deadline))
        stored = {each.notification_id for each in (*result.created, *result.existing)}
        resolved = self.resolve_requests(
            [
                (
                    events[event_id],
                    [each.recipient for each in notifications if each.notification_id in stored],
                )
                for event_id, notifications in batch.items()
            ],
            deadline=self._half_of_the_time(deadline),
        )
        result = self._without_erased(batch, _with_resolutions(result, resolved), resolved)
        unpublished = list(self._unpublished(batch, result))
        return {**result.failures, **self.publisher.publish(unpublished, deadline=deadline)}, resolved

    def _half_of_the_time(self, deadline: datetime) -> datetime:
        return deadline - (deadline - self.clock()) / 2

    def _without_erased(
        self, batch: Mapping[str, Sequence[Notification]], result: StoreResult, resolved: Resolved
    ) -> StoreResult:
        """Erase from what was stored what was erased of its event before the message was delivered.

        It is read after the store: what is stored later than this erasure's scan is found here, and everything else by
        the scan.
        """
        event_ids = [event_id for event_id, notifications in batch.items() if notifications]
        event_ids += [event_id for event_id in resolved.places if event_id not in event_ids]
        erased = self.erased_events.get(event_ids) if event_ids else {}
        if not erased:
            return result
        parts = {
            each.notification_id: erased[event_id] for event_id in erased for each in batch.get(event_id, ())
        }
        nameless = {event_id for event_id in erased if erased[event_id].person}
        for event_id in nameless:
            for place in resolved.places.get(event_id, ()):
                self.notifications.erase_name(place)

        def without(notification: Notification) -> Notification:
            resolution = notification.resolution
            if resolution is not None and resolution.event_id in nameless:
                notification = replace(notification, resolution=resolution.without_name())
            if notification.notification_id not in parts:
                return notification
            self.notifications.erase(notification.notification_id, parts[notification.notification_id])
            return notification.without(parts[notification.notification_id])

        return replace(
            result,
            created=[without(each) for each in result.created],
            existing=[without(each) for each in result.existing],
        )

    def _unpublished(
        self, batch: Mapping[str, Sequence[Notification]], result: StoreResult
    ) -> Iterator[Notification]:
        """Yield what is stored, without what earlier deliveries have published up to their checkpoint."""
        stored = {each.notification_id: each for each in (*result.created, *result.existing)}
        existing = {each.notification_id for each in result.existing}
        for event_id, notifications in batch.items():
            ids = [each.notification_id for each in notifications if each.notification_id in stored]
            checkpoint = "" if existing.isdisjoint(ids) else self.checkpoints.get(event_id) or ""
            for notification_id in ids:
                # A new member of a group may come before the checkpoint.
                if notification_id not in existing or stored[notification_id].recipient > checkpoint:
                    yield stored[notification_id]

    def _save_checkpoint(
        self, event_id: str, notifications: Sequence[Notification], not_sent: Failures
    ) -> None:
        sent = list(takewhile(lambda each: each.notification_id not in not_sent, notifications))
        # Also without any: an earlier checkpoint must not hide a new member of a group that failed now.
        self.checkpoints.save(event_id, sent[-1].recipient if sent else "")


def _with_resolutions(result: StoreResult, resolved: Resolved) -> StoreResult:
    def with_resolution(notification: Notification) -> Notification:
        new, stored = resolved.resolutions.get(notification.notification_id), notification.resolution
        if new is None or (stored is not None and stored.sequence <= new.sequence):
            return notification
        return notification.resolved(new)

    return replace(
        result,
        created=[with_resolution(each) for each in result.created],
        existing=[with_resolution(each) for each in result.existing],
    )


def _changes(
    event: IncomingEvent, notifications: Sequence[Notification], notified_before: Collection[str]
) -> list[WorkflowChange]:
    notified = [*notified_before, *(each.recipient for each in notifications)]
    return changes_of(event, participants_of(event.data, notified))


def _summary(reasons: Sequence[str], total: int) -> str:
    counted = Counter(reasons).most_common(_LISTED_REASONS)
    return "; ".join(f"{count} of {total} {reason}" for reason, count in counted)
