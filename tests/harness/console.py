"""The console in a browser, by role and accessible name, as a screen reader presents it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Route, expect

from local_cloud.people import Person

TIMEOUT_MS = 20_000
"""How long to wait for the page, on a machine with two cores that also runs the cloud."""

_IS_STILL = """() => document.getAnimations().every(
    (animation) => animation.playState !== 'running' || animation.effect.getComputedTiming().endTime === Infinity)"""
"""No animation is running, except those that never end, such as the spinner of a button."""

# Cloudscape's layout hides what is wider than the window, so the page itself never scrolls sideways.
_TOO_WIDE = """() => [...document.querySelectorAll('header *, main *')].filter((element) => {
  const { right, width } = element.getBoundingClientRect();
  if (!width || right <= innerWidth + 1 || !element.checkVisibility({ visibilityProperty: true })) return false;
  for (let each = element.parentElement; each; each = each.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(each).overflowX)) return false;
  return true;
}).map((element) => element.textContent.trim().slice(0, 60)).filter(Boolean)"""


def too_wide(page: Page) -> list[str]:
    """Return the beginnings of the texts that are cut off at the right edge of the window."""
    texts: list[str] = page.evaluate(_TOO_WIDE)
    return texts


@dataclass(frozen=True)
class Console:
    """One user's browser window."""

    page: Page
    url: str

    def open(self, address: str = "") -> None:
        """Open an address in the console, such as "/inbox"."""
        self.page.goto(f"{self.url}#{address}" if address else self.url)

    def sign_in(self, email: str, password: str) -> None:
        """Submit the page of managed login."""
        self.page.get_by_label("Username").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def sign_out(self, name: str) -> None:
        """Choose to sign out in the account menu of a user, which is in each tab's top bar."""
        self.page.get_by_role("button", name=f"Account of {name}").click()
        self.page.get_by_role("menuitem", name="Sign out").click()

    def reject_tokens(self) -> None:
        """Make the API respond 401 to this tab, as it does when a token has expired."""

        def reject(route: Route) -> None:
            headers = {"access-control-allow-origin": "*", "content-type": "application/json"}
            route.fulfill(status=401, headers=headers, body='{"message":"Unauthorized"}')

        self.page.route("**/_aws/execute-api/**", reject)

    def expire_session(self, person: Person) -> None:
        """Revoke the user's refresh tokens, as an administrator does, and reject the token of this tab."""
        cognito, pool = person.cloud.client("cognito-idp"), person.cloud.outputs["user_pool_id"]
        cognito.admin_user_global_sign_out(UserPoolId=pool, Username=person.email)
        self.reject_tokens()

    @property
    def expired(self) -> Locator:
        """The dialog that says that the session has ended."""
        return self.page.get_by_role("dialog", name="Your session has ended")

    @property
    def signed_out(self) -> Locator:
        """The heading of the page for users who have signed out."""
        return self.page.get_by_role("heading", name="You are signed out")

    @property
    def login_form(self) -> Locator:
        """The password field of managed login."""
        return self.page.get_by_label("Password")

    def new_tab(self, address: str = "") -> "Console":
        """Open an address in another tab of the same browser."""
        page = self.page.context.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        console = Console(page, self.url)
        console.open(address)
        return console

    def enter(self, person: Person, address: str = "") -> "Console":
        """Open the console, sign in with managed login, and wait for live updates."""
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

    @property
    def dialog(self) -> Locator:
        """The open dialog."""
        return self.page.get_by_role("dialog")

    def button(self, name: str) -> Locator:
        """Return a button or link by name, in the open dialog if there is one."""
        parent = self.dialog if self.dialog.count() else self.page
        button = parent.get_by_role("button", name=name, exact=True)
        return button.or_(parent.get_by_role("link", name=name, exact=True)).first

    @property
    def proof(self) -> Locator:
        """The proof badge of the page: what the browser itself has verified."""
        return self.page.get_by_role("status", name="Proof")

    def pick_user(self, user_id: str) -> None:
        """Pick the user whose data to erase, by the ID."""
        self.page.get_by_role("button", name=re.compile("^User ")).click()
        self.page.get_by_label("Find users").fill(user_id)
        self.page.get_by_role("option", name=user_id).click()

    def expect_status(self, text: str) -> None:
        """Expect the page of a workflow to show this status next to the title."""
        expect(self.page.get_by_role("status", name="Status")).to_have_text(text)

    def perform(self, action: str, comment: str | None = None) -> None:
        """Click the button of an action and confirm it in the dialog."""
        self.button(action).click()
        if comment is not None:
            self.dialog.get_by_label("Comment").fill(comment)
        self.dialog.get_by_role("button", name=action, exact=True).click()
        expect(self.dialog).to_be_hidden()

    def perform_held(self, action: str) -> Route:
        """Perform an action and return its request, which waits for `continue_()` or `abort()`."""
        held: list[Route] = []

        # Not `held.append`: Playwright sets an attribute on the function.
        def hold(route: Route) -> None:
            held.append(route)

        self.page.route("**/workflows/*/actions", hold)
        self.button(action).click()
        with self.page.expect_request("**/workflows/*/actions"):
            self.button(action).click()
        expect(self.button("Cancel")).to_be_disabled()
        return held[0]

    def wait_for_animations(self) -> None:
        """Wait until what has just appeared is drawn and no longer moves."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        self.page.wait_for_function(_IS_STILL)
