"""The state folder of a local cloud and `cloud.json`, what it remembers between commands."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from local_cloud.errors import CloudError
from local_cloud.ports import LOOPBACK, free_ports
from local_cloud.processes import ProcessId
from repository import STATE

REGION = "us-east-1"
"""MiniStack's default region."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_LOCK_TIMEOUT = 600.0


@dataclass
class CloudRecord:
    """The contents of `cloud.json`.

    Attributes:
        port, endpoint: Port and URL of MiniStack.
        opensearch_port, opensearch_endpoint: Port and URL of the search engine.
        console_port, console_origin: Port and origin of the server of the console.
        root: Access key id and secret of the account's root user.
        accounts: Account name → {email, password}.
        processes: Server name → the process that was started for it.
        stopped_cleanly: False while MiniStack runs. If it is killed, it loses its recent changes.
        index_filled: Whether the search engine has the records of the audit table.
        applied: Fingerprint of what the last successful apply deployed.
        console: Fingerprint of the deployed console.
    """

    name: str
    region: str
    port: int
    endpoint: str
    opensearch_port: int
    opensearch_endpoint: str
    console_port: int
    console_origin: str
    root: dict[str, str]
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)
    processes: dict[str, ProcessId] = field(default_factory=dict)
    stopped_cleanly: bool = True
    index_filled: bool = False
    applied: str | None = None
    console: str | None = None

    @property
    def aws_environment(self) -> dict[str, str]:
        """The variables that point any AWS program at this cloud, as the root user."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": self.root["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": self.root["secret_access_key"],
        }


class StateFolder:
    """`.countersign/<name>`: everything that one cloud writes."""

    def __init__(self, name: str, parent: Path = STATE) -> None:
        if not _NAME.fullmatch(name):
            raise CloudError(f"Invalid cloud name {name!r}: use lower-case letters, digits and hyphens.")
        self.name = name
        self.path = parent / name
        self.logs = self.path / "logs"

    def read(self) -> CloudRecord | None:
        """Return the record, or None if there is no such cloud."""
        try:
            values: dict[str, Any] = json.loads((self.path / "cloud.json").read_text())
        except FileNotFoundError:
            return None
        known = {each.name for each in fields(CloudRecord)}
        values = {name: value for name, value in values.items() if name in known}
        values["processes"] = {name: ProcessId(**each) for name, each in values["processes"].items()}
        # A cloud of an older version has no server of the console yet.
        new = new_record(self.name)
        values = {"console_port": new.console_port, "console_origin": new.console_origin, **values}
        return CloudRecord(**values)

    def write(self, record: CloudRecord) -> None:
        """Replace `cloud.json`. Only its owner can read it, because it holds passwords."""
        self.path.mkdir(parents=True, exist_ok=True)
        temporary = self.path / ".cloud.json"
        temporary.touch(mode=0o600)
        temporary.write_text(json.dumps(asdict(record), indent=2) + "\n")
        os.replace(temporary, self.path / "cloud.json")

    def read_or_create(self) -> CloudRecord:
        """Return the record. A new cloud gets free ports and its own root key, which it keeps."""
        record = self.read() or new_record(self.name)
        # An old record, too, so that the added values stay the same.
        self.write(record)
        self.logs.mkdir(parents=True, exist_ok=True)
        return record

    def wipe(self) -> None:
        """Delete the folder. The cloud's processes must have ended."""
        shutil.rmtree(self.path, ignore_errors=True)

    def lock(self, timeout: float = _LOCK_TIMEOUT) -> Any:
        """Lock the cloud for one command; see `file_lock`."""
        return file_lock(self.path.with_name(f"{self.name}.lock"), timeout)


def cloud_names(parent: Path = STATE) -> list[str]:
    """Return the names of the clouds under `parent`."""
    return sorted(record.parent.name for record in parent.glob("*/cloud.json"))


@contextmanager
def file_lock(path: Path, timeout: float = _LOCK_TIMEOUT) -> Iterator[None]:
    """Hold an exclusive lock on `path`. The system releases it when the process ends.

    Raises:
        CloudError: Another process holds it for longer than `timeout` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path, timeout=timeout):
            yield
    except Timeout:
        raise CloudError(f"Another command has held {path} for {timeout:.0f} s.") from None


def new_record(name: str) -> CloudRecord:
    """Return a record with free ports and a new root key."""
    port, opensearch_port, console_port = free_ports(3)
    return CloudRecord(
        name=name,
        region=REGION,
        port=port,
        endpoint=f"http://localhost:{port}",
        opensearch_port=opensearch_port,
        opensearch_endpoint=f"http://{LOOPBACK}:{opensearch_port}",
        console_port=console_port,
        # A browser trusts localhost like an origin with TLS.
        console_origin=f"http://localhost:{console_port}",
        root={
            "access_key_id": f"AKIA{secrets.token_hex(8).upper()}",
            "secret_access_key": secrets.token_urlsafe(30),
        },
    )
