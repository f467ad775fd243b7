"""The zips as Lambda sees them: compiled where a Python of the runtime's version is found, and complete."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from zips.compiled import TASK_ROOT, compiled

from repository import ROOT, STATE
from zips.lambda_python import lambda_python
from zips.service import build_service

HANDLERS = {
    "workflow": ("api", "relay_outbox"),
    "audit": ("api", "create_audit_trail", "rebuild_index"),
    "notifications": ("api", "send_notifications"),
}


@pytest.mark.parametrize("service", HANDLERS)
def test_every_handler_imports_out_of_its_zip(service: str, tmp_path: Path) -> None:
    built = build_service(ROOT, service, zips=tmp_path / "zips", cache=STATE / "dependencies")
    with zipfile.ZipFile(built.path) as archive:
        archive.extractall(tmp_path / "task")
    statement = "; ".join(f"import {service}_service.handlers.{name}" for name in HANDLERS[service])
    # The zip comes first on the path; of what stands beside it a function has boto3 alone.
    path = [str(tmp_path / "task"), str(_only_botocore(tmp_path / "runtime"))]
    answer = subprocess.run(
        [sys.executable, "-S", "-c", statement],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_compiled_modules_are_the_same_each_time_and_name_their_place_on_lambda() -> None:
    sources = {
        "toy/__init__.py": b"",
        "toy/rules.py": b"NAMES = frozenset({'a', 'b', 'c'})\n",
        "toy/data.json": b"{}",
    }
    first = compiled(sources)
    assert compiled(sources) == first
    if lambda_python() is None:
        assert first == {}
    else:
        assert sorted(first) == [
            "toy/__pycache__/__init__.cpython-313.pyc",
            "toy/__pycache__/rules.cpython-313.pyc",
        ]
        assert f"{TASK_ROOT}/toy/rules.py".encode() in first["toy/__pycache__/rules.cpython-313.pyc"]


def _only_botocore(folder: Path) -> Path:
    """A folder with what the Lambda runtime carries: boto3, and what boto3 needs."""
    folder.mkdir()
    for name in ("boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "six.py"):
        found = importlib.metadata.distribution("boto3").locate_file(name)
        (folder / name).symlink_to(str(found))
    return folder
