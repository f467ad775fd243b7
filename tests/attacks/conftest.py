"""Fixtures of the attacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from attacks.laboratory import Laboratory, open_laboratory
from attacks.log_copies import LogCopy
from harness.audit_log import AuditLog
from harness.console import TIMEOUT_MS, Console
from local_cloud.running import RunningCloud


@pytest.fixture(scope="session")
def laboratory(cloud: RunningCloud) -> Iterator[Laboratory]:
    """The workflows, sealed and attested."""
    with open_laboratory(cloud) as laboratory:
        yield laboratory


@pytest.fixture(scope="session")
def console(browser: Browser, cloud: RunningCloud) -> Iterator[Console]:
    """The console of an auditor."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(TIMEOUT_MS)
    yield Console(page, cloud.console_url).enter(cloud.sign_in("auditor"))
    page.context.close()


@pytest.fixture
def log_copy(cloud: RunningCloud, laboratory: Laboratory, tmp_path: Path) -> LogCopy:
    """A copy of the proof bucket, new for each test."""
    AuditLog(cloud).download(tmp_path / "log")
    return LogCopy(tmp_path / "log", laboratory.kept_note)
