"""Start every available engine, and choose the best one for each service."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from pytest_localstack import exceptions

from engines import dynamodb_local, external, local_cloud_engines, localstack, opensearch_node
from engines.engine import Engine, EngineUnavailableError, session_over
from engines.run import Run
from local_cloud.errors import CloudError
from local_cloud.progress import Progress

Start = Callable[[Run], Engine]

_MINISTACK_SERVICES = local_cloud_engines.MINISTACK_SERVICES
_SEARCH_ENGINES: dict[str, tuple[tuple[str, ...], Start]] = {
    opensearch_node.NAME: (opensearch_node.SERVICES, opensearch_node.start),
    local_cloud_engines.OSMEM: (opensearch_node.SERVICES, local_cloud_engines.start_osmem),
}
_EXTERNAL = {external.NAME: (_MINISTACK_SERVICES, external.connect), **_SEARCH_ENGINES}
_ALL = {
    localstack.NAME: (localstack.SERVICES, localstack.start),
    dynamodb_local.NAME: (dynamodb_local.SERVICES, dynamodb_local.start),
    **_SEARCH_ENGINES,
    local_cloud_engines.MINISTACK: (_MINISTACK_SERVICES, local_cloud_engines.start_ministack),
}


@dataclass(frozen=True)
class StartResult:
    """An engine that runs, or why it doesn't.

    Attributes:
        seconds: How long the start took, including a first installation.
        engine: None if it doesn't run.
        reason: Why it doesn't run.
    """

    name: str
    seconds: float
    engine: Engine | None = None
    reason: str = ""


class EngineRegistry:
    """The engines of one test run.

    Args:
        results: Best first: the first engine with a service serves it.

    Raises:
        CloudError: No engine serves some service.
    """

    def __init__(self, results: list[StartResult]) -> None:
        self._results = results
        self.engines = [each.engine for each in results if each.engine is not None]
        for service in (*_MINISTACK_SERVICES, *opensearch_node.SERVICES):
            if not self.engines_for(service):
                raise CloudError(f"No engine for {service}:\n" + "\n".join(self.report()))

    def engines_for(self, service: str) -> list[Engine]:
        """Return the engines that serve a service, best first."""
        return [engine for engine in self.engines if service in engine.services]

    def named(self, name: str) -> Engine:
        """Return a running engine by its name."""
        return next(engine for engine in self.engines if engine.name == name)

    def session(self) -> Any:
        """Return pytest-localstack's session over all engines; enter it to check them."""
        return session_over(self.engines)

    def report(self) -> list[str]:
        """Return a line for each engine: what it serves, or why it is missing."""
        return [self._describe(each) for each in self._results]

    def _describe(self, result: StartResult) -> str:
        engine = result.engine
        if engine is None:
            return f"{result.name}: not available, other engines take over: {result.reason}"
        best = [name for name in engine.services if self.engines_for(name)[0] is engine]
        others = ", ".join(name for name in engine.services if name not in best)
        served = ", ".join(best) or "second choice"
        text = f"{result.name} {engine.version} ({result.seconds:.1f} s): {served}"
        return f"{text}; also tested with {others}" if others else text


def start_all(run: Run, progress: Progress) -> EngineRegistry:
    """Start every available engine in parallel.

    Raises:
        CloudError: No engine serves some service.
    """
    engines = _EXTERNAL if os.environ.get(external.VARIABLE) else _ALL
    with (
        progress.step("Starting the engines") as detail,
        ThreadPoolExecutor(len(engines)) as executor,
    ):
        futures = {name: executor.submit(_start, name, start, run) for name, (_, start) in engines.items()}
        try:
            while pending := wait(futures.values(), timeout=1.0).not_done:
                waiting = (name for name, future in futures.items() if future in pending)
                detail("waiting for " + ", ".join(waiting))
        except BaseException:
            run.end()  # the threads would go on starting engines
            raise
    return EngineRegistry([future.result() for future in futures.values()])


def engine_names(service: str) -> list[str]:
    """Return the names of all engines with a service, available or not."""
    return [name for name, (services, _) in _ALL.items() if service in services]


def _start(name: str, start: Start, run: Run) -> StartResult:
    started = time.monotonic()
    try:
        engine = start(run)
        session_over([engine]).start(timeout=60)
    except (EngineUnavailableError, CloudError, OSError, exceptions.Error) as error:
        return StartResult(name, time.monotonic() - started, reason=str(error))
    return StartResult(name, time.monotonic() - started, engine)
