"""Members of the user pool's groups, on the embedded cloud: no other engine has Cognito."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from countersign_common.telemetry import Telemetry

from engines.engine import Engine
from notifications_service.adapters.cognito_groups import CognitoGroups


@dataclass
class Pool:
    """A user pool with one group.

    Attributes:
        client: boto3's.
        pool_id: the pool's.
        now: what the adapter's clock shows.
    """

    client: Any
    pool_id: str
    now: datetime = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)

    def joins(self, group: str = "approvers") -> str:
        """A new user in the group; answers the name. Its `sub` is what the adapter tells."""
        name = f"{uuid4().hex}@example.com"
        self.client.admin_create_user(UserPoolId=self.pool_id, Username=name, MessageAction="SUPPRESS")
        self.client.admin_add_user_to_group(UserPoolId=self.pool_id, Username=name, GroupName=group)
        return name

    def sub(self, name: str) -> str:
        """A user's id."""
        user = self.client.admin_get_user(UserPoolId=self.pool_id, Username=name)
        return next(str(each["Value"]) for each in user["UserAttributes"] if each["Name"] == "sub")

    def groups(self) -> CognitoGroups:
        """The adapter under test, as in a new container."""
        return CognitoGroups(self.client, self.pool_id, lambda: self.now, Telemetry("test"))


@pytest.fixture
def pool(ministack: Engine) -> Iterator[Pool]:
    """A pool of this test's own."""
    client = ministack.client("cognito-idp")
    pool_id = client.create_user_pool(PoolName=f"pool-{uuid4().hex[:12]}", UsernameAttributes=["email"])[
        "UserPool"
    ]["Id"]
    client.create_group(UserPoolId=pool_id, GroupName="approvers")
    yield Pool(client, pool_id)
    client.delete_user_pool(UserPoolId=pool_id)


def test_members_are_told_by_their_sub(pool: Pool) -> None:
    names = [pool.joins() for _ in range(3)]
    assert pool.groups().members("approvers") == frozenset(map(pool.sub, names))


def test_a_group_of_more_than_a_page_is_told_whole(pool: Pool) -> None:
    names = [pool.joins() for _ in range(65)]
    assert pool.groups().members("approvers") == frozenset(map(pool.sub, names))


def test_a_disabled_user_is_told_nothing(pool: Pool) -> None:
    stays, leaves = pool.joins(), pool.joins()
    pool.client.admin_disable_user(UserPoolId=pool.pool_id, Username=leaves)
    assert pool.groups().members("approvers") == {pool.sub(stays)}


def test_a_group_that_does_not_exist_has_no_members(pool: Pool) -> None:
    assert pool.groups().members("no-such-group") == frozenset()


def test_an_empty_group_has_no_members(pool: Pool) -> None:
    assert pool.groups().members("approvers") == frozenset()


def test_who_joins_is_told_within_a_minute(pool: Pool) -> None:
    groups = pool.groups()
    first = pool.sub(pool.joins())
    assert groups.members("approvers") == {first}
    second = pool.sub(pool.joins())
    pool.now += timedelta(seconds=59)
    assert groups.members("approvers") == {first}
    pool.now += timedelta(seconds=1)
    assert groups.members("approvers") == {first, second}
