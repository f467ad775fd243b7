"""Amazon's DynamoDB Local: names, expressions and limits checked as the service checks them."""

from __future__ import annotations

import re
import time
from pathlib import Path

from engines.engine import Engine
from engines.java import java_home
from engines.maven import fetched
from engines.run import Run
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.servers import Server

NAME = "dynamodb-local"
SERVICES = ("dynamodb",)

_RUNNER = Path(__file__).with_name("dynamodb_local_runner")
_OLDEST_JAVA = 17
_PATIENCE = 90.0


def start(run: Run) -> Engine:
    """Fetch it on the first call, and start it, in memory.

    Raises:
        EngineUnavailableError: no JDK 17, no Maven, or it did not start.
    """
    home = java_home(_OLDEST_JAVA, tool="javac")
    version = _version()
    pom = str(_RUNNER / "pom.xml")
    libraries = fetched(run, f"{NAME}-{version}", lambda target: _copied(pom, target))
    port = free_port()
    command = [str(home / "bin" / "java"), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command += [f"-Djava.library.path={libraries}", "-cp", f"{libraries}/*", str(_RUNNER / "OnLoopback.java")]
    command += ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    engine = Server(NAME, port, command, {}, f"http://{LOOPBACK}:{port}/")
    run.launch(engine, folder=run.folder(NAME), deadline=time.monotonic() + _PATIENCE)
    return Engine(NAME, version, SERVICES, port)


def _copied(pom: str, target: Path) -> list[str]:
    return [
        "--file",
        pom,
        "dependency:copy-dependencies",
        f"-DoutputDirectory={target}",
        "-DincludeScope=runtime",
    ]


def _version() -> str:
    """What the POM asks for."""
    pom = (_RUNNER / "pom.xml").read_text()
    stated = re.search(r"<artifactId>DynamoDBLocal</artifactId>\s*<version>([^<]+)</version>", pom)
    assert stated is not None
    return stated[1]
