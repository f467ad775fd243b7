"""Run Terraform with the `local` stage against one cloud. The cloud's folder holds the state."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commands import run
from local_cloud import processes, terraform_process
from local_cloud.environment import isolated_environment
from local_cloud.errors import CloudError
from local_cloud.prerequisites import TERRAFORM, require
from local_cloud.processes import ProcessId
from local_cloud.progress import Detail, Progress
from local_cloud.provider_mirror import VARIABLE, find_mirror
from local_cloud.state import CloudRecord, StateFolder
from local_cloud.terraform_process import TerraformEventReader
from repository import ROOT, digest_of

NAME = "terraform"
"""The name of a running command in `cloud.json`."""

STAGE = ROOT / "terraform" / "stages" / "local"
_MODULES = ROOT / "terraform" / "modules"


class LostResponseError(CloudError):
    """A resource of the first apply already exists: the response to its creation was lost, and it was created again."""


class Terraform:
    """The `local` stage of one cloud, with Terraform's state, data and log in the cloud's folder."""

    def __init__(self, state: StateFolder, record: CloudRecord, zips: Path) -> None:
        self._state = state
        self._record = record
        self._zips = zips
        self._folder = state.path / "terraform"
        self._variables = self._folder / "cloud.tfvars.json"
        self._outputs_file = state.path / "outputs.json"

    def fingerprint(self) -> str:
        """Return a digest of everything that an apply deploys: configuration, routes, zips and variables."""
        variables = json.dumps(self._values(), sort_keys=True)
        return digest_of([*configuration_files(), *sorted(self._zips.glob("*.zip"))], variables)

    def apply(self, progress: Progress) -> dict[str, Any]:
        """Apply the configuration and return the outputs, name → value.

        Raises:
            LostResponseError: A resource exists that the state lacks. Only a new cloud can be applied.
            CloudError: Terraform failed; the message has its errors.
        """
        self._init(progress)
        with progress.step("terraform apply") as detail:
            self._run_with_events("apply", detail)
        self._outputs_file.touch(mode=0o600)
        self._outputs_file.write_text(self._run("output", "-json", "platform"))
        return self.outputs()

    def show_plan(self, progress: Progress) -> bool:
        """Print what an apply would change. Return whether that is nothing."""
        self._init(progress)
        command = self._command("plan", "-detailed-exitcode", "-lock=false", *self._inputs())
        exit_code = subprocess.run(command, env=self.environment(), check=False).returncode
        if exit_code not in (0, 2):
            raise CloudError("terraform plan failed; see its errors above.")
        return exit_code == 0

    def plan(self, progress: Progress) -> dict[str, Any]:
        """Return a plan ("JSON Output Format" of the Terraform documentation)."""
        self._init(progress)
        file = self._folder / "plan.tfplan"
        with progress.step("terraform plan"):
            self._run("plan", "-no-color", "-lock=false", f"-out={file}", *self._inputs())
            return dict(json.loads(self._run("show", "-json", str(file))))

    def end_interrupted(self) -> bool:
        """End a command that outlived an earlier, interrupted program.

        Returns:
            Whether it was the cloud's first apply. Terraform's state is then incomplete.
        """
        process = self._record.processes.pop(NAME, None)
        if process is None:
            return False
        processes.stop(process)
        self._state.write(self._record)
        return not self._outputs_file.exists()

    def outputs(self) -> dict[str, Any]:
        """Return the outputs of the last apply, name → value; empty without one."""
        return dict(json.loads(self._outputs_file.read_text())) if self._outputs_file.exists() else {}

    def environment(self) -> dict[str, str]:
        """Return Terraform's environment: the cloud's address and root key, and none of the user's settings."""
        environment = dict(os.environ)
        isolated_environment(environment)
        if not Path(environment.get("TF_CLI_CONFIG_FILE", os.devnull)).exists():
            del environment["TF_CLI_CONFIG_FILE"]
        return {
            # The provider's schema is a heap of small objects: collecting it less often reduces the CPU time of a
            # plan from 12 s to 8 s (measured with provider 5.100.0).
            "GOGC": "400",
            **environment,
            **self._record.aws_environment,
            "TF_DATA_DIR": str(self._folder / "data"),
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
        }

    def _init(self, progress: Progress) -> None:
        """Run `terraform init` unless it ran with this configuration."""
        require([TERRAFORM])
        self._folder.mkdir(parents=True, exist_ok=True)
        self._variables.write_text(json.dumps(self._values(), indent=2) + "\n")
        stamp, configuration = self._folder / "initialized-from", digest_of(configuration_files())
        if stamp.exists() and stamp.read_text() == configuration:
            return
        arguments = ["-input=false", "-no-color", "-reconfigure"]
        arguments.append(f"-backend-config=path={self._folder / 'terraform.tfstate'}")
        mirror = find_mirror(os.environ)
        with progress.step("terraform init"):
            try:
                # A mirror has one platform only: the committed lock file must not change.
                from_mirror = ["-lockfile=readonly", f"-plugin-dir={mirror}"] if mirror else []
                self._run("init", *arguments, *from_mirror)
            except CloudError as error:
                if mirror is None:
                    fix = f"connect to a network, or set {VARIABLE} to a provider mirror"
                    raise CloudError(str(error), fix) from None
                self._run("init", *arguments)
        stamp.write_text(configuration)

    def _run_with_events(self, verb: str, detail: Detail) -> None:
        path = self._state.logs / "terraform.log"
        reader = TerraformEventReader(detail)
        with path.open("a") as log:

            def on_line(line: str) -> None:
                log.write(line)
                reader.on_line(line)

            exit_code = terraform_process.run(
                self._command(verb, "-json", "-auto-approve", *self._inputs()),
                environment=self.environment(),
                on_start=self._note_process,
                on_line=on_line,
                finish=self._outputs_file.exists(),
            )
        del self._record.processes[NAME]
        self._state.write(self._record)
        if exit_code != 0:
            errors = "\n".join(reader.errors) or "no error message"
            is_lost = "already exists" in errors and not self._outputs_file.exists()
            error = LostResponseError if is_lost else CloudError
            raise error(f"terraform {verb} failed:\n{errors}\nLog: {path}")

    def _note_process(self, process: ProcessId) -> None:
        self._record.processes[NAME] = process
        self._state.write(self._record)

    def _values(self) -> dict[str, str]:
        """Return the input variables of the `local` stage."""
        return {
            "endpoint": self._record.endpoint,
            "opensearch_endpoint": self._record.opensearch_endpoint,
            "packages_dir": str(self._zips),
            "iot_endpoint": f"countersign-ats.iot.{self._record.region}.localhost:{self._record.port}",
            "console_origin": self._record.console_origin,
        }

    def _inputs(self) -> list[str]:
        return ["-input=false", f"-var-file={self._variables}"]

    def _command(self, verb: str, *arguments: str) -> list[str]:
        return ["terraform", f"-chdir={STAGE}", verb, *arguments]

    def _run(self, verb: str, *arguments: str) -> str:
        return run(self._command(verb, *arguments), environment=self.environment())


def configuration_files() -> Iterator[Path]:
    """Return the files of this clone that the `local` stage reads, except the zips."""
    files = (path for folder in (_MODULES, STAGE) for path in folder.rglob("*") if path.is_file())
    yield from sorted(path for path in files if ".terraform" not in path.parts and path.suffix != ".md")
    yield from sorted(ROOT.glob("services/*/openapi.json"))
