from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from notifications_service.domain.change import WorkflowChange
from notifications_service.domain.erasure import ResolutionPlace
from notifications_service.domain.notification import ErasedParts, NotificationKind
from notifications_service.domain.resolution import ended_rounds, round_id
from notifications_service.use_cases.resolve_requests import ResolveRequests
from notifications_service.use_cases.send_notifications import SendNotifications

from ..builders import ANN, BO, CY, DEE, NOON, WORKFLOW, an_id, an_incoming_event, people
from ..fakes import (
    FakeApprovalRounds,
    FakeCheckpoints,
    FakeErasedEvents,
    FakeGroups,
    FakeNotifications,
    FakePublisher,
)


@dataclass
class Sender:
    """The use case with the fakes that it runs on."""

    groups: FakeGroups = field(default_factory=FakeGroups)
    notifications: FakeNotifications = field(default_factory=FakeNotifications)
    publisher: FakePublisher = field(default_factory=FakePublisher)
    checkpoints: FakeCheckpoints = field(default_factory=FakeCheckpoints)
    erased_events: FakeErasedEvents = field(default_factory=FakeErasedEvents)

    def __post_init__(self) -> None:
        self.rounds = FakeApprovalRounds(self.notifications)

    def __call__(self, **events):
        send = SendNotifications(
            self.groups,
            self.notifications,
            ResolveRequests(self.rounds),
            self.publisher,
            self.checkpoints,
            self.erased_events,
            self.notifications,
            lambda: NOON,
        )
        return send(events)


@pytest.fixture
def sender() -> Sender:
    return Sender()


def test_each_recipient_gets_one_notification_that_is_stored_and_published(sender):
    assert sender(m=an_incoming_event(users=[BO, CY])) == {}
    assert sender.notifications.recipients == sender.publisher.recipients == sorted([BO, CY])


def test_a_decision_notifies_the_requester_with_its_kind(sender):
    sender(m=an_incoming_event(action_type="REJECT", by=BO, requester=ANN, comment="Too expensive."))
    [notification] = sender.publisher.published
    assert (notification.recipient, notification.type) == (ANN, NotificationKind.REJECTED)
    assert (notification.comment, notification.created_at) == ("Too expensive.", NOON)


def test_a_decision_reads_no_groups():
    sender = Sender(groups=FakeGroups(finance=None))
    assert sender(m=an_incoming_event(action_type="APPROVE", by=BO, groups=["finance"])) == {}
    assert sender.groups.read == []


@pytest.mark.parametrize("action_type", ["SAVE", "ESCALATE"])
def test_an_action_without_a_notification_kind_stores_and_publishes_nothing(sender, action_type):
    assert sender(m=an_incoming_event(action_type=action_type, requester=BO, groups=["finance"])) == {}
    assert sender.notifications.stored == {}
    assert sender.publisher.published == []


def test_an_unknown_outcome_is_stored_as_it_is(sender):
    sender(m=an_incoming_event(outcome="ESCALATED"))
    assert [each.outcome for each in sender.notifications.stored.values()] == ["ESCALATED"]


def test_a_second_delivery_stores_nothing_and_publishes_the_stored_notification(sender):
    sender(m=an_incoming_event())
    [notification] = sender.notifications.stored.values()
    sender.notifications.mark(notification.notification_id, recipient=BO, read=True)
    sender(again=an_incoming_event())
    assert list(sender.notifications.stored.values()) == [replace(notification, read=True)]
    assert [each.read for each in sender.publisher.published] == [False, True]


def test_an_event_that_two_messages_deliver_is_stored_and_published_once(sender):
    assert sender(m1=an_incoming_event(), m2=an_incoming_event()) == {}
    assert len(sender.publisher.published) == 1


def test_both_messages_of_an_event_fail_with_it():
    sender = Sender(publisher=FakePublisher(**{BO: "not published: time-out"}))
    assert sender(m1=an_incoming_event(), m2=an_incoming_event()).keys() == {"m1", "m2"}


@pytest.mark.parametrize("stored_before", [False, True])
def test_an_event_that_is_delivered_after_its_erasure_stores_and_publishes_only_the_rest(
    sender, stored_before
):
    events = {
        "m1": an_incoming_event("one", users=[BO, CY], comment="Secret"),
        "m2": an_incoming_event("two", users=[DEE], comment="Secret"),
    }
    if stored_before:  # by a delivery that was stopped right after it
        sender(**events)
        sender.publisher.published.clear()
    sender.erased_events.add([(an_id("one"), ErasedParts(person=True, content=True))])
    assert sender(**events) == {}
    for notification in (*sender.notifications.stored.values(), *sender.publisher.published):
        shown = (notification.title, notification.comment, notification.action_owner.name)
        assert shown == (
            ("A new chair", "Secret", "Rana") if notification.recipient == DEE else ("", None, "")
        )
    assert sorted(sender.publisher.recipients) == sorted([BO, CY, DEE])


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (ErasedParts(person=True, content=False), ("A new chair", "Secret", "")),
        (ErasedParts(person=False, content=True), ("", None, "Rana")),
    ],
)
def test_each_part_is_erased_alone(sender, parts, shown):
    sender.erased_events.add([(an_id("an event"), parts)])
    sender(m=an_incoming_event(comment="Secret"))
    [stored] = sender.notifications.stored.values()
    assert (stored.title, stored.comment, stored.action_owner.name) == shown
    assert sender.publisher.published == [stored]


def test_ten_messages_are_stored_in_one_call(sender):
    assert sender(**{f"m{number}": an_incoming_event(f"event {number}") for number in range(10)}) == {}
    assert (len(sender.notifications.stored), sender.notifications.store_calls) == (10, 1)


def test_a_failed_publish_fails_its_message_only_and_the_notification_stays_stored():
    sender = Sender(publisher=FakePublisher(**{BO: "not published: time-out"}))
    failures = sender(one=an_incoming_event("one", users=[BO, DEE]), two=an_incoming_event("two", users=[CY]))
    assert failures == {"one": "1 of 2 not published: time-out"}
    assert sender.notifications.recipients == sorted([BO, CY, DEE])
    assert sorted(sender.publisher.recipients) == sorted([CY, DEE])


def test_what_was_not_published_is_published_when_the_message_is_delivered_again():
    sender = Sender(publisher=FakePublisher(**{BO: "not published: time-out"}))
    sender(m=an_incoming_event())
    sender.publisher.failing.clear()
    assert sender(m=an_incoming_event()) == {}
    assert sender.publisher.recipients == [BO]


def test_what_is_not_stored_is_not_published_and_fails_its_message():
    sender = Sender(notifications=FakeNotifications(failing={BO: "not stored: throttled"}))
    assert sender(m=an_incoming_event(users=[BO, CY])) == {"m": "1 of 2 not stored: throttled"}
    assert sender.publisher.recipients == [CY]


def test_a_group_that_cannot_be_read_fails_the_messages_that_need_it_only():
    sender = Sender(groups=FakeGroups(finance=None, legal=[CY]))
    failures = sender(
        m1=an_incoming_event("one", users=[], groups=["finance"]),
        m2=an_incoming_event("two", users=[], groups=["legal"]),
    )
    assert failures == {"m1": "The members of group 'finance' can't be read."}
    assert sender.publisher.recipients == [CY]


def test_1700_recipients_are_all_notified():
    everyone = people(1_700)
    sender = Sender(groups=FakeGroups(everyone=everyone))
    assert sender(m=an_incoming_event(users=[], groups=["everyone"])) == {}
    assert sender.notifications.recipients == everyone
    assert sender.publisher.recipients == everyone


def test_more_recipients_than_fit_in_one_delivery_are_notified_in_several_and_none_twice():
    everyone = people(1_700)
    sender = Sender(groups=FakeGroups(everyone=everyone), publisher=FakePublisher(capacity=700))
    event = an_incoming_event(users=[], groups=["everyone"])
    assert sender(m=event) == {"m": "1000 of 1700 not published: no time left"}
    assert sender.notifications.recipients == everyone
    assert sender(m=event) == {"m": "300 of 1700 not published: no time left"}
    assert sender(m=event) == {}
    assert sender.publisher.recipients == everyone


def test_after_a_failure_everything_behind_it_is_published_again():
    first, second, third = people(3)
    sender = Sender(publisher=FakePublisher(**{second: "not published: time-out"}))
    sender(m=an_incoming_event(users=people(3)))
    assert sender.checkpoints == {an_id("an event"): first}
    sender.publisher.failing.clear()
    assert sender(m=an_incoming_event(users=people(3))) == {}
    assert sender.publisher.recipients == [first, third, second, third]


def test_a_user_who_joins_a_group_between_two_deliveries_is_notified_wherever_they_sort():
    newcomer, *others = people(5)
    sender = Sender(groups=FakeGroups(finance=others), publisher=FakePublisher(capacity=2))
    event = an_incoming_event(users=[], groups=["finance"])
    sender(m=event)
    sender.groups = FakeGroups(finance=[newcomer, *others])
    sender.publisher.failing = {newcomer: "not published: time-out"}
    sender(m=event)
    sender.publisher.failing = {}
    sender.publisher.capacity = 10
    assert sender(m=event) == {}
    assert set(sender.publisher.recipients) == {newcomer, *others}


@pytest.mark.parametrize("number", range(5))  # ids that sort before and after that of the large event
def test_small_events_do_not_wait_for_a_large_one(number):
    sender = Sender(groups=FakeGroups(everyone=people(50)), publisher=FakePublisher(capacity=10))
    failures = sender(
        large=an_incoming_event("large", users=[], groups=["everyone"]),
        small=an_incoming_event(f"small {number}", users=[BO]),
    )
    assert failures == {"large": "41 of 50 not published: no time left"}
    assert sender.publisher.recipients[0] == BO


def test_a_first_delivery_reads_no_checkpoint(sender):
    sender(m=an_incoming_event())
    assert sender.checkpoints.reads == []
    sender(m=an_incoming_event())
    assert sender.checkpoints.reads == [an_id("an event")]


def test_a_failure_lists_the_three_most_frequent_reasons_with_their_numbers():
    reasons = ["throttled"] * 4 + ["time-out"] * 3 + ["rejected"] * 2 + ["no connection"]
    publisher = FakePublisher(**dict(zip(people(10), reasons, strict=True)))
    failures = Sender(publisher=publisher)(m=an_incoming_event(users=people(12)))
    assert failures == {"m": "4 of 12 throttled; 3 of 12 time-out; 2 of 12 rejected"}


def test_reading_storing_and_publishing_share_the_time_budget():
    deadlines: dict[str, timedelta] = {}

    class Groups(FakeGroups):
        def members_of(self, group: str, *, deadline: datetime) -> frozenset[str]:
            deadlines["read"] = deadline - NOON
            return super().members_of(group, deadline=deadline)

    class Notifications(FakeNotifications):
        def store(self, notifications, *, deadline):
            deadlines["store"] = deadline - NOON
            return super().store(notifications, deadline=deadline)

    class Publisher(FakePublisher):
        def publish(self, notifications, *, deadline):
            deadlines["publish"] = deadline - NOON
            return super().publish(notifications, deadline=deadline)

    class Rounds(FakeApprovalRounds):
        def resolve(self, notification_ids, resolution, *, deadline):
            deadlines["resolve"] = deadline - NOON
            return super().resolve(notification_ids, resolution, deadline=deadline)

    sender = Sender(Groups(finance=[BO]), Notifications(), Publisher())
    sender.rounds = Rounds(sender.notifications)
    sender(m=an_incoming_event("request", groups=["finance"]))
    sender(m=an_incoming_event("decision", **DECISION))
    # The function's time-out is 30 seconds. The last call that starts in time takes up to ten.
    seconds = {name: deadline.total_seconds() for name, deadline in deadlines.items()}
    assert seconds == {"read": 10, "store": 10, "resolve": 10, "publish": 20}


def changed(sender: Sender) -> list[str]:
    """Return who was sent a change, in order."""
    return [each.recipient for each in sender.publisher.changes]


def test_a_request_is_a_change_for_requester_and_approvers_with_the_members_of_groups():
    sender = Sender(groups=FakeGroups(finance=[CY, DEE]))
    assert sender(m=an_incoming_event(users=[BO], groups=["finance"], sequence=7)) == {}
    assert changed(sender) == sorted([ANN, BO, CY, DEE])
    assert set(sender.publisher.changes) == {
        WorkflowChange(each, WORKFLOW, 7, NOON) for each in (ANN, BO, CY, DEE)
    }


def test_a_decision_is_a_change_for_requester_approvers_and_who_decided(sender):
    sender(m=an_incoming_event(action_type="APPROVE", by=CY, requester=ANN, users=[BO, CY]))
    assert changed(sender) == sorted([ANN, BO, CY])


def test_a_save_is_a_change_for_the_requester_only(sender):
    sender(m=an_incoming_event(action_type="SAVE", stepId=None, users=[BO], groups=["finance"]))
    assert changed(sender) == [ANN]


def test_an_unknown_action_in_a_step_is_a_change_for_those_who_are_known(sender):
    sender(m=an_incoming_event(action_type="ESCALATE", by=CY, users=[BO], groups=["finance"]))
    assert changed(sender) == sorted([ANN, BO, CY])


def test_a_machine_that_acts_receives_no_change(sender):
    event = an_incoming_event(users=[BO])
    owner = replace(event.data.action_owner, type="machine", id="a-client")
    sender(m=replace(event, data=replace(event.data, action_owner=owner)))
    assert changed(sender) == sorted([ANN, BO])


def test_changes_are_published_after_all_notifications():
    order: list[str] = []

    class Publisher(FakePublisher):
        def publish(self, notifications, *, deadline):
            order.append("notifications")
            return super().publish(notifications, deadline=deadline)

        def publish_changes(self, changes, *, deadline):
            order.append("changes")
            assert deadline - NOON == timedelta(seconds=20)

    Sender(publisher=Publisher())(one=an_incoming_event("one"), two=an_incoming_event("two", users=[CY]))
    assert order == ["notifications", "changes"]


def test_an_event_that_cannot_be_sent_to_one_recipient_is_still_a_change_for_the_others():
    sender = Sender(publisher=FakePublisher(**{BO: "not published: time-out"}))
    assert sender(m=an_incoming_event(users=[BO, CY])).keys() == {"m"}
    assert changed(sender) == sorted([ANN, CY])


def test_the_same_event_is_the_same_changes_in_each_delivery(sender):
    sender(m1=an_incoming_event(users=[BO, CY]), m2=an_incoming_event(users=[BO, CY]))
    first = list(sender.publisher.changes)
    sender.publisher.changes.clear()
    sender(m1=an_incoming_event(users=[BO, CY]))
    assert sender.publisher.changes == first
    assert len(first) == 3


REQUEST = {"users": [BO, CY], "sequence": 2}
DECISION = {"action_type": "APPROVE", "by": CY, "users": [BO, CY], "sequence": 3}


def requested(sender: Sender) -> dict[str, tuple[bool, str | None]]:
    """Return whether the notification of each approver is read, and which action resolved it."""
    return {
        each.recipient: (each.read, each.resolution and each.resolution.action_type)
        for each in sender.notifications.stored.values()
        if each.type is NotificationKind.APPROVAL_REQUESTED
    }


def test_a_decision_resolves_the_notifications_of_all_approvers_and_says_who_decided_when(sender):
    sender(m=an_incoming_event("request", **REQUEST))
    assert requested(sender) == {BO: (False, None), CY: (False, None)}
    sender(m=an_incoming_event("decision", **DECISION, occurredAt="2026-01-31T12:05:00.000Z"))
    assert requested(sender) == {BO: (True, "APPROVE"), CY: (True, "APPROVE")}
    assert sender.notifications.count_unread(BO) == 0
    resolution = next(
        each.resolution for each in sender.notifications.stored.values() if each.recipient == BO
    )
    assert resolution is not None
    assert (resolution.by.id, resolution.by.name, resolution.at) == (CY, "Rana", NOON + timedelta(minutes=5))


def test_the_notification_of_the_decision_itself_is_unread_and_has_no_resolution(sender):
    sender(m=an_incoming_event("request", **REQUEST))
    sender(m=an_incoming_event("decision", **DECISION))
    [approved] = [each for each in sender.notifications.stored.values() if each.recipient == ANN]
    assert (approved.read, approved.resolution) == (False, None)


@pytest.mark.parametrize("action_type", ["REJECT", "WITHDRAW", "CANCEL"])
def test_other_actions_that_end_a_request_resolve_it_too(sender, action_type):
    sender(m=an_incoming_event("request", **REQUEST))
    sender(m=an_incoming_event("end", **DECISION | {"action_type": action_type}))
    assert requested(sender) == {BO: (True, action_type), CY: (True, action_type)}


def test_a_request_that_is_delivered_after_its_decision_is_stored_and_published_as_resolved(sender):
    sender(m=an_incoming_event("decision", **DECISION))
    assert sender(m=an_incoming_event("request", **REQUEST)) == {}
    assert requested(sender) == {BO: (True, "APPROVE"), CY: (True, "APPROVE")}
    published = [each for each in sender.publisher.published if each.recipient == BO]
    assert [(each.read, each.resolution and each.resolution.action_type) for each in published] == [
        (True, "APPROVE")
    ]


@pytest.mark.parametrize("order", [("request", "decision"), ("decision", "request")])
def test_a_request_and_its_decision_in_one_batch_are_resolved(sender, order):
    events = {
        "request": an_incoming_event("request", **REQUEST),
        "decision": an_incoming_event("decision", **DECISION),
    }
    assert sender(**{name: events[name] for name in order}) == {}
    assert requested(sender) == {BO: (True, "APPROVE"), CY: (True, "APPROVE")}


def test_repeated_deliveries_resolve_nothing_twice(sender):
    for _ in range(2):
        sender(m=an_incoming_event("request", **REQUEST))
        sender(m=an_incoming_event("decision", **DECISION))
    assert len(sender.rounds.resolved) == 2


def test_the_rejection_is_the_resolution_whether_it_is_delivered_before_or_after_the_next_request():
    rejection = an_incoming_event("rejection", **DECISION | {"action_type": "REJECT"})
    again = an_incoming_event("again", users=[BO, CY], sequence=4, round=2)
    for order in ([rejection, again], [again, rejection]):
        sender = Sender()
        sender(m=an_incoming_event("request", **REQUEST))
        sender(m=order[0])
        sender(m=order[1])
        first, second = (
            [
                each
                for each in sender.notifications.stored.values()
                if each.recipient == BO and each.round == number
            ]
            for number in (1, 2)
        )
        assert [each.resolution and each.resolution.action_type for each in (*first, *second)] == [
            "REJECT",
            None,
        ]
        assert [each.read for each in (*first, *second)] == [True, False]


def test_a_later_request_alone_resolves_the_one_before_it(sender):
    sender(m=an_incoming_event("request", **REQUEST))
    sender(m=an_incoming_event("again", users=[BO], sequence=4, round=2))
    resolved = [each for each in sender.notifications.stored.values() if each.resolution]
    assert {(each.recipient, each.round) for each in resolved} == {(BO, 1), (CY, 1)}
    assert {each.resolution.action_type for each in resolved if each.resolution} == {"REQUEST"}


def test_a_decision_is_not_a_request_that_the_next_round_resolves(sender):
    sender(m=an_incoming_event("request", **REQUEST))
    sender(m=an_incoming_event("rejection", **DECISION | {"action_type": "REJECT"}))
    sender(m=an_incoming_event("again", users=[BO], sequence=4, round=2))
    [rejected] = [each for each in sender.notifications.stored.values() if each.recipient == ANN]
    assert (rejected.read, rejected.resolution) == (False, None)


def test_a_request_of_the_second_round_that_is_delivered_after_its_decision_resolves_both_rounds(sender):
    sender(m=an_incoming_event("request", **REQUEST))
    sender(m=an_incoming_event("decision", **DECISION | {"sequence": 5, "round": 2}))
    assert sender(m=an_incoming_event("again", users=[BO, CY], sequence=4, round=2)) == {}
    resolved = {
        (each.round, each.recipient): each.resolution and each.resolution.action_type
        for each in sender.notifications.stored.values()
        if each.type is NotificationKind.APPROVAL_REQUESTED
    }
    assert resolved == {(1, BO): "REQUEST", (1, CY): "REQUEST", (2, BO): "APPROVE", (2, CY): "APPROVE"}


def test_decisions_of_two_workflows_in_one_batch_are_published_with_their_requests(sender):
    decisions = {
        name: an_incoming_event(f"decision {name}", **DECISION, workflowId=an_id(name)) for name in "ab"
    }
    sender(**decisions)
    sender(**{name: an_incoming_event(f"request {name}", **REQUEST, workflowId=an_id(name)) for name in "ab"})
    published = [each for each in sender.publisher.published if each.recipient == BO]
    assert {each.workflow_id for each in published if each.resolution is not None} == {an_id("a"), an_id("b")}


def test_a_request_whose_publication_failed_is_published_with_the_resolution_that_came_in_between():
    sender = Sender(publisher=FakePublisher(**{BO: "throttled"}))
    sender(m=an_incoming_event("request", **REQUEST))
    rounds = FakeApprovalRounds(FakeNotifications())  # the stored notification isn't resolved yet
    decision = an_incoming_event("decision", **DECISION)
    for number, ending in ended_rounds(decision):
        rounds.add_ending(WORKFLOW, number, ending)
    sender.rounds = rounds
    sender.publisher = FakePublisher()
    assert sender(m=an_incoming_event("request", **REQUEST)) == {}
    [published] = [each for each in sender.publisher.published if each.recipient == BO]
    assert published.resolution is not None


def test_a_user_who_has_left_the_group_receives_the_resolution_and_the_change():
    sender = Sender(groups=FakeGroups(finance=[CY, DEE]))
    sender(m=an_incoming_event("request", users=[], groups=["finance"]))
    sender.groups = FakeGroups(finance=None)
    sender.publisher.changes.clear()
    decision = DECISION | {"users": [], "groups": ["finance"]}
    assert sender(m=an_incoming_event("decision", **decision)) == {}
    assert requested(sender) == {CY: (True, "APPROVE"), DEE: (True, "APPROVE")}
    assert changed(sender) == sorted([ANN, CY, DEE])


def test_of_too_many_recipients_only_those_that_are_stored_are_resolved(monkeypatch):
    monkeypatch.setattr("notifications_service.use_cases.resolve_requests.RECIPIENTS_LIMIT", 2)
    sender = Sender()
    sender(m=an_incoming_event("request", users=people(3)))
    sender(m=an_incoming_event("decision", **DECISION))
    assert [read for read, _ in (requested(sender)[each] for each in people(3))] == [True, True, False]


def test_a_round_that_cannot_be_read_fails_its_message_and_the_notifications_are_sent(sender):
    sender.rounds.is_busy = True
    failures = sender(m=an_incoming_event("request", **REQUEST), d=an_incoming_event("decision", **DECISION))
    assert failures.keys() == {"m", "d"}
    assert failures["m"] == "not resolved: The database is busy."
    assert sorted(sender.publisher.recipients) == sorted([ANN, BO, CY])
    sender.rounds.is_busy = False
    assert (
        sender(m=an_incoming_event("request", **REQUEST), d=an_incoming_event("decision", **DECISION)) == {}
    )
    assert requested(sender) == {BO: (True, "APPROVE"), CY: (True, "APPROVE")}


def test_a_notification_that_is_not_resolved_fails_the_decision_and_the_others_are_resolved(sender):
    sender(m=an_incoming_event("request", **REQUEST))
    sender.rounds.failing = {BO: "not resolved: throttled"}
    assert sender(d=an_incoming_event("decision", **DECISION)) == {"d": "1 of 2 not resolved: throttled"}
    assert requested(sender) == {BO: (False, None), CY: (True, "APPROVE")}
    sender.rounds.failing = {}
    assert sender(d=an_incoming_event("decision", **DECISION)) == {}
    assert requested(sender) == {BO: (True, "APPROVE"), CY: (True, "APPROVE")}


@pytest.mark.parametrize("order", [("request", "decision"), ("decision", "request")])
def test_a_decision_whose_name_was_erased_leaves_none_in_resolutions(sender, order):
    events = {
        "request": an_incoming_event("request", **REQUEST),
        "decision": an_incoming_event("decision", **DECISION),
    }
    sender.erased_events.add([(an_id("decision"), ErasedParts(person=True, content=False))])
    for name in order:
        sender(m=events[name])
    names = {each.resolution.by.name for each in sender.notifications.stored.values() if each.resolution}
    published = {each.resolution.by.name for each in sender.publisher.published if each.resolution}
    assert (names, published - names) == ({""}, set())
    of_request = [each for each in sender.publisher.published if each.recipient == BO]
    assert len([each for each in of_request if each.resolution]) == (order[0] == "decision")
    # The name in the round, too: it would be given to requests that are delivered later.
    assert ResolutionPlace.in_round(round_id(WORKFLOW, 1), 3) in sender.notifications.erased_places
