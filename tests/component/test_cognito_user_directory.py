"""People and groups of a user pool. Only MiniStack has Cognito."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from countersign_common.clock import system_clock
from countersign_common.telemetry import Telemetry

from engines.engine import Engine
from workflow_service.adapters.cognito_user_directory import CognitoUserDirectory


class Pool:
    """A user pool."""

    def __init__(self, client: Any, pool_id: str) -> None:
        self.client = client
        self.pool_id = pool_id

    def add(self, name: str, *groups: str) -> str:
        """Create a user in groups; return the id."""
        email = f"{uuid4().hex}@example.com"
        created = self.client.admin_create_user(
            UserPoolId=self.pool_id,
            Username=email,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "name", "Value": name}],
        )
        for group in groups:
            self.client.admin_add_user_to_group(UserPoolId=self.pool_id, Username=email, GroupName=group)
        attributes = created["User"]["Attributes"]
        return next(str(each["Value"]) for each in attributes if each["Name"] == "sub")

    def directory(self) -> CognitoUserDirectory:
        """Return the adapter with an empty cache."""
        return CognitoUserDirectory(self.client, self.pool_id, system_clock, Telemetry("test").warning)


@pytest.fixture
def pool(ministack: Engine) -> Iterator[Pool]:
    client = ministack.client("cognito-idp")
    name = f"pool-{uuid4().hex[:12]}"
    pool_id = client.create_user_pool(PoolName=name, UsernameAttributes=["email"])["UserPool"]["Id"]
    client.create_group(UserPoolId=pool_id, GroupName="approvers", Description="Decide")
    client.create_group(UserPoolId=pool_id, GroupName="empty")
    yield Pool(client, pool_id)
    client.delete_user_pool(UserPoolId=pool_id)


def test_names_are_read_by_id(pool: Pool) -> None:
    rita, bo = pool.add("Rita"), pool.add("Bo")
    assert pool.directory().names_of([rita, bo, str(uuid4())]) == {rita: "Rita", bo: "Bo"}
    assert pool.directory().get(str(uuid4())) is None


def test_a_search_of_more_than_a_page_is_read_completely(pool: Pool) -> None:
    added = {pool.add(f"Rita {number}") for number in range(5)}
    pool.add("Bo")
    directory, found, token = pool.directory(), set(), None
    while True:
        page = directory.people("name", "rita", token=token, limit=2)
        found |= {each.user_id for each in page.items}
        token = page.next_position
        if token is None:
            break
    assert found == added


def test_groups_have_descriptions_and_members(pool: Pool) -> None:
    rita = pool.add("Rita", "approvers")
    directory = pool.directory()
    groups = directory.groups(token=None, limit=60).items
    assert [(each.name, each.description) for each in groups] == [("approvers", "Decide"), ("empty", "")]
    members = directory.members("approvers", token=None, limit=60)
    assert members is not None
    assert [each.user_id for each in members.items] == [rita]
    empty = directory.members("empty", token=None, limit=60)
    assert empty is not None
    assert list(empty.items) == []
    assert directory.members("no-such-group", token=None, limit=60) is None
