"""The three services, as the contract tests see them: their route tables and their committed documents."""

import importlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from countersign_common.routes import RouteTable

from repository import ROOT, service_names

NAMES = service_names()


@dataclass(frozen=True)
class ServiceFolder:
    """One service in this repository.

    Attributes:
        name: of its folder.
    """

    name: str

    @property
    def folder(self) -> Path:
        """Where it is."""
        return ROOT / "services" / self.name

    @property
    def routes(self) -> RouteTable[Any]:
        """Its route table."""
        table: RouteTable[Any] = importlib.import_module(f"{self.name}_service.handlers.api").ROUTES
        return table

    @property
    def document(self) -> dict[str, Any]:
        """Its committed openapi.json."""
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
    """All of them."""
    return SERVICES
