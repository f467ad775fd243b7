import pytest

from notifications_service.domain.notification import NotificationKind
from notifications_service.domain.recipients import approver_groups, notification_kind_for, recipients_of

from ..builders import ANN, BO, CY, DEE, a_workflow_event, people

DECISIONS = ["APPROVE", "REJECT"]
NO_NOTIFICATION = ["SAVE", "ESCALATE", "request", ""]


@pytest.mark.parametrize(
    ("action_type", "kind"),
    [
        ("REQUEST", NotificationKind.APPROVAL_REQUESTED),
        ("APPROVE", NotificationKind.APPROVED),
        ("REJECT", NotificationKind.REJECTED),
        *((action_type, None) for action_type in NO_NOTIFICATION),
    ],
)
def test_each_known_action_type_has_a_kind_and_others_have_none(action_type, kind):
    assert notification_kind_for(action_type) is kind


def test_the_recipients_of_a_request_are_the_approvers_and_the_members_of_their_groups():
    event = a_workflow_event("REQUEST", users=[BO], groups=["finance", "legal"])
    assert set(recipients_of(event, {"finance": [CY], "legal": [CY, DEE]})) == {BO, CY, DEE}


@pytest.mark.parametrize("action_type", DECISIONS)
def test_the_recipient_of_a_decision_is_the_requester(action_type):
    event = a_workflow_event(action_type, by=BO, requester=ANN, users=[BO, CY], groups=["finance"])
    assert recipients_of(event, {}) == (ANN,)


@pytest.mark.parametrize("action_type", ["SAVE", "ESCALATE"])
def test_an_action_without_a_kind_has_no_recipients(action_type):
    assert recipients_of(a_workflow_event(action_type, by=ANN, requester=BO), {}) == ()


def test_the_action_owner_is_never_a_recipient():
    request = a_workflow_event("REQUEST", by=BO, users=[BO, CY], groups=["finance"])
    assert recipients_of(request, {"finance": [BO]}) == (CY,)
    assert recipients_of(a_workflow_event("APPROVE", by=ANN, requester=ANN), {}) == ()


def test_a_user_who_is_named_more_than_once_is_one_recipient():
    event = a_workflow_event(users=[BO, BO, CY], groups=["finance", "legal"])
    assert recipients_of(event, {"finance": [BO, CY], "legal": [CY]}) == tuple(sorted([BO, CY]))


def test_the_number_of_recipients_has_no_limit_and_they_are_sorted():
    everyone = people(1_700)
    event = a_workflow_event(users=[], groups=["everyone"])
    assert recipients_of(event, {"everyone": reversed(everyone)}) == tuple(everyone)


def test_only_a_request_needs_the_members_of_groups():
    assert approver_groups(a_workflow_event("REQUEST", groups=["finance", "finance"])) == {"finance"}
    for action_type in (*DECISIONS, "SAVE", "ESCALATE"):
        assert approver_groups(a_workflow_event(action_type, groups=["finance"])) == frozenset()
