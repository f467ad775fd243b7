"""People who sign in: as many as a test needs, each known to that test only."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import uuid4

from harness.tokens import claims_of
from local_cloud.accounts import SignedIn
from local_cloud.api import Answer, Api
from local_cloud.mqtt import Subscriber
from local_cloud.running import RunningCloud

_PASSWORD = "Correct-horse-7"


@dataclass(frozen=True)
class Person:
    """Somebody signed in.

    Attributes:
        name: to show.
        email, password: what the console asks for.
        signed_in: Cognito's tokens and `sub`.
        cloud: where they are signed in.
    """

    name: str
    email: str
    password: str
    signed_in: SignedIn
    cloud: RunningCloud = field(repr=False)

    @property
    def user_id(self) -> str:
        """Cognito's `sub`."""
        return self.signed_in.user_id

    @property
    def token(self) -> str:
        """The ID token."""
        return self.signed_in.id_token

    @cached_property
    def api(self) -> Api:
        """The API as this person sees it; for one thread."""
        return self.cloud.api(self.token)

    def subscribe(self) -> Subscriber:
        """A subscriber to this person's notifications; enter it to connect."""
        return self.cloud.subscriber(self.signed_in)

    def create_workflow(self, scheme: str, action_type: str = "SAVE", **body: Any) -> Answer:
        """POST /workflows with sound values for what `body` does not give."""
        whole = {"actionType": action_type, "scheme": scheme, "title": "Train to Basel", "data": {}, **body}
        return self.api.post("/workflows", whole).expect(201)

    def act(self, workflow_id: str, action_type: str, **body: Any) -> Answer:
        """POST …/actions, whatever the answer is."""
        return self.api.post(f"/workflows/{workflow_id}/actions", {"actionType": action_type, **body})

    def get_workflow(self, workflow_id: str) -> dict[str, Any]:
        """The workflow as this person may see it."""
        workflow: dict[str, Any] = self.api.get(f"/workflows/{workflow_id}").expect(200).body
        return workflow

    def list_notifications(self, status: str = "all") -> list[dict[str, Any]]:
        """The first page of this person's notifications, newest first."""
        items: list[dict[str, Any]] = (
            self.api.get("/notifications", status=status, limit=100).expect(200).body["items"]
        )
        return items


def new_person(cloud: RunningCloud, name: str, *groups: str) -> Person:
    """Create an account nobody else uses and sign it in.

    Args:
        cloud: where.
        name: to show; the e-mail address is made from it.
        groups: that exist.
    """
    cognito = cloud.client("cognito-idp")
    pool = cloud.outputs["user_pool_id"]
    email = f"{name.lower()}-{uuid4().hex[:12]}@example.com"
    attributes = {"email": email, "email_verified": "true", "name": name}
    cognito.admin_create_user(
        UserPoolId=pool,
        Username=email,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": each, "Value": value} for each, value in attributes.items()],
    )
    cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=_PASSWORD, Permanent=True)
    for group in groups:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName=group)
    return _signed_in(cloud, name, email, _PASSWORD)


_accounts: dict[tuple[str, str], Person] = {}


def account(cloud: RunningCloud, name: str) -> Person:
    """One of the cloud's own four accounts, signed in once: requester, approver, auditor, admin."""
    key = (cloud.endpoint, name)
    if key not in _accounts:
        login = cloud.accounts[name]
        _accounts[key] = Person(
            name.capitalize(), login["email"], login["password"], cloud.sign_in(name), cloud
        )
    return _accounts[key]


def new_group(cloud: RunningCloud) -> str:
    """A Cognito group that is empty."""
    name = f"group-{uuid4().hex[:12]}"
    cloud.client("cognito-idp").create_group(UserPoolId=cloud.outputs["user_pool_id"], GroupName=name)
    return name


def _signed_in(cloud: RunningCloud, name: str, email: str, password: str) -> Person:
    answer = cloud.client("cognito-idp").initiate_auth(
        ClientId=cloud.outputs["user_pool_client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": password},
    )
    tokens = answer["AuthenticationResult"]
    who = SignedIn(
        name,
        claims_of(tokens["IdToken"])["sub"],
        tokens["IdToken"],
        tokens["AccessToken"],
        tokens["RefreshToken"],
    )
    return Person(name, email, password, who, cloud)
