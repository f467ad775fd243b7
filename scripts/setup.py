"""Make the project's virtual environment: `python3 scripts/setup.py`.

Standard library only: it runs before anything is there.
"""

from __future__ import annotations  # or an older Python would not get as far as being told that it is too old

import os
import shutil
import subprocess
import sys
import threading
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / ".synced"
OLDEST = (3, 11)


def main() -> int:
    """Create `.venv`, put uv into it where the PATH has none, and install what `uv.lock` says. Exit 1 with the fix."""
    if sys.version_info < OLDEST:
        return _missing(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer (this is {sys.version.split()[0]})",
            "make setup PYTHON=python3.11",
        )
    uv = shutil.which("uv")
    python = VENV / "bin" / "python"
    try:
        if not _is_whole(python, uv):
            venv.create(VENV, clear=True, with_pip=uv is None)
    except (OSError, subprocess.CalledProcessError):
        shutil.rmtree(VENV, ignore_errors=True)
        return _missing(
            "Python's venv module", "apt-get install python3-venv   (or your system's equivalent)"
        )
    uv = uv or str(VENV / "bin" / "uv")
    if not Path(uv).exists():
        installed = _run("Installing uv", [str(python), "-m", "pip", "install", "-q", "uv"])
        if installed != 0:
            return _missing(
                "uv (pip could not install it)", "pip install uv   (is a package registry reachable?)"
            )
    environment = os.environ | {"UV_PROJECT_ENVIRONMENT": str(VENV)}
    # The interpreter is named: uv would otherwise take any that it finds and likes better.
    synced = _run(
        "Installing what uv.lock says",
        [uv, "sync", "--locked", "--quiet", "--python", str(python)],
        environment,
    )
    if synced != 0:
        return _missing("the development environment (uv sync failed, see above)", "make setup")
    STAMP.touch()
    return 0


def _is_whole(python: Path, uv: str | None) -> bool:
    """Whether `.venv` can be installed into: an interrupted first run leaves less.

    Without its settings file the interpreter is the machine's own, and uv would make that what the lock says.
    """
    if not (python.exists() and (VENV / "pyvenv.cfg").exists()):
        return False
    if uv or (VENV / "bin" / "uv").exists():
        return True
    return (
        subprocess.run([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL, check=False).returncode
        == 0
    )


def _run(title: str, command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a command, telling how long it is taking."""
    done = threading.Event()
    started = time.monotonic()

    def tell() -> None:
        while not done.wait(2):
            print(f"{title} … {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    finally:
        done.set()
        teller.join()


def _missing(what: str, fix: str) -> int:
    print(f"EngineUnavailableError: {what}\nFix: {fix}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
