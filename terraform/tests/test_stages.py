"""Every stage is valid, applies to a mocked provider with its own values, and allows nothing without a reason."""

import pytest

from repository import ROOT
from terraform.tests import hcl
from terraform.tests.policies import statements, wildcards

STAGES = ROOT / "terraform" / "stages"
ON_AWS = sorted(file.stem for file in (STAGES / "aws").glob("*.tfvars"))

ALLOWED_WILDCARDS = {
    "Allow xray:PutTraceSegments, xray:PutTelemetryRecords on resource *": "X-Ray supports no other resource.",
    "Deny action s3:*": "Nothing is allowed without TLS.",
    "Deny action sqs:*": "Nothing is allowed without TLS.",
    "Deny principal *": "No one is allowed to connect without TLS, and only producers to send to a queue.",
}
"""What may match everything, and why."""


def test_all_files_are_formatted(copy):
    copy.run(".", "fmt", "-check", "-recursive", "-diff")


@pytest.mark.parametrize("root", ["local", "aws"])
def test_root_is_valid(copy, root):
    copy.initialize(f"stages/{root}")
    copy.run(f"stages/{root}", "validate")


def test_dev_staging_and_prod_are_stages_on_aws():
    assert {"dev", "staging", "prod"} <= set(ON_AWS)


@pytest.mark.parametrize("stage", ON_AWS)
def test_stage_applies_with_its_own_values_and_policies_match_everything_only_for_a_reason(copy, stage):
    copy.initialize("stages/aws")
    (state,) = copy.test("stages/aws", f"-var-file={stage}.tfvars", f"-var=packages_dir={copy.packages}")
    found = list(statements(state))
    assert len({address for address, _ in found}) > 20  # roles, their policies, bucket, logs, search, IoT
    everything = {wildcard for address, statement in found for wildcard in wildcards(address, statement)}
    assert everything == set(ALLOWED_WILDCARDS)


@pytest.mark.parametrize("stage", ON_AWS)
def test_stage_has_its_own_state(stage):
    backend = hcl.values(STAGES / "aws" / f"{stage}.backend.hcl")
    stage_values = hcl.values(STAGES / "aws" / f"{stage}.tfvars")
    assert stage_values["stage"] == stage
    assert backend["key"] == f"countersign/{stage}/terraform.tfstate"


def test_stages_on_aws_set_the_same_variables():
    names = {stage: set(hcl.values(STAGES / "aws" / f"{stage}.tfvars")) for stage in ON_AWS}
    # The account is an argument of `make plan` and `make apply`, and the packages are in a folder with a default.
    expected = set(hcl.blocks(STAGES / "aws" / "variables.tf", "variable")) - {"account_id", "packages_dir"}
    assert names == dict.fromkeys(ON_AWS, expected)


def test_both_roots_lock_the_same_provider():
    locks = {(folder / ".terraform.lock.hcl").read_text() for folder in STAGES.iterdir()}
    assert len(locks) == 1
