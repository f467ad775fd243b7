"""Legal holds: neither a request nor retention erases what is under one."""

from dataclasses import dataclass
from datetime import timedelta

from countersign_common.actors import Actor, require_admin
from countersign_common.clock import Clock
from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.pagination import Page, paginate

from audit_service.domain.access import require_auditor
from audit_service.domain.erasure import ErasureActor, Hold
from audit_service.domain.retention_events import hold_event, release_event
from audit_service.ports import AuditRecordRepository
from audit_service.ports.erasure import AuditRequests, Holds

MAX_ATTEMPTS = 3
"""How often a request reads a hold that others change meanwhile."""


@dataclass(frozen=True)
class PlaceHold:
    """Place a legal hold on a workflow, and record it."""

    holds: Holds
    records: AuditRecordRepository
    requests: AuditRequests
    clock: Clock

    def __call__(self, workflow_id: str, reason: str, actor: Actor, origin: ErasureActor) -> Hold:
        """Return the hold. The same hold by the same admin again, even at the same time, is one hold and one event.

        The hold is in force before it is recorded: if recording fails, a retry records it.

        Args:
            workflow_id: The workflow.
            reason: Why. It is recorded, and is never erased.
            actor: Who places the hold.
            origin: Of their request.

        Raises:
            AdminsOnlyError: The actor is not an admin.
            NotFoundError: Nothing is recorded of the workflow.
            StoreUnavailableError
        """
        require_admin(actor)
        hold = self._place(workflow_id, reason, actor.user_id)
        self.requests.record(hold_event(workflow_id, hold, origin))
        return hold

    def _place(self, workflow_id: str, reason: str, by: str) -> Hold:
        for _ in range(MAX_ATTEMPTS):
            found = self.holds.get(workflow_id)
            if found is not None and (found.reason, found.by) == (reason, by):
                return found
            if not self.records.list_positions(workflow_id, after=None, limit=1):
                raise NotFoundError("workflow")
            at = self.clock()
            if found is not None:
                # The time distinguishes two holds of a workflow, and their events.
                at = max(at, found.at + timedelta(milliseconds=1))
            hold = Hold(reason, by, at)
            if self.holds.put(workflow_id, hold, replaces=found):
                return hold
        raise _busy()


@dataclass(frozen=True)
class ReleaseHold:
    """End a legal hold on a workflow, and record it."""

    holds: Holds
    requests: AuditRequests
    clock: Clock

    def __call__(self, workflow_id: str, reason: str, actor: Actor, origin: ErasureActor) -> None:
        """End the hold, and one that replaces it meanwhile. Without a hold, nothing changes.

        The event of the release is sent before the hold ends, so that nothing is erased without a recorded release.

        Args:
            workflow_id: The workflow.
            reason: Why. It is recorded, and is never erased.
            actor: Who releases the hold.
            origin: Of their request.

        Raises:
            AdminsOnlyError: The actor is not an admin.
            StoreUnavailableError: The hold may not have ended. It can be repeated.
        """
        require_admin(actor)
        for _ in range(MAX_ATTEMPTS):
            hold = self.holds.get(workflow_id)
            if hold is None:
                return
            self.requests.record(release_event(workflow_id, hold, reason, actor, origin, self.clock()))
            if self.holds.delete(workflow_id, hold):
                return
        raise _busy()


@dataclass(frozen=True)
class GetHold:
    """Get the legal hold on a workflow."""

    holds: Holds

    def __call__(self, workflow_id: str, actor: Actor) -> Hold:
        """
        Raises:
            AuditorsOnlyError: The actor is neither an auditor nor an admin.
            NotFoundError: The workflow has no hold, or there is no such workflow.
            StoreUnavailableError
        """
        require_auditor(actor)
        hold = self.holds.get(workflow_id)
        if hold is None:
            raise NotFoundError("legal hold")
        return hold


@dataclass(frozen=True)
class ListHolds:
    """List legal holds, by workflow."""

    holds: Holds

    def __call__(self, actor: Actor, *, after: str | None, limit: int) -> Page[tuple[str, Hold], str]:
        """Return a page of workflows' ids with their holds.

        Args:
            actor: Who wants to know.
            after: Position of the previous page, a workflow's id; None for the first page.
            limit: 1 to 100.

        Raises:
            AuditorsOnlyError: The actor is neither an auditor nor an admin.
            StoreUnavailableError
        """
        require_auditor(actor)
        held = sorted(self.holds.all().items())
        following = (each for each in held if after is None or each[0] > after)
        return paginate(following, limit, lambda each: each[0])


def _busy() -> StoreUnavailableError:
    return StoreUnavailableError("Others are changing the legal hold. Send the request again later.")
