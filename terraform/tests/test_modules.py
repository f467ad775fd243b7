"""Every module has the same files, is documented, and passes its own Terraform tests."""

from pathlib import Path

import pytest

from repository import ROOT
from terraform.tests import hcl

TERRAFORM = ROOT / "terraform"
MODULES = sorted(folder for folder in (TERRAFORM / "modules").iterdir() if folder.is_dir())
STAGES = sorted(folder for folder in (TERRAFORM / "stages").iterdir() if folder.is_dir())
TESTED = [folder.name for folder in MODULES if list(folder.glob("tests/*.tftest.hcl"))]

all_folders = pytest.mark.parametrize("folder", [*MODULES, *STAGES], ids=lambda folder: folder.name)


@pytest.mark.parametrize("module", TESTED)
def test_module_passes_its_own_tests(copy, module):
    copy.initialize(f"modules/{module}")
    copy.run(f"modules/{module}", "test")


@pytest.mark.parametrize(
    "module",
    [
        "api",
        "identity",
        "lambda_function",
        "log_key",
        "observability",
        "proof_bucket",
        "queue",
        "search",
        "table",
    ],
)
def test_module_that_the_local_cloud_cannot_fully_test_has_its_own_tests(module):
    assert module in TESTED


@all_folders
def test_folder_has_the_standard_files(folder):
    files = {each.name for each in folder.iterdir()}
    assert {"main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md"} <= files


@all_folders
def test_readme_starts_with_the_name_of_its_folder(folder):
    assert (folder / "README.md").read_text().startswith(f"# {folder.name}\n")


@all_folders
def test_every_variable_has_a_type_and_a_description(folder):
    variables = hcl.blocks(folder / "variables.tf", "variable")
    assert variables
    assert [name for name, body in variables.items() if not body.get("description")] == []
    assert [name for name, body in variables.items() if "any" in body.get("type", "any")] == []


@all_folders
def test_every_output_has_a_description(folder):
    outputs = hcl.blocks(folder / "outputs.tf", "output")
    assert [name for name, body in outputs.items() if not body.get("description")] == []


@all_folders
def test_variables_and_outputs_are_declared_in_their_own_files(folder):
    for file in folder.glob("*.tf"):
        expected = {"variables.tf": {"variable"}, "outputs.tf": {"output"}}.get(file.name, set())
        assert {kind for kind in ("variable", "output") if hcl.blocks(file, kind)} <= expected, file.name


@pytest.mark.parametrize("module", MODULES, ids=lambda folder: folder.name)
def test_every_output_of_a_module_is_used(module: Path):
    """By another module or, for those of `platform`, by a test or a script: see its outputs.tf."""
    if module.name == "platform":
        return
    platform = "\n".join(file.read_text() for file in (TERRAFORM / "modules" / "platform").glob("*.tf"))
    unused = [name for name in hcl.blocks(module / "outputs.tf", "output") if f".{name}" not in platform]
    assert unused == []


def test_every_function_of_the_platform_is_listed_so_that_it_has_alarms():
    platform = TERRAFORM / "modules" / "platform"
    created = {
        name
        for file in platform.glob("*.tf")
        for name, body in hcl.blocks(file, "module").items()
        if body["source"] == "../lambda_function"
    }
    (constants,) = hcl.values(platform / "main.tf")["locals"]
    assert created
    assert {value.strip("${}") for value in constants["functions"].values()} == {
        f"module.{name}" for name in created
    }
