"""Which engine carries what: all that can be had are started side by side, and each service goes to its best."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from engines import container, dynamodb_local, external, local_cloud_engines, localstack, opensearch_node
from engines.engine import Engine, EngineUnavailableError
from engines.run import Run
from engines.sessions import attach, unanswered
from local_cloud.errors import CloudError
from local_cloud.progress import Progress, Step

Start = Callable[[Run], Engine]

_ANSWER_PATIENCE = 60.0


@dataclass(frozen=True)
class Started:
    """An engine that runs, or why it does not.

    Attributes:
        name: the engine's.
        seconds: that its start took, the installation of the first time included.
        carrier: None when it does not run.
        reason: why it does not.
    """

    name: str
    seconds: float
    carrier: Engine | None = None
    reason: str = ""


class EngineRegistry:
    """The engines of one test run.

    Args:
        started: best first: a service is carried by the first that can.

    Raises:
        CloudError: a service is left that nothing carries.
    """

    def __init__(self, started: list[Started]) -> None:
        self._started = started
        self.carriers = [each.carrier for each in started if each.carrier is not None]
        for service in (*local_cloud_engines.MINISTACK_SERVICES, *opensearch_node.SERVICES):
            if not self.engines_for(service):
                raise CloudError(f"No engine carries {service}:\n" + "\n".join(self.report()))

    def engines_for(self, service: str) -> list[Engine]:
        """The engines that can carry a service, best first."""
        return [carrier for carrier in self.carriers if service in carrier.services]

    def named(self, name: str) -> Engine:
        """An engine that runs, by its name."""
        return next(carrier for carrier in self.carriers if carrier.name == name)

    def session(self) -> Any:
        """pytest-localstack's session over all of them, each service on its best engine; enter it to check them."""
        best = {service: carrier for carrier in reversed(self.carriers) for service in carrier.services}
        hosts = {carrier.host for carrier in best.values()}
        region = self.engines_for("sqs")[0].region
        # A container's host is the machine itself unless DOCKER_HOST names another.
        host = hosts.pop() if len(hosts) == 1 else "127.0.0.1"
        return attach(host, {service: carrier.port for service, carrier in best.items()}, region)

    def report(self) -> list[str]:
        """A line for each engine: what it carries, or why it does not."""
        lines = []
        for each in self._started:
            if each.carrier is None:
                lines.append(f"{each.name}: not here, others carry its part: {each.reason}")
                continue
            best = [name for name in each.carrier.services if self.engines_for(name)[0] is each.carrier]
            rest = [name for name in each.carrier.services if name not in best]
            carried = ", ".join(best) or "nothing alone"
            also = f"; second to a better engine for {', '.join(rest)}" if rest else ""
            lines.append(f"{each.name} {each.carrier.version} ({each.seconds:.1f} s): {carried}{also}")
        return lines


def start_all(run: Run, progress: Progress) -> EngineRegistry:
    """Start every engine this machine can have.

    Raises:
        CloudError: a service is left that nothing carries.
    """
    external.forget_other_settings()
    plan = _starts(os.environ)
    with progress.step("Starting the engines") as step, ThreadPoolExecutor(len(plan)) as starting:
        futures = {name: starting.submit(_tried, name, start, run) for name, start in plan.items()}
        try:
            _watch(futures, step)
        except BaseException:
            run.end()  # or the threads would go on starting what nobody waits for
            raise
    return EngineRegistry([future.result() for future in futures.values()])


def wanted(service: str) -> list[str]:
    """The names of the engines that could carry a service on some machine."""
    served = {
        localstack.NAME: localstack.SERVICES,
        dynamodb_local.NAME: dynamodb_local.SERVICES,
        opensearch_node.NAME: opensearch_node.SERVICES,
        local_cloud_engines.OSMEM: opensearch_node.SERVICES,
        local_cloud_engines.MINISTACK: local_cloud_engines.MINISTACK_SERVICES,
    }
    return [name for name, services in served.items() if service in services]


def _starts(environ: Mapping[str, str]) -> dict[str, Start]:
    """How each engine is started, by name, best first."""
    search: dict[str, Start] = {
        opensearch_node.NAME: opensearch_node.start,
        local_cloud_engines.OSMEM: local_cloud_engines.start_osmem,
    }
    if environ.get(external.VARIABLE):
        return {external.NAME: external.start, **search}
    own = container.start if container.docker_answers() else localstack.start
    return {
        localstack.NAME: own,
        dynamodb_local.NAME: dynamodb_local.start,
        **search,
        local_cloud_engines.MINISTACK: local_cloud_engines.start_ministack,
    }


def _tried(name: str, start: Start, run: Run) -> Started:
    began = time.monotonic()
    try:
        carrier = start(run)
        session = attach(carrier.host, dict.fromkeys(carrier.services, carrier.port), carrier.region)
        deadline = time.monotonic() + _ANSWER_PATIENCE
        silent = unanswered(session, deadline, lambda: not run.ended)
        if silent:
            service, answer = next(iter(silent.items()))
            raise EngineUnavailableError(f"its {service} does not work: {answer}")
    except (EngineUnavailableError, CloudError, OSError) as error:
        return Started(name, time.monotonic() - began, reason=str(error))
    return Started(name, time.monotonic() - began, carrier)


def _watch(futures: Mapping[str, Future[Started]], step: Step) -> None:
    while True:
        _, under_way = wait(futures.values(), timeout=1.0)
        if not under_way:
            return
        step.detail("waiting for " + ", ".join(name for name, each in futures.items() if each in under_way))
