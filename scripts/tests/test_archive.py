"""The zips' bytes depend on nothing but their contents."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from repository import ROOT, STATE
from zips.archive import EPOCH, zip_bytes
from zips.folders import dependency_files, package_files
from zips.service import service_names

SCRIPTS = Path(__file__).resolve().parents[1]


def test_the_same_files_in_another_order_make_the_same_bytes() -> None:
    assert zip_bytes({"b.py": b"2", "a/c.py": b"1"}) == zip_bytes({"a/c.py": b"1", "b.py": b"2"})


def test_names_are_sorted_and_times_and_modes_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_bytes({"b.py": b"2", "a.py": b"1"}))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["a.py", "b.py"]
    assert {entry.date_time for entry in entries} == {EPOCH}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}


def test_caches_and_compiled_files_of_a_package_stay_out(tmp_path: Path) -> None:
    source = tmp_path / "src"
    for name in ("toy/__init__.py", "toy/__pycache__/x.cpython-311.pyc", "toy/py.typed"):
        file = source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    assert sorted(package_files(source)) == ["toy/__init__.py", "toy/py.typed"]


def test_of_a_dependency_only_what_runs_its_metadata_and_its_licence_go_in(tmp_path: Path) -> None:
    for name in (
        "toy/core.py",
        "toy/tests/test_core.py",
        "bin/toy",
        "toy-1.dist-info/METADATA",
        "toy-1.dist-info/RECORD",
        "toy-1.dist-info/INSTALLER",
        "toy-1.dist-info/licenses/LICENSE",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    kept = ["toy-1.dist-info/METADATA", "toy-1.dist-info/licenses/LICENSE", "toy/core.py"]
    assert sorted(dependency_files(tmp_path)) == kept


def _build_in(folder: Path, service: str, umask: int) -> bytes:
    """Build `service` of the clone in `folder` by a program of its own that runs under `umask`."""
    program = (
        "import sys; from pathlib import Path; from zips.service import build_service;"
        "root = Path(sys.argv[1]);"
        "build_service(root, sys.argv[2], zips=root / 'out', cache=Path(sys.argv[3]))"
    )
    command = [sys.executable, "-c", program, str(folder), service, str(STATE / "dependencies")]
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    subprocess.run(command, env=environment, umask=umask, check=True)
    return (folder / "out" / f"{service}.zip").read_bytes()


@pytest.mark.parametrize("service", service_names(ROOT))
def test_a_service_built_in_two_folders_under_two_umasks_is_the_same(service: str, tmp_path: Path) -> None:
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
