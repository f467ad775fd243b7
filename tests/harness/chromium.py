"""Debian's Chromium. Playwright's own browsers are never downloaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from commands import run
from local_cloud.prerequisites import CHROMIUM, can_install_packages, require

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@contextmanager
def headless_chromium() -> "Iterator[Browser]":
    """Run Chromium while the context is open.

    Raises:
        CloudError: It is missing and can't be installed.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most runs need no browser

    path = chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()
