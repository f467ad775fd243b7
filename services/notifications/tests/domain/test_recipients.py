"""Who is told what by which action."""

import pytest

from notifications_service.domain.action import ActionType
from notifications_service.domain.notification import NotificationType
from notifications_service.domain.recipients import (
    RECIPIENT_LIMIT,
    TooManyRecipients,
    groups_to_ask,
    recipients_of,
    told_by,
)

from ..builders import ANN, BO, CY, DEE, an_action, an_id


def test_a_request_is_told_to_the_approvers_that_are_named():
    action = an_action(ActionType.REQUEST, users=[CY, BO])
    assert set(recipients_of(action, {})) == {BO, CY}
    assert told_by(action) is NotificationType.APPROVAL_REQUESTED


def test_a_request_is_told_to_the_members_of_the_groups_that_approve():
    action = an_action(ActionType.REQUEST, users=[], groups=["finance", "legal"])
    assert set(recipients_of(action, {"finance": [BO], "legal": [CY, DEE]})) == {BO, CY, DEE}


@pytest.mark.parametrize(
    ("action_type", "kind"),
    [(ActionType.APPROVE, NotificationType.APPROVED), (ActionType.REJECT, NotificationType.REJECTED)],
)
def test_a_decision_is_told_to_the_requester_alone(action_type, kind):
    action = an_action(action_type, by=BO, requester=ANN, users=[BO, CY], groups=["finance"])
    assert recipients_of(action, {}) == (ANN,)
    assert told_by(action) is kind


def test_a_save_is_told_to_nobody():
    action = an_action(ActionType.SAVE, by=ANN, requester=BO)
    assert recipients_of(action, {}) == ()
    assert told_by(action) is None


def test_who_acted_is_never_told():
    assert recipients_of(an_action(by=BO, users=[BO, CY], groups=["g"]), {"g": [BO]}) == (CY,)
    assert recipients_of(an_action(ActionType.APPROVE, by=ANN, requester=ANN), {}) == ()


def test_who_is_named_more_than_once_is_told_once():
    action = an_action(users=[BO, CY], groups=["finance", "legal"])
    assert sorted(recipients_of(action, {"finance": [BO, CY], "legal": [CY]})) == sorted([BO, CY])


def test_the_order_is_the_same_each_time():
    people = [an_id(str(number)) for number in range(50)]
    assert recipients_of(an_action(users=people), {}) == tuple(sorted(people))


def test_only_a_request_asks_for_the_members_of_groups():
    assert groups_to_ask(an_action(ActionType.REQUEST, groups=["finance"])) == {"finance"}
    for action_type in (ActionType.SAVE, ActionType.APPROVE, ActionType.REJECT):
        assert groups_to_ask(an_action(action_type, groups=["finance"])) == frozenset()


def test_five_hundred_can_be_told_and_one_more_cannot():
    crowd = [an_id(str(number)) for number in range(RECIPIENT_LIMIT)]
    assert len(recipients_of(an_action(users=crowd), {})) == 500
    with pytest.raises(TooManyRecipients, match="one event may tell 500"):
        recipients_of(an_action(users=[*crowd, CY]), {})


def test_who_acted_does_not_count_towards_the_limit():
    crowd = [an_id(str(number)) for number in range(RECIPIENT_LIMIT)]
    assert len(recipients_of(an_action(by=CY, users=[*crowd, CY]), {})) == 500
