"""Debian's Chromium. Playwright's own browsers are never downloaded."""

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


def chromium() -> str:
    """Return the path of Chromium. Root installs the Debian package if it is missing.

    Raises:
        CloudError: It is missing and can't be installed.
    """
    if shutil.which("chromium") is None and can_install_packages():
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            ended = subprocess.run(["apt-get", *arguments], capture_output=True, text=True, check=False)
            if ended.returncode != 0:
                raise CloudError(f"apt-get {arguments[0]} failed:\n{ended.stderr.strip()}", fix=CHROMIUM.fix)
    require([CHROMIUM])
    return str(shutil.which("chromium"))
