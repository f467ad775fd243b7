"""The workflow service as a maker of events: its real routes, schemas, rules and sealing, over stores in memory."""

import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from countersign_common.requests import Response
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.workflow import Workflow
from workflow_service.handlers.api import ROUTES
from workflow_service.use_cases.commit import Commit, Outrun
from workflow_service.use_cases.once import Answered, Once
from workflow_service.use_cases.seal import Messages, SealedEvent
from workflow_service.use_cases.service import Ports, service_on


@dataclass(frozen=True)
class Claims:
    """Who calls, as a verified token says it.

    Attributes:
        user_id: Cognito's `sub`.
        groups: without blanks, as Cognito wants them.
    """

    user_id: str
    name: str = "Rita"
    email: str = "rita@example.com"
    groups: tuple[str, ...] = ()
    source_ip: str = "127.0.0.1"
    user_agent: str = "tests"


@dataclass
class Memory:
    """Workflows, schemes, outbox and queues, as far as making events needs them."""

    workflows: dict[str, Workflow] = field(default_factory=dict)
    schemes: dict[str, Scheme] = field(default_factory=dict)
    sent: list[Messages] = field(default_factory=list)

    def workflow_and_answer(
        self, workflow_id: str, once: Once | None
    ) -> tuple[Workflow | None, Answered | None]:
        del once
        return self.workflows.get(workflow_id), None

    def scheme_and_answer(self, scheme_id: str, once: Once | None) -> tuple[Scheme | None, Answered | None]:
        del once
        return self.schemes.get(scheme_id), None

    def scheme(self, scheme_id: str, version: int | None = None) -> Scheme | None:
        del version
        return self.schemes.get(scheme_id)

    def add_version(self, scheme: Scheme) -> None:
        self.schemes[scheme.scheme_id] = scheme

    def commit(self, commit: Commit) -> None:
        after = commit.transition.after
        standing = self.workflows.get(after.workflow_id)
        if (standing.version if standing else 0) != commit.transition.before.version:
            raise Outrun
        self.workflows[after.workflow_id] = after

    def deliver(self, messages: Messages) -> None:
        self.sent.append(messages)

    def clear(self, event: SealedEvent) -> None:
        del event


class Producer:
    """The workflow API without API Gateway and without AWS."""

    def __init__(self) -> None:
        self.memory = Memory()
        ids = (str(UUID(int=0x018F << 112 | 7 << 76 | 2 << 62 | n)) for n in itertools.count(1))
        times = (datetime(2026, 1, 31, 9, tzinfo=UTC) + timedelta(milliseconds=n) for n in itertools.count())
        salts = (n.to_bytes(32, "big") for n in itertools.count(1))
        memory: Any = self.memory
        self._service = service_on(
            Ports(
                workflows=memory,
                schemes=memory,
                outbox=memory,
                delivery=memory,
                warn=_never_warned,
                clock=lambda: next(times),
                new_id=lambda: next(ids),
                new_salt=lambda: next(salts),
            )
        )

    @property
    def sent(self) -> list[Messages]:
        """What went to the queues so far."""
        return self.memory.sent

    def asked(self, by: Claims, route: str, body: Any, **path: str) -> Response:
        """What a request is answered. Raises what the service refuses with."""
        event = {
            "routeKey": route,
            "headers": {"x-correlation-id": "tests"},
            "pathParameters": path,
            "requestContext": {
                "requestId": "Wd9kXj2FIAMEPzQ=",
                "http": {"sourceIp": by.source_ip, "userAgent": by.user_agent},
                "authorizer": {
                    "jwt": {
                        "claims": {
                            "sub": by.user_id,
                            "name": by.name,
                            "email": by.email,
                            "token_use": "id",
                            "cognito:groups": f"[{' '.join(by.groups)}]",
                        }
                    }
                },
            },
            "body": json.dumps(body),
        }
        return ROUTES.dispatch(event, self._service)


def _never_warned(message: str, **keys: object) -> None:
    raise AssertionError(f"{message}: {keys}")
