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
_JETTY = "12.0.14"  # DynamoDB Local's own version of Jetty
_HERE = Path(__file__)
_MAVEN = [
    f"--file={_HERE.with_suffix('.xml')}",
    f"-Dversion.dynamodb={_VERSION}",
    f"-Dversion.jetty={_JETTY}",
    "-DoutputDirectory={folder}",
    "-DincludeScope=runtime",
    "dependency:copy-dependencies",
]


def start(run: Run) -> Engine:
    """Download it at the first call, and start it in memory.

    Its own command listens on every interface and has no option for the address. So Jetty's command starts the same
    handler, with a configuration file that names loopback.

    Raises:
        EngineUnavailableError: Java 17 or Maven is missing, or it didn't start.
    """
    java = java_home(17) / "bin" / "java"
    libraries = download_with_maven(f"{NAME}-{_VERSION}-jetty-{_JETTY}", _MAVEN)
    port = free_port()
    command = [str(java), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command += [f"-Djava.library.path={libraries}", "-cp", f"{libraries}/*"]
    command += ["org.eclipse.jetty.xml.XmlConfiguration", f"host={LOOPBACK}", f"port={port}"]
    command += [str(_HERE.with_name("dynamodb_local_server.xml"))]
    run.launch(Server(NAME, port, command, {}, f"http://{LOOPBACK}:{port}/", timeout=90.0))
    return Engine(NAME, _VERSION, SERVICES, port)
