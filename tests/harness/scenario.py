"""A scheme with its users, new for each test that uses it."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from local_cloud.people import Person, create_user, sign_in
from local_cloud.running import RunningCloud


@dataclass(frozen=True)
class Scenario:
    """One-step approvals among users that no other test knows.

    Attributes:
        scheme: Id of the scheme. Its step `approval` is decided by members of `group`.
        requester: In no group.
        approver: A member of `group`.
    """

    cloud: RunningCloud = field(repr=False)
    scheme: str
    group: str
    requester: Person
    approver: Person

    @classmethod
    def create(cls, cloud: RunningCloud, **changes: Any) -> "Scenario":
        """Create a scenario; `changes` are members of the scheme's definition, such as its name."""
        group, scheme = f"group-{uuid4().hex[:12]}", f"scheme-{uuid4().hex[:12]}"
        pool = cloud.outputs["user_pool_id"]
        cloud.client("cognito-idp").create_group(UserPoolId=pool, GroupName=group)
        body = scheme_of(groups=[group], **changes)
        cloud.sign_in("admin").api.put(f"/schemes/{scheme}", body).expect(201)
        return cls(cloud, scheme, group, new_person(cloud, "Rita"), new_person(cloud, "Bo", group))

    def sign_in_again(self) -> "Scenario":
        """Return the scenario with new tokens. A token expires after 15 minutes."""
        return replace(self, requester=sign_in_again(self.requester), approver=sign_in_again(self.approver))

    def add_approver(self, name: str = "Cleo") -> Person:
        """Create another approver."""
        return new_person(self.cloud, name, self.group)

    def add_outsider(self) -> Person:
        """Create a user who takes no part."""
        return new_person(self.cloud, "Stan")

    def create_draft(self, **body: Any) -> str:
        """Save a workflow and return its id."""
        return str(self.requester.create_workflow(self.scheme, **body).body["workflowId"])

    def create_pending(self, **body: Any) -> str:
        """Request approval of a new workflow and return its id."""
        return str(self.requester.create_workflow(self.scheme, "REQUEST", **body).body["workflowId"])


def new_person(cloud: RunningCloud, name: str, *groups: str) -> Person:
    """Create a user that no other test knows, in existing groups, and sign them in."""
    email, password = f"{name.lower()}-{uuid4().hex[:12]}@example.com", "Correct-horse-7"
    create_user(cloud, name, email, password, groups)
    return sign_in(cloud, name, email, password)


def sign_in_again(person: Person) -> Person:
    """Return the user with new tokens."""
    return sign_in(person.cloud, person.name, person.email, person.password)


def scheme_of(
    users: list[str] | None = None, groups: list[str] | None = None, **changes: Any
) -> dict[str, Any]:
    """Return the body of PUT /schemes/{schemeId}: one step with these approvers."""
    approvers = {"users": users or [], "groups": groups or []}
    steps = [{"stepId": "approval", "name": "Approval", "approvers": approvers}]
    return {"name": "Expense report", "steps": steps, **changes}
