"""A small scenario: one scheme, who requests and who approves. Made anew for each test that asks for one."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from harness.people import Person, account, new_group, new_person
from local_cloud.running import RunningCloud


@dataclass(frozen=True)
class Scenario:
    """One-step approvals among people whom no other test knows.

    Attributes:
        cloud: where it is.
        scheme: id of its scheme, whose step `approval` is decided by the members of `group`.
        group: an approver group of its own.
        requester: who asks; in no group.
        approver: a member of `group`.
    """

    cloud: RunningCloud = field(repr=False)
    scheme: str
    group: str
    requester: Person
    approver: Person

    @classmethod
    def create(cls, cloud: RunningCloud, **changes: Any) -> "Scenario":
        """A new scenario; `changes` are of the scheme's definition, such as its name."""
        group = new_group(cloud)
        scheme = f"scheme-{uuid4().hex[:12]}"
        body = scheme_of(groups=[group], **changes)
        account(cloud, "admin").api.put(f"/schemes/{scheme}", body).expect(201)
        return cls(cloud, scheme, group, new_person(cloud, "Rita"), new_person(cloud, "Bo", group))

    def add_approver(self, name: str = "Cleo") -> Person:
        """One more approver."""
        return new_person(self.cloud, name, self.group)

    def add_outsider(self) -> Person:
        """Somebody who has no part in anything here."""
        return new_person(self.cloud, "Stan")

    def create_draft(self, **body: Any) -> str:
        """A saved workflow's id."""
        return str(self.requester.create_workflow(self.scheme, **body).body["workflowId"])

    def create_pending(self, **body: Any) -> str:
        """A requested workflow's id."""
        return str(self.requester.create_workflow(self.scheme, "REQUEST", **body).body["workflowId"])


def scheme_of(
    users: list[str] | None = None, groups: list[str] | None = None, **changes: Any
) -> dict[str, Any]:
    """The body of PUT /schemes/{schemeId}: one step with these approvers."""
    approvers = {"users": users or [], "groups": groups or []}
    return {
        "name": "Expense report",
        "steps": [{"stepId": "approval", "name": "Approval", "approvers": approvers}],
        **changes,
    }
