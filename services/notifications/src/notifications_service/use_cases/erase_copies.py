"""Remove the copies of what the audit service has erased."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.clock import Clock
from countersign_common.events.erasure_event import Erasure
from countersign_common.parallel import map_parallel

from notifications_service.domain.erasure import (
    IN_FLIGHT_FOR,
    SCANNED,
    SEGMENTS,
    STORED_FOR,
    ErasedEvents,
)
from notifications_service.domain.errors import OutOfTimeError
from notifications_service.ports import ErasableNotifications, ErasedEventStore, ScanProgress

TIME_BUDGET = timedelta(seconds=20)
"""Time for a batch. Calls that start within it end before the function's timeout of 30 seconds."""


@dataclass(frozen=True)
class EraseCopies:
    """Remove names, titles and comments from notifications, and names from resolutions.

    Erasures are rare, so all notifications are scanned instead of using an index by event. First, it is stored what
    was erased: a delivery that stores a notification during or after the scan erases the parts itself.
    """

    erased_events: ErasedEventStore
    notifications: ErasableNotifications
    progress: ScanProgress
    clock: Clock

    def __call__(self, erasure: Erasure, deadline: datetime) -> int:
        """Return the number of copies from which something was removed in this delivery.

        Args:
            erasure: What was erased.
            deadline: After it, no page is read.

        Raises:
            OutOfTimeError: Not all notifications were scanned. The next delivery continues.
            StoreUnavailableError: It can be repeated.
        """
        now = self.clock()
        erased = ErasedEvents.of(erasure.datasets, now, STORED_FOR)
        if not erased:
            return 0
        before = self.progress.get(erasure.event_id)
        if not before:
            self.erased_events.add(ErasedEvents.of(erasure.datasets, now, IN_FLIGHT_FOR))

        def scan(segment: int) -> tuple[str | None, int]:
            return self._scan(segment, before.get(segment), erased, deadline)

        results = map_parallel(scan, range(SEGMENTS))
        positions = {
            segment: position for segment, (position, _) in enumerate(results) if position is not None
        }
        if any(position != SCANNED for position, _ in results):
            self.progress.save(erasure.event_id, positions)
            raise OutOfTimeError("The time is over before all notifications were scanned.")
        return sum(count for _, count in results)

    def _scan(
        self, segment: int, position: str | None, erased: ErasedEvents, deadline: datetime
    ) -> tuple[str | None, int]:
        """Scan a segment; return its new position, and the number of copies from which something was removed."""
        count = 0
        if position == SCANNED:
            return position, count
        for page in self.notifications.scan(segment, position):
            for copy in page.copies:
                parts = erased.left_in(copy)
                if parts is not None:
                    self.notifications.erase(copy.notification_id, parts)
                    count += 1
            for resolution in page.resolutions:
                if erased.include_name_in(resolution):
                    self.notifications.erase_name(resolution.place)
                    count += 1
            position = page.position
            if self.clock() > deadline:
                break
        return position, count
