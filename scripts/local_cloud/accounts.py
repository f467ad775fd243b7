"""The people of an embedded cloud, and how they sign in."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import Any

import requests

from local_cloud import aws
from local_cloud.errors import CloudError
from local_cloud.state import CloudRecord

GROUPS: dict[str, list[str]] = {
    "requester": [],
    "approver": ["approvers"],
    "auditor": ["auditors"],
    "admin": ["admins"],
}
"""The four accounts, named for what they do, and the groups that let them."""


@dataclass(frozen=True)
class SignedIn:
    """A person with tokens.

    Attributes:
        account: the account's name, such as "approver".
        user_id: Cognito's `sub`.
        id_token: what the API is called with.
        access_token, refresh_token: Cognito's other two.
    """

    account: str
    user_id: str
    id_token: str
    access_token: str
    refresh_token: str


def ensure_accounts(record: CloudRecord, user_pool_id: str) -> None:
    """Create what is missing of the four accounts; their passwords are made once and kept in `record`."""
    cognito = aws.client("cognito-idp", record)
    for name, groups in GROUPS.items():
        login = record.accounts.setdefault(name, _login(name))
        try:
            cognito.admin_get_user(UserPoolId=user_pool_id, Username=login["email"])
        except cognito.exceptions.UserNotFoundException:
            _create(cognito, user_pool_id, name, login, groups)


def sign_in(record: CloudRecord, outputs: dict[str, Any], account: str) -> SignedIn:
    """Sign `account` in with its password.

    Raises:
        CloudError: there is no such account.
    """
    login = record.accounts.get(account)
    if login is None:
        raise CloudError(
            f"The cloud {record.name!r} has no account {account!r}; it has {', '.join(record.accounts)}."
        )
    answer = aws.client("cognito-idp", record).initiate_auth(
        ClientId=outputs["user_pool_client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": login["email"], "PASSWORD": login["password"]},
    )
    tokens = answer["AuthenticationResult"]
    return SignedIn(
        account=account,
        user_id=_claims(tokens["IdToken"])["sub"],
        id_token=tokens["IdToken"],
        access_token=tokens["AccessToken"],
        refresh_token=tokens["RefreshToken"],
    )


def machine_token(record: CloudRecord, outputs: dict[str, Any], scope: str) -> str:
    """An access token of the machine client by the client-credentials grant.

    Args:
        scope: such as "audit/write".

    Raises:
        CloudError: Cognito refused it.
    """
    answer = requests.post(
        f"{record.endpoint}/oauth2/token",
        data={"grant_type": "client_credentials", "scope": scope},
        auth=(outputs["machine_client_id"], outputs["machine_client_secret"]),
        timeout=10,
    )
    if answer.status_code != 200:
        raise CloudError(f"Cognito gave no machine token for {scope!r}: {answer.status_code} {answer.text}")
    token: str = answer.json()["access_token"]
    return token


def _login(name: str) -> dict[str, str]:
    # Upper and lower case, a digit and a sign, as password policies want them; short enough to type.
    return {"email": f"{name}@example.com", "password": f"{name.capitalize()}-{secrets.token_hex(4)}-1"}


def _create(cognito: Any, pool: str, name: str, login: dict[str, str], groups: list[str]) -> None:
    attributes = {"email": login["email"], "email_verified": "true", "name": name.capitalize()}
    cognito.admin_create_user(
        UserPoolId=pool,
        Username=login["email"],
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": each, "Value": value} for each, value in attributes.items()],
    )
    cognito.admin_set_user_password(
        UserPoolId=pool, Username=login["email"], Password=login["password"], Permanent=True
    )
    for group in groups:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=login["email"], GroupName=group)


def _claims(token: str) -> dict[str, Any]:
    """The claims of a token just received from Cognito; nothing here needs its signature checked."""
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims
