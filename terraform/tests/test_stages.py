"""Every stage is valid, and those on AWS differ in values only."""

import pytest

from repository import ROOT

STAGES = ROOT / "terraform" / "stages"
ON_AWS = ("dev", "staging", "prod")
VALUES = {"terraform.tfvars", "backend.hcl"}


def test_everything_is_formatted(copy):
    copy.run(".", "fmt", "-check", "-recursive", "-diff")


def test_the_local_stage_is_valid(copy):
    copy.initialise("stages/local")
    copy.run("stages/local", "validate")


@pytest.mark.parametrize("stage", ON_AWS)
def test_a_stage_on_aws_is_valid_and_plans_with_its_own_values(copy, stage):
    copy.initialise(f"stages/{stage}")
    copy.run(f"stages/{stage}", "validate")
    copy.test_stage(stage)


def test_the_stages_on_aws_differ_in_values_only():
    code = [
        {
            each.name: each.read_text()
            for each in (STAGES / stage).iterdir()
            if each.is_file() and each.name not in VALUES
        }
        for stage in ON_AWS
    ]
    assert code[0] == code[1] == code[2]
    files = {"main.tf", "variables.tf", "outputs.tf", "versions.tf", ".terraform.lock.hcl", "README.md"}
    assert files == set(code[0])


@pytest.mark.parametrize("stage", ON_AWS)
def test_each_stage_on_aws_has_a_state_of_its_own(stage):
    assert f'"countersign/{stage}/terraform.tfstate"' in (STAGES / stage / "backend.hcl").read_text()
    assert f'stage        = "{stage}"' in (STAGES / stage / "terraform.tfvars").read_text()


def test_all_stages_lock_the_same_provider():
    locks = {(folder / ".terraform.lock.hcl").read_text() for folder in STAGES.iterdir()}
    assert len(locks) == 1
