"""The workflow service as a producer of events: its routes, schemas, rules and seals, on its in-memory ports."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from countersign_common.http.response import Response

from harness.http_event import http_event
from services.workflow.tests.fakes import CountedSalts, InMemoryPorts
from workflow_service.bootstrap.api import wire_service
from workflow_service.domain.events import EventMessages
from workflow_service.handlers.api import ROUTES

ACT = "POST /workflows/{workflowId}/actions"


@dataclass(frozen=True)
class Claims:
    """The caller in a verified token, and where they call from."""

    user_id: str
    name: str = "Rita"
    email: str = "rita@example.com"
    groups: tuple[str, ...] = ()
    source_ip: str = "127.0.0.1"
    user_agent: str = "tests"

    def request(
        self,
        route: str,
        body: Any = None,
        *,
        path: Mapping[str, str] | None = None,
        query: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return API Gateway's event for a request of this caller."""
        claims: dict[str, Any] = {
            "sub": self.user_id,
            "name": self.name,
            "email": self.email,
            "token_use": "id",
            "cognito:groups": list(self.groups),
        }
        event = http_event(claims, route, body, **(path or {}))
        event["requestContext"]["http"] |= {"sourceIp": self.source_ip, "userAgent": self.user_agent}
        event["rawQueryString"] = query
        event["headers"] |= headers or {}
        return event


class Producer:
    """The workflow API without API Gateway and AWS.

    Attributes:
        ports: What it stored.
    """

    def __init__(self) -> None:
        self.ports: Any = InMemoryPorts()
        self.ports.schemes.versions.clear()
        ids = _ids()
        self._service = wire_service(
            workflows=self.ports.workflows,
            schemes=self.ports.schemes,
            outbox=self.ports.outbox,
            publisher=self.ports.publisher,
            directory=self.ports.directory,
            warn=_fail,
            clock=self.ports.clock,
            new_id=lambda: next(ids),
            new_salt=CountedSalts(),
        )

    @property
    def sent(self) -> list[EventMessages]:
        """The messages in both queues."""
        messages: list[EventMessages] = self.ports.publisher.published
        return messages

    def send(self, by: Claims, route: str, body: Any, **path: str) -> Response:
        """Send a request and return the response. Raises the service's errors."""
        return ROUTES.dispatch(by.request(route, body, path=path), self._service)

    def act(self, by: Claims, workflow_id: str, body: Any) -> Response:
        """Send an action on the newest version of a workflow."""
        version = self.ports.workflows.get(workflow_id).version
        event = by.request(ACT, body, path={"workflowId": workflow_id}, headers={"if-match": f'"{version}"'})
        return ROUTES.dispatch(event, self._service)

    def create(self, by: Claims, **fields: Any) -> str:
        """Create a workflow of the scheme `any` and return its id; `fields` replace or add members of the body."""
        body = {"actionType": "REQUEST", "scheme": "any", "title": "A chair", "data": {"amount": 12.5}}
        return str(self.send(by, "POST /workflows", body | fields).body["workflowId"])

    def put_scheme(self, approvers: dict[str, list[str]]) -> None:
        """Write the scheme `any` with one step."""
        step = {
            "stepId": "approval",
            "name": "Approval",
            "approvers": {"users": [], "groups": []} | approvers,
        }
        admin = Claims("00000000-0000-4000-8000-0000000000ad", groups=("admins",))
        self.send(admin, "PUT /schemes/{schemeId}", {"name": "Any", "steps": [step]}, schemeId="any")


def _ids() -> Iterator[str]:
    """Yield ids in the form of a UUIDv7, the same in every run."""
    for number in itertools.count(1):
        yield str(UUID(int=0x018F << 112 | 7 << 76 | 2 << 62 | number))


def _fail(message: str, **keys: object) -> None:
    raise AssertionError(f"{message}: {keys}")
