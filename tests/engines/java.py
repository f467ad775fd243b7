"""Find a Java installation."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from engines.engine import EngineUnavailableError

_INSTALL_ROOTS = ("/usr/lib/jvm", "/usr/java", "/opt", "/opt/java", "/Library/Java/JavaVirtualMachines")


def java_home(minimum: int) -> Path:
    """Return the home of the oldest Java with at least the major version `minimum`."""
    versions = [(version, home) for home in _homes() if (version := _version(home)) >= minimum]
    if not versions:
        raise EngineUnavailableError(
            f"Java {minimum} or newer is missing (apt-get install openjdk-{minimum}-jre-headless)"
        )
    return min(versions)[1]


def _homes() -> Iterator[Path]:
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parents[1]
    for root in (*map(Path, _INSTALL_ROOTS), Path.home() / ".sdkman" / "candidates" / "java"):
        for home in sorted(root.glob("*")):
            yield home
            yield home / "Contents" / "Home"


def _version(home: Path) -> int:
    """Return the major version from the file `release`, which every Java since 9 has; 0 without one."""
    try:
        stated = re.search(r'^JAVA_VERSION="(\d+)', (home / "release").read_text(), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return 0
    return int(stated[1]) if stated and (home / "bin" / "java").exists() else 0
