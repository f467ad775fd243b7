"""A cloud's state folder, and `cloud.json`, what is remembered of it between commands."""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from local_cloud.errors import CloudError
from local_cloud.ports import free_port
from local_cloud.processes import ProcessId
from repository import STATE

REGION = "us-east-1"
"""The region of every embedded cloud; MiniStack's own default."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_LOCK_PATIENCE = 600.0


@dataclass
class CloudRecord:
    """The contents of `cloud.json`.

    Attributes:
        name: the cloud's.
        region: AWS region.
        port, endpoint: where MiniStack listens, and its URL.
        mqtt_port: where it takes MQTT over mutual TLS.
        opensearch_port, opensearch_endpoint: the search engine's.
        root: access key id and secret of the account's root.
        accounts: name → {email, password}; the log-ins of the demo.
        processes: engine → the process that was started for it.
        stopped_cleanly: False while MiniStack runs: what a kill loses must be applied again.
        index_filled: whether the search engine that runs has what the audit table has.
        applied: fingerprint of what the last apply that succeeded was made from.
        console: fingerprint of the console that is deployed.
        console_url: where it opens.
    """

    name: str
    region: str
    port: int
    endpoint: str
    mqtt_port: int
    opensearch_port: int
    opensearch_endpoint: str
    root: dict[str, str]
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)
    processes: dict[str, ProcessId] = field(default_factory=dict)
    stopped_cleanly: bool = True
    index_filled: bool = False
    applied: str | None = None
    console: str | None = None
    console_url: str | None = None


class StateFolder:
    """`.countersign/<name>`: all that one cloud writes, so that clouds and clones do not disturb each other."""

    def __init__(self, name: str, parent: Path = STATE) -> None:
        if not _NAME.fullmatch(name):
            raise CloudError(f"A cloud's name has lower-case letters, digits and hyphens; {name!r} has not.")
        self.name = name
        self.parent = parent
        self.path = parent / name
        self.logs = self.path / "logs"

    def read(self) -> CloudRecord | None:
        """What is remembered, or None when there is no such cloud."""
        try:
            remembered: dict[str, Any] = json.loads((self.path / "cloud.json").read_text())
        except FileNotFoundError:
            return None
        remembered["processes"] = {name: ProcessId(**each) for name, each in remembered["processes"].items()}
        return CloudRecord(**remembered)

    def write(self, record: CloudRecord) -> None:
        """Remember `record`: whole or not at all, readable by its owner only, for it holds passwords."""
        self.path.mkdir(parents=True, exist_ok=True)
        fresh = self.path / ".cloud.json"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(asdict(record), indent=2) + "\n")
        os.replace(fresh, self.path / "cloud.json")

    def read_or_create(self) -> CloudRecord:
        """What is remembered; for a new cloud, free ports and a root key of its own."""
        record = self.read()
        if record is None:
            record = new_record(self.name)
            self.write(record)
        self.logs.mkdir(parents=True, exist_ok=True)
        return record

    def wipe(self) -> None:
        """Forget the cloud and everything it kept. Its processes must have ended."""
        shutil.rmtree(self.path, ignore_errors=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the cloud for one command; a second one waits until the first has ended.

        Raises:
            CloudError: another command holds it for more than ten minutes.
        """
        with file_lock(self.parent / f"{self.name}.lock"):
            yield


def names(parent: Path = STATE) -> list[str]:
    """The clouds that are remembered under `parent`."""
    return sorted(record.parent.name for record in parent.glob("*/cloud.json"))


@contextmanager
def file_lock(path: Path, patience: float = _LOCK_PATIENCE) -> Iterator[None]:
    """Hold an exclusive lock on `path`; the system lets go of it however the holder ends.

    Raises:
        CloudError: it is held for longer than `patience` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + patience
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise CloudError(f"Another command has held {path} for {patience:.0f} s.") from None
                time.sleep(0.1)
        yield


def new_record(name: str) -> CloudRecord:
    """A cloud nobody has started yet: free ports, and a root key that is nobody's default."""
    ports: list[int] = []
    while len(ports) < 3:
        ports.append(free_port(taken=ports))
    port, mqtt_port, opensearch_port = ports
    return CloudRecord(
        name=name,
        region=REGION,
        port=port,
        endpoint=f"http://localhost:{port}",
        mqtt_port=mqtt_port,
        opensearch_port=opensearch_port,
        opensearch_endpoint=f"http://127.0.0.1:{opensearch_port}",
        root={
            "access_key_id": f"AKIA{secrets.token_hex(8).upper()}",
            "secret_access_key": secrets.token_urlsafe(30),
        },
    )
