"""The audit events of legal holds and retention periods.

The id of each event is derived from its subject and time, so that an event that is sent twice is recorded once.
"""

from datetime import datetime

from countersign_common.actors import Actor
from countersign_common.clock import to_rfc3339
from countersign_common.events.audit_event import Reference
from countersign_common.ids import derived_id

from audit_service.domain.erasure import ErasureActor, Hold, RetentionPolicy
from audit_service.domain.own_events import (
    HELD,
    HOLD,
    RELEASE,
    RELEASED,
    SET,
    SET_RETENTION,
    OwnEvent,
)

_SCHEMES = "5f9d0c1e-6a0e-5d4c-9b1f-0c7b7c1a9e02"
"""Namespace of the ids of events about schemes: the id of a scheme is not a UUID."""


def hold_event(workflow_id: str, hold: Hold, origin: ErasureActor) -> OwnEvent:
    """Return the event of a legal hold.

    Args:
        workflow_id: The workflow.
        hold: As it is stored.
        origin: Of the request of the admin who placed it.
    """
    at = to_rfc3339(hold.at)
    return OwnEvent(
        event_id=derived_id(workflow_id, f"{HOLD}/{at}"),
        action_type=HOLD,
        outcome=HELD,
        target=Reference("workflow", workflow_id),
        action_owner=Reference("user", hold.by),
        occurred_at=at,
        request_id=origin.request_id,
        person=origin.person,
        title="Legal hold",
        comment=hold.reason,
        after=None,
    )


def release_event(
    workflow_id: str, hold: Hold, reason: str, actor: Actor, origin: ErasureActor, at: datetime
) -> OwnEvent:
    """Return the event of the end of a legal hold.

    Args:
        workflow_id: The workflow.
        hold: The hold that ends.
        reason: Why.
        actor: The admin who releases it.
        origin: Of their request.
        at: When, in UTC.
    """
    return OwnEvent(
        event_id=derived_id(workflow_id, f"{RELEASE}/{to_rfc3339(hold.at)}"),
        action_type=RELEASE,
        outcome=RELEASED,
        target=Reference("workflow", workflow_id),
        action_owner=Reference("user", actor.user_id),
        occurred_at=to_rfc3339(at),
        request_id=origin.request_id,
        person=origin.person,
        title="Legal hold released",
        comment=reason,
        after=None,
    )


def retention_event(scheme: str, policy: RetentionPolicy, reason: str, origin: ErasureActor) -> OwnEvent:
    """Return the event of a retention period.

    Args:
        scheme: The scheme.
        policy: As it is stored.
        reason: Why it was set.
        origin: Of the request of the admin who set it.
    """
    at = to_rfc3339(policy.at)
    return OwnEvent(
        event_id=derived_id(_SCHEMES, f"{scheme}/{at}"),
        action_type=SET_RETENTION,
        outcome=SET,
        target=Reference("scheme", scheme),
        action_owner=Reference("user", policy.by),
        occurred_at=at,
        request_id=origin.request_id,
        person=origin.person,
        title="Retention period",
        comment=reason,
        after={"days": policy.days},
    )
