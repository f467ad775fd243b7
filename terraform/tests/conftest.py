"""A copy of terraform/ to run Terraform in."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from local_cloud.provider_mirror import find_mirror
from repository import ROOT


@dataclass(frozen=True)
class TerraformCopy:
    """terraform/ and the openapi.json files in a temporary folder, so that Terraform's own files stay out of the clone.

    Attributes:
        terraform: The copied folder.
        packages: A folder with an empty package for each service.
        mirror: Local copy of the AWS provider. None: Terraform uses its registry.
    """

    terraform: Path
    packages: Path
    mirror: Path | None

    def initialize(self, folder: str) -> None:
        """Run `terraform init` without a backend. The committed lock file of a stage must not change."""
        mirror = [f"-plugin-dir={self.mirror}"] if self.mirror else []
        # From a registry, init would add the hashes of other platforms to the lock file.
        lock = ["-lockfile=readonly"] if self.mirror and folder.startswith("stages/") else []
        self.run(folder, "init", "-backend=false", *mirror, *lock)

    def test(self, folder: str, *arguments: str) -> Iterator[dict[str, Any]]:
        """Run the `*.tftest.hcl` files in `folder`, and return the state of each run that applies."""
        output = self.run(folder, "test", "-json", "-verbose", *arguments)
        for line in output.splitlines():
            message = json.loads(line)
            if message["type"] == "test_state":
                yield message["test_state"]

    def run(self, folder: str, *command: str) -> str:
        """Run Terraform in `folder` and return its standard output. If it fails, so does the test, with that output."""
        completed = subprocess.run(
            ["terraform", *command, "-no-color"],
            cwd=self.terraform / folder,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if completed.returncode != 0:
            errors = completed.stderr + _without_states(completed.stdout)
            pytest.fail(f"terraform {command[0]} in {folder}:\n{errors}", pytrace=False)
        return completed.stdout


def _without_states(output: str) -> str:
    """Terraform prints a state or a plan as one line of several megabytes."""
    return "\n".join(line[:2000] for line in output.splitlines())


def _environment() -> dict[str, str]:
    """Return the environment without AWS and Terraform settings, so that no test can reach an account."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    settings = os.environ.get("TF_CLI_CONFIG_FILE", "")
    if Path(settings).is_file():
        environment["TF_CLI_CONFIG_FILE"] = settings
    # GOGC: see local_cloud/terraform.py. A test needs a quarter less CPU time.
    return environment | {"AWS_EC2_METADATA_DISABLED": "true", "CHECKPOINT_DISABLE": "1", "GOGC": "400"}


@pytest.fixture
def copy(tmp_path: Path) -> TerraformCopy:
    """Return a new copy, with empty packages."""
    ignored = shutil.ignore_patterns(".terraform", "*.tfstate*", "__pycache__")
    shutil.copytree(ROOT / "terraform", tmp_path / "terraform", ignore=ignored)
    packages = tmp_path / "packages"
    packages.mkdir()
    for openapi in ROOT.glob("services/*/openapi.json"):
        service = openapi.parent.name
        (tmp_path / "services" / service).mkdir(parents=True)
        shutil.copy(openapi, tmp_path / "services" / service)
        with ZipFile(packages / f"{service}.zip", "w") as archive:
            archive.writestr("empty.py", "")
    return TerraformCopy(tmp_path / "terraform", packages, find_mirror(os.environ))
