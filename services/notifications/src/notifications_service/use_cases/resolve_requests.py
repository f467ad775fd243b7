"""Resolve the notifications of requests for approval that an action has ended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from countersign_common.errors import StoreUnavailableError
from countersign_common.parallel import map_parallel

from notifications_service.domain.erasure import ResolutionPlace
from notifications_service.domain.notification import Failures, IncomingEvent, Resolution
from notifications_service.domain.resolution import (
    RECIPIENTS_LIMIT,
    ApprovalRequest,
    ended_rounds,
    is_request,
    round_id,
)
from notifications_service.ports import ApprovalRounds


@dataclass(frozen=True)
class Resolved:
    """The results for requests.

    Attributes:
        resolutions: By notification id, also of notifications of earlier events.
        places: Where a resolution was stored, by the id of the event that it is from.
        recipients: Who was notified of the requests that were made before an action, by the id of its event.
        failures: By event id.
    """

    resolutions: Mapping[str, Resolution]
    places: Mapping[str, Collection[ResolutionPlace]]
    recipients: Mapping[str, Collection[str]]
    failures: Failures


@dataclass
class _Findings:
    """What the rounds of an event say.

    Attributes:
        to_resolve: Ids of notifications, with what resolves them.
        places: Of the event's own endings.
    """

    to_resolve: list[tuple[Sequence[str], Resolution]] = field(default_factory=list)
    places: list[ResolutionPlace] = field(default_factory=list)
    recipients: set[str] = field(default_factory=set)
    failure: str | None = None


@dataclass(frozen=True)
class ResolveRequests:
    """Store requests and the actions that end them, and resolve the notifications of ended requests.

    A request is added after its notifications are stored. So whichever is added second, the request or its ending,
    finds the other one and resolves the notifications. Everything may be repeated, in any order: the first action after
    a request is its resolution.
    """

    rounds: ApprovalRounds

    def __call__(
        self, events: Sequence[tuple[IncomingEvent, Sequence[str]]], *, deadline: datetime
    ) -> Resolved:
        """
        Args:
            events: Different events, each with the recipients whose notifications are stored.
            deadline: After it no notification is resolved; the rest fails.
        """
        found = map_parallel(lambda each: self._add(*each), events)
        resolutions: dict[str, Resolution] = {}
        places: dict[str, list[ResolutionPlace]] = {}
        recipients: dict[str, Collection[str]] = {}
        failures: dict[str, str] = {}
        for (event, _), findings in zip(events, found, strict=True):
            if findings.failure:
                failures[event.event_id] = findings.failure
            if findings.places:
                places.setdefault(event.event_id, []).extend(findings.places)
            recipients[event.event_id] = findings.recipients
            for notification_ids, resolution in findings.to_resolve:
                failed = self.rounds.resolve(notification_ids, resolution, deadline=deadline)
                if failed:
                    reason = next(iter(failed.values()))
                    failures[event.event_id] = f"{len(failed)} of {len(notification_ids)} {reason}"
                done = [each for each in notification_ids if each not in failed]
                resolutions |= dict.fromkeys(done, resolution)
                # Also those that failed: a call without a response may have written.
                stored = map(ResolutionPlace.in_notification, notification_ids)
                places.setdefault(resolution.event_id, []).extend(stored)
        return Resolved(resolutions, places, recipients, failures)

    def _add(self, event: IncomingEvent, recipients: Sequence[str]) -> _Findings:
        """Add an event to its rounds, and return the results."""
        findings, data = _Findings(), event.data
        try:
            for number, ending in ended_rounds(event):
                findings.places.append(
                    ResolutionPlace.in_round(round_id(data.workflow_id, number), data.sequence)
                )
                known = self.rounds.add_ending(data.workflow_id, number, ending)
                findings.recipients.update(known.recipients_before(data.sequence))
                findings.to_resolve += known.resolved_by(data.sequence)
            if is_request(event) and recipients:
                request = ApprovalRequest(event.event_id, data.sequence, data.step_id, recipients)
                known = self.rounds.add_request(data.workflow_id, data.round, request.first(RECIPIENTS_LIMIT))
                resolution = known.resolution_of(data.sequence)
                if resolution is not None:
                    findings.to_resolve.append((request.notification_ids, resolution))
        except StoreUnavailableError as error:
            findings.failure = f"not resolved: {error}"
        return findings
