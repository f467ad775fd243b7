"""The Work page: list next to preview, filter and selection in the URL, keyboard, and several approvals at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from harness.console import Console
from harness.scenario import Scenario

SignIn = Callable[..., Console]


def preview(page: Page, title: str):
    """Return the heading of the preview."""
    return page.get_by_role("heading", name=title, exact=True)


def row(page: Page, title: str):
    """Return the row of a workflow."""
    return page.get_by_role("row").filter(has_text=title)


@pytest.fixture
def three_requests(scenario: Scenario) -> list[str]:
    """Workflows that wait for the approver, oldest first."""
    titles = ("Train to Basel", "Bus to Bern", "Hotel in Chur")
    return [
        scenario.create_pending(title=title, data={"amount": 100 + number})
        for number, title in enumerate(titles)
    ]


def test_after_a_decision_in_the_preview_the_next_request_is_shown(
    sign_in: SignIn, scenario: Scenario, three_requests: list[str]
):
    console = sign_in(scenario.approver, "/work")
    page = console.page
    expect(row(page, "Hotel in Chur")).to_contain_text("Rita")
    page.get_by_role("link", name="Hotel in Chur").click()
    expect(preview(page, "Hotel in Chur")).to_be_visible()
    expect(page.get_by_role("definition").get_by_text("102", exact=True)).to_be_visible()
    assert f"selected={three_requests[2]}" in page.url

    console.perform("Approve")
    expect(console.toast("You approved “Hotel in Chur”.")).to_be_visible()
    expect(row(page, "Hotel in Chur")).to_be_hidden()
    expect(preview(page, "Bus to Bern")).to_be_visible()
    assert scenario.requester.get_workflow(three_requests[2])["status"] == "APPROVED"


@pytest.mark.usefixtures("three_requests")
def test_filter_and_selection_survive_a_reload(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, "/work")
    page = console.page
    page.get_by_label("Filter", exact=True).fill("train")
    expect(row(page, "Bus to Bern")).to_be_hidden()
    page.get_by_role("link", name="Train to Basel").click()
    expect(preview(page, "Train to Basel")).to_be_visible()
    page.reload()
    expect(preview(page, "Train to Basel")).to_be_visible()
    expect(page.get_by_label("Filter", exact=True)).to_have_value("train")
    expect(row(page, "Bus to Bern")).to_be_hidden()


def test_requests_are_decided_with_the_keyboard_alone(
    sign_in: SignIn, scenario: Scenario, three_requests: list[str]
):
    console = sign_in(scenario.approver, "/work")
    page = console.page
    expect(row(page, "Hotel in Chur")).to_be_visible()
    page.keyboard.press("j")
    expect(preview(page, "Hotel in Chur")).to_be_visible()
    page.keyboard.press("j")
    expect(preview(page, "Bus to Bern")).to_be_visible()
    expect(page.get_by_role("link", name="Bus to Bern")).to_be_focused()
    page.keyboard.press("r")
    expect(console.dialog.get_by_label("Comment")).to_be_focused()
    page.keyboard.type("Take the train")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(console.dialog.get_by_role("button", name="Reject", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(console.dialog).to_be_hidden()
    expect(preview(page, "Train to Basel")).to_be_visible()
    expect(page.get_by_role("link", name="Train to Basel")).to_be_focused()
    assert scenario.requester.get_workflow(three_requests[1])["status"] == "REJECTED"

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(preview(page, "Train to Basel")).to_be_focused()
    assert page.url.endswith(f"#/workflows/{three_requests[0]}")


def test_several_requests_are_approved_at_once_and_each_outcome_is_shown(
    sign_in: SignIn, scenario: Scenario, three_requests: list[str]
):
    console = sign_in(scenario.approver, "/work")
    page = console.page
    for title in ("Train to Basel", "Bus to Bern"):
        page.get_by_role("checkbox", name=f"Select {title}").check(force=True)
    page.get_by_role("button", name="Approve 2 requests").click()
    expect(console.dialog).to_contain_text("Train to Basel")
    # Another approver is faster, and this window doesn't learn of it before it sends.
    page.context.set_offline(True)
    scenario.add_approver().act(three_requests[0], "REJECT", if_match=1, comment="Too late").expect(200)
    page.route(
        "**/workflows/*", lambda route: route.abort() if route.request.method == "GET" else route.continue_()
    )
    page.context.set_offline(False)
    console.dialog.get_by_role("button", name="Approve", exact=True).click()
    expect(console.dialog).to_contain_text("1 of 2 requests approved.")
    expect(console.dialog.get_by_role("listitem").filter(has_text="Train to Basel")).to_contain_text(
        re.compile("has changed|isn't waiting")
    )
    assert scenario.requester.get_workflow(three_requests[0])["status"] == "REJECTED"
    assert scenario.requester.get_workflow(three_requests[1])["status"] == "APPROVED"


def test_focus_follows_navigation(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester, "/work")
    page = console.page
    page.get_by_role("link", name="Create workflow").first.click()
    expect(page.get_by_role("heading", name="Create workflow", level=1)).to_be_focused()
    page.get_by_role("link", name="Inbox").click()
    expect(page.get_by_role("heading", name="Work", level=1)).to_be_focused()


def test_language_and_appearance_are_chosen_in_the_top_bar(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester, "/work")
    page = console.page
    page.get_by_role("button", name="Language and appearance").click()
    page.get_by_role("menuitemcheckbox", name="Dark").click()
    expect(page.locator("body")).to_have_class(re.compile("awsui-dark-mode"))
    page.get_by_role("button", name="Language and appearance").click()
    page.get_by_role("menuitemcheckbox", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Arbeit", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Arbeit", level=1)).to_be_visible()
    expect(page.locator("body")).to_have_class(re.compile("awsui-dark-mode"))


def test_work_page_fits_a_phone(sign_in: SignIn, scenario: Scenario, three_requests: list[str]):
    console = sign_in(scenario.approver)
    page = console.page
    page.set_viewport_size({"width": 320, "height": 640})
    console.open("/work")
    page.reload()
    expect(row(page, "Hotel in Chur")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # Without room for a preview, a title leads to the workflow.
    page.get_by_role("link", name="Hotel in Chur").click()
    expect(page.get_by_role("heading", name="Hotel in Chur", level=1)).to_be_visible()
    assert page.url.endswith(f"#/workflows/{three_requests[2]}")
