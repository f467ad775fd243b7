"""The life of an embedded cloud: up, down, applied again, destroyed."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from local_cloud import aws, processes, servers
from local_cloud.accounts import ensure_accounts
from local_cloud.console import Console
from local_cloud.errors import CloudError
from local_cloud.prerequisites import FOR_A_CLOUD, require
from local_cloud.progress import Progress, SilentProgress, TerminalProgress
from local_cloud.python_environments import cloud_python
from local_cloud.running import RunningCloud
from local_cloud.search_index import rebuild_index
from local_cloud.servers import Server
from local_cloud.state import CloudRecord, StateFolder
from local_cloud.terraform import Terraform
from repository import ROOT, STATE
from zips.dependencies import DependencyError
from zips.service import build_service, service_names

NAME_VARIABLE = "COUNTERSIGN_CLOUD"
_ZIPS = STATE / "zips"


class Cloud:
    """One cloud of this clone; every command on it may be given again and finds what is done already.

    Args:
        state: its folder.
        progress: who is told what is being done.
    """

    def __init__(self, state: StateFolder, progress: Progress) -> None:
        self._state = state
        self._progress = progress
        self._console = Console(ROOT / "web", STATE / "console")

    @classmethod
    def named(cls, name: str | None = None, progress: Progress | None = None) -> Cloud:
        """The cloud `name`; when none is given the one COUNTERSIGN_CLOUD names, else `demo`."""
        chosen = name or os.environ.get(NAME_VARIABLE) or "demo"
        return cls(StateFolder(chosen), progress or TerminalProgress())

    @property
    def logs(self) -> Path:
        """The folder of the engines' and Terraform's logs."""
        return self._state.logs

    def up(self, *, fresh: bool = False) -> RunningCloud:
        """Bring the cloud up to what this clone's files say: only what changed is done again.

        Args:
            fresh: forget what an earlier one kept.

        Raises:
            CloudError: something is missing, or a part refuses; the message says what mends it.
        """
        require(FOR_A_CLOUD)
        with self._state.locked():
            if fresh:
                self._wipe()
            record = self._state.read_or_create()
            if self._terraform(record).end_interrupted():
                # What its first apply made and did not note could not be made again; there is nothing else to lose.
                self._wipe()
                record = self._state.read_or_create()
            self._build_zips()
            self._start_engines(record)
            # Terraform waits most of its time: the console is built meanwhile.
            with ThreadPoolExecutor(max_workers=1) as beside:
                console = beside.submit(self._console.build, SilentProgress())
                outputs = self._apply_if_changed(self._terraform(record), record)
                built = self._wait_for_console(console)
            ensure_accounts(record, outputs["user_pool_id"])
            self._state.write(record)
            self._deploy_console_if_changed(record, outputs["console_bucket"], built)
            running = RunningCloud(record, outputs)
            self._fill_index(running)
            return running

    def running(self) -> RunningCloud:
        """The cloud as it is.

        Raises:
            CloudError: it is not up.
        """
        record = self._state.read()
        outputs = self._terraform(record).outputs() if record else {}
        if record is None or not outputs or len(self.engines_running()) < len(servers.NAMES):
            raise CloudError(f"The cloud {self._state.name!r} is not up.", fix="make up")
        return RunningCloud(record, outputs)

    def engines_running(self) -> dict[str, int]:
        """The engines that run: name → process id."""
        record = self._state.read()
        if record is None:
            return {}
        return {
            name: process.pid for name, process in record.processes.items() if processes.is_alive(process)
        }

    def down(self) -> None:
        """End the engines; what the cloud holds is kept for the next `up`."""
        with self._state.locked():
            self._stop_engines()

    def apply(self) -> RunningCloud:
        """Deploy zips, Terraform and console now, whether or not anything changed."""
        with self._state.locked():
            record = self._required()
            record.console = None
            self._build_zips()
            outputs = self._apply(self._terraform(record), record)
            built = self._console.build(self._progress)
            self._deploy_console_if_changed(record, outputs["console_bucket"], built)
            return RunningCloud(record, outputs)

    def show_plan(self) -> bool:
        """Print what an apply would change. Returns whether that is nothing."""
        with self._state.locked():
            return self._terraform(self._required()).show_plan(self._progress)

    def plan_is_empty(self) -> bool:
        """Whether `terraform plan` finds nothing to change."""
        with self._state.locked():
            return self._terraform(self._required()).plan_is_empty(self._progress)

    def destroy(self) -> None:
        """`terraform destroy`: everything that the apply made is deleted, with all that was put into it."""
        with self._state.locked():
            record = self._required()
            record.applied = record.console = None
            record.accounts = {}
            self._state.write(record)
            self._terraform(record).destroy(self._progress)
            # The engine that Terraform does not know of: what it found is no more.
            servers.stop(servers.SEARCH_ENGINE, record, self._state, self._progress)

    def wipe(self) -> None:
        """End the engines and forget all that the cloud kept."""
        with self._state.locked():
            self._wipe()

    def _required(self) -> CloudRecord:
        """The record of a cloud whose AWS runs."""
        record = self._state.read()
        if record is None or servers.MINISTACK not in self.engines_running():
            raise CloudError(f"The cloud {self._state.name!r} is not up.", fix="make up")
        return record

    def _wipe(self) -> None:
        self._stop_engines()
        self._state.wipe()

    def _build_zips(self) -> None:
        with self._progress.step("Building the zips") as step:
            try:
                for service in service_names(ROOT):
                    step.detail(service)
                    build_service(ROOT, service, zips=_ZIPS, cache=STATE / "dependencies")
            except DependencyError as error:
                raise CloudError(str(error)) from error

    def _start_engines(self, record: CloudRecord) -> None:
        python = cloud_python(STATE / "python", self._progress)
        if self._start(servers.ministack(python, record, self._state), record):
            if not record.stopped_cleanly:
                # It was killed, and what came since its last clean stop with it: make it whole, and forget what the
                # search engine still knows of it.
                record.applied = record.console = None
                servers.stop(servers.SEARCH_ENGINE, record, self._state, self._progress)
            record.stopped_cleanly = False
        if self._start(servers.search_engine(python, record, self._state), record):
            record.index_filled = False
        self._state.write(record)

    def _start(self, engine: Server, record: CloudRecord) -> bool:
        """Start an engine that does not run. Returns whether it had to be."""
        if servers.is_running(engine, record):
            return False
        servers.start(engine, record, self._state, self._progress)
        return True

    def _stop_engines(self) -> None:
        record = self._state.read()
        if record is None:
            return
        for name in record.processes.keys() - set(servers.NAMES):
            processes.stop(record.processes[name])
        if servers.MINISTACK in record.processes:
            record.stopped_cleanly = servers.stop(servers.MINISTACK, record, self._state, self._progress)
        servers.stop(servers.SEARCH_ENGINE, record, self._state, self._progress)
        self._state.write(record)

    def _terraform(self, record: CloudRecord) -> Terraform:
        return Terraform(self._state, record, _ZIPS)

    def _apply_if_changed(self, terraform: Terraform, record: CloudRecord) -> dict[str, Any]:
        outputs = terraform.outputs()
        if outputs and record.applied == terraform.fingerprint():
            return outputs
        return self._apply(terraform, record)

    def _apply(self, terraform: Terraform, record: CloudRecord) -> dict[str, Any]:
        fingerprint = terraform.fingerprint()
        record.applied = None
        self._state.write(record)
        outputs = terraform.apply(self._progress)
        record.applied = fingerprint
        self._state.write(record)
        return outputs

    def _wait_for_console(self, console: Future[str]) -> str:
        if not console.done():
            with self._progress.step("Building the console"):
                return console.result()
        return console.result()

    def _deploy_console_if_changed(self, record: CloudRecord, bucket: str, built: str) -> None:
        if record.console != built:
            self._console.deploy(record, bucket, self._progress)
            record.console = built
            self._state.write(record)

    def _fill_index(self, running: RunningCloud) -> None:
        """A search engine that was just started is empty; the audit table knows what belongs in it."""
        if running.record.index_filled:
            return
        with self._progress.step("Filling the search engine from the audit trail") as step:
            rebuild_index(running.record, running.outputs, step)
        running.record.index_filled = True
        self._state.write(running.record)

    def environment(self) -> dict[str, str]:
        """The variables that point any AWS program at this cloud."""
        return aws.environment(self._required())
