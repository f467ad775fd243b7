"""A machine that lacks a program is told so at once: one message with the fix, no traceback, no hundred failures."""

import subprocess
import sys
from pathlib import Path

import pytest

from repository import ROOT


@pytest.mark.parametrize("command", [["check.py"], ["test.py"], ["test.py", "terraform"], ["cloud.py", "up"]])
def test_without_terraform_a_command_ends_with_what_mends_it(command: list[str], tmp_path: Path) -> None:
    said = _run(command, tmp_path)
    assert "Terraform is missing" in said
    assert "npm is missing" in said


def test_the_consoles_tests_alone_ask_for_no_terraform(tmp_path: Path) -> None:
    said = _run(["test.py", "web"], tmp_path)
    assert "npm is missing" in said
    assert "Terraform" not in said


def _run(command: list[str], path: Path) -> str:
    """What a script says that finds nothing on its PATH and must therefore fail."""
    answer = subprocess.run(
        [sys.executable, ROOT / "scripts" / command[0], *command[1:]],
        env={"PATH": str(path), "HOME": str(path), "COUNTERSIGN_CLOUD": "nobodys"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "Fix: " in answer.stderr
    return answer.stderr
