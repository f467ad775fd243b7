"""Missing programs are reported together, each with its fix."""

from pathlib import Path

import pytest

from local_cloud import prerequisites
from local_cloud.errors import CloudError
from local_cloud.prerequisites import Prerequisite, require, version_of


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def _install(folder: Path, name: str, output: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{output}'\n")
    program.chmod(0o755)


def _toy(*minimum: int) -> Prerequisite:
    return Prerequisite("Toy", "plays", minimum, ("toy", "--version"), "apt-get install toy")


def test_a_missing_program_is_reported_with_its_purpose_and_its_fix() -> None:
    with pytest.raises(CloudError, match=r"Toy is missing \(plays\)\. Fix: apt-get install toy"):
        require([_toy(1, 2)])


def test_an_old_program_is_reported_with_both_versions(path: Path) -> None:
    _install(path, "toy", "Toy v1.1.9 (built today)")
    with pytest.raises(CloudError, match=r"Toy 1\.1\.9 is too old, 1\.2 is needed"):
        require([_toy(1, 2)])


@pytest.mark.parametrize("version", ["1.2", "2.0"])
def test_a_new_enough_program_is_accepted(version: str, path: Path) -> None:
    _install(path, "toy", version)
    require([_toy(1, 2)])


def test_all_errors_are_reported_together(path: Path) -> None:
    _install(path, "toy", "1.1")
    with pytest.raises(CloudError) as raised:
        require([_toy(1, 2), prerequisites.NODE])
    assert len(str(raised.value).splitlines()) == 2


@pytest.mark.parametrize(
    "each", [prerequisites.TERRAFORM, prerequisites.NODE, prerequisites.NPM, prerequisites.CHROMIUM]
)
def test_each_program_is_missing_from_an_empty_path(each: Prerequisite) -> None:
    assert each.fix in (each.error() or "")


def test_terraform_warns_of_no_missing_settings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", "/missing-9.9")
    _install(path, "terraform", """'"$TF_CLI_CONFIG_FILE"' Terraform v1.11.4""")
    assert version_of(prerequisites.TERRAFORM.command) == (1, 11, 4)
