"""Members of groups in a Cognito user pool."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.clock import Clock
from countersign_common.telemetry import Warn

from notifications_service.domain.errors import GroupUnavailableError

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

CACHE_TIME = timedelta(seconds=60)
"""How long the members of a group are cached: a change has an effect within this time."""

_PAGE = 60  # Cognito's largest page


class CognitoGroupDirectory:
    """`GroupDirectory` on a user pool, with a cache per container."""

    def __init__(
        self, client: "CognitoIdentityProviderClient", user_pool_id: str, clock: Clock, warn: Warn
    ) -> None:
        self._client = client
        self._user_pool_id = user_pool_id
        self._clock = clock
        self._warn = warn
        self._cache: dict[str, tuple[datetime, frozenset[str]]] = {}

    def members_of(self, group: str, *, deadline: datetime) -> frozenset[str]:
        """One ListUsersInGroup per 60 members, unless they are cached. Errors are not cached."""
        now = self._clock()
        if group in self._cache:
            cached_at, members = self._cache[group]
            if now - cached_at < CACHE_TIME:
                return members
        members = self._read(group, deadline)
        self._cache[group] = (now, members)
        return members

    def _read(self, group: str, deadline: datetime) -> frozenset[str]:
        pages = self._client.get_paginator("list_users_in_group").paginate(
            UserPoolId=self._user_pool_id, GroupName=group, PaginationConfig={"PageSize": _PAGE}
        )
        self._check_time(group, deadline, 0)
        members: set[str] = set()
        try:
            for page in pages:
                members.update(_user_id_of(user) for user in page["Users"] if user.get("Enabled"))
                if "NextToken" in page:
                    self._check_time(group, deadline, len(members))
        except self._client.exceptions.ResourceNotFoundException:
            # A scheme may name a deleted group. Its other approvers must be notified all the same.
            self._warn("a scheme names a group that does not exist", group=group)
        except (ClientError, BotoCoreError) as error:
            raise GroupUnavailableError(f"The members of group {group!r} can't be read: {error}") from error
        return frozenset(members)

    def _check_time(self, group: str, deadline: datetime, count: int) -> None:
        if self._clock() > deadline:
            raise GroupUnavailableError(
                f"No time left to read the members of group {group!r}; {count} were read."
            )


def _user_id_of(user: Mapping[str, Any]) -> str:
    return next(str(each["Value"]) for each in user["Attributes"] if each["Name"] == "sub")
