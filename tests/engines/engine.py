"""A running engine, and pytest-localstack's session over several of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pytest_localstack import constants, service_checks
from pytest_localstack.session import RunningSession

from local_cloud.ports import LOOPBACK
from local_cloud.state import REGION

SEARCH = "es"
"""The endpoint prefix of an OpenSearch node in a session."""

# pytest-localstack doesn't know these services. Its README names the two tables to extend.
_MORE_SERVICES = ("cognito-idp", "iot", "data-ats.iot", "kms", "scheduler")
constants.SERVICE_PORTS |= dict.fromkeys(_MORE_SERVICES, constants.SERVICE_PORTS["sqs"])
service_checks.SERVICE_CHECKS |= {name: service_checks.port_check(name) for name in (*_MORE_SERVICES, SEARCH)}


class EngineUnavailableError(Exception):
    """An engine isn't available on this machine, or wasn't ready in time. Its text is the reason."""


@dataclass(frozen=True)
class Engine:
    """A running engine.

    Attributes:
        name: Its name in test ids and in the report.
        services: Endpoint prefixes of what it serves.
        credentials: boto3's arguments, if the engine checks them.
    """

    name: str
    version: str
    services: tuple[str, ...]
    port: int
    host: str = LOOPBACK
    region: str = REGION
    credentials: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """URL of the endpoint."""
        return f"http://{self.host}:{self.port}"

    def client(self, service: str) -> Any:
        """Return the boto3 client for a service, made by pytest-localstack's session."""
        if service not in self._clients:
            self._clients[service] = self._session.client(service)
        return self._clients[service]

    @cached_property
    def _clients(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _session(self) -> Any:
        return session_over([self]).boto3.session(region_name=self.region, **self.credentials)


def session_over(engines: Sequence[Engine]) -> Any:
    """Return pytest-localstack's session with each service on the first engine that serves it."""
    ports = {service: engine.port for engine in reversed(engines) for service in engine.services}
    session = RunningSession(engines[0].host, services=ports, region_name=engines[0].region)
    session.botocore.default_session.set_config_variable("region", engines[0].region)
    return session
