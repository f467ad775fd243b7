"""Each service can leave for a repository of its own: its folder and common's wheel are all it needs."""

import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.isolated_install import build_wheel, install, run
from repository import ROOT

_NOT_ITS_OWN = shutil.ignore_patterns(".venv", "dist", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis")


@pytest.fixture(scope="module")
def leaving(tmp_path_factory: pytest.TempPathFactory):
    """All services leave at once: name → how its own tests went, somewhere else."""
    away = tmp_path_factory.mktemp("away")
    wheels = away / "wheels"
    build_wheel("libs/common", wheels)
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
    home = away / name
    shutil.copytree(ROOT / "services" / name, home, ignore=_NOT_ITS_OWN)
    python = install(f"countersign-{name}", "--editable", ".", "--group", "dev", folder=home, wheels=wheels)
    return run(["make", "--no-print-directory", "test", f"PYTHON={python}"], home)
