"""The console in a browser, by role and accessible name, as a screen reader presents it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from local_cloud.people import Person

TIMEOUT_MS = 20_000
"""For the page itself, on a machine with two cores that also runs the cloud."""


@dataclass(frozen=True)
class Console:
    """One user's browser window.

    Attributes:
        page: Playwright's page.
        url: URL of the console.
    """

    page: Page
    url: str

    def open(self, address: str = "") -> None:
        """Open an address in the console, such as "/inbox"."""
        self.page.goto(f"{self.url}#{address}" if address else self.url)

    def sign_in(self, email: str, password: str) -> None:
        """Submit the sign-in page."""
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def enter(self, person: Person, address: str = "") -> "Console":
        """Open the console, sign in, and wait for live updates."""
        self.open(address)
        self.sign_in(person.email, person.password)
        expect(self.bell).to_be_visible()
        self.wait_until_live()
        return self

    def wait_until_live(self) -> None:
        """Wait until the notifications panel shows that MQTT is connected."""
        self.bell.click()
        expect(self.page.get_by_text("Live updates on")).to_be_visible()
        self.page.get_by_role("button", name="Close notifications").click()

    @property
    def bell(self) -> Locator:
        """The button of the notifications panel."""
        return self.page.get_by_role("button", name=re.compile("^Notifications, ")).first

    def expect_unread(self, count: int) -> None:
        """Expect the bell to show this number of unread notifications."""
        text = f"{count} unread" if count else "none unread"
        expect(self.page.get_by_role("button", name=f"Notifications, {text}").first).to_be_visible()

    def toast(self, headline: str) -> Locator:
        """Return the message at the top with this headline."""
        messages = self.page.get_by_role("list", name="Messages")
        return messages.get_by_role("listitem").filter(has_text=headline)

    def button(self, name: str) -> Locator:
        """Return a button or link by name, in the open dialog if there is one."""
        dialog = self.page.get_by_role("dialog")
        parent = dialog if dialog.count() else self.page
        button = parent.get_by_role("button", name=name, exact=True)
        return button.or_(parent.get_by_role("link", name=name, exact=True)).first

    def expect_status(self, text: str) -> None:
        """Expect the overview of a workflow to show this status."""
        shown = self.page.get_by_role("definition").get_by_text(text, exact=True)
        expect(shown).to_be_visible()

    def decide(self, button: str, comment: str | None = None) -> None:
        """Click an action's button and confirm it in the dialog."""
        self.button(button).click()
        dialog = self.page.get_by_role("dialog")
        if comment is not None:
            dialog.get_by_label("Comment").fill(comment)
        dialog.get_by_role("button", name=button, exact=True).click()
        expect(dialog).to_be_hidden()
