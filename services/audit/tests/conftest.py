"""What every test of the service needs."""

from collections.abc import Iterator

import pytest
from countersign_common.aws import clients
from hypothesis import settings
from moto import mock_aws
from osmem_server import OsmemClone, OsmemServer

from .adapters.engine import Engine
from .adapters.table import Table

# The duration of an example depends on the machine.
settings.register_profile("countersign", deadline=None)
settings.load_profile("countersign")


@pytest.fixture(autouse=True)
def _telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what Powertools and the check of senders read when a handler is built."""
    monkeypatch.setenv("ALLOWED_SENDERS", "the-producer")
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/a-dlq")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "audit")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Countersign")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Empty services by moto. Retries of clients don't wait."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    with mock_aws():
        clients.session.cache_clear()
        yield
    clients.session.cache_clear()


@pytest.fixture(scope="session")
def _table() -> Table:
    """The table's clients: creating them takes longer than a test."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        made = Table()
    clients.session.cache_clear()  # the tests of bootstrap create their own
    return made


@pytest.fixture
def table(_table: Table) -> Iterator[Table]:
    """The empty audit-trail table."""
    with mock_aws():
        _table.reset()
        yield _table


@pytest.fixture(scope="session")
def osmem_server() -> Iterator[OsmemServer]:
    """The server of `osmem_clone`, which is an empty engine for each test."""
    server = OsmemServer.start(japanese=False)
    yield server
    server.close()


@pytest.fixture
def engine(osmem_clone: OsmemClone) -> Engine:
    """An empty search engine."""
    return Engine(osmem_clone.url)


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries of the SDK without the pauses between them."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
