"""Users of a local cloud: create an account, sign in, use the API."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jwt

from local_cloud.api import Api, Response
from local_cloud.mqtt import ReceivedNotification, Subscriber

if TYPE_CHECKING:
    from local_cloud.running import RunningCloud

GROUPS: dict[str, list[str]] = {
    "requester": [],
    "approver": ["approvers"],
    "auditor": ["auditors"],
    "admin": ["admins"],
}
"""The four accounts of every cloud, and their groups."""


@dataclass(frozen=True)
class Person:
    """A signed-in user.

    Attributes:
        id_token, access_token, refresh_token: Cognito's tokens; the API takes the ID token.
        user_id: Cognito's `sub`.
        api: The API as this user; for one thread.
    """

    name: str
    email: str
    password: str = field(repr=False)
    cloud: RunningCloud = field(repr=False)
    id_token: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    user_id: str
    api: Api = field(repr=False)

    def subscribe(self, on_notification: Callable[[ReceivedNotification], None] | None = None) -> Subscriber:
        """Return a subscriber to this user's notifications; enter it to connect."""
        session = self.api.post("/notifications/sessions", {}).expect(201).body
        return Subscriber(session, on_notification)

    def create_workflow(self, scheme: str, action_type: str = "SAVE", **body: Any) -> Response:
        """Send POST /workflows, with defaults for what `body` doesn't contain. Expects 201."""
        defaults = {"actionType": action_type, "scheme": scheme, "title": "Train to Basel", "data": {}}
        return self.api.post("/workflows", {**defaults, **body}).expect(201)

    def act(
        self, workflow_id: str, action_type: str, *, if_match: int | None = None, **body: Any
    ) -> Response:
        """Send POST /workflows/{workflowId}/actions and return any response.

        Args:
            if_match: The version that the user has seen. By default a decision, which requires one, is about the
                current version.
            body: More members of the body, such as `comment`.
        """
        if if_match is None and action_type in ("APPROVE", "REJECT"):
            current = self.api.get(f"/workflows/{workflow_id}")
            if_match = current.body["version"] if current.status == 200 else 1
        headers = {} if if_match is None else {"If_Match": f'"{if_match}"'}
        path = f"/workflows/{workflow_id}/actions"
        return self.api.post(path, {"actionType": action_type, **body}, **headers)

    def get_workflow(self, workflow_id: str) -> dict[str, Any]:
        """Return a workflow that this user may see."""
        return dict(self.api.get(f"/workflows/{workflow_id}").expect(200).body)

    def list_notifications(self, status: str = "all") -> list[dict[str, Any]]:
        """Return the first page of the inbox, newest first."""
        return list(self.api.get("/notifications", status=status, limit=100).expect(200).body["items"])


def sign_in(cloud: RunningCloud, name: str, email: str, password: str) -> Person:
    """Sign a user in with their password."""
    response = cloud.client("cognito-idp").initiate_auth(
        ClientId=cloud.outputs["user_pool_client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": password},
    )
    tokens = response["AuthenticationResult"]
    id_token, access_token, refresh_token = (
        tokens[name] for name in ("IdToken", "AccessToken", "RefreshToken")
    )
    user_id, api = claims_of(id_token)["sub"], cloud.api(id_token)
    return Person(name, email, password, cloud, id_token, access_token, refresh_token, user_id, api)


def create_user(cloud: RunningCloud, name: str, email: str, password: str, groups: Iterable[str]) -> None:
    """Create a Cognito user with a verified e-mail address, in existing groups."""
    cognito, pool = cloud.client("cognito-idp"), cloud.outputs["user_pool_id"]
    attributes = {"email": email, "email_verified": "true", "name": name}
    cognito.admin_create_user(
        UserPoolId=pool,
        Username=email,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
    )
    cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=True)
    for group in groups:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName=group)


def ensure_accounts(cloud: RunningCloud) -> None:
    """Create the missing ones of the four accounts. The cloud's record keeps their passwords."""
    cognito = cloud.client("cognito-idp")
    for account, groups in GROUPS.items():
        # Satisfies common password policies and is short enough to type.
        password = f"{account.capitalize()}-{secrets.token_hex(4)}-1"
        new = {"email": f"{account}@example.com", "password": password}
        login = cloud.record.accounts.setdefault(account, new)
        try:
            cognito.admin_get_user(UserPoolId=cloud.outputs["user_pool_id"], Username=login["email"])
        except cognito.exceptions.UserNotFoundException:
            create_user(cloud, account.capitalize(), login["email"], login["password"], groups)


def claims_of(token: str) -> dict[str, Any]:
    """Return the claims of a token without verifying it."""
    return dict(jwt.decode(token, options={"verify_signature": False}))
