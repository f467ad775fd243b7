"""Running the real Terraform of `stages/local` against one cloud, its state kept in that cloud's folder."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from local_cloud import processes, terraform_process
from local_cloud.environment import isolated_environment
from local_cloud.errors import CloudError
from local_cloud.prerequisites import TERRAFORM, require
from local_cloud.processes import ProcessId
from local_cloud.progress import Progress, Step
from local_cloud.provider_mirror import VARIABLE, find_mirror
from local_cloud.state import CloudRecord, StateFolder
from local_cloud.terraform_events import TerraformEventReader
from repository import ROOT

NAME = "terraform"
"""What `cloud.json` calls the process of the command that runs."""

_STAGE = Path("terraform", "stages", "local")


class Terraform:
    """The `local` stage of one cloud.

    Args:
        state: where Terraform's state, data folder and log are kept.
        record: the cloud's addresses and root key.
        zips: the folder of the services' zips.
    """

    def __init__(self, state: StateFolder, record: CloudRecord, zips: Path) -> None:
        self._state = state
        self._record = record
        self._zips = zips
        self._folder = state.path / "terraform"
        self._variables = self._folder / "cloud.tfvars.json"
        self._outputs_file = state.path / "outputs.json"

    def fingerprint(self) -> str:
        """A digest of everything an apply is made from: configuration, routes, zips and variables."""
        digest = hashlib.sha256(json.dumps(self._values(), sort_keys=True).encode())
        for path in (*_configuration(), *sorted(self._zips.glob("*.zip"))):
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def apply(self, progress: Progress) -> dict[str, Any]:
        """Make the cloud what the configuration says.

        Returns:
            The stage's outputs, name → value; also written to `outputs.json`.

        Raises:
            CloudError: Terraform refused; the message has its reasons.
        """
        self._initialise(progress)
        with progress.step("terraform apply") as step:
            self._narrated("apply", ["-auto-approve"], step)
        return self._write_outputs()

    def destroy(self, progress: Progress) -> None:
        """Delete everything that `apply` made.

        Raises:
            CloudError: Terraform could not delete something.
        """
        self._initialise(progress)
        with progress.step("terraform destroy") as step:
            self._narrated("destroy", ["-auto-approve"], step)
        self._outputs_file.unlink(missing_ok=True)

    def show_plan(self, progress: Progress) -> bool:
        """Print what an apply would change. Returns whether that is nothing."""
        self._initialise(progress)
        command = self._command("plan", ["-detailed-exitcode", "-lock=false", *self._inputs()])
        return _planned_nothing(subprocess.run(command, env=self.environment(), check=False).returncode)

    def plan_is_empty(self, progress: Progress) -> bool:
        """Whether the cloud is what the configuration says.

        Raises:
            CloudError: there is no plan.
        """
        self._initialise(progress)
        with progress.step("terraform plan") as step:
            return _planned_nothing(self._narrated("plan", ["-detailed-exitcode", "-lock=false"], step))

    def planned(self, modules: Iterable[str], progress: Progress) -> dict[str, Any]:
        """What a plan of some modules alone says their resources will be.

        Args:
            modules: addresses, such as `module.platform.module.workflow_table`.
            progress: told of it.

        Returns:
            The `planned_values` of Terraform's JSON form of a plan.

        Raises:
            CloudError: there is no plan.
        """
        self._initialise(progress)
        plan = self._folder / "modules.tfplan"
        targets = [f"-target={module}" for module in modules]
        with progress.step("terraform plan"):
            made = self._run("plan", ["-no-color", "-lock=false", f"-out={plan}", *targets, *self._inputs()])
            shown = self._run("show", ["-json", str(plan)]) if made.returncode == 0 else made
        if shown.returncode != 0:
            raise CloudError(f"terraform plan failed:\n{shown.stderr.strip()}")
        values: dict[str, Any] = json.loads(shown.stdout)["planned_values"]
        return values

    def end_interrupted(self) -> bool:
        """End the command that an earlier program was ended in, if any.

        Returns:
            Whether it was the cloud's first apply: then Terraform does not know all that there is.
        """
        process = self._record.processes.pop(NAME, None)
        if process is None:
            return False
        processes.stop(process)
        self._state.write(self._record)
        return not self._outputs_file.exists()

    def outputs(self) -> dict[str, Any]:
        """The outputs of the last apply, name → value; empty when there was none."""
        try:
            written: dict[str, dict[str, Any]] = json.loads(self._outputs_file.read_text())
        except FileNotFoundError:
            return {}
        return {name: each["value"] for name, each in written.items()}

    def _initialise(self, progress: Progress) -> None:
        """`terraform init`, unless it was done for this very configuration."""
        require([TERRAFORM])
        self._folder.mkdir(parents=True, exist_ok=True)
        self._variables.write_text(json.dumps(self._values(), indent=2) + "\n")
        stamp = self._folder / "initialised-from"
        configuration = hashlib.sha256(b"".join(path.read_bytes() for path in _configuration())).hexdigest()
        if stamp.exists() and stamp.read_text() == configuration:
            return
        with progress.step("terraform init"):
            self._init()
        stamp.write_text(configuration)

    def _init(self) -> None:
        arguments = ["-input=false", "-no-color", "-reconfigure"]
        arguments.append(f"-backend-config=path={self._folder / 'terraform.tfstate'}")
        sources: list[list[str]] = [[]]
        mirror = find_mirror(os.environ, Path.home())
        if mirror is not None:
            # The committed lock file names the packages; it does not change by running a cloud.
            sources.insert(0, ["-lockfile=readonly", f"-plugin-dir={mirror}"])
        failures = []
        for source in sources:
            answer = self._run("init", [*arguments, *source])
            if answer.returncode == 0:
                return
            failures.append(answer.stderr.strip())
        raise CloudError(
            "terraform init cannot get the AWS provider:\n" + "\n".join(failures),
            fix=f"a network connection, or {VARIABLE}=<the folder that holds registry.terraform.io/hashicorp/aws>",
        )

    def _narrated(self, verb: str, arguments: list[str], step: Step) -> int:
        """Run a command with `-json`, tell `step` of it, keep its events in the log.

        Returns:
            The exit code: 0, or 2 for a plan that is not empty.
        """
        log = self._state.logs / "terraform.log"
        narrator = TerraformEventReader(step)
        command = self._command(verb, ["-json", *arguments, *self._inputs()])
        with log.open("a") as kept:

            def hear(line: str) -> None:
                kept.write(line)
                narrator.hear(line)

            exit_code = terraform_process.run(
                command,
                environment=self.environment(),
                began=self._remember,
                hear=hear,
                finish=self._outputs_file.exists(),
            )
        del self._record.processes[NAME]
        self._state.write(self._record)
        if exit_code not in (0, 2):
            reasons = "\n".join(narrator.errors) or "it gave no reason"
            raise CloudError(f"terraform {verb} failed:\n{reasons}\nIts log is {log}.")
        return exit_code

    def _remember(self, process: ProcessId) -> None:
        self._record.processes[NAME] = process
        self._state.write(self._record)

    def _write_outputs(self) -> dict[str, Any]:
        answer = self._run("output", ["-json"])
        if answer.returncode != 0:
            raise CloudError(f"terraform output failed:\n{answer.stderr.strip()}")
        self._outputs_file.touch(mode=0o600)
        self._outputs_file.write_text(answer.stdout)
        return self.outputs()

    def _values(self) -> dict[str, str]:
        """The input variables of `stages/local`."""
        return {
            "endpoint": self._record.endpoint,
            "opensearch_endpoint": self._record.opensearch_endpoint,
            "zips_dir": str(self._zips),
            "iot_endpoint": f"countersign-ats.iot.{self._record.region}.localhost:{self._record.port}",
            "console_origin": self._record.endpoint,
        }

    def _inputs(self) -> list[str]:
        return ["-input=false", f"-var-file={self._variables}"]

    def _command(self, verb: str, arguments: list[str]) -> list[str]:
        return ["terraform", f"-chdir={ROOT / _STAGE}", verb, *arguments]

    def _run(self, verb: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        command = self._command(verb, arguments)
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)

    def environment(self) -> dict[str, str]:
        """What Terraform runs in: this cloud's address and root key, and nothing of a person's own settings."""
        environment = dict(os.environ)
        isolated_environment(environment)
        settings = environment.get("TF_CLI_CONFIG_FILE")
        if settings and not Path(settings).exists():
            del environment["TF_CLI_CONFIG_FILE"]
        return environment | {
            "AWS_ENDPOINT_URL": self._record.endpoint,
            "AWS_REGION": self._record.region,
            "AWS_DEFAULT_REGION": self._record.region,
            "AWS_ACCESS_KEY_ID": self._record.root["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": self._record.root["secret_access_key"],
            "TF_DATA_DIR": str(self._folder / "data"),
            "TF_IN_AUTOMATION": "1",
            # The provider's schema is a heap of small objects: collecting it less often takes a plan from 12 s to 8 s
            # of CPU (measured with provider 5.100.0).
            "GOGC": os.environ.get("GOGC", "400"),
            "CHECKPOINT_DISABLE": "1",
        }


def _configuration() -> Iterator[Path]:
    """The files that Terraform reads of this clone, but for the zips."""
    modules, stage = ROOT / "terraform" / "modules", ROOT / _STAGE
    files = (path for folder in (modules, stage) for path in folder.rglob("*") if path.is_file())
    yield from sorted(path for path in files if ".terraform" not in path.parts and path.suffix != ".md")
    yield from sorted(ROOT.glob("services/*/openapi.json"))


def _planned_nothing(exit_code: int) -> bool:
    """`-detailed-exitcode`: 0 no change, 1 error, 2 changes."""
    if exit_code not in (0, 2):
        raise CloudError("terraform plan failed; its reasons are above.")
    return exit_code == 0
