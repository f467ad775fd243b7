"""Erasure: which notifications lose names, title and comment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.events.erasure_event import ErasedDataset
from countersign_common.ids import creation_time, derived_id

from notifications_service.domain.notification import RETENTION, ErasedParts

STORED_FOR = RETENTION + timedelta(days=30)
"""How long after its event a notification can be in the store. DynamoDB deletes expired items late, mostly by days."""

IN_FLIGHT_FOR = timedelta(days=30)
"""How long after its event a message can be delivered: longer than queue and dead-letter queue keep it together."""

SEGMENTS = 8
"""Parts in which all notifications are scanned at the same time."""

SCANNED = ""
"""Position of a segment that was scanned to its end."""


@dataclass(frozen=True)
class NotificationCopy:
    """A stored notification, the event that it is from, and what is stored of it that can be erased."""

    notification_id: str
    recipient: str
    workflow_id: str
    sequence: int
    stored: ErasedParts


@dataclass(frozen=True)
class ResolutionPlace:
    """Where a resolution is stored.

    Attributes:
        item_id: Of the notification or the round.
        path: Names of the attribute and the members that lead to it.
    """

    item_id: str
    path: tuple[str, ...]

    @classmethod
    def in_notification(cls, notification_id: str) -> "ResolutionPlace":
        return cls(notification_id, ("resolution",))

    @classmethod
    def in_round(cls, round_id: str, sequence: int) -> "ResolutionPlace":
        return cls(round_id, ("endings", str(sequence)))


@dataclass(frozen=True)
class ResolutionCopy:
    """A stored resolution that has a name, and the event that it is from."""

    place: ResolutionPlace
    event_id: str
    workflow_id: str
    sequence: int


@dataclass(frozen=True)
class ScanPage:
    """A page of a scan of all notifications and rounds.

    Attributes:
        copies: Of events.
        resolutions: Of the items of the page that have any.
        position: Where the next page starts; `SCANNED` for the last one.
    """

    copies: Sequence[NotificationCopy]
    position: str
    resolutions: Sequence[ResolutionCopy] = ()


@dataclass(frozen=True)
class ErasedEvents:
    """The erased events of workflows, by workflow and sequence."""

    datasets: Mapping[tuple[str, int], ErasedDataset]

    @classmethod
    def of(cls, datasets: Iterable[ErasedDataset], now: datetime, max_age: timedelta) -> "ErasedEvents":
        """Return the events that are not older than an age. Records without a workflow have no notifications."""
        return cls(
            {
                (each.workflow_id, each.sequence): each
                for each in datasets
                if each.workflow_id is not None
                and each.sequence is not None
                and (creation_time(each.dataset_id) or now) >= now - max_age
            }
        )

    def __bool__(self) -> bool:
        return bool(self.datasets)

    def __iter__(self) -> Iterator[tuple[str, ErasedParts]]:
        """Yield each event's id and what was erased of it."""
        return ((each.dataset_id, _parts(each)) for each in self.datasets.values())

    def left_in(self, copy: NotificationCopy) -> ErasedParts | None:
        """Return what was erased and is still stored of a notification; None for nothing."""
        dataset = self.datasets.get((copy.workflow_id, copy.sequence))
        if dataset is None or derived_id(dataset.dataset_id, copy.recipient) != copy.notification_id:
            return None
        left = ErasedParts(
            dataset.person and copy.stored.person,
            dataset.content and copy.stored.content,
        )
        return left if left.person or left.content else None

    def include_name_in(self, copy: ResolutionCopy) -> bool:
        """Return whether the name in a resolution was erased."""
        dataset = self.datasets.get((copy.workflow_id, copy.sequence))
        return dataset is not None and dataset.dataset_id == copy.event_id and dataset.person


def _parts(dataset: ErasedDataset) -> ErasedParts:
    return ErasedParts(dataset.person, dataset.content)
