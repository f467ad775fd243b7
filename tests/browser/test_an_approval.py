"""An approval in the console, from the first line to the last, by two people in two windows."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario

Enter = Callable[..., Console]


@pytest.fixture
def travel(cloud) -> tuple[Scenario, str]:
    """A scenario and the name of its scheme, which no other scheme has."""
    name = f"Travel {uuid4().hex[:8]}"
    return Scenario.create(cloud, name=name), name


def test_a_request_is_created_saved_edited_and_requested(enter: Enter, travel: tuple[Scenario, str]):
    scenario, scheme = travel
    console = enter(scenario.requester, "/work")
    page = console.page
    console.button("Create workflow").click()
    page.get_by_role("button", name="Scheme").click()
    page.get_by_role("option", name=scheme).click()
    page.get_by_label("Title").fill("Train to Basel")
    console.button("Add a line").click()
    page.get_by_label("Name 1").fill("amount")
    page.get_by_label("Value 1").fill("184 CHF")
    console.button("Save draft").click()
    expect(console.toast("The draft is saved.")).to_be_visible()
    expect(page.get_by_role("heading", name="Train to Basel", level=1)).to_be_visible()
    console.expect_status("Draft")

    console.button("Edit").click()
    page.get_by_label("Title").fill("Night train to Basel")
    console.button("Save changes").click()
    expect(page.get_by_role("heading", name="Night train to Basel", level=1)).to_be_visible()

    console.decide("Request approval")
    console.expect_status("Waiting for approval")
    expect(console.button("Edit")).to_be_hidden()

    page.get_by_role("link", name="My work").click()
    row = page.get_by_role("row").filter(has_text="Night train to Basel")
    expect(row).to_contain_text("Waiting for approval")
    expect(row).to_contain_text(scheme)


def test_what_a_request_lacks_is_told_at_its_field_and_not_sent(enter: Enter, travel: tuple[Scenario, str]):
    scenario, _ = travel
    console = enter(scenario.requester, "/workflows/new")
    console.button("Request approval").click()
    expect(console.page.get_by_text("Choose a scheme.")).to_be_visible()
    assert scenario.requester.api.get("/workflows").body["items"] == []


def test_a_request_arrives_as_a_toast_while_the_approver_watches(enter: Enter, scenario: Scenario):
    """Over MQTT: the page is not loaded again, and the bell counts on."""
    console = enter(scenario.approver, "/inbox")
    page = console.page
    console.expect_unread(0)
    page.evaluate("window.sameDocument = true")

    scenario.create_pending(title="Train to Basel")
    toast = console.toast("Approval requested")
    expect(toast).to_contain_text("Rita asks you to approve “Train to Basel”.")
    console.expect_unread(1)
    expect(page.get_by_role("row").filter(has_text="Train to Basel")).to_be_visible()

    scenario.create_pending(title="Bus to Bern")
    expect(console.toast("Bus to Bern")).to_be_visible()
    console.expect_unread(2)
    assert page.evaluate("window.sameDocument") is True

    console.toast("Bus to Bern").get_by_role("link", name="View workflow").click()
    expect(page.get_by_role("heading", name="Bus to Bern", level=1)).to_be_visible()
    console.expect_unread(1)


def test_what_came_while_nobody_watched_is_behind_the_bell(enter: Enter, scenario: Scenario):
    scenario.create_pending(title="Train to Basel")
    console = enter(scenario.approver)
    console.expect_unread(1)
    console.bell.click()
    inbox = console.page.get_by_role("list", name="Notifications")
    expect(inbox.get_by_role("listitem")).to_have_count(1)
    expect(inbox).to_contain_text("Rita asks you to approve “Train to Basel”.")
    console.page.get_by_role("button", name="Mark all as read").click()
    console.expect_unread(0)


def test_a_rejection_needs_a_comment(enter: Enter, scenario: Scenario):
    workflow_id = scenario.create_pending()
    console = enter(scenario.approver, f"/workflows/{workflow_id}")
    page = console.page
    console.button("Reject").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Reject", exact=True).click()
    expect(dialog.get_by_text("Say why, so that the requester knows what to change.")).to_be_visible()
    assert scenario.requester.get_workflow(workflow_id)["status"] == "PENDING"

    dialog.get_by_label("Comment").fill("The receipt is missing")
    dialog.get_by_role("button", name="Reject", exact=True).click()
    console.expect_status("Rejected")
    assert scenario.requester.get_workflow(workflow_id)["status"] == "REJECTED"


def test_a_rejected_request_is_resubmitted_and_approved_in_two_windows(enter: Enter, scenario: Scenario):
    workflow_id = scenario.create_pending(title="Train to Basel")
    requesters = enter(scenario.requester, f"/workflows/{workflow_id}")
    approvers = enter(scenario.approver, f"/workflows/{workflow_id}")

    approvers.decide("Reject", "The receipt is missing")
    expect(requesters.toast("Request rejected")).to_contain_text("Bo rejected “Train to Basel”.")
    requesters.expect_status("Rejected")

    requesters.decide("Resubmit", "Receipt R-1042 added")
    expect(approvers.toast("Approval requested")).to_contain_text("(round 2)")
    approvers.decide("Approve")
    expect(requesters.toast("Request approved")).to_be_visible()
    requesters.expect_status("Approved")

    history = requesters.page.get_by_role("list", name="History")
    for deed in (
        "Requested approval",
        "Rejected",
        "The receipt is missing",
        "Receipt R-1042 added",
        "Approved",
    ):
        expect(history.get_by_text(deed, exact=True).first).to_be_visible()

    requesters.button("Verify history").click()
    expect(requesters.page.get_by_text("The history is intact")).to_be_visible()
    expect(requesters.page.get_by_text("4 events, none changed")).to_be_visible()
