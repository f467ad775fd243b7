"""What comes in and goes out."""

import pytest
from countersign_common.events import MalformedEvent

from notifications_service import schemas
from notifications_service.domain.action import ActionType, Outcome

from .builders import BO, NOON, a_notification, an_event, event_data


def test_an_event_becomes_the_action_that_it_reports():
    action = schemas.action_of(an_event(event_data(approvers={"users": [BO, BO], "groups": ["finance"]})))
    assert (action.action_type, action.outcome) == (ActionType.REQUEST, Outcome.PENDING)
    assert (action.approvers.users, action.approvers.groups) == ({BO}, {"finance"})
    assert action.occurred_at == NOON
    assert action.correlation_id == "correlation-of-an-event"


def test_what_is_wrong_with_an_event_is_named():
    with pytest.raises(MalformedEvent, match="actionType"):
        schemas.action_of(an_event(event_data(actionType="SHRED")))


@pytest.mark.parametrize(
    "change",
    [{"round": 2**53}, {"sequence": 10**40}, {"requester": {"userId": BO, "name": "x" * 2_049}}],
    ids=["round", "sequence", "name"],
)
def test_what_the_table_would_refuse_together_with_other_messages_is_malformed(change):
    with pytest.raises(MalformedEvent, match=next(iter(change))):
        schemas.action_of(an_event(event_data(**change)))


def test_a_notification_loads_by_its_own_schema():
    told = schemas.notification_json(a_notification())
    assert schemas.Notification().validate(told) == {}
