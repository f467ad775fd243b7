"""An engine that runs, and why one does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engines.sessions import attach

SEARCH = "es"
"""The endpoint prefix under which an OpenSearch node stands beside the AWS services."""


class EngineUnavailableError(Exception):
    """An engine cannot be had on this machine, or did not become ready in time. Its text is the reason."""


@dataclass(frozen=True)
class Engine:
    """A running engine.

    Attributes:
        name: how tests' ids and the report call it.
        version: its own.
        services: what it can carry, by endpoint prefix.
        port: on the host.
        host: where it listens.
        credentials: boto3's arguments, for an engine that knows its callers; empty for one that does not.
        region: AWS region that it plays.
    """

    name: str
    version: str
    services: tuple[str, ...]
    port: int
    host: str = "127.0.0.1"
    region: str = "us-east-1"
    credentials: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{self.host}:{self.port}"

    def client(self, service: str) -> Any:
        """The boto3 client of this engine for one of its services, through pytest-localstack's session."""
        if service not in self._clients:
            self._clients[service] = self._session.client(service)
        return self._clients[service]

    @cached_property
    def _clients(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _session(self) -> Any:
        session = attach(self.host, dict.fromkeys(self.services, self.port), self.region)
        return session.boto3.session(region_name=self.region, **self.credentials)
