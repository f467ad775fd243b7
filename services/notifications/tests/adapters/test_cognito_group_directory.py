from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from countersign_common.aws.clients import cognito_client
from countersign_common.telemetry import Telemetry

from notifications_service.adapters.cognito_group_directory import CognitoGroupDirectory
from notifications_service.domain.errors import GroupUnavailableError

from ..builders import LATER, NOON
from .tables import an_error, calls_of, failing


class Pool:
    """A user pool and the adapter on it.

    Attributes:
        now: What the clock shows.
        step: How far the clock advances each time it is read.
    """

    def __init__(self) -> None:
        self.client: Any = cognito_client()
        self.pool_id = self.client.create_user_pool(PoolName="a-pool", UsernameAttributes=["email"])[
            "UserPool"
        ]["Id"]
        for group in ("finance", "legal"):
            self.client.create_group(UserPoolId=self.pool_id, GroupName=group)
        self.now = NOON
        self.step = timedelta()
        self.directory = CognitoGroupDirectory(
            self.client, self.pool_id, self._clock, Telemetry("test").warning
        )

    def _clock(self) -> datetime:
        self.now += self.step
        return self.now

    def add(self, name: str, *groups: str) -> str:
        """Create a user in groups; return the user id."""
        user = self.client.admin_create_user(
            UserPoolId=self.pool_id, Username=f"{name}@example.com", MessageAction="SUPPRESS"
        )["User"]
        for group in groups:
            self.client.admin_add_user_to_group(
                UserPoolId=self.pool_id, Username=f"{name}@example.com", GroupName=group
            )
        return next(each["Value"] for each in user["Attributes"] if each["Name"] == "sub")

    def members_of(self, group: str) -> frozenset[str]:
        return self.directory.members_of(group, deadline=LATER)


@pytest.fixture
def pool(aws: None) -> Pool:
    return Pool()


def test_the_members_of_a_group_are_their_user_ids(pool):
    bo, cy = pool.add("bo", "finance"), pool.add("cy", "finance", "legal")
    pool.add("dee", "legal")
    assert pool.members_of("finance") == {bo, cy}


def test_all_members_of_a_large_group_are_read_60_per_call(pool):
    members = {pool.add(f"user{number}", "finance") for number in range(601)}
    with calls_of(pool.client) as calls:
        assert pool.members_of("finance") == members
    assert len(calls) == 11
    assert {params["Limit"] for _, params in calls} == {60}


def test_disabled_users_are_left_out(pool):
    bo = pool.add("bo", "finance")
    pool.add("dee", "finance")
    pool.client.admin_disable_user(UserPoolId=pool.pool_id, Username="dee@example.com")
    assert pool.members_of("finance") == {bo}


def test_members_are_cached_for_a_minute_per_group(pool):
    bo, cy = pool.add("bo", "finance"), pool.add("cy", "legal")
    assert pool.members_of("finance") == {bo}
    dee = pool.add("dee", "finance", "legal")
    pool.now += timedelta(seconds=59)
    assert pool.members_of("legal") == {cy, dee}
    with calls_of(pool.client) as calls:
        assert pool.members_of("finance") == {bo}
    assert calls == []
    pool.now += timedelta(seconds=1)
    assert pool.members_of("finance") == {bo, dee}


@pytest.mark.parametrize(
    "error",
    [
        an_error("InternalErrorException"),
        an_error("TooManyRequestsException"),
        ReadTimeoutError(endpoint_url="x"),
    ],
    ids=str,
)
def test_an_error_names_the_group_and_is_not_cached(pool, error):
    bo = pool.add("bo", "finance")
    with failing(pool.client, "ListUsersInGroup", error):
        with pytest.raises(GroupUnavailableError, match="'finance'"):
            pool.members_of("finance")
        assert pool.members_of("finance") == {bo}


def test_a_group_that_does_not_exist_has_no_members_and_is_logged(caplog, pool):
    assert pool.members_of("gone") == frozenset()
    assert [record.group for record in caplog.records] == ["gone"]


def test_a_group_that_is_not_read_by_the_deadline_is_an_error_and_not_cached(pool):
    members = {pool.add(f"user{number}", "finance") for number in range(130)}
    pool.step = timedelta(seconds=1)
    with (
        calls_of(pool.client) as calls,
        pytest.raises(GroupUnavailableError, match="'finance'; 120 were read"),
    ):
        pool.directory.members_of("finance", deadline=NOON + timedelta(seconds=3))
    assert len(calls) == 2
    assert pool.members_of("finance") == members


def test_after_the_deadline_only_the_cache_is_used(pool):
    bo = pool.add("bo", "finance")
    pool.members_of("finance")
    pool.now += timedelta(seconds=30)
    with calls_of(pool.client) as calls:
        assert pool.directory.members_of("finance", deadline=NOON) == {bo}
        with pytest.raises(GroupUnavailableError):
            pool.directory.members_of("legal", deadline=NOON)
    assert calls == []
