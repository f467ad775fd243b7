"""The import rules of `make check` find each kind of violation."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from repository import ROOT

SCRIPT = "scripts/quality/import_rules.py"
FILES = {
    "libs/common/src/countersign_common": ("aws", "ids"),
    "libs/verify/src/countersign_verify": ("chain",),
    "services/one/src/one_service": (
        "handlers",
        "bootstrap",
        "schemas",
        "adapters",
        "use_cases",
        "ports",
        "domain",
    ),
    "services/two/src/two_service": ("domain",),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two services and no violation."""
    for folder, modules in FILES.items():
        (tmp_path / folder).mkdir(parents=True)
        for module in ("__init__", *modules):
            (tmp_path / folder / f"{module}.py").touch()
    (tmp_path / SCRIPT).parent.mkdir(parents=True)
    shutil.copy(ROOT / SCRIPT, tmp_path / SCRIPT)
    return tmp_path


def _check(root: Path, module: str) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(root / folder / "..") for folder in FILES)}
    command = [sys.executable, "-P", str(root / SCRIPT), module]
    ended = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout


@pytest.mark.parametrize("module", ["countersign_common", "countersign_verify", "one_service"])
def test_packages_without_violations_pass(root: Path, module: str) -> None:
    exit_code, output = _check(root, module)
    assert exit_code == 0, output


@pytest.mark.parametrize(
    ("file", "imported", "contract"),
    [
        ("one_service/domain", "one_service.use_cases", "Imports go one way"),
        ("one_service/use_cases", "one_service.adapters", "Imports go one way"),
        ("one_service/adapters", "one_service.use_cases", "Imports go one way"),
        ("one_service/ports", "one_service.use_cases", "Imports go one way"),
        ("one_service/domain", "countersign_common.aws", "The domain is pure"),
        ("one_service/domain", "marshmallow", "The domain is pure"),
        ("one_service/use_cases", "boto3", "Use cases know neither AWS nor HTTP"),
        ("one_service/use_cases", "countersign_common.aws", "Use cases know neither AWS nor HTTP"),
        ("one_service/handlers", "botocore", "Only adapters and bootstrap know AWS"),
        ("one_service/handlers", "one_service.adapters", "Bootstrap creates the adapters"),
        ("one_service/adapters", "two_service.domain", "Services never import each other"),
        ("one_service/domain", "countersign_verify", "Services never import each other"),
        ("countersign_common/aws", "one_service", "The common library knows no service"),
        ("countersign_common/ids", "countersign_common.aws", "Pure modules have no I/O and no framework"),
        ("countersign_verify/chain", "countersign_common.ids", "The verifier shares no code"),
    ],
)
def test_a_violation_breaks_its_contract(root: Path, file: str, imported: str, contract: str) -> None:
    (path,) = root.glob(f"*/*/src/{file}.py")
    path.write_text(f"import {imported}\n")
    exit_code, output = _check(root, file.partition("/")[0])
    assert exit_code == 1
    assert f"{contract} BROKEN" in output


def test_the_domain_may_use_pure_modules(root: Path) -> None:
    (root / "services/one/src/one_service/domain.py").write_text("import countersign_common.ids\n")
    exit_code, output = _check(root, "one_service")
    assert exit_code == 0, output
