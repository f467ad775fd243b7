"""Who is in the story, and what each can do through the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from local_cloud.accounts import SignedIn
from local_cloud.api import Answer, Api
from local_cloud.running import RunningCloud

SCHEME_ID = "expense"
_SCHEME = {
    "name": "Expense report",
    "steps": [
        {"stepId": "approval", "name": "Approval", "approvers": {"users": [], "groups": ["approvers"]}},
    ],
}


@dataclass(frozen=True)
class Person:
    """Somebody signed in.

    Attributes:
        name: the account's.
        signed_in: with tokens.
        api: the API as this person sees it.
    """

    name: str
    signed_in: SignedIn
    api: Api

    @classmethod
    def of(cls, cloud: RunningCloud, account: str) -> Person:
        """The person behind `account`, signed in."""
        signed_in = cloud.sign_in(account)
        return cls(account, signed_in, cloud.api(signed_in.id_token))

    def defines_the_scheme(self) -> Answer:
        """As the admin: anybody of the group approvers approves an expense."""
        return self.api.put(f"/schemes/{SCHEME_ID}", _SCHEME).expect(200, 201)

    def saves(self, title: str, data: dict[str, Any]) -> Answer:
        """Create a workflow as a draft."""
        body = {"actionType": "SAVE", "scheme": SCHEME_ID, "title": title, "data": data}
        return self.api.post("/workflows", body, Idempotency_Key=str(uuid4())).expect(201)

    def acts(self, workflow_id: str, action_type: str, **rest: Any) -> Answer:
        """Act on a workflow.

        Args:
            workflow_id: which.
            action_type: REQUEST, APPROVE, …
            rest: more of the body, such as `comment`.
        """
        body = {"actionType": action_type, **rest}
        path = f"/workflows/{workflow_id}/actions"
        return self.api.post(path, body, Idempotency_Key=str(uuid4())).expect(200)
