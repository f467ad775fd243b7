"""Take screenshots of every page of the console: `python scripts/screenshots.py`, or `make screenshots`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer
from playwright.sync_api import Browser, Error, expect

from local_cloud.cloud import NAME_VARIABLE, Cloud
from local_cloud.environment import isolated_environment
from local_cloud.errors import CloudError, exit_on_error
from local_cloud.progress import Progress
from local_cloud.running import RunningCloud
from repository import ROOT, STATE

# The tests' code is not an installed package.
sys.path.insert(0, str(ROOT / "tests"))

from harness.chromium import headless_chromium
from harness.company import Company
from harness.console import TIMEOUT_MS
from harness.pages import PAGES, PageState, Visitor

FOLDER = STATE / "screenshots"
SIZES = ((1280, 900), (390, 844))
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

_STYLE = (
    "body { font-family: sans-serif } div { display: flex; gap: 16px; overflow: auto } img { height: 600px }"
)
_IMAGE = '<a href="{0}"><img src="{0}" alt="{0}" loading="lazy"></a>'


def main(
    name: Annotated[
        str | None, typer.Option(envvar=NAME_VARIABLE, help="A running cloud; default: a new one.")
    ] = None,
    only: Annotated[str, typer.Option(envvar="ONLY", help="Pages whose names contain this.")] = "",
) -> None:
    """Write PNG files of every page at two widths, light and dark, and an index.html that shows them."""
    isolated_environment(os.environ)
    expect.set_options(timeout=TIMEOUT_MS)
    progress = Progress()
    pages = [page for page in PAGES if only in page.name]
    with exit_on_error(), running_cloud(name, progress) as cloud:
        with progress.step("Filling the cloud with people and workflows"):
            company = Company.create(cloud)
            company.erase_former_colleague()
            company.wait_for_audit_trail()
        if not only:
            shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        with headless_chromium() as browser:
            for width, height in SIZES:
                take_screenshots(browser, company, pages, (width, height), progress)
    (FOLDER / "index.html").write_text(index_of([page.name for page in PAGES]))
    print(f"Screenshots: {FOLDER / 'index.html'}")


@contextmanager
def running_cloud(name: str | None, progress: Progress) -> Iterator[RunningCloud]:
    """Provide a running cloud, or a new one that is deleted afterward."""
    if name is not None:
        yield Cloud.named(name).running()
        return
    cloud = Cloud.named("screenshots", progress)
    try:
        yield cloud.up(fresh=True)
    finally:
        cloud.wipe()


def take_screenshots(
    browser: Browser, company: Company, pages: list[PageState], size: tuple[int, int], progress: Progress
) -> None:
    """Write the screenshots of pages at a size.

    Raises:
        CloudError: Pages failed to load.
    """
    visitor = Visitor(browser, company, *size)
    failures = []
    with progress.step(f"Taking screenshots at {size[0]} px") as detail:
        for number, page in enumerate(pages, start=1):
            detail(f"{number} of {len(pages)} pages: {page.name}")
            try:
                _take(visitor, page)
            except (Error, AssertionError) as error:
                # The lines that follow have the whole page.
                reason = " ".join(str(error).splitlines()[:3])
                failures.append(f"The page {page.name} at {size[0]} px failed to load: {reason}")
        visitor.close()
    if failures:
        raise CloudError("\n".join(failures))


def _take(visitor: Visitor, state: PageState) -> None:
    with visitor.open(state) as opened:
        for theme in THEMES:
            opened.page.emulate_media(color_scheme=theme)
            opened.console.wait_for_animations()
            path = FOLDER / file_name(state.name, visitor.width, theme)
            opened.page.screenshot(path=path, full_page=state.is_full_page)


def file_name(page: str, width: int, theme: str) -> str:
    """Return the name of a screenshot's file."""
    return f"{page}-{width}-{theme}.png"


def index_of(names: list[str], folder: Path = FOLDER) -> str:
    """Return a page that shows the screenshots that the folder has."""
    rows = []
    for name in names:
        files = [file_name(name, width, theme) for width, _ in SIZES for theme in THEMES]
        images = (_IMAGE.format(file) for file in files if (folder / file).exists())
        rows.append(f"<h2>{name}</h2><div>{''.join(images)}</div>")
    return f"<!doctype html><title>Screenshots</title><style>{_STYLE}</style>{''.join(rows)}"


if __name__ == "__main__":
    typer.run(main)
