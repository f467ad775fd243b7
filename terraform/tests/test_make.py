"""`make plan` and `make apply` for a stage on AWS, with a `terraform` that only records how it was called."""

import os
import subprocess
from pathlib import Path

import pytest

RECORDER = """#!/bin/sh
echo "$TF_DATA_DIR $TF_VAR_account_id $*" >> "$RECORD"
"""
COMPLETE = ("STAGE=prod", "ACCOUNT_ID=123456789012", "STATE_BUCKET=my-state")


@pytest.fixture
def make(copy, tmp_path: Path):
    """Return a function that runs make in the copy: (completed process, terraform's calls)."""
    (tmp_path / "Makefile").write_text("build:\n\t@echo built\n")
    program = tmp_path / "bin" / "terraform"
    program.parent.mkdir()
    program.write_text(RECORDER)
    program.chmod(0o755)
    record = tmp_path / "record"
    environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "RECORD": str(record)}

    def run(*arguments: str) -> tuple["subprocess.CompletedProcess[str]", list[str]]:
        completed = subprocess.run(
            ["make", *arguments],
            cwd=copy.terraform,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return completed, record.read_text().splitlines() if record.exists() else []

    return run


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_stage_is_initialized_with_its_own_backend_before_the_command(make, tmp_path: Path, command: str):
    completed, (init, call) = make(command, *COMPLETE)
    assert completed.returncode == 0, completed.stderr
    prefix = f"{tmp_path}/.countersign/terraform/prod 123456789012 -chdir=stages/aws"
    backend = "-backend-config=prod.backend.hcl -backend-config=bucket=my-state"
    assert init == f"{prefix} init -input=false -reconfigure {backend}"
    assert call.startswith(f"{prefix} {command} ")
    assert call.endswith("-var-file=prod.tfvars")
    assert "built" in completed.stdout


@pytest.mark.parametrize("missing", COMPLETE)
def test_missing_argument_is_named_and_nothing_is_called(make, missing: str):
    completed, calls = make("apply", *[each for each in COMPLETE if each != missing])
    assert completed.returncode != 0
    assert missing.partition("=")[0] in completed.stderr
    assert calls == []


def test_unknown_stage_is_rejected_with_the_list_of_stages(make, copy):
    completed, calls = make("plan", "STAGE=test", *COMPLETE[1:])
    assert completed.returncode != 0
    stages = sorted(file.stem for file in (copy.terraform / "stages" / "aws").glob("*.tfvars"))
    assert f"one of: {' '.join(stages)}." in completed.stderr
    assert calls == []
