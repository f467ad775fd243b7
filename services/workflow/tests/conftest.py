"""What every test here stands on."""

import os
from functools import partial

import pytest
from countersign_common.clock import system_clock
from countersign_common.ids import new_id
from hypothesis import settings

from workflow_service.adapters.dynamodb_outbox import DynamoDbOutbox
from workflow_service.adapters.dynamodb_schemes import DynamoDbSchemes
from workflow_service.adapters.dynamodb_workflows import DynamoDbWorkflows
from workflow_service.adapters.sqs_delivery import SqsDelivery
from workflow_service.use_cases.service import Ports

from .api import Api
from .fake_cloud import FakeCloud, Wire
from .fakes import Log

# How long an example takes says more about the machine than about the service.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    """What Powertools wants to know; nothing else is read from the environment."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "workflow")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)


@pytest.fixture(scope="session")
def wire() -> Wire:
    """Real clients that reach no network."""
    return Wire()


@pytest.fixture
def cloud(wire: Wire) -> FakeCloud:
    """An empty table and two empty queues."""
    wire.cloud = FakeCloud()
    return wire.cloud


@pytest.fixture
def ports(wire: Wire, cloud: FakeCloud) -> Ports:
    """The real adapters on that cloud."""
    client = wire.dynamodb
    return Ports(
        workflows=DynamoDbWorkflows(client, "workflow"),
        schemes=DynamoDbSchemes(client, "workflow"),
        outbox=DynamoDbOutbox(client, "workflow"),
        delivery=SqsDelivery(wire.sqs, "https://sqs/audit-trail", "https://sqs/notifications"),
        warn=Log(),
        clock=system_clock,
        new_id=new_id,
        new_salt=partial(os.urandom, 32),
    )


@pytest.fixture
def api(ports: Ports) -> Api:
    """The API's function on that cloud."""
    return Api(ports)
