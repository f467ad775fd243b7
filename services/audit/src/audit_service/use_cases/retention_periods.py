"""Retention periods: how long the records of a scheme's workflows are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from countersign_common.actors import Actor, require_admin
from countersign_common.clock import Clock
from countersign_common.errors import StoreUnavailableError

from audit_service.domain.access import require_auditor
from audit_service.domain.erasure import ErasureActor, RetentionPolicy
from audit_service.domain.retention_events import retention_event
from audit_service.ports.erasure import AuditRequests, RetentionPolicies

MAX_ATTEMPTS = 3
"""How often a request reads a period that others change meanwhile."""


@dataclass(frozen=True)
class RetentionPeriods:
    """How long records are kept.

    Attributes:
        default_days: For schemes without a policy, and for records without a workflow.
        policies: By scheme.
    """

    default_days: int
    policies: Mapping[str, RetentionPolicy]


@dataclass(frozen=True)
class SetRetention:
    """Set the retention period of a scheme, and record it."""

    policies: RetentionPolicies
    requests: AuditRequests
    clock: Clock

    def __call__(
        self, scheme: str, days: int, reason: str, actor: Actor, origin: ErasureActor
    ) -> RetentionPolicy:
        """Return the policy. The same period by the same admin again, even at the same time, is one event.

        It also applies to workflows that exist, with the next daily run. The period is in force before it is recorded:
        if recording fails, a retry records it.

        Args:
            scheme: Id of the scheme.
            days: 1 to 36,500, counted from the newest record of a workflow.
            reason: Why. It is recorded, and is never erased.
            actor: Who sets it.
            origin: Of their request.

        Raises:
            AdminsOnlyError: The actor is not an admin.
            StoreUnavailableError
        """
        require_admin(actor)
        policy = self._set(scheme, days, actor.user_id)
        self.requests.record(retention_event(scheme, policy, reason, origin))
        return policy

    def _set(self, scheme: str, days: int, by: str) -> RetentionPolicy:
        for _ in range(MAX_ATTEMPTS):
            found = self.policies.all().get(scheme)
            if found is not None and (found.days, found.by) == (days, by):
                return found
            at = self.clock()
            if found is not None:
                # The time distinguishes two policies of a scheme, and their events.
                at = max(at, found.at + timedelta(milliseconds=1))
            policy = RetentionPolicy(days, by, at)
            if self.policies.put(scheme, policy, replaces=found):
                return policy
        raise StoreUnavailableError("Others are changing the retention period. Send the request again later.")


@dataclass(frozen=True)
class GetRetention:
    """Get the retention periods."""

    policies: RetentionPolicies
    default_days: int

    def __call__(self, actor: Actor) -> RetentionPeriods:
        """
        Raises:
            AuditorsOnlyError: The actor is neither an auditor nor an admin.
            StoreUnavailableError
        """
        require_auditor(actor)
        return RetentionPeriods(self.default_days, self.policies.all())
