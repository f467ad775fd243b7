"""What the lock pins, and the refusal of what is not pure Python."""

from pathlib import Path

import pytest

from zips import dependencies
from zips.dependencies import DependencyError, installed, parse_requirements

EXPORTED = """\
boto3==1.40.0 \\
    --hash=sha256:aa
marshmallow==4.4.0 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
-e ./libs/common
uuid6==2025.0.1 ; python_version < '3.14' \\
    --hash=sha256:dd
"""


def test_hashes_stay_and_what_the_lambda_runtime_has_is_left_out() -> None:
    requirements = parse_requirements(EXPORTED)
    assert requirements.versions == {"marshmallow": "4.4.0", "uuid6": "2025.0.1"}
    assert "sha256:cc" in requirements.text
    assert "sha256:aa" not in requirements.text
    assert "libs/common" not in requirements.text


def test_another_state_of_the_lock_is_another_folder_of_the_cache() -> None:
    changed = EXPORTED.replace("sha256:bb", "sha256:ee")
    assert parse_requirements(EXPORTED).digest != parse_requirements(changed).digest


def test_a_package_without_a_pure_wheel_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip_says = "ERROR: No matching distribution found for numpy==2.0.0"
    with pytest.raises(DependencyError, match=r"numpy==2\.0\.0 has no pure-Python wheel"):
        raise DependencyError(dependencies._why(pip_says))


def test_a_library_inside_a_wheel_that_calls_itself_pure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def install(_requirements: object, _file: Path, target: Path) -> None:
        (target / "toy").mkdir()
        (target / "toy" / "fast.cpython-313-x86_64-linux-gnu.so").touch()

    monkeypatch.setattr(dependencies, "_install", install)
    with pytest.raises(DependencyError, match=r"toy/fast\..*\.so is compiled"):
        installed(parse_requirements(EXPORTED), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_dependencies_are_installed_once_for_a_state_of_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installs = []
    monkeypatch.setattr(dependencies, "_install", lambda *_: installs.append(1))
    requirements = parse_requirements(EXPORTED)
    assert installed(requirements, tmp_path) == installed(requirements, tmp_path)
    assert len(installs) == 1
