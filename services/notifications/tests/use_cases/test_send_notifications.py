"""From actions to notifications, stored and published."""

from dataclasses import replace

from notifications_service.domain.action import ActionType
from notifications_service.domain.notification import NotificationType
from notifications_service.use_cases.send_notifications import send_notifications

from ..builders import ANN, BO, CY, NOON, an_action, an_id
from ..fakes import FakeGroups, FakeNotifications, FakeRealtime


def send(actions, *, groups=None, outgoing=None, realtime=None):
    outgoing, realtime = outgoing or FakeNotifications(), realtime or FakeRealtime()
    failed = send_notifications(
        actions, groups=groups or FakeGroups(), outgoing=outgoing, realtime=realtime, clock=lambda: NOON
    )
    return failed, outgoing, realtime


def test_each_recipient_gets_one_notification_stored_and_published():
    failed, outgoing, realtime = send({"m": an_action(users=[BO, CY])})
    assert failed == {}
    assert {each.recipient for each in outgoing.stored.values()} == {BO, CY}
    assert {each.recipient for each in realtime.published} == {BO, CY}


def test_a_notification_says_what_happened_and_where_it_came_from():
    action = an_action(ActionType.REJECT, by=BO, requester=ANN, comment="Too dear.")
    _, outgoing, _ = send({"m": action})
    (told,) = outgoing.stored.values()
    assert (told.recipient, told.type) == (ANN, NotificationType.REJECTED)
    assert (told.comment, told.action_owner.user_id) == ("Too dear.", BO)
    assert told.correlation_id == action.correlation_id
    assert (told.created_at, told.occurred_at) == (NOON, action.occurred_at)


def test_the_same_event_makes_the_same_notification_each_time():
    _, first, _ = send({"m": an_action()})
    _, second, _ = send({"another delivery": an_action()})
    _, other, _ = send({"m": an_action(event="another event")})
    assert first.stored.keys() == second.stored.keys()
    assert first.stored.keys().isdisjoint(other.stored.keys())


def test_a_second_delivery_does_not_make_a_read_notification_unread():
    _, outgoing, _ = send({"m": an_action(users=[BO])})
    (told,) = outgoing.stored.values()
    outgoing.stored[told.notification_id] = replace(told, read=True)
    _, _, realtime = send({"m": an_action(users=[BO])}, outgoing=outgoing)
    assert outgoing.stored[told.notification_id].read
    assert [each.read for each in realtime.published] == [True]


def test_one_event_brought_by_two_messages_is_stored_and_published_once():
    _, outgoing, realtime = send({"m1": an_action(), "m2": an_action()})
    assert len(outgoing.stored) == len(realtime.published) == 1


def test_ten_messages_are_stored_in_one_call():
    actions = {f"m{number}": an_action(event=f"event {number}") for number in range(10)}
    failed, outgoing, _ = send(actions)
    assert failed == {}
    assert len(outgoing.stored) == 10
    assert outgoing.calls == 1


def test_a_save_stores_and_publishes_nothing():
    failed, outgoing, realtime = send({"m": an_action(ActionType.SAVE)})
    assert (failed, outgoing.stored, realtime.published) == ({}, {}, [])


def test_a_failed_publish_brings_its_message_back_alone_and_keeps_what_is_stored():
    actions = {"m1": an_action(users=[BO], event="one"), "m2": an_action(users=[CY], event="two")}
    failed, outgoing, realtime = send(actions, realtime=FakeRealtime(**{BO: "not published: timed out"}))
    assert failed == {"m1": "not published: timed out"}
    assert {each.recipient for each in outgoing.stored.values()} == {BO, CY}
    assert [each.recipient for each in realtime.published] == [CY]


def test_what_could_not_be_published_is_published_when_the_message_comes_back():
    _, outgoing, _ = send({"m": an_action(users=[BO])}, realtime=FakeRealtime(**{BO: "timed out"}))
    failed, outgoing, realtime = send({"m": an_action(users=[BO])}, outgoing=outgoing)
    assert failed == {}
    assert len(outgoing.stored) == 1
    assert [each.recipient for each in realtime.published] == [BO]


def test_what_is_not_stored_is_not_published_and_its_message_comes_back():
    outgoing = FakeNotifications()
    _, probe, _ = send({"m": an_action(users=[BO])})
    outgoing.broken = dict.fromkeys(probe.stored, "not stored: throttled")
    failed, _, realtime = send({"m": an_action(users=[BO, CY])}, outgoing=outgoing)
    assert failed == {"m": "not stored: throttled"}
    assert [each.recipient for each in realtime.published] == [CY]


def test_a_group_that_cannot_be_read_fails_the_messages_that_need_it_and_no_others():
    actions = {
        "m1": an_action(users=[], groups=["finance"], event="one"),
        "m2": an_action(users=[], groups=["legal"], event="two"),
    }
    failed, outgoing, _ = send(actions, groups=FakeGroups(finance=None, legal=[CY]))
    assert failed.keys() == {"m1"}
    assert "finance" in failed["m1"]
    assert [each.recipient for each in outgoing.stored.values()] == [CY]


def test_too_many_recipients_fail_with_the_reason_and_nobody_is_told():
    crowd = [an_id(str(number)) for number in range(501)]
    failed, outgoing, _ = send({"m": an_action(users=[], groups=["all"])}, groups=FakeGroups(all=crowd))
    assert failed == {"m": "at least 501 recipients; one event may tell 500"}
    assert outgoing.stored == {}


def test_a_decision_does_not_ask_for_the_members_of_groups():
    groups = FakeGroups(finance=None)
    failed, _, _ = send({"m": an_action(ActionType.APPROVE, by=BO, groups=["finance"])}, groups=groups)
    assert (failed, groups.asked) == ({}, [])
