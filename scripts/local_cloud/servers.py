"""The two servers of an embedded cloud: MiniStack, which is AWS, and osmem-server, which is OpenSearch."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import requests

from local_cloud import processes
from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK, is_free
from local_cloud.processes import ProcessId
from local_cloud.progress import Progress
from local_cloud.state import CloudRecord, StateFolder

MINISTACK = "ministack"
SEARCH_ENGINE = "osmem-server"
NAMES = (MINISTACK, SEARCH_ENGINE)
"""The engines of a cloud, as `cloud.json` and the logs name them."""

_MINISTACK_PROCESS = Path(__file__).with_name("ministack_process.py")

_START_PATIENCE = 60.0
# MiniStack writes every service's state when it is asked to end.
_STOP_PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """How a server is started and asked whether it is ready.

    Attributes:
        name: as in `cloud.json` and in the log's name.
        port: the port it must be given.
        command: what runs it.
        environment: all that it sees of the environment: its Lambda functions inherit it.
        health: URL that answers 200 once it is ready.
    """

    name: str
    port: int
    command: list[str]
    environment: Mapping[str, str]
    health: str


def ministack(python: Path, record: CloudRecord, state: StateFolder) -> Server:
    """The AWS of the cloud: signatures and IAM enforced, state kept in the state folder."""
    kept = state.path / "ministack"
    environment = _bare_environment(state, MINISTACK) | {
        "GATEWAY_PORT": str(record.port),
        "BIND_HOST": LOOPBACK,
        "IOT_MTLS_PORT": str(record.mqtt_port),
        "SFTP_ENABLED": "0",
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(kept / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(kept / "s3"),
        "MINISTACK_REGION": record.region,
        "AWS_ACCESS_KEY_ID": record.root["access_key_id"],
        "AWS_SECRET_ACCESS_KEY": record.root["secret_access_key"],
    }
    health = f"http://{LOOPBACK}:{record.port}/_ministack/ready"
    # -P: the modules beside that file are not MiniStack's.
    command = [str(python), "-P", str(_MINISTACK_PROCESS)]
    return Server(MINISTACK, record.port, command, environment, health)


def search_engine(python: Path, record: CloudRecord, state: StateFolder) -> Server:
    """The OpenSearch of the cloud; it keeps nothing on disk."""
    find = [str(python), "-c", "import osmem_server; print(osmem_server.resolve_binary())"]
    binary = subprocess.run(find, capture_output=True, text=True, check=True).stdout.strip()
    # Its Japanese dictionary is loaded by the first write: 1 to 4 s, longer than the functions wait for an answer.
    command = [binary, "-addr", f"{LOOPBACK}:{record.opensearch_port}", "-no-stdin-watch", "-no-ja"]
    health = f"{record.opensearch_endpoint}/"
    environment = _bare_environment(state, SEARCH_ENGINE)
    return Server(SEARCH_ENGINE, record.opensearch_port, command, environment, health)


def is_running(engine: Server, record: CloudRecord) -> bool:
    """Whether the process that this cloud started for `engine` runs."""
    process = record.processes.get(engine.name)
    return process is not None and processes.is_alive(process)


def start(engine: Server, record: CloudRecord, state: StateFolder, progress: Progress) -> None:
    """Start `engine` and wait until it is ready; its process is remembered in `record`.

    Raises:
        CloudError: its port is another program's, or it ends or stays silent.
    """
    if not is_free(engine.port):
        raise CloudError(
            f"Port {engine.port} of {LOOPBACK}, which {engine.name} of the cloud {record.name!r} has its address on, "
            "is taken by another program.",
            fix=f"end that program (ss -ltnp 'sport = :{engine.port}' names it), or give the cloud up: make clean",
        )
    scratch = Path(engine.environment["TMPDIR"])
    shutil.rmtree(scratch, ignore_errors=True)  # one that was killed left its functions' code there
    scratch.mkdir(parents=True)
    log = state.logs / f"{engine.name}.log"
    with progress.step(f"Starting {engine.name} on port {engine.port}"):
        process = processes.start(engine.command, environment=engine.environment, folder=state.path, log=log)
        record.processes[engine.name] = process
        state.write(record)
        _wait_until_ready(engine, process, log)


def stop(name: str, record: CloudRecord, state: StateFolder, progress: Progress) -> bool:
    """End the process of the engine `name`, when this cloud started one.

    Returns:
        Whether it ended by itself, with its state written.
    """
    process = record.processes.get(name)
    if process is None:
        return True
    was_running = processes.is_alive(process)
    if not was_running:
        clean = False
    else:
        with progress.step(f"Stopping {name}"):
            clean = processes.stop(process, _STOP_PATIENCE)
    del record.processes[name]
    state.write(record)
    return clean


def _wait_until_ready(engine: Server, process: ProcessId, log: Path) -> None:
    deadline = time.monotonic() + _START_PATIENCE
    while time.monotonic() < deadline:
        if not processes.is_alive(process):
            raise CloudError(f"{engine.name} ended while starting. Its last words, from {log}:\n{_tail(log)}")
        try:
            if requests.get(engine.health, timeout=2).status_code == 200:
                return
        except requests.ConnectionError:
            pass  # not listening yet
        except requests.Timeout:
            pass  # listening, still loading its state
        time.sleep(0.1)
    raise CloudError(f"{engine.name} was not ready after {_START_PATIENCE:.0f} s. Its log is {log}.")


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _bare_environment(state: StateFolder, engine: str) -> dict[str, str]:
    """Nothing of the caller's profile, proxies or Python settings reaches an engine or a function."""
    home = state.path / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TMPDIR": str(state.path / "tmp" / engine),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }
