"""Who is in a group."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from countersign_common.clock import Clock
from countersign_common.telemetry import Telemetry

from notifications_service.adapters import clients
from notifications_service.adapters.cognito_groups import CognitoGroups
from notifications_service.use_cases.ports import GroupUnavailable

from ..aws import Answer, Call, FakeAws, an_error
from ..builders import BO, CY, DEE, NOON, an_id


class MovingClock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def groups_on(aws: FakeAws, clock: Clock = lambda: NOON) -> CognitoGroups:
    return CognitoGroups(clients.cognito(aws.session), "a-pool", clock, Telemetry("test"))


def user(user_id: str, *, enabled: bool = True) -> dict[str, Any]:
    attributes = [{"Name": "email", "Value": "x@example.com"}, {"Name": "sub", "Value": user_id}]
    return {"Username": "x@example.com", "Attributes": attributes, "Enabled": enabled}


def page(*users: dict[str, Any], more: str | None = None) -> Answer:
    return Answer({"Users": list(users)} | ({"NextToken": more} if more else {}))


def test_the_members_of_all_pages_are_found_by_their_sub(aws):
    aws.answers("ListUsersInGroup", page(user(BO), more="next"), page(user(CY)))
    assert groups_on(aws).members("finance") == {BO, CY}
    assert [call.asked.get("NextToken") for call in aws.calls] == [None, "next"]
    assert aws.calls[0].asked == {"UserPoolId": "a-pool", "GroupName": "finance", "Limit": 60}


def test_disabled_users_are_left_out(aws):
    aws.answers("ListUsersInGroup", page(user(BO), user(DEE, enabled=False)))
    assert groups_on(aws).members("finance") == {BO}


def test_members_are_remembered_for_a_minute_for_each_group(aws):
    clock = MovingClock()
    groups = groups_on(aws, clock)
    aws.answers("ListUsersInGroup", page(user(BO)), page(user(CY)), page(user(DEE)))
    assert groups.members("finance") == {BO}
    assert groups.members("legal") == {CY}
    clock.now += timedelta(seconds=59)
    assert groups.members("finance") == {BO}
    assert len(aws.calls) == 2
    clock.now += timedelta(seconds=1)
    assert groups.members("finance") == {DEE}


def test_a_failure_is_told_and_not_remembered(aws):
    groups = groups_on(aws)
    aws.answers("ListUsersInGroup", an_error("InternalErrorException"), page(user(BO)))
    with pytest.raises(GroupUnavailable, match="'finance'"):
        groups.members("finance")
    assert groups.members("finance") == {BO}


def test_a_throttled_request_is_tried_again(aws):
    aws.answers("ListUsersInGroup", an_error("TooManyRequestsException"), page(user(BO)))
    assert groups_on(aws).members("finance") == {BO}


def test_a_group_that_does_not_exist_has_no_members_and_is_warned_about(aws, capsys):
    aws.answers("ListUsersInGroup", an_error("ResourceNotFoundException"))
    assert groups_on(aws).members("gone") == frozenset()
    assert '"group":"gone"' in capsys.readouterr().out


def test_reading_stops_once_there_are_more_than_can_be_told(aws):
    numbers = iter(range(10_000))

    def endless(call: Call) -> Answer:
        return page(*(user(an_id(str(next(numbers)))) for _ in range(60)), more=f"after {next(numbers)}")

    aws.answers("ListUsersInGroup", endless)
    assert len(groups_on(aws).members("everybody")) == 540
    assert len(aws.calls) == 9
