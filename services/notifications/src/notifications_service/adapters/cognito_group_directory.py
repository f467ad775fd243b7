"""Who is in which group, from the Cognito user pool."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.clock import Clock
from countersign_common.telemetry import Telemetry

from notifications_service.domain.recipients import RECIPIENT_LIMIT
from notifications_service.use_cases.ports import GroupUnavailable

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.client import CognitoIdentityProviderClient

KNOWN_FOR = timedelta(seconds=60)
"""How long a group's members are taken from memory: who joins or leaves is told or not within a minute."""

_PAGE = 60  # Cognito's largest page
_ENOUGH = RECIPIENT_LIMIT + 1  # one of them may be who acted


class CognitoGroups:
    """`Groups` on a user pool, remembered for a minute in this container. What failed is not remembered."""

    def __init__(
        self, client: "CognitoIdentityProviderClient", user_pool_id: str, clock: Clock, telemetry: Telemetry
    ) -> None:
        self._client = client
        self._user_pool_id = user_pool_id
        self._clock = clock
        self._telemetry = telemetry
        self._known: dict[str, tuple[datetime, frozenset[str]]] = {}

    def members(self, group: str) -> frozenset[str]:
        """See `Groups.members`. A call for each 60 members, and none for a minute afterwards."""
        now = self._clock()
        if group in self._known:
            known_at, members = self._known[group]
            if now - known_at < KNOWN_FOR:
                return members
        members = self._read(group)
        self._known[group] = (now, members)
        return members

    def _read(self, group: str) -> frozenset[str]:
        pages = self._client.get_paginator("list_users_in_group").paginate(
            UserPoolId=self._user_pool_id, GroupName=group, PaginationConfig={"PageSize": _PAGE}
        )
        members: set[str] = set()
        try:
            for page in pages:
                members.update(_user_id_of(user) for user in page["Users"] if user.get("Enabled"))
                if len(members) > _ENOUGH:
                    break
        except self._client.exceptions.ResourceNotFoundException:
            # A scheme may name a group that was deleted since; its other approvers are to be told all the same.
            self._telemetry.warning("a scheme names a group that does not exist", group=group)
        except (ClientError, BotoCoreError) as error:
            raise GroupUnavailable(f"the members of group {group!r} could not be read: {error}") from error
        return frozenset(members)


def _user_id_of(user: Mapping[str, Any]) -> str:
    return next(str(each["Value"]) for each in user["Attributes"] if each["Name"] == "sub")
