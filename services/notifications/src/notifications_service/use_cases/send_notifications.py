"""Tell those concerned about what was done: store a notification for each, then publish it."""

from collections.abc import Mapping
from datetime import datetime

from countersign_common.clock import Clock
from countersign_common.ids import derived_id

from notifications_service.domain.action import Action
from notifications_service.domain.notification import Notification
from notifications_service.domain.recipients import TooManyRecipients, groups_to_ask, recipients_of, told_by
from notifications_service.use_cases.ports import Failures, Groups, GroupUnavailable, Outgoing, Realtime


def send_notifications(
    actions: Mapping[str, Action],
    *,
    groups: Groups,
    outgoing: Outgoing,
    realtime: Realtime,
    clock: Clock,
) -> Failures:
    """Tell about a batch of actions.

    What is stored stays stored when publishing it fails: the action's message comes back, the notification is
    found to be there and is published again.

    Args:
        actions: by the id of the message that brought each.

    Returns:
        The ids of the messages that are to come back, with the reasons.
    """
    now = clock()
    failed: dict[str, str] = {}
    due: dict[str, list[Notification]] = {}
    for message_id, action in actions.items():
        try:
            due[message_id] = notifications_about(action, groups, now)
        except (TooManyRecipients, GroupUnavailable) as error:
            failed[message_id] = str(error)

    # Two messages of one batch may bring the same event: each notification is stored and published once.
    distinct = {each.notification_id: each for told in due.values() for each in told}
    kept = outgoing.keep(list(distinct.values()))
    undone = {**kept.failures, **realtime.publish(kept.notifications)}
    for message_id, told in due.items():
        reasons = {undone[each.notification_id] for each in told if each.notification_id in undone}
        if reasons:
            failed[message_id] = "; ".join(sorted(reasons))
    return failed


def notifications_about(action: Action, groups: Groups, now: datetime) -> list[Notification]:
    """The notifications that an action makes, one for each recipient.

    Raises:
        TooManyRecipients: more than one event may tell.
        GroupUnavailable: it could not be found out who they are.
    """
    kind = told_by(action)
    if kind is None:
        return []
    members = {group: groups.members(group) for group in sorted(groups_to_ask(action))}
    return [
        Notification(
            notification_id=derived_id(action.event_id, recipient),
            recipient=recipient,
            type=kind,
            workflow_id=action.workflow_id,
            title=action.title,
            scheme=action.scheme,
            step_id=action.step_id,
            round=action.round,
            sequence=action.sequence,
            action_type=action.action_type,
            outcome=action.outcome,
            action_owner=action.action_owner,
            comment=action.comment,
            occurred_at=action.occurred_at,
            created_at=now,
            correlation_id=action.correlation_id,
        )
        for recipient in recipients_of(action, members)
    ]
