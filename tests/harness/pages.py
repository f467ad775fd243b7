"""Every page and state of the console, for the screenshots and for the tests that visit all of them.

A page is one line of `PAGES`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Request,
    Response,
    Route,
    ViewportSize,
    expect,
)

from harness.company import Company
from harness.console import TIMEOUT_MS, Console

Texts = Callable[[str], re.Pattern[str]]
"""Returns a pattern for an English text of the console, in the language that it is shown in."""


_NOWHERE = "/nowhere"
_POLL_MS, _QUIET_POLLS = 50, 4
_LOADED_MS = 60_000
"""The first page of a session can take long on a machine with other work."""


@dataclass(eq=False)
class Traffic:
    """What happens in a tab.

    Attributes:
        errors: Exceptions that nothing caught.
        responses: What the page has received.
        requests: What it waits for.
    """

    errors: list[Error] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    requests: set[Request] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        """Record the events of a page."""
        page.on("pageerror", self._on_error)
        page.on("response", self._on_response)
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_end)

    # Methods, and the class isn't frozen: Playwright sets an attribute on the function or its object.
    def _on_error(self, error: Error) -> None:
        self.errors.append(error)

    def _on_response(self, response: Response) -> None:
        self.responses.append(response)

    def _on_request(self, request: Request) -> None:
        self.requests.add(request)

    def _on_end(self, request: Request) -> None:
        self.requests.discard(request)


@dataclass(frozen=True)
class OpenPage:
    """A page in a tab, and what its states need."""

    page: Page
    console: Console
    company: Company
    person: str
    texts: Texts
    traffic: Traffic = field(default_factory=Traffic)

    def named(self, name: str) -> Locator:
        """Return a control by its English name. It is the last one, because dialogs and menus come last."""
        pattern = self.texts(name)
        roles = ("button", "link", "menuitem", "checkbox", "tab", "option")
        first, *others = (self.page.get_by_role(role, name=pattern) for role in roles)  # type: ignore[arg-type]
        found = first
        for other in others:
            found = found.or_(other)
        return found.locator("visible=true").last

    def shown(self, text: str) -> Locator:
        """Return what shows a text: a user's own, or an English one of the console."""
        return self.page.get_by_text(self.texts(f"…{text}…")).locator("visible=true").first

    def settle(self) -> None:
        """Wait until nothing is loaded or moves anymore."""
        quiet = 0
        for _ in range(TIMEOUT_MS // _POLL_MS):
            quiet = 0 if self.traffic.requests else quiet + 1
            if quiet > _QUIET_POLLS:
                break
            self.page.wait_for_timeout(_POLL_MS)
        self.console.wait_for_animations()

    def go_to(self, address: str) -> None:
        """Open an address, without loading the console again if it is there."""
        self.page.goto(f"{self.console.url}#{address}")


State = Callable[[OpenPage], None]


@dataclass(frozen=True)
class PageState:
    """A page in a state.

    Attributes:
        name: Of the files with its screenshots.
        person: Who sees it: a key of `Company.people`.
        address: With the keys of `Company.ids` in braces.
        shows: A text that the page has once it is loaded: a user's own, or an English one of the console.
        state: Brings the page into the state.
        is_long: In its state, there is more to see than what fits the window.
    """

    name: str
    person: str
    address: str
    shows: str
    state: State | None = None
    is_long: bool = False

    @property
    def is_full_page(self) -> bool:
        """Whether a screenshot shows all of the page. Dialogs and menus fit the window."""
        return self.is_long or self.state is None


def click(*names: str) -> State:
    """Click controls by their English names, one after the other. "…" stands for any text."""

    def state(opened: OpenPage) -> None:
        for name in names:
            opened.named(name).click()

    return state


def fill(**texts: str) -> State:
    """Enter texts into fields, which are named by their English labels with "_" for spaces."""

    def state(opened: OpenPage) -> None:
        for label, text in texts.items():
            opened.page.get_by_label(opened.texts(label.replace("_", " "))).fill(text)

    return state


def then(*states: State) -> State:
    """Reach several states, one after the other."""

    def state(opened: OpenPage) -> None:
        for each in states:
            each(opened)

    return state


def _edit_json(opened: OpenPage) -> None:
    # On a phone, it is an option of a list.
    if not opened.named("JSON").is_visible():
        opened.named("How to enter the data …").click()
    opened.named("JSON").click()
    expect(opened.page.get_by_role("textbox", name=opened.texts("Data as JSON"))).to_be_visible()


def _open_menu(opened: OpenPage) -> None:
    # On a wide screen, it is open.
    if opened.named("Open menu").is_visible():
        opened.named("Open menu").click()


def _select_two(opened: OpenPage) -> None:
    boxes = opened.page.get_by_role("checkbox", name=opened.texts("Select …"))
    # The first one selects all rows.
    for number in (1, 2):
        boxes.nth(number).check(force=True)
    opened.named("Approve 2 requests").click()


def _leave_form(opened: OpenPage) -> None:
    fill(Title="Half a title")(opened)
    opened.named("Cancel").click()


def _receive_notification(opened: OpenPage) -> None:
    opened.page.wait_for_timeout(2_000)  # until live updates are on
    opened.company.request("Bus to Bern", data={"amount": 12})
    expect(opened.shown("“Bus to Bern”")).to_be_visible()


def _go_offline(opened: OpenPage) -> None:
    opened.page.context.set_offline(True)


def _fail(opened: OpenPage) -> None:
    def respond(route: Route) -> None:
        body = '{"title": "Internal server error", "status": 500, "requestId": "req-4711"}'
        headers = {"access-control-allow-origin": "*", "content-type": "application/problem+json"}
        route.fulfill(status=500, headers=headers, body=body)

    opened.page.route("**/workflows?**", respond)
    opened.go_to("/work?view=decided")


def _expire_session(opened: OpenPage) -> None:
    opened.console.expire_session(opened.company.people[opened.person])
    opened.go_to("/work?view=mine")


# The first three columns: file name, who sees it, address.
PAGES = (
    PageState("work-inbox", "bruno", "/work", "Laptops for the design team"),
    PageState("work-preview", "bruno", "/work?selected={laptops}", "Laptops for the design team"),
    PageState("work-no-match", "bruno", "/work?q=47110815", "No matches"),
    PageState("work-decided", "bruno", "/work?view=decided", "Conference in Lisbon"),
    PageState("work-approve-several", "bruno", "/work", "Your approvals are recorded", _select_two),
    PageState("work-shortcuts", "bruno", "/work", "Use keyboard shortcuts", click("Keyboard shortcuts")),
    PageState("work-mine", "anna", "/work?view=mine", "Coffee machine for the kitchen"),
    PageState("work-empty", "newcomer", "/work", "Your inbox is empty"),
    PageState("work-error", "newcomer", "/work?view=mine", "Try again", _fail),
    PageState("menu", "bruno", "/work", "Audit trail", _open_menu),
    PageState("settings", "bruno", "/work", "Same as the system", click("Language and appearance")),
    PageState("account", "bruno", "/work", "Sign out", click("Account of …")),
    PageState("notifications", "bruno", "/work", "Mark all as read", click("Notifications, …")),
    PageState("toast", "bruno", "/work", "Bus to Bern", _receive_notification),
    PageState("offline", "bruno", "/work", "You're offline", _go_offline),
    PageState("workflow-pending", "bruno", "/workflows/{laptops}", "Helvetic Hardware"),
    PageState("workflow-approve", "bruno", "/workflows/{laptops}", "You can't undo it", click("Approve")),
    PageState("workflow-reject", "bruno", "/workflows/{laptops}", "Reject this request", click("Reject")),
    PageState("workflow-proof", "bruno", "/workflows/{laptops}", "Check again", click("Show details")),
    PageState("workflow-unbroken", "bruno", "/workflows/{unbroken}", "very-long-path"),
    PageState("workflow-large", "bruno", "/workflows/{large}", "cost center 1"),
    PageState("workflow-draft", "anna", "/workflows/{draft}", "Coffee machine for the kitchen"),
    PageState("workflow-edit", "anna", "/workflows/{rejected}", "Save changes", click("Edit"), is_long=True),
    PageState(
        "workflow-resubmit", "anna", "/workflows/{rejected}", "This starts a new round", click("Resubmit")
    ),
    PageState("workflow-approved", "anna", "/workflows/{contract}", "Clause 7"),
    PageState("workflow-missing", "anna", "/workflows/0", "You can't view"),
    PageState("create", "anna", "/workflows/new", "Create workflow"),
    PageState(
        "create-invalid", "anna", "/workflows/new", "Enter a title", click("Request approval"), is_long=True
    ),
    PageState("create-json", "anna", "/workflows/new", "Create workflow", _edit_json, is_long=True),
    PageState("create-leave", "anna", "/workflows/new", "Leave without saving?", _leave_form),
    PageState("not-found", "anna", _NOWHERE, "Page not found"),
    PageState("verification", "ines", "/workflows/{contract}/verification", "The history is valid"),
    PageState("audit", "ines", "/audit?scheme=purchase", "Laptops for the design team"),
    PageState(
        "audit-selected",
        "ines",
        "/audit?workflowId={last}&record={record}",
        "Check again",
        click("Proof details"),
    ),
    PageState("audit-empty", "ines", "/audit?text=47110815", "No matching records"),
    PageState("audit-record", "ines", "/audit/records/{record}", "License of the drawing program"),
    PageState("audit-own", "anna", "/audit", "Laptops for the design team"),
    PageState("integrity", "ines", "/integrity", "Fingerprint"),
    PageState("schemes", "dana", "/admin/schemes", "Purchase order"),
    PageState("scheme", "dana", "/admin/schemes/purchase", "Chiara Rossi"),
    PageState("scheme-edit", "dana", "/admin/schemes/contract/edit", "Who will approve"),
    PageState("scheme-create", "dana", "/admin/new-scheme", "Who will approve"),
    PageState("people", "dana", "/admin/people?query=Chiara", "Chiara Rossi"),
    PageState("groups", "dana", "/admin/groups", "Description"),
    PageState("group", "dana", "/admin/groups/legal", "Bruno Meier"),
    PageState("erasure", "dana", "/erasure", "Retention periods"),
    PageState("erasure-hold", "dana", "/erasure", "Place a legal hold", click("Place hold")),
    PageState("workflow-erased", "bruno", "/workflows/{erased}", "Erased"),
    # They end the session, so they are the only pages of these people.
    PageState("session-expired", "chiara", "/work", "Your session has ended", _expire_session),
    PageState("signed-out", "max", "/work", "You are signed out", click("Account of …", "Sign out")),
)


def english(text: str) -> re.Pattern[str]:
    """Return a pattern for a text of the console in English."""
    return _pattern(re.escape(text))


def pseudo(text: str) -> re.Pattern[str]:
    """Return a pattern for a text of the console in the pseudo-locale, or for a text of a user.

    web/src/i18n/pseudo.ts makes the texts.
    """
    accented = text.translate(str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ"))
    return _pattern(rf"(\[*{re.escape(accented)}·*\]*|{re.escape(text)})")


def any_text(_text: str) -> re.Pattern[str]:
    """Return a pattern for any text, for languages whose texts the tests don't know."""
    return re.compile("[^ ]")


_TEXTS = {"en": english, "en-XA": pseudo}


def _pattern(escaped: str) -> re.Pattern[str]:
    return re.compile(f"^{escaped.replace('…', '.*')}$", re.DOTALL)


@dataclass
class Visitor:
    """Opens pages for signed-in people, each with a browser session of their own.

    Attributes:
        width: Of the window, in pixels.
        language: Of the console, such as "de".
        keeps_tabs: Open all pages of a person in one tab, which is faster. By default, each has a new one.
    """

    browser: Browser
    company: Company
    width: int
    height: int
    language: str = "en"
    keeps_tabs: bool = False
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)
    _tabs: dict[str, OpenPage] = field(default_factory=dict)

    @contextmanager
    def open(self, state: PageState) -> Iterator[OpenPage]:
        """Open a page, in its state, and close it afterward.

        Raises:
            playwright.sync_api.Error, AssertionError: The page failed to load.
        """
        context = self._context(state.person)
        opened = self._tabs.get(state.person) or self._new_tab(context, state.person)
        if self.keeps_tabs:
            self._tabs[state.person] = opened
        opened.traffic.responses.clear()
        try:
            opened.go_to(state.address.format_map(self.company.ids))
            if state.state is not None:
                opened.settle()
                state.state(opened)
            expect(opened.shown(state.shows)).to_be_visible(timeout=_LOADED_MS)
            opened.settle()
            assert not opened.traffic.errors, opened.traffic.errors
            yield opened
        finally:
            context.set_offline(False)
            if self.keeps_tabs:
                opened.page.unroute_all()
                # Another page closes the dialogs of this one.
                opened.go_to(_NOWHERE)
            else:
                opened.page.close()

    def change(self, language: str, width: int) -> None:
        """Open the next pages in another language and with another width."""
        self.language, self.width = language, width
        for tab in self._tabs.values():
            tab.page.close()
        self._tabs.clear()

    def close(self) -> None:
        """Close the sessions."""
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()
        self._tabs.clear()

    def _new_tab(self, context: BrowserContext, person: str) -> OpenPage:
        first, page = context.pages[0], context.new_page()
        first.evaluate("(language) => localStorage.setItem('countersign.language', language)", self.language)
        size: ViewportSize = {"width": self.width, "height": self.height}
        if page.viewport_size != size:
            page.set_viewport_size(size)
        page.set_default_timeout(TIMEOUT_MS)
        console = Console(page, self.company.cloud.console_url)
        opened = OpenPage(page, console, self.company, person, _TEXTS.get(self.language, any_text))
        opened.traffic.watch(page)
        return opened

    def _context(self, person: str) -> BrowserContext:
        """Return a person's session. Its first tab stays open, so that the next ones are signed in at once."""
        if person not in self._contexts:
            size: ViewportSize = {"width": self.width, "height": self.height}
            context = self.browser.new_context(viewport=size, locale="en-US", timezone_id="Europe/Zurich")
            self._contexts[person] = context
            page = context.new_page()
            page.set_default_timeout(TIMEOUT_MS)
            Console(page, self.company.cloud.console_url).enter(self.company.people[person])
        return self._contexts[person]
