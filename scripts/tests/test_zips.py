"""The bytes of a zip depend only on its contents, and its handlers import on Lambda."""

import importlib.metadata
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from repository import ROOT, STATE, service_names
from zips.archive import EPOCH, TASK_ROOT, compile_modules, zip_bytes
from zips.folders import dependency_files, package_files
from zips.lambda_python import lambda_python
from zips.service import build_service

SCRIPTS = Path(__file__).resolve().parents[1]


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def test_the_order_of_files_does_not_change_the_bytes() -> None:
    assert zip_bytes({"b.py": b"2", "a/c.py": b"1"}) == zip_bytes({"a/c.py": b"1", "b.py": b"2"})


def test_names_are_sorted_and_times_and_modes_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_bytes({"b.py": b"2", "a.py": b"1"}))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["a.py", "b.py"]
    assert {entry.date_time for entry in entries} == {EPOCH}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}


def test_a_package_is_packed_without_caches(tmp_path: Path) -> None:
    _touch(tmp_path, "toy/__init__.py", "toy/__pycache__/x.cpython-311.pyc", "toy/py.typed")
    assert sorted(package_files(tmp_path)) == ["toy/__init__.py", "toy/py.typed"]


def test_a_dependency_is_packed_without_tests_commands_and_installer_files(tmp_path: Path) -> None:
    kept = ["toy-1.dist-info/METADATA", "toy-1.dist-info/licenses/LICENSE", "toy/core.py"]
    _touch(tmp_path, *kept, "toy/tests/test_core.py", "bin/toy", ".lock")
    _touch(tmp_path, "toy-1.dist-info/RECORD", "toy-1.dist-info/INSTALLER")
    assert sorted(dependency_files(tmp_path)) == kept


def _build_in(folder: Path, service: str, umask: int) -> bytes:
    """Build a service of the clone in `folder`, in a process with `umask`."""
    program = (
        "import sys; from pathlib import Path; from zips.service import build_service;"
        "root = Path(sys.argv[1]);"
        "build_service(root, sys.argv[2], zips=root / 'out', cache=Path(sys.argv[3]))"
    )
    command = [sys.executable, "-c", program, str(folder), service, str(STATE / "dependencies")]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SCRIPTS)}, umask=umask, check=True)
    return (folder / "out" / f"{service}.zip").read_bytes()


@pytest.mark.parametrize("service", service_names())
def test_builds_in_two_folders_under_two_umasks_are_identical(service: str, tmp_path: Path) -> None:
    built = []
    for umask, name in ((0o022, "one"), (0o077, "another/deeper")):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        for part in ("pyproject.toml", "uv.lock"):
            shutil.copy(ROOT / part, folder / part)
        for part in ("libs", "services"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        built.append(_build_in(folder, service, umask))
    assert built[0] == built[1]


@pytest.mark.parametrize("service", service_names())
def test_every_handler_imports_from_its_zip(service: str, tmp_path: Path) -> None:
    built = build_service(ROOT, service, zips=tmp_path / "zips", cache=STATE / "dependencies")
    with zipfile.ZipFile(built.path) as archive:
        archive.extractall(tmp_path / "task")
    modules = sorted((tmp_path / "task" / f"{service}_service" / "handlers").glob("*.py"))
    assert modules
    statement = "; ".join(f"import {service}_service.handlers.{module.stem}" for module in modules)
    # Next to the zip, a function has only boto3.
    path = [str(tmp_path / "task"), str(_lambda_runtime(tmp_path / "runtime"))]
    ended = subprocess.run(
        [sys.executable, "-S", "-c", statement],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_compiled_modules_are_reproducible_and_have_lambdas_paths() -> None:
    sources = {
        "toy/__init__.py": b"",
        "toy/rules.py": b"NAMES = frozenset({'a', 'b', 'c'})\n",
        "toy/data.json": b"{}",
    }
    first = compile_modules(sources)
    assert compile_modules(sources) == first
    if lambda_python() is None:
        assert first == {}
    else:
        module = "toy/__pycache__/rules.cpython-313.pyc"
        assert sorted(first) == ["toy/__pycache__/__init__.cpython-313.pyc", module]
        assert f"{TASK_ROOT}/toy/rules.py".encode() in first[module]


def _lambda_runtime(folder: Path) -> Path:
    """Return a folder with boto3 and its dependencies."""
    folder.mkdir()
    for name in ("boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "six.py"):
        found = importlib.metadata.distribution("boto3").locate_file(name)
        (folder / name).symlink_to(str(found))
    return folder
