"""Finding a Java that is new enough, wherever it was installed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from engines.engine import EngineUnavailableError

_INSTALL_ROOTS = ("/usr/lib/jvm", "/usr/java", "/opt", "/opt/java", "/Library/Java/JavaVirtualMachines")


def java_home(minimum: int, *, tool: str = "java") -> Path:
    """The home of a Java of at least `minimum`, the oldest that will do.

    Args:
        minimum: major version.
        tool: a program that must be in its `bin`, such as `javac`: a JRE has none.

    Raises:
        EngineUnavailableError: there is none.
    """
    fitting = [
        (version, home)
        for home in _homes()
        if (version := _version(home)) >= minimum and (home / "bin" / tool).exists()
    ]
    if not fitting:
        kind = "Java" if tool == "java" else "JDK"
        raise EngineUnavailableError(
            f"no {kind} {minimum} or newer was found (apt-get install openjdk-{minimum}-jdk-headless)"
        )
    return min(fitting)[1]


def _homes() -> Iterator[Path]:
    named = os.environ.get("JAVA_HOME")
    if named:
        yield Path(named)
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parents[1]
    for root in (*map(Path, _INSTALL_ROOTS), Path.home() / ".sdkman" / "candidates" / "java"):
        for home in sorted(root.glob("*")):
            yield home / "Contents" / "Home" if (home / "Contents" / "Home").is_dir() else home


def _version(home: Path) -> int:
    """The major version in the file `release`, which every Java since 9 has; 0 without one."""
    try:
        stated = re.search(r'^JAVA_VERSION="(\d+)', (home / "release").read_text(), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return 0
    return int(stated[1]) if stated else 0
