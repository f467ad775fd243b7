"""The console in a browser, as one person uses it: what is on the pages by role and name, as a screen reader has it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from harness.people import Person

TIMEOUT_MS = 20_000
"""For what the page itself does; on a machine with two cores that runs the whole cloud beside the browser."""


@dataclass(frozen=True)
class Console:
    """One person's window.

    Attributes:
        page: Playwright's.
        url: where the console is.
    """

    page: Page
    url: str

    def open(self, address: str = "") -> None:
        """Go to an address within the console, such as "/inbox"."""
        self.page.goto(f"{self.url}#{address}" if address else self.url)

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the sign-in page and send it."""
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def enter(self, person: Person, address: str = "") -> "Console":
        """Open the console and sign in; live updates are on when this is done."""
        self.open(address)
        self.sign_in(person.email, person.password)
        expect(self.bell).to_be_visible()
        self.wait_until_live()
        return self

    def wait_until_live(self) -> None:
        """Wait until MQTT is connected, as the panel behind the bell says."""
        self.bell.click()
        expect(self.page.get_by_text("Live updates on")).to_be_visible()
        self.page.get_by_role("button", name="Close notifications").click()

    @property
    def bell(self) -> Locator:
        """The bell."""
        return self.page.get_by_role("button", name=re.compile("^Notifications, ")).first

    def expect_unread(self, count: int) -> None:
        """Expect the bell to say so many unread."""
        said = f"{count} unread" if count else "none unread"
        expect(self.page.get_by_role("button", name=f"Notifications, {said}").first).to_be_visible()

    def toast(self, headline: str) -> Locator:
        """The message on top that says so."""
        messages = self.page.get_by_role("list", name="Messages")
        return messages.get_by_role("listitem").filter(has_text=headline)

    def button(self, name: str) -> Locator:
        """The button or button-like link of that name, in the open dialog if there is one."""
        dialog = self.page.get_by_role("dialog")
        within = dialog if dialog.count() else self.page
        named = within.get_by_role("button", name=name, exact=True)
        return named.or_(within.get_by_role("link", name=name, exact=True)).first

    def expect_status(self, text: str) -> None:
        """Expect the overview of a workflow to show that status."""
        shown = self.page.get_by_role("definition").get_by_text(text, exact=True)
        expect(shown).to_be_visible()

    def decide(self, button: str, comment: str | None = None) -> None:
        """Press an action's button and confirm it in the dialog."""
        self.button(button).click()
        dialog = self.page.get_by_role("dialog")
        if comment is not None:
            dialog.get_by_label("Comment").fill(comment)
        dialog.get_by_role("button", name=button, exact=True).click()
        expect(dialog).to_be_hidden()
