"""Hand on the events that were committed and, for whatever reason, not handed on then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from countersign_common.clock import Clock

from workflow_service.use_cases.hand_on import Delivery, Outbox, Warn, failure_of, hand_on
from workflow_service.use_cases.seal import SealedEvent

PENDING_FOR = timedelta(seconds=30)
"""Younger events are left alone: the action that made them is still about to hand them on."""

RESERVE_SECONDS = 10.0
"""A run begins no event with less time left: two sends and an update, each at its slowest, take this long."""


@dataclass(frozen=True)
class Unreadable:
    """Something in the outbox that is no event.

    Attributes:
        key: where it is stored.
        reason: what is wrong with it.
    """

    key: str
    reason: str


class PendingEvents(Outbox, Protocol):
    """The outbox, as the relay reads it."""

    def pending(self, until: datetime) -> Iterator[SealedEvent | Unreadable]:
        """What has been pending since before an instant, oldest first, fetched as it is drawn."""
        ...


@dataclass(frozen=True)
class Relayed:
    """What a run has done.

    Attributes:
        handed_on: how many events both queues have now taken.
        left: how many it could not hand on.
    """

    handed_on: int
    left: int


def relay_outbox(
    remaining_seconds: Callable[[], float],
    *,
    outbox: PendingEvents,
    delivery: Delivery,
    clock: Clock,
    warn: Warn,
) -> Relayed:
    """Hand on what has been pending for over 30 seconds, oldest first, until there is nothing or no time left.

    An event that cannot be handed on is left for the next run and holds up none behind it.

    Args:
        remaining_seconds: how long this run may still take.
    """
    handed_on = left = 0
    for event in outbox.pending(clock() - PENDING_FOR):
        if remaining_seconds() < RESERVE_SECONDS:
            break
        if _relayed(event, outbox, delivery, warn):
            handed_on += 1
        else:
            left += 1
    return Relayed(handed_on, left)


def _relayed(event: SealedEvent | Unreadable, outbox: Outbox, delivery: Delivery, warn: Warn) -> bool:
    if isinstance(event, Unreadable):
        warn("the outbox holds what is no event", key=event.key, reason=event.reason)
        return False
    try:
        messages = event.messages()
    except Exception as error:
        warn("an event's messages cannot be made", **failure_of(event, error))
        return False
    return hand_on(event, messages, delivery=delivery, outbox=outbox, warn=warn)
