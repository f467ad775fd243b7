"""Every page and panel meets WCAG 2.1 A and AA, as far as axe-core can check it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until
from repository import ROOT

SignIn = Callable[..., Console]

_AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = "() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })"


def _violations(console: Console) -> list[str]:
    """Return one line for each violation, with the elements."""
    # While a dialog fades in, its colors don't have their contrast yet.
    console.wait_for_animations()
    # Not as a script tag, which the Content-Security-Policy blocks.
    console.page.evaluate(_AXE.read_text())
    violations: list[dict[str, Any]] = console.page.evaluate(_RUN)["violations"]
    return [
        f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']]}" for each in violations
    ]


def test_page_after_signing_out_is_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester)
    # The page shows it at once, and once more after a visit to managed login.
    with console.page.expect_navigation():
        console.sign_out("Rita")
    expect(console.signed_out).to_be_visible()
    assert _violations(console) == []


def test_dialog_of_an_expired_session_is_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester)
    console.expire_session(scenario.requester)
    console.page.get_by_role("link", name="My requests").click()
    expect(console.expired).to_be_visible()
    assert _violations(console) == []


@pytest.mark.parametrize(
    ("address", "heading"),
    [("/work", "Work"), ("/work?view=mine", "Work"), ("/workflows/new", "Create workflow")],
)
def test_pages_of_a_requester_are_accessible(address: str, heading: str, sign_in: SignIn, scenario: Scenario):
    scenario.create_draft()
    console = sign_in(scenario.requester, address)
    expect(console.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    assert _violations(console) == []


def test_workflow_and_its_dialog_are_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, f"/workflows/{scenario.create_pending()}")
    expect(console.button("Reject")).to_be_visible()
    assert _violations(console) == []
    console.button("Reject").click()
    expect(console.dialog).to_be_visible()
    assert _violations(console) == []


def test_audit_trail_and_audit_record_are_accessible(
    sign_in: SignIn, scenario: Scenario, auditor: Person, stores: Stores
):
    workflow_id = scenario.create_draft(title="Train to Basel")
    (record,) = wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    wait_until(lambda: stores.searchable(record["datasetId"]), timeout=10)
    console = sign_in(auditor, f"/audit?workflowId={workflow_id}")
    expect(console.page.get_by_role("search")).to_be_visible()
    console.page.get_by_role("radio").click(force=True)
    expect(console.page.get_by_role("region", name="Train to Basel")).to_be_visible()
    assert _violations(console) == []


def test_verification_is_accessible(sign_in: SignIn, scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_pending()
    wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    console = sign_in(scenario.requester, f"/workflows/{workflow_id}/verification")
    expect(console.page.get_by_text("The history is valid")).to_be_visible()
    assert _violations(console) == []


def test_proof_of_a_workflow_is_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester, f"/workflows/{scenario.create_pending()}")
    console.button("Show details").click()
    expect(console.page.get_by_role("region", name="Proof of the workflow")).to_be_visible()
    assert _violations(console) == []


def test_integrity_page_is_accessible(sign_in: SignIn, auditor: Person):
    console = sign_in(auditor, "/integrity")
    expect(console.page.get_by_role("heading", name="Public key", level=2)).to_be_visible()
    assert _violations(console) == []


def test_erasure_page_and_its_dialogs_are_accessible(
    sign_in: SignIn, scenario: Scenario, admin: Person, stores: Stores
):
    workflow_id = scenario.create_pending()
    wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    console = sign_in(admin, "/erasure")
    page = console.page
    expect(page.get_by_role("heading", name="Legal holds", level=2)).to_be_visible()
    expect(page.get_by_role("table", name="Retention periods")).to_be_visible()
    console.pick_user(scenario.requester.user_id)
    page.get_by_label("Reason").fill("Request 4711")
    console.button("Check what would be erased").click()
    expect(page.get_by_role("region", name="What would be erased")).to_be_visible()
    assert _violations(console) == []
    console.button("Erase").click()
    expect(console.dialog).to_be_visible()
    assert _violations(console) == []
    console.button("Cancel").click()
    expect(console.dialog).to_be_hidden()
    console.button("Place hold").click()
    expect(console.dialog).to_be_visible()
    assert _violations(console) == []


def test_page_of_an_audit_record_is_accessible(
    sign_in: SignIn, scenario: Scenario, auditor: Person, stores: Stores
):
    workflow_id = scenario.create_draft(title="Train to Basel")
    (record,) = wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    console = sign_in(auditor, f"/audit/{record['datasetId']}")
    expect(console.page.get_by_role("heading", name="Train to Basel", level=2)).to_be_visible()
    assert _violations(console) == []


def test_notification_panel_is_accessible(sign_in: SignIn, scenario: Scenario):
    scenario.create_pending()
    console = sign_in(scenario.approver)
    console.bell.click()
    expect(console.page.get_by_role("listitem").filter(has_text="Approval requested")).to_be_visible()
    assert _violations(console) == []
