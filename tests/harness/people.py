"""Users for one test, and the cloud's four accounts."""

from uuid import uuid4

from local_cloud.people import Person, create_user, sign_in
from local_cloud.running import RunningCloud

_PASSWORD = "Correct-horse-7"
_accounts: dict[tuple[str, str], Person] = {}


def new_person(cloud: RunningCloud, name: str, *groups: str) -> Person:
    """Create a user that no other test knows, in existing groups, and sign them in."""
    email = f"{name.lower()}-{uuid4().hex[:12]}@example.com"
    create_user(cloud, name, email, _PASSWORD, groups)
    return sign_in(cloud, name, email, _PASSWORD)


def account(cloud: RunningCloud, name: str) -> Person:
    """Return one of the cloud's four accounts, signed in once: requester, approver, auditor, admin."""
    key = (cloud.endpoint, name)
    if key not in _accounts:
        _accounts[key] = cloud.sign_in(name)
    return _accounts[key]


def new_group(cloud: RunningCloud) -> str:
    """Create an empty Cognito group."""
    name = f"group-{uuid4().hex[:12]}"
    cloud.client("cognito-idp").create_group(UserPoolId=cloud.outputs["user_pool_id"], GroupName=name)
    return name
