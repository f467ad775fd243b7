"""One run of the engines: its folder, its processes, and its end."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

from engines.engine import Engine, EngineUnavailableError
from local_cloud import processes
from local_cloud.errors import CloudError
from local_cloud.processes import ProcessId
from local_cloud.servers import Server
from local_cloud.state import CloudRecord, StateFolder, file_lock
from repository import STATE

DOWNLOADS = STATE / "engines"
"""What is fetched once for all runs."""

_SLOTS = 8
_STOP_PATIENCE = 10.0


class Run:
    """What one test run starts; nothing of it outlives `end`.

    Its folder is `.countersign/engines-<n>`, held by a lock for as long as the run lasts: a run that finds a folder
    unheld ends the processes which a killed run left in it.
    """

    def __init__(self) -> None:
        self._held = ExitStack()
        self.state = self._held.enter_context(_unheld_slot())
        self._end_leftovers()
        self.state.wipe()
        self.record: CloudRecord = self.state.read_or_create()
        self._lock = threading.Lock()
        self._calls: set[subprocess.Popen[str]] = set()
        self._ended = False

    def folder(self, name: str) -> Path:
        """A folder of this run's own."""
        path = self.state.path / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def outside(self, name: str) -> Path:
        """An empty folder outside the clone, which may lie where only its owner may enter; removed at the end."""
        clone = hashlib.sha256(str(self.state.path).encode()).hexdigest()[:12]
        path = Path(tempfile.gettempdir(), f"countersign-{clone}-{name}")
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(mode=0o755)
        self._held.callback(shutil.rmtree, path, ignore_errors=True)
        return path

    def call(self, command: Sequence[str], *, purpose: str, patience: float) -> str:
        """Run a command to its end.

        Args:
            command: and its arguments.
            purpose: for the reason, in the form "Maven could not <purpose>".
            patience: seconds.

        Returns:
            Its output.

        Raises:
            EngineUnavailableError: it failed, or took longer than that.
        """
        with self._lock:
            self._refuse_if_ended()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            self._calls.add(process)
        tool = Path(command[0]).name
        try:
            output, errors = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise EngineUnavailableError(f"{tool} could not {purpose} within {patience:.0f} s") from None
        finally:
            self._calls.discard(process)
        if process.returncode != 0:
            last = (errors.strip() or output.strip() or "no reason given").splitlines()[0]
            raise EngineUnavailableError(f"{tool} could not {purpose}: {last}")
        return output

    def launch(self, engine: Server, *, folder: Path, deadline: float) -> ProcessId:
        """Start an engine and wait until it answers HTTP.

        Args:
            engine: what to run; `health` is asked, and any answer but a server error will do.
            folder: to run in.
            deadline: on `time.monotonic`'s clock.

        Raises:
            EngineUnavailableError: it ended, or did not answer by then.
        """
        log = self.state.logs / f"{engine.name}.log"
        if "TMPDIR" in engine.environment:
            Path(engine.environment["TMPDIR"]).mkdir(parents=True, exist_ok=True)
        with self._lock:
            self._refuse_if_ended()
            process = processes.start(engine.command, environment=engine.environment, folder=folder, log=log)
            self.record.processes[engine.name] = process
            self.state.write(self.record)
        while not _answers(engine.health):
            if not processes.is_alive(process):
                raise EngineUnavailableError(f"it ended while starting: {_last_line(log)}")
            if time.monotonic() >= deadline:
                processes.stop(process, _STOP_PATIENCE)
                raise EngineUnavailableError(f"it was not ready in time; its log is {log}")
            time.sleep(0.1)
        return process

    @property
    def ended(self) -> bool:
        """Whether it was ended: nothing may be started any more."""
        return self._ended

    def at_the_end(self, stop: Callable[[], object]) -> None:
        """Have something stopped with the run."""
        self._held.callback(stop)

    def record_at(self, aws: Engine) -> CloudRecord:
        """The run's record as it were with its AWS there."""
        keys = aws.credentials
        root = {
            "access_key_id": keys.get("aws_access_key_id") or "test",
            "secret_access_key": keys.get("aws_secret_access_key") or "test",
        }
        return dataclasses.replace(self.record, endpoint=aws.url, port=aws.port, region=aws.region, root=root)

    def end(self) -> None:
        """End every process of this run, and let go of its folder; the logs stay until the next run."""
        with self._lock:
            self._ended = True
            for process in self._calls:
                process.kill()
        self._end_leftovers()
        self._held.close()

    def _end_leftovers(self) -> None:
        record = self.state.read()
        if record is None or not record.processes:
            return
        with ThreadPoolExecutor() as ending:
            list(ending.map(lambda each: processes.stop(each, _STOP_PATIENCE), record.processes.values()))
        self.state.write(dataclasses.replace(record, processes={}))

    def _refuse_if_ended(self) -> None:
        if self._ended:
            raise EngineUnavailableError("the run was ended")


@contextmanager
def _unheld_slot() -> Iterator[StateFolder]:
    for number in range(_SLOTS):
        state = StateFolder(f"engines-{number}")
        with ExitStack() as held:
            try:
                held.enter_context(file_lock(STATE / f"{state.name}.lock", patience=0.0))
            except CloudError:
                continue
            yield state
            return
    raise CloudError(f"{_SLOTS} runs of the component tests are under way in this clone already.")


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).status_code < 500
    except requests.RequestException:
        return False


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
