"""A service's run-time dependencies: pinned by the lock, installed once for each state of the lock."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands import run
from local_cloud.errors import CloudError
from zips.lambda_python import LAMBDA_PYTHON

# Part of the Lambda runtime.
_IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer")


@dataclass(frozen=True)
class Requirements:
    """What the lock pins for one service.

    Attributes:
        text: A requirements file with the pure-Python wheels and their hashes, without what the runtime provides.
        versions: Package name → version.
    """

    text: str
    versions: dict[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the key of the installed copy."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def locked_requirements(root: Path, distribution: str) -> Requirements:
    """Return the run-time requirements of `distribution` as `uv.lock` pins them.

    Raises:
        CloudError: A package has no pure-Python wheel.
    """
    command = [uv(), "--quiet", "export", "--format", "pylock.toml", "--package", distribution, "--frozen"]
    command += ["--no-dev", "--no-emit-workspace", *(f"--no-emit-package={name}" for name in _IN_THE_RUNTIME)]
    packages = tomllib.loads(run(command, folder=root)).get("packages", [])
    versions = {each["name"]: each["version"] for each in packages}
    return Requirements("".join(map(pure_requirement, packages)), versions)


def pure_requirement(package: dict[str, Any]) -> str:
    """Return the line of a requirements file for the pure-Python wheel of a package in a pylock.toml file."""
    for wheel in package.get("wheels", []):
        if wheel["url"].endswith("-none-any.whl"):
            marker = f" ; {package['marker']}" if "marker" in package else ""
            return f"{package['name']} @ {wheel['url']}{marker} --hash=sha256:{wheel['hashes']['sha256']}\n"
    raise CloudError(
        f"{package['name']} has no pure-Python wheel (py3-none-any), but a zip must run on every architecture.",
        fix="replace the package, or pin a version that has one",
    )


def installed(requirements: Requirements, cache: Path) -> Path:
    """Return the folder with the installed requirements; the first call for this state of the lock creates it.

    Raises:
        CommandError: A package can't be downloaded.
        CloudError: A package contains a compiled library.
    """
    target = cache / requirements.digest[:32]
    if target.is_dir():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        folder, file = Path(work, "installed"), Path(work, "requirements.txt")
        folder.mkdir()
        file.write_text(requirements.text)
        command = [uv(), "--quiet", "pip", "install", "--no-deps", "--require-hashes", "--only-binary=:all:"]
        command += ["--python-version", LAMBDA_PYTHON, "--python-platform", "linux"]
        run([*command, "--target", str(folder), "--requirement", str(file)])
        for path in folder.rglob("*"):  # a wheel that claims to be pure Python may contain a library, too
            if path.suffix in {".so", ".pyd", ".dylib", ".dll"}:
                name = path.relative_to(folder)
                raise CloudError(f"{name} is compiled, but a zip must run on every architecture.")
        if not target.is_dir():  # another build may have created it
            folder.rename(target)
    return target


def uv() -> str:
    """Return the path of uv: next to this interpreter, otherwise from the PATH."""
    found = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if found is None:
        raise CloudError("uv is missing.", fix="make setup")
    return found
