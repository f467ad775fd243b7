"""One run of the engines: its folder, its processes, and its end."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path

from commands import run
from engines.engine import EngineUnavailableError
from local_cloud import processes, servers
from local_cloud.errors import CloudError
from local_cloud.servers import Server
from local_cloud.state import StateFolder, file_lock
from repository import STATE

DOWNLOADS = STATE / "downloads"
"""What is downloaded once for all runs."""

_STOP_TIMEOUT = 10.0


class Run:
    """What one test run starts. Nothing outlives `end`.

    The run holds a lock on its folder, `.countersign/<name>`. It ends the processes of an earlier run that was killed.

    Raises:
        CloudError: Another run holds the folder.
    """

    def __init__(self, name: str = "engines") -> None:
        self.state = StateFolder(name)
        self.stack = ExitStack()
        self.stack.enter_context(self.state.lock(timeout=0.0))
        self._stop_processes()
        self.state.wipe()
        self.record = self.state.read_or_create()
        self.ended = False
        self._lock = threading.Lock()

    def temporary_folder(self, name: str) -> Path:
        """Return an empty folder that every user may enter; the clone may be private. Removed at the end."""
        clone = hashlib.sha256(str(self.state.path).encode()).hexdigest()[:12]
        path = Path(tempfile.gettempdir(), f"countersign-{clone}-{name}")
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(mode=0o755)
        self.stack.callback(shutil.rmtree, path, ignore_errors=True)
        return path

    def launch(self, server: Server) -> None:
        """Start a server and wait until it is ready.

        Raises:
            EngineUnavailableError: It ended, wasn't ready in time, or the run has ended.
        """
        try:
            with self._lock:
                if self.ended:
                    raise EngineUnavailableError("the run has ended")
                process = servers.launch(server, self.record, self.state)
            servers.wait_until_ready(server, process, self.state)
        except CloudError as error:
            raise EngineUnavailableError(str(error)) from error

    def end(self) -> None:
        """Stop every process and release the folder. The logs stay until the next run."""
        with self._lock:
            self.ended = True
        self._stop_processes()
        self.stack.close()

    def _stop_processes(self) -> None:
        record = self.state.read()
        if record is not None and record.processes:
            with ThreadPoolExecutor() as executor:
                list(executor.map(processes.stop, record.processes.values(), repeat(_STOP_TIMEOUT)))
            record.processes = {}
            self.state.write(record)


def download_with_maven(name: str, arguments: list[str], timeout: float = 240.0) -> Path:
    """Return the folder `name` of the downloads. The first call fills it with Maven.

    Args:
        arguments: Arguments of `mvn` that download to the folder `{folder}`.

    Raises:
        CommandError: Maven is missing (apt-get install maven) or fails.
    """
    target = DOWNLOADS / name
    with file_lock(DOWNLOADS / f"{name}.lock"):
        if target.is_dir():
            return target
        folder = DOWNLOADS / f"{name}.partial"
        shutil.rmtree(folder, ignore_errors=True)
        command = ["mvn", "--batch-mode", "--quiet", *(each.format(folder=folder) for each in arguments)]
        run(command, timeout=timeout)
        folder.rename(target)
    return target
