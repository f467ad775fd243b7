"""Without a program that it needs, a command fails at once with one message that says how to fix it."""

import subprocess
import sys
from pathlib import Path

import pytest

from repository import ROOT


@pytest.mark.parametrize(
    "command", [["test.py", "check"], ["test.py"], ["test.py", "system"], ["cloud.py", "up"]]
)
def test_missing_terraform_and_npm_are_reported_together(command: list[str], tmp_path: Path) -> None:
    errors = _run(command, tmp_path)
    assert "Terraform is missing" in errors
    assert "npm is missing" in errors


def test_the_consoles_tests_need_no_terraform(tmp_path: Path) -> None:
    errors = _run(["test.py", "web"], tmp_path)
    assert "npm is missing" in errors
    assert "Terraform" not in errors


def _run(command: list[str], path: Path) -> str:
    """Run a script with an empty PATH, and return its error output."""
    ended = subprocess.run(
        [sys.executable, ROOT / "scripts" / command[0], *command[1:]],
        env={"PATH": str(path), "HOME": str(path), "COUNTERSIGN_CLOUD": "no-such-cloud"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "Fix: " in ended.stderr
    return ended.stderr
