"""Who is notified of which action, and whose view of a workflow it changes."""

from collections.abc import Collection, Iterable, Mapping

from countersign_common.events.workflow_event import WorkflowEvent

from notifications_service.domain.notification import NotificationKind

_KINDS = {
    "REQUEST": NotificationKind.APPROVAL_REQUESTED,
    "APPROVE": NotificationKind.APPROVED,
    "REJECT": NotificationKind.REJECTED,
}


def notification_kind_for(action_type: str) -> NotificationKind | None:
    """Return the kind of notification that an action creates; None if it creates none, as an unknown action does."""
    return _KINDS.get(action_type)


def approver_groups(event: WorkflowEvent) -> frozenset[str]:
    """Return the groups whose members are recipients of the event."""
    if notification_kind_for(event.action_type) is NotificationKind.APPROVAL_REQUESTED:
        return frozenset(event.approvers.groups)
    return frozenset()


def recipients_of(event: WorkflowEvent, members: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the user ids of an event's recipients, each once, sorted, without the action owner.

    The recipients of a request are the approvers of its step, the recipient of a decision is the requester.

    Args:
        members: User ids by group, for each of `approver_groups(event)`.
    """
    match notification_kind_for(event.action_type):
        case None:
            return ()
        case NotificationKind.APPROVAL_REQUESTED:
            groups = (members[group] for group in approver_groups(event))
            recipients = set(event.approvers.users).union(*groups)
        case _:
            recipients = {event.requester.user_id}
    recipients.discard(event.action_owner.id)
    return tuple(sorted(recipients))


def participants_of(event: WorkflowEvent, recipients: Iterable[str]) -> tuple[str, ...]:
    """Return the user ids of everyone whose view of the workflow an event changes, each once, sorted.

    An event outside of a step, such as SAVE, is private: it changes the requester's and the action owner's view only.

    Args:
        event: The event.
        recipients: Users who are notified of the event, or were notified of the request that it ends.
    """
    participants = {event.requester.user_id, *recipients}
    if event.action_owner.type == "user":
        participants.add(event.action_owner.id)
    if event.step_id is not None:
        participants.update(event.approvers.users)
    return tuple(sorted(participants))
