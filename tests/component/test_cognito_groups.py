"""Members of the user pool's groups. Only MiniStack has Cognito."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from countersign_common.telemetry import Telemetry

from engines.engine import Engine
from notifications_service.adapters.cognito_group_directory import CognitoGroupDirectory


@dataclass
class Pool:
    """A user pool with the group `approvers`.

    Attributes:
        client: A boto3 client.
        pool_id: Id of the pool.
        now: What the adapter's clock shows.
    """

    client: Any
    pool_id: str
    now: datetime = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)

    def add(self) -> str:
        """Create a user in the group; return the user name."""
        name = f"{uuid4().hex}@example.com"
        self.client.admin_create_user(UserPoolId=self.pool_id, Username=name, MessageAction="SUPPRESS")
        self.client.admin_add_user_to_group(UserPoolId=self.pool_id, Username=name, GroupName="approvers")
        return name

    def sub(self, name: str) -> str:
        """Return a user's id."""
        user = self.client.admin_get_user(UserPoolId=self.pool_id, Username=name)
        return next(str(each["Value"]) for each in user["UserAttributes"] if each["Name"] == "sub")

    def directory(self) -> CognitoGroupDirectory:
        """Return the adapter with an empty cache."""
        return CognitoGroupDirectory(self.client, self.pool_id, lambda: self.now, Telemetry("test").warning)

    def members(
        self, directory: CognitoGroupDirectory | None = None, group: str = "approvers"
    ) -> frozenset[str]:
        return (directory or self.directory()).members_of(group, deadline=self.now + timedelta(seconds=10))


@pytest.fixture
def pool(ministack: Engine) -> Iterator[Pool]:
    client = ministack.client("cognito-idp")
    pool_id = client.create_user_pool(PoolName=f"pool-{uuid4().hex[:12]}", UsernameAttributes=["email"])[
        "UserPool"
    ]["Id"]
    client.create_group(UserPoolId=pool_id, GroupName="approvers")
    yield Pool(client, pool_id)
    client.delete_user_pool(UserPoolId=pool_id)


def test_a_group_of_more_than_a_page_is_read_completely(pool: Pool) -> None:
    names = [pool.add() for _ in range(65)]
    assert pool.members() == frozenset(map(pool.sub, names))


def test_a_disabled_user_is_not_a_member(pool: Pool) -> None:
    enabled, disabled = pool.add(), pool.add()
    pool.client.admin_disable_user(UserPoolId=pool.pool_id, Username=disabled)
    assert pool.members() == {pool.sub(enabled)}


def test_a_group_that_does_not_exist_and_an_empty_group_have_no_members(pool: Pool) -> None:
    assert pool.members(group="no-such-group") == frozenset()
    assert pool.members() == frozenset()


def test_a_new_member_is_known_within_a_minute(pool: Pool) -> None:
    directory = pool.directory()
    first = pool.sub(pool.add())
    assert pool.members(directory) == {first}
    second = pool.sub(pool.add())
    pool.now += timedelta(seconds=59)
    assert pool.members(directory) == {first}
    pool.now += timedelta(seconds=1)
    assert pool.members(directory) == {first, second}
