"""A scheme with its users, new for each test that uses it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from harness.people import account, new_group, new_person
from local_cloud.people import Person
from local_cloud.running import RunningCloud


@dataclass(frozen=True)
class Scenario:
    """One-step approvals among users that no other test knows.

    Attributes:
        cloud: The deployed cloud.
        scheme: Id of the scheme. Its step `approval` is decided by members of `group`.
        group: The approver group.
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
        group = new_group(cloud)
        scheme = f"scheme-{uuid4().hex[:12]}"
        body = scheme_of(groups=[group], **changes)
        account(cloud, "admin").api.put(f"/schemes/{scheme}", body).expect(201)
        return cls(cloud, scheme, group, new_person(cloud, "Rita"), new_person(cloud, "Bo", group))

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


def scheme_of(
    users: list[str] | None = None, groups: list[str] | None = None, **changes: Any
) -> dict[str, Any]:
    """Return the body of PUT /schemes/{schemeId}: one step with these approvers."""
    approvers = {"users": users or [], "groups": groups or []}
    steps = [{"stepId": "approval", "name": "Approval", "approvers": approvers}]
    return {"name": "Expense report", "steps": steps, **changes}
