"""The documentation: links lead to something, and nothing is left to check."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from repository import ROOT

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<path>[^)\s#]*)(?:#(?P<anchor>[^)\s]+))?\)")
_URL = re.compile(r"[a-z]+:")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _pages() -> list[str]:
    # New pages count before they are committed.
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.splitlines() if (ROOT / name).exists()]


def _text(page: Path) -> str:
    return _FENCED.sub("", page.read_text())


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    names = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading) for heading in _HEADING.findall(_text(page)))
    return {re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for name in names}


def _broken_links(page: Path) -> Iterator[str]:
    for link in _LINK.finditer(_text(page)):
        path, anchor = link["path"], link["anchor"]
        if _URL.match(path):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            yield link[0]


def test_there_are_pages():
    assert {"README.md", "docs/extending.md"} <= set(_pages())


@pytest.mark.parametrize("name", _pages())
def test_every_relative_link_resolves(name: str):
    assert list(_broken_links(ROOT / name)) == []


@pytest.mark.parametrize("name", _pages())
def test_no_statement_is_marked_as_unchecked(name: str):
    assert "<!-- check" not in (ROOT / name).read_text()


def test_broken_link_and_broken_anchor_are_found(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(
        "# A page\n[a](missing.md) [b](page.md#a-page) [c](#nothing) [d](https://example.com/x)\n"
    )
    assert list(_broken_links(page)) == ["](missing.md)", "](#nothing)"]
