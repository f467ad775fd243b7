"""Modules compiled for the Lambda runtime, so that a cold start need not.

/var/task is read-only: what a function compiles there is kept nowhere, and compiled again at the next start.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from zips.lambda_python import lambda_python

# Where Lambda unpacks a zip; what a traceback names.
TASK_ROOT = "/var/task"


def compiled(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """The `.pyc` files of the Python sources among `entries`, by their paths inside the zip.

    Another version of Python ignores them and reads the sources, which stay. They are bound to their sources by
    nothing (unchecked): inside one zip both can only change together.

    Returns:
        Nothing where the machine has no Python of the runtime's version.
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
        # One process, names in order, sets in one order: the same sources give the same bytes.
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": "0"}, stdout=subprocess.DEVNULL)
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.pyc")}
