"""Debian's Chromium, found or installed: Playwright's own browsers are never downloaded."""

import shutil
import subprocess

from local_cloud.errors import CloudError
from local_cloud.prerequisites import CHROMIUM, can_install_packages, require

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_INSTALL = (["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"])


def chromium() -> str:
    """The path of Chromium; it is installed from Debian's packages when it is missing and this is root.

    Raises:
        CloudError: it is not there and cannot be installed; the message has the command that mends it.
    """
    if shutil.which("chromium") is None and can_install_packages():
        for command in _INSTALL:
            answer = subprocess.run(command, capture_output=True, text=True, check=False)
            if answer.returncode != 0:
                raise CloudError(f"{' '.join(command)} failed:\n{answer.stderr.strip()}", fix=CHROMIUM.fix)
    require([CHROMIUM])
    path = shutil.which("chromium")
    assert path is not None
    return path
