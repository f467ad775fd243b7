"""The three services as the contract tests see them: their route tables and their committed documents."""

import importlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from countersign_common.http.routes import RouteTable

from repository import ROOT, service_names

NAMES = service_names()


@dataclass(frozen=True)
class ServiceFolder:
    """One service in this repository.

    Attributes:
        name: Name of its folder.
    """

    name: str

    @property
    def folder(self) -> Path:
        return ROOT / "services" / self.name

    @property
    def routes(self) -> RouteTable[Any]:
        table: RouteTable[Any] = importlib.import_module(f"{self.name}_service.handlers.api").ROUTES
        return table

    @property
    def document(self) -> dict[str, Any]:
        """The committed openapi.json."""
        document: dict[str, Any] = json.loads((self.folder / "openapi.json").read_text())
        return document


SERVICES = [ServiceFolder(name) for name in NAMES]


@pytest.fixture(params=SERVICES, ids=NAMES)
def service(request: pytest.FixtureRequest) -> ServiceFolder:
    """Each service in turn."""
    folder: ServiceFolder = request.param
    return folder


@pytest.fixture
def services() -> list[ServiceFolder]:
    """All services."""
    return SERVICES


@pytest.fixture(autouse=True)
def _telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what Powertools reads when a handler is built."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "contract-tests")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
