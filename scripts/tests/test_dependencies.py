"""Dependencies come from the lock, with hashes, as pure Python."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from local_cloud.errors import CloudError
from repository import ROOT
from zips import dependencies
from zips.dependencies import Requirements, installed, locked_requirements, pure_requirement

TOY = Requirements("toy @ file:///toy-1.0-py3-none-any.whl --hash=sha256:aa\n", {"toy": "1.0"})


def test_the_lock_pins_versions_with_hashes_without_the_runtimes_packages() -> None:
    requirements = locked_requirements(ROOT, "countersign-audit")
    assert "marshmallow" in requirements.versions
    assert "--hash=sha256:" in requirements.text
    assert not {"boto3", "botocore", "s3transfer", "countersign-common"} & requirements.versions.keys()


def test_a_changed_lock_has_another_digest() -> None:
    assert TOY.digest != Requirements(TOY.text.replace("sha256:aa", "sha256:bb"), TOY.versions).digest


def _wheel(folder: Path, tag: str) -> dict[str, Any]:
    """Build a wheel of `toy` 1.0 that contains its tag, and return its entry in a lock."""
    file = folder / f"toy-1.0-{tag}.whl"
    info = "toy-1.0.dist-info"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("toy.py", f"TAG = {tag!r}")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        archive.writestr(f"{info}/RECORD", "")
    return {"url": file.as_uri(), "hashes": {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()}}


def test_the_pure_python_wheel_is_installed_although_there_is_a_compiled_one(tmp_path: Path) -> None:
    wheels = [_wheel(tmp_path, tag) for tag in ("cp313-cp313-manylinux_2_17_x86_64", "py3-none-any")]
    requirement = pure_requirement({"name": "toy", "version": "1.0", "wheels": wheels})
    folder = installed(Requirements(requirement, {}), tmp_path / "cache")
    assert "py3-none-any" in (folder / "toy.py").read_text()


def test_a_package_without_a_pure_python_wheel_is_rejected(tmp_path: Path) -> None:
    wheels = [_wheel(tmp_path, "cp313-cp313-manylinux_2_17_x86_64")]
    with pytest.raises(CloudError, match=r"toy has no pure-Python wheel"):
        pure_requirement({"name": "toy", "version": "1.0", "wheels": wheels})


def test_a_compiled_file_in_a_pure_python_wheel_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def install(arguments: list[str]) -> str:
        folder = Path(arguments[arguments.index("--target") + 1])
        (folder / "toy").mkdir()
        (folder / "toy" / "fast.cpython-313-x86_64-linux-gnu.so").touch()
        return ""

    monkeypatch.setattr(dependencies, "run", install)
    with pytest.raises(CloudError, match=r"toy/fast\..*\.so is compiled"):
        installed(TOY, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_dependencies_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installs: list[int] = []
    monkeypatch.setattr(dependencies, "run", lambda *_: installs.append(1))
    assert installed(TOY, tmp_path) == installed(TOY, tmp_path)
    assert len(installs) == 1
