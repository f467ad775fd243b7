"""Resolutions: which action ends a request for approval, in whatever order the events are delivered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from countersign_common.ids import derived_id

from notifications_service.domain.notification import IncomingEvent, Resolution

RECIPIENTS_LIMIT = 5_000
"""Recipients of a request that are remembered: as many as one delivery can update. Others stay unresolved."""

_REQUEST = "REQUEST"
_ENDING = frozenset({"APPROVE", "REJECT", "WITHDRAW", "CANCEL"})


@dataclass(frozen=True)
class ApprovalRequest:
    """A request for approval, and who was notified of it.

    Attributes:
        event_id, sequence: Of the request's event.
        recipients: User ids; in a round that was read, at most `RECIPIENTS_LIMIT`.
    """

    event_id: str
    sequence: int
    step_id: str | None
    recipients: Sequence[str]

    def first(self, count: int) -> "ApprovalRequest":
        """Return the request with its first recipients only."""
        return replace(self, recipients=self.recipients[:count])

    @property
    def notification_ids(self) -> list[str]:
        """The ids of the request's notifications."""
        return [derived_id(self.event_id, recipient) for recipient in self.recipients]


@dataclass(frozen=True)
class Ending:
    """An action that ends the earlier requests of a step.

    Attributes:
        step_id: The step; None for all steps.
    """

    step_id: str | None
    resolution: Resolution


@dataclass(frozen=True)
class Round:
    """What is known of one round of a workflow, by sequence."""

    requests: Mapping[int, ApprovalRequest] = field(default_factory=dict)
    endings: Mapping[int, Ending] = field(default_factory=dict)

    def resolution_of(self, sequence: int) -> Resolution | None:
        """Return the first action after a request that ends it; None if it is pending or not known."""
        request = self.requests.get(sequence)
        if request is None:
            return None
        for number, ending in sorted(self.endings.items()):
            if number > sequence and ending.step_id in (None, request.step_id):
                return ending.resolution
        return None

    def resolved_by(self, sequence: int) -> Iterator[tuple[Sequence[str], Resolution]]:
        """Yield the notification ids of each request that an action has ended, with the resolution."""
        for number, request in self.requests.items():
            resolution = self.resolution_of(number)
            if resolution is not None and resolution.sequence == sequence:
                yield request.notification_ids, resolution

    def recipients_before(self, sequence: int) -> frozenset[str]:
        """Return everyone who was notified of a request before an action."""
        earlier = (request.recipients for number, request in self.requests.items() if number < sequence)
        return frozenset().union(*earlier)


def is_request(event: IncomingEvent) -> bool:
    """Return whether an event is a request for approval."""
    return event.data.action_type == _REQUEST


def round_id(workflow_id: str, number: int) -> str:
    """Return the id of a round of a workflow."""
    return derived_id(workflow_id, f"round/{number}")


def ended_rounds(event: IncomingEvent) -> Iterator[tuple[int, Ending]]:
    """Yield the number of each round in which an event ends requests.

    A decision, a withdrawal and a cancellation end the requests of their step. A request in a later round ends what is
    left of the round before: its own end may be delivered later, or never.
    """
    data = event.data
    resolution = Resolution(
        event_id=event.event_id,
        sequence=data.sequence,
        action_type=data.action_type,
        by=data.action_owner,
        at=event.occurred_at,
    )
    if data.action_type in _ENDING:
        yield data.round, Ending(data.step_id, resolution)
    elif is_request(event) and data.round > 1:
        yield data.round - 1, Ending(None, resolution)
