"""What each function can do: the use cases, bound to their ports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from countersign_common.clock import Clock

from notifications_service.domain.action import Action
from notifications_service.domain.notification import Notification
from notifications_service.use_cases import list_notifications as listing
from notifications_service.use_cases import mark_all as marking_all
from notifications_service.use_cases import mark_notification as marking
from notifications_service.use_cases import open_session as sessions
from notifications_service.use_cases import send_notifications as sending
from notifications_service.use_cases.ports import Broker, Failures, Groups, Inbox, Outgoing, Realtime


@dataclass(frozen=True)
class Api:
    """What `notifications/api` can do. Arguments and errors are those of the use cases, without the ports."""

    list_notifications: Callable[..., listing.Page]
    mark_notification: Callable[..., Notification]
    mark_all: Callable[..., marking_all.Marked]
    open_session: Callable[[str], sessions.Session]


@dataclass(frozen=True)
class Sender:
    """What `notifications/send_notifications` can do."""

    send_notifications: Callable[[Mapping[str, Action]], Failures]


def api_on(*, inbox: Inbox, broker: Broker, gateway: sessions.Gateway, clock: Clock) -> Api:
    """The API's use cases on these ports."""
    return Api(
        list_notifications=partial(listing.list_notifications, inbox=inbox),
        mark_notification=partial(marking.mark_notification, inbox=inbox),
        mark_all=partial(marking_all.mark_all, inbox=inbox, clock=clock),
        open_session=partial(sessions.open_session, broker=broker, gateway=gateway),
    )


def sender_on(*, groups: Groups, outgoing: Outgoing, realtime: Realtime, clock: Clock) -> Sender:
    """The sender's use case on these ports."""
    send = partial(
        sending.send_notifications, groups=groups, outgoing=outgoing, realtime=realtime, clock=clock
    )
    return Sender(send)
