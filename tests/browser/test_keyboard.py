"""Where the keyboard's focus is: after signing in, a decision, and closing what was open, it is never lost."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from harness.console import Console
from harness.scenario import Scenario, scheme_of
from local_cloud.people import Person

SignIn = Callable[..., Console]

_FOCUSED = """() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent.trim() ?? '';
}"""


def tab(page: Page, times: int) -> list[str]:
    """Press Tab, and return the name of what has the focus after each time."""
    names: list[str] = []
    for _ in range(times):
        page.keyboard.press("Tab")
        names.append(page.evaluate(_FOCUSED))
    return names


def heading(page: Page, name: str):
    """Return the heading of the page."""
    return page.get_by_role("heading", name=name, level=1)


def test_first_key_after_signing_in_skips_to_the_page(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, "/work")
    page = console.page
    page.reload()
    console.wait_until_live()
    page.reload()
    expect(page.get_by_text("Your inbox is empty")).to_be_visible()
    expect(console.bell).to_be_visible()
    names = tab(page, 5)
    assert names[:2] == ["Skip to the main content", "Countersign"]
    assert names[2].startswith("Notifications, ")
    assert names[3:] == ["Language and appearance", "Account of Bo"]

    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(heading(page, "Work")).to_be_focused()
    assert tab(page, 2) == ["Create workflow", "Inbox"]


def test_focus_after_a_decision_is_on_the_page_that_shows_it(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending(title="Train to Basel")
    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    page = console.page
    console.button("Reject").press("Enter")
    expect(console.dialog.get_by_label("Comment")).to_be_focused()
    page.keyboard.press("Escape")
    expect(console.button("Reject")).to_be_focused()
    console.button("Approve").press("Enter")
    console.dialog.get_by_role("button", name="Approve", exact=True).press("Enter")
    console.expect_status("Approved")
    expect(heading(page, "Train to Basel")).to_be_focused()


def test_focus_after_the_last_decision_is_on_the_empty_list(sign_in: SignIn, scenario: Scenario):
    scenario.create_pending(title="Train to Basel")
    scenario.create_pending(title="Bus to Bern")
    console = sign_in(scenario.approver, "/work")
    page = console.page
    page.get_by_role("link", name="Bus to Bern").press("Enter")
    for title in ("Bus to Bern", "Train to Basel"):
        expect(page.get_by_role("region", name=title)).to_be_visible()
        console.button("Approve").press("Enter")
        console.dialog.get_by_role("button", name="Approve", exact=True).press("Enter")
        expect(console.dialog).to_be_hidden()
        if title == "Bus to Bern":
            expect(page.get_by_role("link", name="Train to Basel")).to_be_focused()
    expect(page.get_by_text("Your inbox is empty")).to_be_visible()
    expect(heading(page, "Work")).to_be_focused()


def test_focus_returns_to_what_opened_a_panel_dialog_or_menu(sign_in: SignIn, scenario: Scenario):
    scenario.create_pending(title="Train to Basel")
    console = sign_in(scenario.approver, "/work")
    page = console.page
    link = page.get_by_role("link", name="Train to Basel")
    link.press("Enter")
    expect(page.get_by_role("region", name="Train to Basel")).to_be_visible()
    page.get_by_role("button", name="Close panel").press("Enter")
    expect(page.get_by_role("region", name="Train to Basel")).to_be_hidden()
    expect(link).to_be_focused()

    console.bell.press("Enter")
    expect(page.get_by_role("list", name="Notifications")).to_be_visible()
    page.get_by_role("button", name="Close notifications").press("Enter")
    expect(page.get_by_role("list", name="Notifications")).to_be_hidden()
    expect(console.bell).to_be_focused()

    for name in ("Keyboard shortcuts", "Language and appearance", "Account of Bo"):
        button = page.get_by_role("button", name=name)
        button.press("Enter")
        expect(console.dialog.or_(page.get_by_role("menu"))).to_be_visible()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()


def test_focus_is_kept_when_a_message_is_dismissed(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, "/work")
    page = console.page
    scenario.create_pending(title="Train to Basel")
    console.toast("Train to Basel").get_by_role("button", name="Dismiss").press("Enter")
    expect(console.toast("Train to Basel")).to_be_hidden()
    expect(heading(page, "Work")).to_be_focused()

    scenario.create_pending(title="Bus to Bern")
    console.toast("Bus to Bern").get_by_role("link", name="View workflow").press("Enter")
    expect(heading(page, "Bus to Bern")).to_be_focused()


def test_focus_is_on_the_first_field_to_correct(sign_in: SignIn, scenario: Scenario, admin: Person):
    console = sign_in(admin, "/admin/new-scheme")
    page = console.page
    page.get_by_label("Name", exact=True).fill("Travel")
    console.button("Create scheme").press("Enter")
    expect(page.get_by_label("ID", exact=True)).to_be_focused()

    page.get_by_role("link", name="Schemes").press("Enter")
    expect(console.dialog).to_be_visible()
    console.button("Discard and leave").press("Enter")
    expect(heading(page, "Schemes")).to_be_focused()

    console.open(f"/admin/schemes/{scenario.scheme}")
    console.button("Edit").press("Enter")
    expect(heading(page, "Edit “Expense report”")).to_be_focused()
    page.get_by_label("Name", exact=True).fill("Mine")
    theirs = scheme_of(groups=[scenario.group], name="Theirs")
    admin.api.put(f"/schemes/{scenario.scheme}", theirs).expect(200)
    page.keyboard.press("Enter")
    console.button("Save as version 2").press("Enter")
    expect(page.get_by_text("Someone else changed this scheme")).to_be_visible()
    expect(console.button("Save as version 3")).to_be_focused()
