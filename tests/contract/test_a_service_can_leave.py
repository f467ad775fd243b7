"""Each service can leave for a repository of its own: its folder and common's wheel are all it needs."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from repository import ROOT
from zips.dependencies import uv

_NOT_ITS_OWN = shutil.ignore_patterns(".venv", "dist", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis")


@pytest.fixture(scope="module")
def leaving(tmp_path_factory: pytest.TempPathFactory):
    """All services leave at once: name → how its own tests went, somewhere else."""
    away = tmp_path_factory.mktemp("away")
    wheels = away / "wheels"
    _run([uv(), "build", "--quiet", "--wheel", str(ROOT / "libs" / "common"), "--out-dir", str(wheels)], away)
    with ThreadPoolExecutor() as pool:
        yield {
            name: pool.submit(_leave, name, away, wheels) for name in ("workflow", "audit", "notifications")
        }


@pytest.mark.parametrize("name", ["workflow", "audit", "notifications"])
def test_its_own_tests_pass_in_a_folder_outside_the_repository(name: str, leaving: dict[str, Future[str]]):
    told = leaving[name].result()
    assert " passed" in told
    assert "failed" not in told


def _leave(name: str, away: Path, wheels: Path) -> str:
    """Copy the service, install it with its development dependencies and common's wheel, run `make test` there."""
    home, environment = away / name, away / f"{name}-venv"
    shutil.copytree(ROOT / "services" / name, home, ignore=_NOT_ITS_OWN)
    locked = away / f"{name}-locked.txt"
    # The versions that the lock has: what is tested is that the folder stands alone, not what came out today.
    _run(
        [uv(), "export", "--quiet", "--frozen", "--package", f"countersign-{name}", "--no-emit-workspace",
         "--no-hashes", "--output-file", str(locked)],
        ROOT,
    )  # fmt: skip
    _run([uv(), "venv", "--quiet", "--python", sys.executable, str(environment)], home)
    python = environment / "bin" / "python"
    _run(
        [uv(), "pip", "install", "--quiet", "--python", str(python), "--find-links", str(wheels),
         "--constraint", str(locked), "--editable", ".", "--group", "dev"],
        home,
    )  # fmt: skip
    return _run(["make", "--no-print-directory", "test", f"PYTHON={python}"], home)


def _run(command: list[str], folder: Path) -> str:
    """What a command prints; nothing of this repository's environment reaches it."""
    hidden = (
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "PYTEST_ADDOPTS",
        "UV_PROJECT_ENVIRONMENT",
        "MAKEFLAGS",
        "MAKELEVEL",
    )
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    answer = subprocess.run(
        command, cwd=folder, env={**environment, "UV_PYTHON_DOWNLOADS": "never"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, f"{' '.join(command)}\n{answer.stdout}\n{answer.stderr}"
    return answer.stdout
