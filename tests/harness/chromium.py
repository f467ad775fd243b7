"""Debian's Chromium. Playwright's own browsers are never downloaded."""

import shutil

from commands import run
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
        run(["apt-get", "update"])
        run(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"])
    require([CHROMIUM])
    return str(shutil.which("chromium"))
