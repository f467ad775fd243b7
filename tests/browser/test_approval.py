"""Approvals in the console, by a requester and an approver in two windows."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario

SignIn = Callable[..., Console]


@pytest.fixture
def travel(cloud) -> tuple[Scenario, str]:
    """A scenario, and the unique name of its scheme."""
    name = f"Travel {uuid4().hex[:8]}"
    return Scenario.create(cloud, name=name), name


def test_draft_is_saved_edited_and_requested(sign_in: SignIn, travel: tuple[Scenario, str]):
    scenario, scheme = travel
    console = sign_in(scenario.requester, "/work")
    page = console.page
    console.button("Create workflow").click()
    page.get_by_role("button", name="Scheme").click()
    page.get_by_role("option", name=scheme).click()
    page.get_by_label("Title").fill("Train to Basel")
    console.button("Add field").click()
    page.get_by_label("Name 1").fill("amount")
    page.get_by_label("Value 1").fill("184 CHF")
    console.button("Save draft").click()
    expect(console.toast("Draft saved: “Train to Basel”.")).to_be_visible()
    expect(page.get_by_role("heading", name="Train to Basel", level=1)).to_be_visible()
    console.expect_status("Draft")

    console.button("Edit").click()
    page.get_by_label("Title").fill("Night train to Basel")
    console.button("Save changes").click()
    expect(page.get_by_role("heading", name="Night train to Basel", level=1)).to_be_visible()

    console.perform("Request approval")
    expect(console.toast("You requested approval for “Night train to Basel”.")).to_be_visible()
    console.expect_status("Waiting for approval")
    expect(console.button("Edit")).to_be_hidden()

    page.get_by_role("link", name="My requests").click()
    row = page.get_by_role("row").filter(has_text="Night train to Basel")
    expect(row).to_contain_text("Waiting for approval")
    expect(row).to_contain_text("amount: 184 CHF")


def test_number_with_decimals_is_stored_as_a_number(sign_in: SignIn, travel: tuple[Scenario, str]):
    scenario, scheme = travel
    console = sign_in(scenario.requester, "/workflows/new")
    page = console.page
    page.get_by_role("button", name="Scheme").click()
    page.get_by_role("option", name=scheme).click()
    page.get_by_label("Title").fill("Train to Basel")
    console.button("Add field").click()
    page.get_by_label("Name 1").fill("amount")
    page.get_by_role("button", name="Type 1").click()
    page.get_by_role("option", name="Number").click()
    page.get_by_label("Value 1").fill("12.50")
    console.button("Save draft").click()
    console.expect_status("Draft")
    (workflow,) = scenario.requester.api.get("/workflows").expect(200).body["items"]
    assert scenario.requester.get_workflow(workflow["workflowId"])["data"] == {"amount": 12.5}


def test_incomplete_request_shows_an_error_at_the_field_and_is_not_sent(
    sign_in: SignIn, travel: tuple[Scenario, str]
):
    scenario, _ = travel
    console = sign_in(scenario.requester, "/workflows/new")
    console.button("Request approval").click()
    expect(console.page.get_by_text("Choose a scheme.")).to_be_visible()
    assert scenario.requester.api.get("/workflows").body["items"] == []


def test_request_appears_as_a_toast_without_a_reload(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, "/inbox")
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


def test_request_that_arrived_before_the_sign_in_is_in_the_notification_panel(
    sign_in: SignIn, scenario: Scenario
):
    scenario.create_pending(title="Train to Basel")
    console = sign_in(scenario.approver)
    console.expect_unread(1)
    console.bell.click()
    notifications = console.page.get_by_role("list", name="Notifications")
    expect(notifications.get_by_role("listitem")).to_have_count(1)
    expect(notifications).to_contain_text("Rita asks you to approve “Train to Basel”.")
    console.page.get_by_role("button", name="Mark all as read").click()
    console.expect_unread(0)


def test_rejection_needs_a_comment(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending()
    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    console.button("Reject").click()
    console.button("Reject").click()
    error = console.dialog.get_by_text("Enter a comment so that the requester knows what to change.")
    expect(error).to_be_visible()
    assert scenario.requester.get_workflow(workflow_id)["status"] == "PENDING"

    console.dialog.get_by_label("Comment").fill("The receipt is missing")
    console.button("Reject").click()
    console.expect_status("Rejected")
    assert scenario.requester.get_workflow(workflow_id)["status"] == "REJECTED"


def test_rejected_request_is_resubmitted_and_approved(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending(title="Train to Basel")
    requester = sign_in(scenario.requester, f"/workflows/{workflow_id}")
    approver = sign_in(scenario.approver, f"/workflows/{workflow_id}")

    approver.perform("Reject", "The receipt is missing")
    expect(requester.toast("Request rejected")).to_contain_text("Bo rejected “Train to Basel”.")
    requester.expect_status("Rejected")

    requester.perform("Resubmit", "Receipt R-1042 added")
    expect(approver.toast("Approval requested")).to_contain_text("(round 2)")
    approver.perform("Approve")
    expect(approver.toast("Approval requested")).to_be_hidden()
    expect(requester.toast("Request approved")).to_be_visible()
    expect(requester.toast("Request rejected")).to_be_hidden()
    requester.expect_status("Approved")

    history = requester.page.get_by_role("list", name="History")
    for text in (
        "Requested approval",
        "Rejected",
        "The receipt is missing",
        "Receipt R-1042 added",
        "Approved",
    ):
        expect(history.get_by_text(text, exact=True).first).to_be_visible()

    requester.button("Verify history").click()
    expect(requester.page.get_by_text("The history is valid")).to_be_visible()
    expect(
        requester.page.get_by_text(
            "4 events checked. None is changed, missing, or out of order, and the workflow has no other event."
        )
    ).to_be_visible()


def test_approver_does_not_see_what_the_requester_saved_after_a_rejection(
    sign_in: SignIn, scenario: Scenario
):
    workflow_id = scenario.create_pending(title="Train to Basel", data={"amount": 184})
    scenario.approver.act(workflow_id, "REJECT", if_match=1, comment="Too expensive").expect(200)
    scenario.requester.act(workflow_id, "SAVE", title="Bus to Basel", data={"amount": 99}).expect(200)

    approver = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    expect(approver.page.get_by_role("heading", name="Train to Basel", level=1)).to_be_visible()
    expect(approver.page.get_by_text("184", exact=True)).to_be_visible()
    history = approver.page.get_by_role("list", name="History")
    expect(history.get_by_text("Rejected", exact=True)).to_be_visible()
    expect(history.get_by_text("Saved", exact=True)).to_be_hidden()

    requester = sign_in(scenario.requester, f"/workflows/{workflow_id}")
    expect(requester.page.get_by_role("heading", name="Bus to Basel", level=1)).to_be_visible()
    expect(
        requester.page.get_by_role("list", name="History").get_by_text("Saved", exact=True)
    ).to_be_visible()


def test_approval_that_was_canceled_offline_is_never_sent(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending()
    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    page = console.page
    console.button("Approve").click()
    page.context.set_offline(True)
    console.button("Approve").click()
    expect(console.dialog.get_by_text("Can't connect to Countersign")).to_be_visible()
    expect(console.dialog.get_by_text("Your action might already be recorded.")).to_be_visible()
    console.button("Cancel").click()
    expect(console.dialog).to_be_hidden()

    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    # Once it is online, the console fetches the workflow again. It would send a queued approval at the same time.
    with page.expect_response(lambda response: response.url.endswith(f"/workflows/{workflow_id}")):
        page.context.set_offline(False)
    page.wait_for_timeout(500)
    assert not [each for each in sent if each.startswith("POST") and each.endswith("/actions")]
    console.expect_status("Waiting for approval")
    assert scenario.requester.get_workflow(workflow_id)["status"] == "PENDING"


def test_dialog_can_not_be_canceled_while_its_approval_is_being_sent(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending(title="Train to Basel")
    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    request = console.perform_held("Approve")
    console.page.keyboard.press("Escape")
    console.button("Close").click()
    expect(console.dialog).to_be_visible()
    request.continue_()
    expect(console.toast("You approved “Train to Basel”.")).to_be_visible()
    expect(console.dialog).to_be_hidden()
    console.expect_status("Approved")


def test_outcome_of_a_slow_approval_is_shown_on_another_page(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending(title="Train to Basel")
    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    request = console.perform_held("Approve")
    console.open("/inbox")
    expect(console.page.get_by_role("heading", name="Work", level=1)).to_be_visible()

    request.continue_()
    expect(console.toast("You approved “Train to Basel”.")).to_be_visible()
    assert scenario.requester.get_workflow(workflow_id)["status"] == "APPROVED"


def test_failure_of_a_slow_approval_is_shown_on_another_page(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending(title="Train to Basel")
    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    request = console.perform_held("Approve")
    console.open("/inbox")
    expect(console.page.get_by_role("heading", name="Work", level=1)).to_be_visible()

    request.abort()
    expect(console.toast("Couldn't approve “Train to Basel”")).to_contain_text(
        "Check whether your action was recorded before you try again."
    )
    assert scenario.requester.get_workflow(workflow_id)["status"] == "PENDING"


def test_decision_on_a_workflow_that_has_changed_is_not_applied(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending()
    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    request = console.perform_held("Approve")
    scenario.add_approver().act(workflow_id, "REJECT", if_match=1, comment="Too expensive").expect(200)
    request.continue_()
    expect(console.dialog.get_by_text("This workflow has changed")).to_be_visible()
    console.button("Review latest version").click()
    console.expect_status("Rejected")
    assert scenario.requester.get_workflow(workflow_id)["status"] == "REJECTED"
