"""The life of a local cloud: up, down, apply, destroy, wipe."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from local_cloud import processes, servers
from local_cloud.console import build_console, upload_console
from local_cloud.errors import CloudError
from local_cloud.people import ensure_accounts
from local_cloud.prerequisites import FOR_A_CLOUD, require
from local_cloud.progress import SILENT, Progress
from local_cloud.python_environments import cloud_python
from local_cloud.running import RunningCloud
from local_cloud.servers import Server
from local_cloud.state import CloudRecord, StateFolder
from local_cloud.terraform import LostResponseError, Terraform
from repository import ROOT, STATE, service_names
from zips.service import build_service

NAME_VARIABLE = "COUNTERSIGN_CLOUD"
ZIPS = STATE / "zips"


class Cloud:
    """One cloud of this clone. Every command may be repeated and does only what is left to do."""

    def __init__(self, state: StateFolder, progress: Progress) -> None:
        self._state = state
        self._progress = progress

    @classmethod
    def named(cls, name: str | None = None, progress: Progress | None = None) -> Cloud:
        """Return the cloud `name`; the default is the one that COUNTERSIGN_CLOUD names, then `demo`."""
        chosen = name or os.environ.get(NAME_VARIABLE) or "demo"
        return cls(StateFolder(chosen), progress or Progress())

    @property
    def logs(self) -> Path:
        """The folder of the servers' and Terraform's logs."""
        return self._state.logs

    def up(self, *, fresh: bool = False, force: bool = False) -> RunningCloud:
        """Start the servers and deploy what changed.

        Args:
            fresh: Delete the data of an earlier cloud first.
            force: Deploy even if nothing changed.

        Raises:
            CloudError: Something is missing or fails; the message says how to fix it.
        """
        require(FOR_A_CLOUD)
        with self._state.lock():
            if fresh:
                self._wipe()
            record = self._state.read_or_create()
            if self._terraform(record).end_interrupted():
                # Its state is incomplete, and there is no data to lose yet.
                self._wipe()
                record = self._state.read_or_create()
            try:
                return self._deploy(record, force=force)
            except LostResponseError:
                # The emulator was too slow for the provider's client, which is rare. There is no data to lose yet.
                self._wipe()
                return self._deploy(self._state.read_or_create(), force=force)

    def running(self) -> RunningCloud:
        """Return the cloud as it is.

        Raises:
            CloudError: It is not up.
        """
        record = self._required_record()
        outputs = self._terraform(record).outputs()
        if not outputs or len(self.running_servers()) < len(servers.NAMES):
            raise CloudError(f"The cloud {self._state.name!r} is not up.", fix="make up")
        return RunningCloud(record, outputs)

    def running_servers(self) -> dict[str, int]:
        """Return the running servers: name → process id."""
        record = self._state.read()
        alive = {} if record is None else record.processes
        return {name: process.pid for name, process in alive.items() if processes.is_alive(process)}

    def down(self) -> None:
        """Stop the servers and keep the data."""
        with self._state.lock():
            self._stop_servers()

    def show_plan(self) -> bool:
        """Print what an apply would change. Return whether that is nothing."""
        with self._state.lock():
            return self._terraform(self._required_record()).show_plan(self._progress)

    def wipe(self) -> None:
        """Stop the servers and delete the cloud's folder."""
        with self._state.lock():
            self._wipe()

    def _deploy(self, record: CloudRecord, *, force: bool) -> RunningCloud:
        if force:
            record.applied = record.console = None
        self._build_zips()
        self._start_servers(record)
        # Terraform mostly waits: build the console at the same time.
        with ThreadPoolExecutor(max_workers=1) as executor:
            console = executor.submit(build_console, SILENT)
            cloud = self._apply_if_changed(record)
            fingerprint = self._wait_for_console(console)
        ensure_accounts(cloud)
        self._state.write(record)
        self._upload_console_if_changed(cloud, fingerprint)
        self._fill_index(cloud)
        return cloud

    def _required_record(self) -> CloudRecord:
        record = self._state.read()
        if record is None or not servers.is_running(servers.MINISTACK, record):
            raise CloudError(f"The cloud {self._state.name!r} is not up.", fix="make up")
        return record

    def _wipe(self) -> None:
        self._stop_servers()
        self._state.wipe()

    def _build_zips(self) -> None:
        with self._progress.step("Building the zips") as detail:
            for service in service_names():
                detail(service)
                build_service(ROOT, service, zips=ZIPS, cache=STATE / "dependencies")

    def _start_servers(self, record: CloudRecord) -> None:
        python = cloud_python(self._progress)
        if self._start(servers.ministack(python, record, self._state), record):
            if not record.stopped_cleanly:
                # It was killed and lost its recent changes: apply again, and empty the search engine.
                record.applied = record.console = None
                servers.stop(servers.SEARCH_ENGINE, record, self._state, self._progress)
            record.stopped_cleanly = False
        if self._start(servers.search_engine(python, record, self._state), record):
            record.index_filled = False
        self._start(servers.console(python, record, self._state), record)
        self._state.write(record)

    def _start(self, server: Server, record: CloudRecord) -> bool:
        """Start a server if it doesn't run. Return whether it was started."""
        if servers.is_running(server.name, record):
            return False
        with self._progress.step(f"Starting {server.name} on port {server.port}"):
            servers.start(server, record, self._state)
        return True

    def _stop_servers(self) -> None:
        record = self._state.read()
        if record is None:
            return
        for name in record.processes.keys() - set(servers.NAMES):
            processes.stop(record.processes[name])
        if servers.MINISTACK in record.processes:
            record.stopped_cleanly = servers.stop(servers.MINISTACK, record, self._state, self._progress)
        for name in (servers.SEARCH_ENGINE, servers.CONSOLE):
            servers.stop(name, record, self._state, self._progress)
        self._state.write(record)

    def _terraform(self, record: CloudRecord) -> Terraform:
        return Terraform(self._state, record, ZIPS)

    def _apply_if_changed(self, record: CloudRecord) -> RunningCloud:
        terraform = self._terraform(record)
        outputs, fingerprint = terraform.outputs(), terraform.fingerprint()
        if outputs and record.applied == fingerprint:
            return RunningCloud(record, outputs)
        record.applied = None
        self._state.write(record)
        outputs = terraform.apply(self._progress)
        record.applied = fingerprint
        self._state.write(record)
        return RunningCloud(record, outputs)

    def _wait_for_console(self, console: Future[str]) -> str:
        if console.done():
            return console.result()
        with self._progress.step("Building the console"):
            return console.result()

    def _upload_console_if_changed(self, cloud: RunningCloud, fingerprint: str) -> None:
        if cloud.record.console != fingerprint:
            upload_console(cloud, self._progress)
            cloud.record.console = fingerprint
            self._state.write(cloud.record)

    def _fill_index(self, cloud: RunningCloud) -> None:
        if not cloud.record.index_filled:
            with self._progress.step("Filling the search index from the audit table") as detail:
                cloud.rebuild_index(detail)
            cloud.record.index_filled = True
            self._state.write(cloud.record)
