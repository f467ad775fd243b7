"""LocalStack in its container, where Docker answers."""

from __future__ import annotations

import docker  # type: ignore[import-untyped]
from docker.errors import DockerException  # type: ignore[import-untyped]
from pytest_localstack import exceptions  # type: ignore[import-untyped]
from pytest_localstack.session import LocalstackSession  # type: ignore[import-untyped]

from engines import localstack
from engines.engine import Engine, EngineUnavailableError
from engines.run import Run

VERSION = "4.14.0"
"""The last image that runs without a token."""

_ANSWER_PATIENCE = 3
_START_PATIENCE = 120.0


def docker_answers() -> bool:
    """Whether a Docker daemon can be asked."""
    try:
        client = docker.from_env(timeout=_ANSWER_PATIENCE)
        try:
            return bool(client.ping())
        finally:
            client.close()
    except DockerException:
        return False


def start(run: Run) -> Engine:
    """Pull the image on the first call, and start it; it is stopped with the run.

    Raises:
        EngineUnavailableError: Docker could not.
    """
    # One port carries all; which services there are in the free edition is the engine's to say.
    session = LocalstackSession(
        docker.from_env(), services=["sqs"], region_name="us-east-1", localstack_version=VERSION
    )
    run.at_the_end(session.stop)
    try:
        session.start(timeout=_START_PATIENCE)
    except (DockerException, exceptions.Error) as error:
        raise EngineUnavailableError(f"Docker could not start its container: {error}") from error
    port = session.map_port(session.services["sqs"])
    return Engine(localstack.NAME, f"{VERSION} in Docker", localstack.SERVICES, port, host=session.hostname)
