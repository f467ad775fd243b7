"""Amazon's DynamoDB Local. It checks names, expressions and limits like the service."""

from __future__ import annotations

from pathlib import Path

from engines.engine import Engine
from engines.java import java_home
from engines.run import Run, download_with_maven
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.servers import Server

NAME = "dynamodb-local"
SERVICES = ("dynamodb",)

_VERSION = "2.6.1"
_MAVEN = [
    f"--file={Path(__file__).with_suffix('.xml')}",
    f"-Dversion.dynamodb={_VERSION}",
    "-DoutputDirectory={folder}",
    "-DincludeScope=runtime",
    "dependency:copy-dependencies",
]


def start(run: Run) -> Engine:
    """Download it at the first call, and start it in memory.

    Raises:
        EngineUnavailableError: Java 17 or Maven is missing, or it didn't start.
    """
    java = java_home(17) / "bin" / "java"
    libraries = download_with_maven(f"{NAME}-{_VERSION}", _MAVEN)
    port = free_port()
    command = [str(java), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command += [f"-Djava.library.path={libraries}", "-cp", f"{libraries}/*"]
    command += ["com.amazonaws.services.dynamodbv2.local.main.ServerRunner"]
    command += ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    run.launch(Server(NAME, port, command, {}, f"http://{LOOPBACK}:{port}/", timeout=90.0))
    return Engine(NAME, _VERSION, SERVICES, port)
