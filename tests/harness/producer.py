"""The workflow service as a producer of events: its routes, schemas, rules and seals, over its fake stores."""

import itertools
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from countersign_common.requests import Response
from workflow_service.use_cases.seal import Messages
from workflow_service.use_cases.service import Ports, service_on

from harness.http_event import http_event
from services.workflow.tests.fakes import CountedSalts, FakeQueues, MemoryStore, TickingClock
from workflow_service.handlers.api import ROUTES


@dataclass(frozen=True)
class Claims:
    """The caller in a verified token, and where they call from."""

    user_id: str
    name: str = "Rita"
    email: str = "rita@example.com"
    groups: tuple[str, ...] = ()
    source_ip: str = "127.0.0.1"
    user_agent: str = "tests"


class Producer:
    """The workflow API without API Gateway and AWS.

    Attributes:
        memory: Workflows, schemes and outbox.
    """

    def __init__(self) -> None:
        self.memory = MemoryStore(schemes={})
        memory: Any = self.memory
        self._queues = FakeQueues()
        ids = (str(UUID(int=0x018F << 112 | 7 << 76 | 2 << 62 | n)) for n in itertools.count(1))
        self._service = service_on(
            Ports(
                workflows=memory,
                schemes=memory,
                outbox=memory,
                delivery=self._queues,
                warn=_fail,
                clock=TickingClock(),
                new_id=lambda: next(ids),
                new_salt=CountedSalts(),
            )
        )

    @property
    def sent(self) -> list[Messages]:
        """The messages in both queues."""
        return self._queues.taken

    def send(self, by: Claims, route: str, body: Any, **path: str) -> Response:
        """Send a request and return the response. Raises the service's errors."""
        claims = {
            "sub": by.user_id,
            "name": by.name,
            "email": by.email,
            "token_use": "id",
            "cognito:groups": list(by.groups),
        }
        event = http_event(claims, route, body, **path)
        event["requestContext"]["http"] |= {"sourceIp": by.source_ip, "userAgent": by.user_agent}
        return ROUTES.dispatch(event, self._service)


def _fail(message: str, **keys: object) -> None:
    raise AssertionError(f"{message}: {keys}")
