"""A copy of terraform/ to run Terraform in, and the test run's one deployed cloud."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from harness.shared_cloud import prepare, shared_cloud
from local_cloud.provider_mirror import find_mirror
from local_cloud.running import RunningCloud
from repository import ROOT

STAGE_TEST = Path("tests", "fixtures", "stage.tftest.hcl")


@dataclass(frozen=True)
class Copy:
    """terraform/ and the openapi.json files in a temporary folder: what Terraform writes there is nobody's.

    Attributes:
        terraform: the copied folder.
        zips: a folder with a zip for each service, to plan with.
        mirror: where the AWS provider is, or None: Terraform then asks its registry.
    """

    terraform: Path
    zips: Path
    mirror: Path | None

    def initialise(self, folder: str) -> None:
        """`terraform init` without a backend; a stage's committed lock file must do as it is."""
        mirror = [f"-plugin-dir={self.mirror}"] if self.mirror else []
        # A mirror has one platform's package: only there can the committed file stay as it is.
        locked = ["-lockfile=readonly"] if self.mirror and folder.startswith("stages/") else []
        self.run(folder, "init", "-backend=false", *mirror, *locked)

    def test_stage(self, stage: str) -> None:
        """Run the stages' common test in one of them, with that stage's own values."""
        tests = self.terraform / "stages" / stage / "tests"
        tests.mkdir()
        shutil.copy(self.terraform / STAGE_TEST, tests)
        self.run(f"stages/{stage}", "test", "-var", f"zips_dir={self.zips}")

    def run(self, folder: str, *command: str) -> None:
        """Run Terraform in a folder of the copy; what it says becomes the failure's message."""
        answer = subprocess.run(
            ["terraform", *command, "-no-color"],
            cwd=self.terraform / folder,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            pytest.fail(f"terraform {command[0]} in {folder}:\n{answer.stdout}{answer.stderr}", pytrace=False)


def _environment() -> dict[str, str]:
    """No account and no address of one: nothing here may reach AWS."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    settings = os.environ.get("TF_CLI_CONFIG_FILE", "")
    if Path(settings).is_file():
        environment["TF_CLI_CONFIG_FILE"] = settings
    return environment | {"AWS_EC2_METADATA_DISABLED": "true", "CHECKPOINT_DISABLE": "1"}


def pytest_configure(config: pytest.Config) -> None:
    """Name the run, so that the cloud ends with it."""
    prepare(config)


@pytest.fixture(scope="session")
def cloud() -> RunningCloud:
    """The run's one deployed cloud, started at its first use."""
    return shared_cloud()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A fresh copy, with empty zips."""
    left_out = shutil.ignore_patterns(".terraform", "*.tfstate*", "__pycache__")
    shutil.copytree(ROOT / "terraform", tmp_path / "terraform", ignore=left_out)
    zips = tmp_path / "zips"
    zips.mkdir()
    for openapi in ROOT.glob("services/*/openapi.json"):
        service = openapi.parent.name
        (tmp_path / "services" / service).mkdir(parents=True)
        shutil.copy(openapi, tmp_path / "services" / service)
        with ZipFile(zips / f"{service}.zip", "w") as archive:
            archive.writestr("empty.py", "")
    return Copy(tmp_path / "terraform", zips, find_mirror(os.environ))
