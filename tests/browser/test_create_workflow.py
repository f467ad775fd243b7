"""The form for a new workflow: what the user typed is never lost, and mistakes are named where they are."""

from collections.abc import Callable

from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario

SignIn = Callable[..., Console]


def _open_form(console: Console, scheme: str) -> None:
    console.page.get_by_role("button", name="Scheme").click()
    console.page.get_by_role("option", name=scheme).first.click()


def test_form_survives_a_reload_and_is_requested_with_a_comment(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester, "/workflows/new")
    page = console.page
    _open_form(console, scenario.scheme)
    page.get_by_label("Title").fill("Train to Basel")
    page.get_by_label("Name 1").fill("due")
    page.get_by_role("button", name="Type 1").click()
    page.get_by_role("option", name="Date").click()
    page.get_by_label("Value 1").fill("2026-12-24")
    page.get_by_label("Comment for the approvers").fill("Cheaper than the plane")
    page.reload()

    expect(page.get_by_text("What you typed before is still here.")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Train to Basel")
    expect(page.get_by_label("Value 1")).to_have_value("2026-12-24")
    console.button("Request approval").click()
    console.expect_status("Waiting for approval")
    expect(page.get_by_role("list", name="History").get_by_text("Cheaper than the plane")).to_be_visible()
    (workflow,) = scenario.requester.api.get("/workflows").expect(200).body["items"]
    assert scenario.requester.get_workflow(workflow["workflowId"])["data"] == {"due": "2026-12-24"}

    console.open("/workflows/new")
    expect(page.get_by_label("Title")).to_have_value("")


def test_leaving_a_form_by_link_or_by_the_back_button_needs_a_confirmation(
    sign_in: SignIn, scenario: Scenario
):
    console = sign_in(scenario.requester, "/work")
    page = console.page
    page.get_by_role("link", name="Create workflow").first.click()
    page.get_by_label("Title").fill("Train to Basel")

    page.get_by_role("link", name="Cancel").click()
    console.button("Keep editing").click()
    expect(page.get_by_label("Title")).to_have_value("Train to Basel")

    page.evaluate("history.back()")
    expect(console.dialog.get_by_text("Leave without saving?")).to_be_visible()
    console.button("Keep editing").click()
    expect(page.get_by_label("Title")).to_have_value("Train to Basel")

    page.evaluate("history.back()")
    console.button("Discard and leave").click()
    expect(page.get_by_label("Title")).to_be_hidden()
    console.open("/workflows/new")
    expect(page.get_by_label("Title")).to_have_value("")


def test_json_with_a_name_used_twice_is_reported_with_its_line_and_not_sent(
    sign_in: SignIn, scenario: Scenario
):
    console = sign_in(scenario.requester, "/workflows/new")
    page = console.page
    _open_form(console, scenario.scheme)
    page.get_by_label("Title").fill("Train to Basel")
    console.button("JSON").click()
    editor = page.get_by_role("textbox", name="Data as JSON")
    editor.fill('{\n"amount": 1,\n"amount": 2\n}')
    console.button("Save draft").click()
    message = page.get_by_text("Line 3: The name “amount” is used twice in the same object.")
    expect(message).to_be_visible()
    assert scenario.requester.api.get("/workflows").body["items"] == []

    editor.fill('{"amount": 12.50, "lines": [{"price": 1}]}')
    console.button("Save draft").click()
    console.expect_status("Draft")
    (workflow,) = scenario.requester.api.get("/workflows").expect(200).body["items"]
    data = scenario.requester.get_workflow(workflow["workflowId"])["data"]
    assert data == {"amount": 12.5, "lines": [{"price": 1}]}
