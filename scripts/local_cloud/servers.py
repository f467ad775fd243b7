"""The servers of a local cloud: MiniStack (AWS APIs), osmem-server (OpenSearch API), and one for the console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import requests

from commands import run
from local_cloud import processes
from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK, is_free
from local_cloud.processes import ProcessId
from local_cloud.progress import Progress
from local_cloud.state import CloudRecord, StateFolder
from local_cloud.waiting import wait_until

MINISTACK = "ministack"
SEARCH_ENGINE = "osmem-server"
CONSOLE = "console"
EMULATORS = (MINISTACK, SEARCH_ENGINE)
"""The servers from packages."""
NAMES = (*EMULATORS, CONSOLE)

_START_TIMEOUT = 60.0
# MiniStack writes the state of every service when it stops.
_STOP_TIMEOUT = 60.0


@dataclass(frozen=True)
class Server:
    """How to start a server and check that it is ready.

    Attributes:
        name: Name in `cloud.json` and of its log.
        environment: Its whole environment; Lambda functions inherit it.
        health: URL that returns no server error when it is ready.
        timeout: Seconds it may take to start.
    """

    name: str
    port: int
    command: list[str]
    environment: Mapping[str, str]
    health: str
    timeout: float = _START_TIMEOUT


def ministack(python: Path, record: CloudRecord, state: StateFolder) -> Server:
    """Return MiniStack with enforced signatures and IAM. It keeps its state in the state folder."""
    data = state.path / "ministack"
    environment = _environment(state, MINISTACK) | {
        "GATEWAY_PORT": str(record.port),
        "BIND_HOST": LOOPBACK,
        # MQTT over mutual TLS, which nothing here uses, would listen on every interface.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(data / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(data / "s3"),
        "MINISTACK_REGION": record.region,
        "AWS_ACCESS_KEY_ID": record.root["access_key_id"],
        "AWS_SECRET_ACCESS_KEY": record.root["secret_access_key"],
    }
    # -P: the modules in that file's folder are not MiniStack's.
    command = [str(python), "-P", str(Path(__file__).with_name("ministack_process.py"))]
    health = f"http://{LOOPBACK}:{record.port}/_ministack/ready"
    return Server(MINISTACK, record.port, command, environment, health)


def search_engine(python: Path, record: CloudRecord, state: StateFolder) -> Server:
    """Return osmem-server. It keeps nothing on disk."""
    binary = run([python, "-c", "import osmem_server; print(osmem_server.resolve_binary())"]).strip()
    # The first write would load the Japanese dictionary: 1 to 4 s, longer than the functions wait.
    command = [binary, "-addr", f"{LOOPBACK}:{record.opensearch_port}", "-no-stdin-watch", "-no-ja"]
    environment, health = _environment(state, SEARCH_ENGINE), f"{record.opensearch_endpoint}/"
    return Server(SEARCH_ENGINE, record.opensearch_port, command, environment, health)


def console(python: Path, record: CloudRecord, state: StateFolder) -> Server:
    """Return the server of the console. It keeps nothing."""
    command = [
        *(str(python), "-P", str(Path(__file__).with_name("console_server.py"))),
        *("--port", str(record.console_port), "--endpoint", record.endpoint),
        *("--outputs", str(state.path / "outputs.json")),
    ]
    environment, health = _environment(state, CONSOLE), f"http://{LOOPBACK}:{record.console_port}/"
    return Server(CONSOLE, record.console_port, command, environment, health)


def is_running(name: str, record: CloudRecord) -> bool:
    """Return whether the process that this cloud started for a server runs."""
    process = record.processes.get(name)
    return process is not None and processes.is_alive(process)


def start(server: Server, record: CloudRecord, state: StateFolder) -> None:
    """Start a server and wait until it is ready.

    Raises:
        CloudError: Its port is in use, it ends, or it is not ready in time.
    """
    if not is_free(server.port):
        raise CloudError(
            f"Port {server.port}, which {server.name} of the cloud {record.name!r} uses, is in use by another program.",
            fix=f"end that program (ss -ltnp 'sport = :{server.port}' shows it), or delete the cloud: make clean",
        )
    wait_until_ready(server, launch(server, record, state), state)


def launch(server: Server, record: CloudRecord, state: StateFolder) -> ProcessId:
    """Start a server's process and note it in `record`."""
    if "TMPDIR" in server.environment:
        temporary = Path(server.environment["TMPDIR"])
        shutil.rmtree(temporary, ignore_errors=True)  # a killed server leaves its functions' code there
        temporary.mkdir(parents=True)
    log = state.logs / f"{server.name}.log"
    process = processes.start(server.command, environment=server.environment, folder=state.path, log=log)
    record.processes[server.name] = process
    state.write(record)
    return process


def wait_until_ready(server: Server, process: ProcessId, state: StateFolder) -> None:
    """Wait until a server that was launched is ready.

    Raises:
        CloudError: It ended, or is not ready in time and was stopped.
    """
    log = state.logs / f"{server.name}.log"

    def ended_or_ready() -> bool:
        return not processes.is_alive(process) or _is_ready(server.health)

    try:
        wait_until(ended_or_ready, timeout=server.timeout, interval=0.1)
    except CloudError:
        processes.stop(process, 10.0)
        raise CloudError(f"{server.name} was not ready in time. Log: {log}") from None
    if not processes.is_alive(process):
        last_lines = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise CloudError(f"{server.name} ended while starting. The end of {log}:\n{last_lines}")


def stop(name: str, record: CloudRecord, state: StateFolder, progress: Progress) -> bool:
    """Stop a server. Return whether it ended by itself; a killed MiniStack loses its recent changes."""
    process = record.processes.get(name)
    if process is None:
        return True
    ended = False
    if processes.is_alive(process):
        with progress.step(f"Stopping {name}"):
            ended = processes.stop(process, _STOP_TIMEOUT)
    del record.processes[name]
    state.write(record)
    return ended


def _is_ready(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).status_code < 500
    except requests.RequestException:
        return False


def _environment(state: StateFolder, server: str) -> dict[str, str]:
    """Keep the user's profile, proxies and Python settings away from servers and functions."""
    home = state.path / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TMPDIR": str(state.path / "tmp" / server),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }
