"""Every text of the console is a message of its language.

In the pseudo-locale `en-XA`, each message has accents and brackets. A text without them is not translated, unless it is
a user's: what the API has sent.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from harness.company import Company
from harness.pages import PAGES, OpenPage, Visitor
from local_cloud.running import RunningCloud

# Takes minutes until it has data.
_SLOW = {"workflow-erased"}
_VISITED = [page for page in PAGES if page.name not in _SLOW]

_ENUMS = {"status", "actionType", "outcome", "type", "state", "verdict", "code"}
"""What the API sends for programs. The console has a text for each value."""

_DATA = {"data", "before", "after"}
"""Members that hold the data of workflows, whose names are the users', too."""

_MESSAGE = re.compile(r"\[[^\[\]]*·+\]")
_LETTERS = re.compile(r"[A-Za-z]{2,}")

_TEXTS = """() => {
  const skipped = 'code, pre, time, kbd, script, style, noscript, textarea, [lang]:not(html), .cm-editor';
  const attributes = ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt'];
  const texts = [document.title];
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest(skipped) || !element.checkVisibility({ visibilityProperty: true })) continue;
    for (const name of attributes) texts.push(element.getAttribute(name) ?? '');
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    // A message with tags is in several elements: the brackets are around all of them.
    if (own.some((node) => node.data.trim())) texts.push(wholeOf(element) ?? own.map((node) => node.data).join(' '));
  }
  function wholeOf(element) {
    for (let each = element, depth = 0; each && depth < 3; each = each.parentElement, depth++)
      if (/^\\[[^\\[\\]]*·+\\]$/.test(each.textContent.trim())) return each.textContent.trim();
    return undefined;
  }
  return [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
}"""


@pytest.fixture(scope="module")
def company(cloud: RunningCloud) -> Company:
    """People and workflows that the tests of this module only look at."""
    created = Company.create(cloud)
    created.wait_for_audit_trail()
    return created


@pytest.fixture
def visitor(browser: Browser, company: Company) -> Iterator[Visitor]:
    """A visitor with a wide screen, whose language the tests choose."""
    created = Visitor(browser, company, 1280, 900, keeps_tabs=True)
    yield created
    created.close()


def users_texts(value: Any, key: str = "", *, is_data: bool = False) -> Iterator[str]:
    """Return the texts in JSON of the API that a page shows as they are: values, and the names in a workflow's data."""
    if isinstance(value, dict):
        for name, member in value.items():
            if is_data:
                yield name
            yield from users_texts(member, name, is_data=is_data or name in _DATA)
    elif isinstance(value, list):
        for member in value:
            yield from users_texts(member, key, is_data=is_data)
    elif value is not None and (is_data or key not in _ENUMS):
        yield str(value)


def received_texts(opened: OpenPage) -> set[str]:
    """Return the texts that the API has sent for a page."""
    texts: set[str] = set()
    for response in opened.traffic.responses:
        if "json" in response.headers.get("content-type", ""):
            # The browser drops what came before the page was left.
            with suppress(Error):
                texts.update(users_texts(response.json()))
    return {each for each in texts if _LETTERS.search(each)}


def rest_of(text: str, known: set[str]) -> str:
    """Return what is left of a text without messages and the texts that are not the console's."""
    before = ""
    while before != text:
        before, text = text, _MESSAGE.sub(" ", text)
    for each in sorted((each for each in known if each in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", text)
    return text.strip()


def untranslated(opened: OpenPage, known: set[str]) -> list[str]:
    """Return the texts and labels of a page that are neither messages nor known."""
    texts: list[str] = opened.page.evaluate(_TEXTS)
    return [text for text in texts if _LETTERS.search(rest_of(text, known))]


def test_every_text_and_label_is_translated(visitor: Visitor):
    visitor.change("en-XA", 1280)
    people = visitor.company.people.values()
    known = {"Countersign", *(each.name for each in people), *(each.email for each in people)}
    found = {}
    for state in _VISITED:
        with visitor.open(state) as opened:
            # Pages that come later don't fetch what is still fresh.
            known |= received_texts(opened)
            if texts := untranslated(opened, known):
                found[state.name] = texts
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)
