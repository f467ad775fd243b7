"""Fixtures: the environment, and the service on moto."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import settings
from moto import mock_aws

from workflow_service.adapters.dynamodb_outbox import DynamoDbOutbox
from workflow_service.adapters.dynamodb_scheme_repository import DynamoDbSchemeRepository
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.adapters.sqs_event_publisher import SqsEventPublisher
from workflow_service.bootstrap.api import wire_service

from .api import Api
from .aws import Aws
from .builders import EVERYONE
from .fakes import InMemoryDirectory, RecordedWarnings

# The duration of an example says more about the machine than about the service.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "workflow")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)


@pytest.fixture(scope="session")
def _mocked_aws() -> Iterator[Aws]:
    """The service's clients on moto: creating them takes longer than a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        with mock_aws():
            yield Aws()


@pytest.fixture
def aws(_mocked_aws: Aws) -> Aws:
    """An empty table and two empty queues."""
    _mocked_aws.reset()
    return _mocked_aws


@pytest.fixture
def no_pauses(monkeypatch):
    """Retries of the SDK without the pauses between them."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


@dataclass(frozen=True)
class Adapters:
    """The real adapters."""

    workflows: DynamoDbWorkflowRepository
    schemes: DynamoDbSchemeRepository
    outbox: DynamoDbOutbox
    publisher: SqsEventPublisher
    warnings: RecordedWarnings


@pytest.fixture
def adapters(aws: Aws) -> Adapters:
    return Adapters(
        workflows=DynamoDbWorkflowRepository(aws.dynamodb, aws.table),
        schemes=DynamoDbSchemeRepository(aws.dynamodb, aws.table),
        outbox=DynamoDbOutbox(aws.dynamodb, aws.table),
        publisher=SqsEventPublisher(
            aws.sqs,
            audit_trail_queue_url=aws.queue_urls["audit-trail"],
            notifications_queue_url=aws.queue_urls["notifications"],
        ),
        warnings=RecordedWarnings(),
    )


@pytest.fixture
def directory() -> InMemoryDirectory:
    """The user directory, with everyone."""
    directory = InMemoryDirectory()
    directory.add(*EVERYONE)
    return directory


@pytest.fixture
def api(adapters: Adapters, directory: InMemoryDirectory) -> Api:
    """The API's function on the real adapters of the table and the queues."""
    return Api(
        wire_service(
            workflows=adapters.workflows,
            schemes=adapters.schemes,
            outbox=adapters.outbox,
            publisher=adapters.publisher,
            directory=directory,
            warn=adapters.warnings,
        )
    )
