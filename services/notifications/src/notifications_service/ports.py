"""What the use cases need: one Protocol per role."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from countersign_common.pagination import Page

from notifications_service.domain.change import WorkflowChange
from notifications_service.domain.erasure import ResolutionPlace, ScanPage
from notifications_service.domain.notification import (
    ErasedParts,
    Failures,
    Notification,
    Resolution,
    StoreResult,
)
from notifications_service.domain.resolution import ApprovalRequest, Ending, Round
from notifications_service.domain.subscription import Credentials, Subscription


class NotificationRepository(Protocol):
    """Reads and marks a recipient's notifications.

    Every method raises StoreUnavailableError if the store is busy or does not respond. Damaged notifications are left
    out of lists.
    """

    def newest(self, recipient: str, *, limit: int, after: str | None) -> Page[Notification, str]:
        """Return a recipient's notifications, newest first.

        Args:
            limit: Size of the page.
            after: Position of the last notification of the previous page; None for the first page.
        """
        ...

    def newest_unread(self, recipient: str, *, limit: int, after: str | None) -> Page[Notification, str]:
        """Return a recipient's unread notifications as `newest` does. A page may have fewer than `limit`."""
        ...

    def count_unread(self, recipient: str) -> int:
        """Return the number of unread notifications, at most 1,000."""
        ...

    def mark(self, notification_id: str, *, recipient: str, read: bool) -> Notification:
        """Mark the recipient's notification as read or unread, and return it. A resolved one stays read.

        Raises:
            NotFoundError: The recipient has no such notification.
            UnreadableNotificationError: It is marked, but it is damaged.
        """
        ...

    def mark_all(self, recipient: str, *, until: datetime, workflow_id: str | None = None) -> int:
        """Mark unread notifications as read, newest first, at most 500.

        Args:
            until: Only notifications that were created at this time or before.
            workflow_id: Only notifications of this workflow; None for all.

        Returns:
            How many were marked.
        """
        ...


class NotificationWriter(Protocol):
    """Stores new notifications."""

    def store(self, notifications: Sequence[Notification], *, deadline: datetime) -> StoreResult:
        """Store each notification unless it is stored already. Errors are in the result.

        Args:
            notifications: Each id once.
            deadline: After it nothing more is written; the rest fails.
        """
        ...


class RealtimePublisher(Protocol):
    """Publishes notifications and changes to connected clients."""

    def publish(self, notifications: Sequence[Notification], *, deadline: datetime) -> Failures:
        """Publish each notification to its recipient's topic, about in this order.

        Args:
            deadline: After it nothing more is published; the rest fails.

        Returns:
            Those that failed, by notification id.
        """
        ...

    def publish_changes(self, changes: Sequence[WorkflowChange], *, deadline: datetime) -> None:
        """Publish each change to its recipient's topic, about in this order. What fails is reported and dropped.

        Args:
            deadline: After it nothing more is published.
        """
        ...


class PublishCheckpoints(Protocol):
    """Remembers how far earlier deliveries have published the notifications of an event."""

    def get(self, event_id: str) -> str | None:
        """Return the last recipient, by user id, up to which everything is published; None for no checkpoint."""
        ...

    def save(self, event_id: str, recipient: str) -> None:
        """Remember that everything is published up to this recipient."""
        ...


class ErasedEventStore(Protocol):
    """Stores what was erased of events whose messages may still be delivered.

    Every method raises StoreUnavailableError if the store is busy or does not respond.
    """

    def add(self, events: Iterable[tuple[str, ErasedParts]]) -> None:
        """Store what was erased of these events, in addition to what is stored."""
        ...

    def get(self, event_ids: Sequence[str]) -> Mapping[str, ErasedParts]:
        """Return what was erased of these events, without those of which nothing was. The reads are consistent."""
        ...


class ErasableNotifications(Protocol):
    """Removes what was erased from stored notifications.

    Every method raises StoreUnavailableError if the store is busy or does not respond.
    """

    def scan(self, segment: int, position: str | None) -> Iterator[ScanPage]:
        """Yield one segment of all stored notifications, page by page. The reads are consistent.

        Args:
            segment: From 0 to `SEGMENTS` - 1.
            position: Of the last page of an earlier scan; None for the start.
        """
        ...

    def erase(self, notification_id: str, parts: ErasedParts) -> None:
        """Remove parts from a notification, if it is stored. It can be repeated."""
        ...

    def erase_name(self, place: ResolutionPlace) -> None:
        """Remove the name from a resolution, if it is stored. It can be repeated."""
        ...


class ApprovalRounds(Protocol):
    """Stores the requests and endings of each round of a workflow, and resolves notifications.

    Requests and endings of a round are added one after the other: of two that are added at the same time, one finds the
    other in what is returned. `add_request` and `add_ending` raise StoreUnavailableError if the store is busy or does
    not respond.
    """

    def add_request(self, workflow_id: str, number: int, request: ApprovalRequest) -> Round:
        """Add a request with recipients that have a stored notification to those that are known; return the round."""
        ...

    def add_ending(self, workflow_id: str, number: int, ending: Ending) -> Round:
        """Add an ending, unless it is known; return the round."""
        ...

    def resolve(
        self, notification_ids: Sequence[str], resolution: Resolution, *, deadline: datetime
    ) -> Failures:
        """Resolve notifications, without those that are not stored or that an earlier action has resolved.

        Args:
            deadline: After it nothing more is written; the rest fails.

        Returns:
            Those that failed, by notification id.
        """
        ...


class ScanProgress(Protocol):
    """Stores how far the scans for an erasure have come."""

    def get(self, erasure_id: str) -> Mapping[int, str]:
        """Return the position in each segment; none before the first save."""
        ...

    def save(self, erasure_id: str, positions: Mapping[int, str]) -> None:
        """Store the positions."""
        ...


class GroupDirectory(Protocol):
    """Knows the members of groups."""

    def members_of(self, group: str, *, deadline: datetime) -> frozenset[str]:
        """Return the user ids of all enabled members of a group; none for a group that does not exist.

        Args:
            deadline: After it nothing more is read.

        Raises:
            GroupUnavailableError: They can't be read, or not in time.
        """
        ...


class CredentialIssuer(Protocol):
    """Issues credentials to subscribers."""

    def issue(self, subscription: Subscription) -> Credentials:
        """Return credentials that allow to connect as the user and to receive from the user's topic only."""
        ...
