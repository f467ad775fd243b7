"""Zip bytes that depend only on the entries' names and contents, and compiled modules for the Lambda runtime."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from commands import run
from zips.lambda_python import lambda_python

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time of the zip format."""

TASK_ROOT = "/var/task"
"""Where Lambda unpacks a zip; tracebacks show it."""

_MODE = 0o100644
_CREATED_ON_UNIX = 3


def zip_bytes(entries: Mapping[str, bytes]) -> bytes:
    """Return the archive of `entries` (path in the zip → contents).

    Names are sorted, times and modes fixed: neither the folder, the clock, the umask nor the order of a file system
    changes a byte. Deflate's output depends on the zlib of this Python.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, date_time=EPOCH)
            info.create_system = _CREATED_ON_UNIX
            info.external_attr = _MODE << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entries[name], compresslevel=9)
    return buffer.getvalue()


def compile_modules(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the `.pyc` files of the Python sources in `entries`, by path in the zip.

    /var/task is read-only, so a function without them compiles its modules at every cold start. Another version of
    Python ignores them and reads the sources. They are not checked against their sources (unchecked hash), because
    inside one zip both change together.

    Returns:
        Nothing if this machine has no Python of the runtime's version.
    """
    python = lambda_python()
    if python is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="countersign-compile-") as folder:
        root = Path(folder)
        for name, contents in entries.items():
            if name.endswith(".py"):
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(contents)
        command = [str(python), "-I", "-m", "compileall", "-q", "-j", "1"]
        command += ["--invalidation-mode", "unchecked-hash", "-s", folder, "-p", TASK_ROOT, folder]
        # One process, sorted names, a fixed hash seed: the same sources give the same bytes.
        run(command, environment={"PYTHONHASHSEED": "0"})
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.pyc")}
