"""Dependencies come from the lock, with hashes, as pure Python."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from local_cloud.errors import CloudError
from repository import ROOT
from zips import dependencies
from zips.dependencies import Requirements, installed, locked_requirements

TEXT = """\
marshmallow==4.4.0 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
uuid6==2025.0.1 ; python_version < '3.14' \\
    --hash=sha256:dd
"""


def test_the_lock_pins_versions_with_hashes_without_the_runtimes_packages() -> None:
    requirements = locked_requirements(ROOT, "countersign-audit")
    assert "marshmallow" in requirements.versions
    assert "--hash=sha256:" in requirements.text
    assert not {"boto3", "botocore", "s3transfer", "countersign-common"} & requirements.versions.keys()


def test_versions_are_read_from_the_requirements() -> None:
    assert Requirements(TEXT).versions == {"marshmallow": "4.4.0", "uuid6": "2025.0.1"}


def test_a_changed_lock_has_another_digest() -> None:
    assert Requirements(TEXT).digest != Requirements(TEXT.replace("sha256:bb", "sha256:ee")).digest


@pytest.mark.parametrize(
    ("tag", "accepted"), [("py3-none-any", True), ("cp313-cp313-manylinux_2_17_x86_64", False)]
)
def test_only_a_package_with_a_pure_python_wheel_is_accepted(
    tag: str, accepted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tmp_path / f"toy-1.0-{tag}.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("toy.py", "")
        archive.writestr("toy-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n")
        archive.writestr(
            "toy-1.0.dist-info/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n"
        )
        archive.writestr("toy-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("UV_NO_INDEX", "1")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    requirements = Requirements(f"toy==1.0 --hash=sha256:{digest}\n")
    if accepted:
        assert (installed(requirements, tmp_path / "cache") / "toy.py").exists()
    else:
        with pytest.raises(CloudError, match="toy"):
            installed(requirements, tmp_path / "cache")


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
        installed(Requirements(TEXT), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_dependencies_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installs: list[int] = []
    monkeypatch.setattr(dependencies, "run", lambda *_: installs.append(1))
    assert installed(Requirements(TEXT), tmp_path) == installed(Requirements(TEXT), tmp_path)
    assert len(installs) == 1
