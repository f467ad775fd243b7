"""Each service can move to its own repository: with the common library's wheel and the shared settings."""

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.isolated_install import build_wheel, install, run
from repository import ROOT, service_names

SHARED_SETTINGS = ("pyproject.toml", "package.mk")
"""The repository's tool settings and make targets, which every package uses."""

_NOT_COPIED = shutil.ignore_patterns(".venv", "dist", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[str]]]:
    """The output of each service's own tests outside the repository."""
    folder = tmp_path_factory.mktemp("outside")
    build_wheel("libs/common", folder / "wheels")
    with ThreadPoolExecutor() as executor:
        yield {name: executor.submit(_move_and_test, name, folder) for name in service_names()}


@pytest.mark.parametrize("name", service_names())
def test_a_services_own_tests_pass_outside_the_repository(name: str, outputs: dict[str, Future[str]]):
    output = outputs[name].result()
    assert " passed" in output
    assert "failed" not in output


def _move_and_test(name: str, folder: Path) -> str:
    """Copy the service and the settings, install it with the common library's wheel, and run `make test`."""
    repository = folder / name
    home = repository / "services" / name
    shutil.copytree(ROOT / "services" / name, home, ignore=_NOT_COPIED)
    for file in SHARED_SETTINGS:
        shutil.copy(ROOT / file, repository)
    arguments = ["--editable", ".", "--group", "dev"]
    python = install(f"countersign-{name}", *arguments, folder=home, wheels=folder / "wheels")
    return run(["make", "--no-print-directory", "test", f"PYTHON={python}"], home)
