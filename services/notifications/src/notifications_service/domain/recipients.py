"""Who is told what by which action. The rules, and nothing but them."""

from collections.abc import Collection, Mapping

from notifications_service.domain.action import Action, ActionType
from notifications_service.domain.notification import NotificationType

RECIPIENT_LIMIT = 500
"""Most recipients of one event (design, Limits)."""

_TOLD_BY: Mapping[ActionType, NotificationType] = {
    ActionType.REQUEST: NotificationType.APPROVAL_REQUESTED,
    ActionType.APPROVE: NotificationType.APPROVED,
    ActionType.REJECT: NotificationType.REJECTED,
}


class TooManyRecipients(Exception):
    """An event that would tell more people than one event may."""

    def __init__(self, found: int) -> None:
        super().__init__(f"at least {found} recipients; one event may tell {RECIPIENT_LIMIT}")


def told_by(action: Action) -> NotificationType | None:
    """What others are told about an action; None when it is nobody's business but the requester's own."""
    return _TOLD_BY.get(action.action_type)


def groups_to_ask(action: Action) -> frozenset[str]:
    """The groups whose members have to be known before the recipients are."""
    return action.approvers.groups if action.action_type is ActionType.REQUEST else frozenset()


def recipients_of(action: Action, members: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The userIds that are told about an action: each once, sorted, and never the one who acted.

    A request is told to the step's approvers, a decision to the requester, a save to nobody.

    Args:
        action: what was done.
        members: the userIds in each of `groups_to_ask(action)`.

    Raises:
        TooManyRecipients: more than 500.
    """
    if told_by(action) is None:
        return ()
    if action.action_type is ActionType.REQUEST:
        told = set(action.approvers.users).union(*(members[group] for group in groups_to_ask(action)))
    else:
        told = {action.requester.user_id}
    told.discard(action.action_owner.user_id)
    if len(told) > RECIPIENT_LIMIT:
        raise TooManyRecipients(len(told))
    return tuple(sorted(told))
