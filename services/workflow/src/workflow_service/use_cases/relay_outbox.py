"""Publish the events that were committed but not published right after their commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.clock import Clock, from_rfc3339
from countersign_common.telemetry import Warn

from workflow_service.domain.events import SealedEvent, UnreadableEvent
from workflow_service.ports import Outbox
from workflow_service.use_cases.publish_event import PublishEvent, log_keys

MIN_AGE = timedelta(seconds=30)
"""Younger events are left alone: the request that committed them is still about to publish them."""

RESERVE_SECONDS = 10.0
"""A run starts no event with less time left: two sends and an update take this long at their slowest."""


@dataclass(frozen=True)
class RelayResult:
    """The result of a run.

    Attributes:
        relayed: Events that were published.
        left: Events that could not be published.
        oldest_pending_seconds: Age of the oldest event that is still pending, reached by this run or not; 0 if none.
    """

    relayed: int
    left: int
    oldest_pending_seconds: float


@dataclass(frozen=True)
class RelayOutbox:
    """Publish what has been pending for more than 30 seconds, oldest first, until nothing or no time is left.

    An event that can't be published is left for the next run and does not stop those after it.
    """

    outbox: Outbox
    publish_event: PublishEvent
    clock: Clock
    warn: Warn

    def __call__(self, remaining_seconds: Callable[[], float]) -> RelayResult:
        """
        Args:
            remaining_seconds: Returns how long this run may still take.
        """
        started = self.clock()
        relayed = left = 0
        oldest: datetime | None = None
        for event in self.outbox.pending(started - MIN_AGE):
            has_time = remaining_seconds() >= RESERVE_SECONDS
            if has_time and self._relay(event):
                relayed += 1
                continue
            oldest = oldest or _time_of(event)
            if not has_time:
                break
            left += 1
        age = 0.0 if oldest is None else (self.clock() - oldest).total_seconds()
        return RelayResult(relayed, left, age)

    def _relay(self, event: SealedEvent | UnreadableEvent) -> bool:
        if isinstance(event, UnreadableEvent):
            self.warn("unreadable item in the outbox", key=event.key, reason=event.reason)
            return False
        try:
            messages = event.messages()
        except Exception as error:
            self.warn("event can't be written as messages", **log_keys(event, error))
            return False
        return self.publish_event(event, messages)


def _time_of(event: SealedEvent | UnreadableEvent) -> datetime | None:
    try:
        return from_rfc3339(event.occurred_at)
    except ValueError:
        return None
