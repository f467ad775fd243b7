"""The ports in memory."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.pagination import Page, paginate

from notifications_service.domain.change import WorkflowChange
from notifications_service.domain.erasure import (
    SCANNED,
    NotificationCopy,
    ResolutionCopy,
    ResolutionPlace,
    ScanPage,
)
from notifications_service.domain.errors import GroupUnavailableError
from notifications_service.domain.notification import (
    ErasedParts,
    Failures,
    Notification,
    Resolution,
    StoreResult,
)
from notifications_service.domain.resolution import ApprovalRequest, Ending, Round
from notifications_service.domain.subscription import Credentials, Subscription

from .builders import NOON


class FakeGroups:
    """`GroupDirectory`. A group that is None can't be read."""

    def __init__(self, **groups: Collection[str] | None) -> None:
        self._groups = groups
        self.read: list[str] = []

    def members_of(self, group: str, *, deadline: datetime) -> frozenset[str]:
        self.read.append(group)
        members = self._groups.get(group, ())
        if members is None:
            raise GroupUnavailableError(f"The members of group {group!r} can't be read.")
        return frozenset(members)


class FakeNotifications:
    """`NotificationRepository`, `NotificationWriter` and `ErasableNotifications`.

    Attributes:
        stored: By id.
        failing: Reasons why notifications can't be stored, by recipient.
        store_calls: Number of calls of `store`.
        scanned: Ids that scans could have read.
        is_busy: Whether scans fail.
        erased_places: Of resolutions.
    """

    def __init__(self, *notifications: Notification, failing: dict[str, str] | None = None) -> None:
        self.stored = {each.notification_id: each for each in notifications}
        self.failing = failing or {}
        self.store_calls = 0
        self.scanned: list[str] = []
        self.is_busy = False
        self.erased_places: list[ResolutionPlace] = []

    @property
    def recipients(self) -> list[str]:
        return sorted(each.recipient for each in self.stored.values())

    def store(self, notifications: Sequence[Notification], *, deadline: datetime) -> StoreResult:
        self.store_calls += 1
        existing = [
            self.stored[id_] for each in notifications if (id_ := each.notification_id) in self.stored
        ]
        new = [each for each in notifications if each.notification_id not in self.stored]
        created = [each for each in new if each.recipient not in self.failing]
        self.stored |= {each.notification_id: each for each in created}
        failures = {each.notification_id: self.failing[each.recipient] for each in new if each not in created}
        return StoreResult(created, existing, failures)

    def newest(self, recipient: str, *, limit: int, after: str | None) -> Page[Notification, str]:
        return _page(self._of(recipient), limit, after)

    def newest_unread(self, recipient: str, *, limit: int, after: str | None) -> Page[Notification, str]:
        return _page([each for each in self._of(recipient) if not each.read], limit, after)

    def count_unread(self, recipient: str) -> int:
        return sum(not each.read for each in self._of(recipient))

    def mark(self, notification_id: str, *, recipient: str, read: bool) -> Notification:
        found = self.stored.get(notification_id)
        if found is None or found.recipient != recipient:
            raise NotFoundError("notification")
        self.stored[notification_id] = replace(found, read=read or found.resolution is not None)
        return self.stored[notification_id]

    def mark_all(self, recipient: str, *, until: datetime, workflow_id: str | None = None) -> int:
        unread = [
            each
            for each in self._of(recipient)
            if not each.read and each.created_at <= until and workflow_id in (None, each.workflow_id)
        ]
        for each in unread:
            self.mark(each.notification_id, recipient=recipient, read=True)
        return len(unread)

    def scan(self, segment: int, position: str | None) -> Iterator[ScanPage]:
        """Yield pages of one notification: each segment has the ids that start with two digits."""
        if self.is_busy:
            raise StoreUnavailableError("The database is busy.")
        digits = "0123456789abcdef"[2 * segment : 2 * segment + 2]
        ids = sorted(each for each in self.stored if each[0] in digits)
        left = [each for each in ids if position is None or each > position]
        self.scanned += left
        for each in left:
            notification = self.stored[each]
            position = SCANNED if each == left[-1] else each
            yield ScanPage([_copy(notification)], position, _resolution_copies(notification))
        if not left:
            yield ScanPage([], SCANNED)

    def erase(self, notification_id: str, parts: ErasedParts) -> None:
        if notification_id in self.stored:
            self.stored[notification_id] = self.stored[notification_id].without(parts)

    def erase_name(self, place: ResolutionPlace) -> None:
        self.erased_places.append(place)
        found = self.stored.get(place.item_id)
        if found is not None and found.resolution is not None:
            self.stored[place.item_id] = replace(found, resolution=found.resolution.without_name())

    def _of(self, recipient: str) -> list[Notification]:
        mine = [each for each in self.stored.values() if each.recipient == recipient]
        return sorted(mine, key=lambda each: each.position, reverse=True)


class FakeApprovalRounds:
    """`ApprovalRounds` for the notifications of a fake.

    Attributes:
        stored: By workflow and number.
        is_busy: Whether requests and endings can't be added.
        failing: Reasons why notifications can't be resolved, by recipient.
        resolved: Ids of the notifications that `resolve` has changed, in order.
    """

    def __init__(self, notifications: FakeNotifications) -> None:
        self._notifications = notifications
        self.stored: dict[tuple[str, int], Round] = {}
        self.is_busy = False
        self.failing: dict[str, str] = {}
        self.resolved: list[str] = []

    def add_request(self, workflow_id: str, number: int, request: ApprovalRequest) -> Round:
        known = self._round(workflow_id, number)
        before = known.requests.get(request.sequence)
        recipients = {*request.recipients, *(before.recipients if before else ())}
        requests = {**known.requests, request.sequence: replace(request, recipients=sorted(recipients))}
        return self._save(workflow_id, number, replace(known, requests=requests))

    def add_ending(self, workflow_id: str, number: int, ending: Ending) -> Round:
        known = self._round(workflow_id, number)
        endings = {ending.resolution.sequence: ending, **known.endings}
        return self._save(workflow_id, number, replace(known, endings=endings))

    def resolve(
        self, notification_ids: Sequence[str], resolution: Resolution, *, deadline: datetime
    ) -> Failures:
        failures: dict[str, str] = {}
        for each in notification_ids:
            found = self._notifications.stored.get(each)
            if found is None:
                continue
            if found.recipient in self.failing:
                failures[each] = self.failing[found.recipient]
            elif found.resolution is None or found.resolution.sequence > resolution.sequence:
                self._notifications.stored[each] = found.resolved(resolution)
                self.resolved.append(each)
        return failures

    def _round(self, workflow_id: str, number: int) -> Round:
        if self.is_busy:
            raise StoreUnavailableError("The database is busy.")
        return self.stored.get((workflow_id, number), Round())

    def _save(self, workflow_id: str, number: int, known: Round) -> Round:
        self.stored[workflow_id, number] = known
        return known


class FakePublisher:
    """`RealtimePublisher`.

    Attributes:
        published: In order.
        changes: In order.
        failing: Reasons why notifications can't be published, by recipient.
        capacity: How many it publishes in one call before the time is over.
    """

    def __init__(self, capacity: int = 1_000_000, **failing: str) -> None:
        self.published: list[Notification] = []
        self.changes: list[WorkflowChange] = []
        self.failing = failing
        self.capacity = capacity

    @property
    def recipients(self) -> list[str]:
        return [each.recipient for each in self.published]

    def publish(self, notifications: Sequence[Notification], *, deadline: datetime) -> Failures:
        failures: dict[str, str] = {}
        for number, each in enumerate(notifications):
            if number >= self.capacity:
                failures[each.notification_id] = "not published: no time left"
            elif each.recipient in self.failing:
                failures[each.notification_id] = self.failing[each.recipient]
            else:
                self.published.append(each)
        return failures

    def publish_changes(self, changes: Sequence[WorkflowChange], *, deadline: datetime) -> None:
        self.changes += [each for each in changes if each.recipient not in self.failing]


class FakeCheckpoints(dict[str, str]):
    """`PublishCheckpoints`: recipient by event id; `reads` has the events whose checkpoint was read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: list[str] = []

    def get(self, event_id: str) -> str | None:  # type: ignore[override]
        self.reads.append(event_id)
        return super().get(event_id)

    def save(self, event_id: str, recipient: str) -> None:
        self[event_id] = recipient


class FakeErasedEvents(dict[str, ErasedParts]):
    """`ErasedEventStore`: what was erased, by event id."""

    def add(self, events: Iterable[tuple[str, ErasedParts]]) -> None:
        for event_id, parts in events:
            before = super().get(event_id) or ErasedParts(person=False, content=False)
            self[event_id] = ErasedParts(before.person or parts.person, before.content or parts.content)

    def get(self, event_ids: Sequence[str]) -> dict[str, ErasedParts]:  # type: ignore[override]
        return {each: self[each] for each in event_ids if each in self}


class FakeScanProgress(dict[str, Mapping[int, str]]):
    """`ScanProgress`: positions by erasure."""

    def get(self, erasure_id: str) -> Mapping[int, str]:  # type: ignore[override]
        return super().get(erasure_id, {})

    def save(self, erasure_id: str, positions: Mapping[int, str]) -> None:
        self[erasure_id] = dict(positions)


class FakeIssuer:
    """`CredentialIssuer`: the token names the user."""

    def issue(self, subscription: Subscription) -> Credentials:
        return Credentials("ASIA", "a secret", f"for {subscription.user_id}", NOON + timedelta(hours=1))


def _copy(notification: Notification) -> NotificationCopy:
    return NotificationCopy(
        notification.notification_id,
        notification.recipient,
        notification.workflow_id,
        notification.sequence,
        ErasedParts(bool(notification.action_owner.name), bool(notification.title)),
    )


def _resolution_copies(notification: Notification) -> list[ResolutionCopy]:
    resolution = notification.resolution
    if resolution is None or not resolution.by.name:
        return []
    place = ResolutionPlace.in_notification(notification.notification_id)
    return [ResolutionCopy(place, resolution.event_id, notification.workflow_id, resolution.sequence)]


def _page(notifications: Iterable[Notification], limit: int, after: str | None) -> Page[Notification, str]:
    rest = (each for each in notifications if after is None or each.position < after)
    return paginate(rest, limit, lambda each: each.position)
