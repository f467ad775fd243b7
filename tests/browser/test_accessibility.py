"""Every page through axe-core, the engine that the console's own linter brings along: WCAG 2.1 A and AA."""

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

_AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = "() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })"


def _violations(console: Console) -> list[str]:
    """What is wrong, one line each, with the elements."""
    console.page.add_script_tag(path=_AXE)
    found: list[dict[str, Any]] = console.page.evaluate(_RUN)["violations"]
    return [f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']]}" for each in found]


def test_the_sign_in_page(window: Callable[[], Console]):
    console = window()
    console.open()
    expect(console.page.get_by_label("Password")).to_be_visible()
    assert _violations(console) == []


@pytest.mark.parametrize(
    ("address", "heading"),
    [("/work", "My work"), ("/inbox", "My inbox"), ("/workflows/new", "Create workflow")],
)
def test_the_requesters_pages(address: str, heading: str, enter: Callable[..., Console], scenario: Scenario):
    scenario.create_draft()
    console = enter(scenario.requester, address)
    expect(console.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    assert _violations(console) == []


def test_a_workflow_and_the_dialog_that_decides_it(enter: Callable[..., Console], scenario: Scenario):
    console = enter(scenario.approver, f"/workflows/{scenario.create_pending()}")
    expect(console.button("Reject")).to_be_visible()
    assert _violations(console) == []
    console.button("Reject").click()
    expect(console.page.get_by_role("dialog")).to_be_visible()
    assert _violations(console) == []


def test_the_audit_trail_and_a_record_beside_it(
    enter: Callable[..., Console], scenario: Scenario, auditor: Person, stores: Stores
):
    workflow_id = scenario.create_draft(title="Train to Basel")
    (record,) = wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    wait_until(lambda: stores.searchable(record["datasetId"]), timeout=10)
    console = enter(auditor, f"/audit?workflowId={workflow_id}")
    expect(console.page.get_by_role("search")).to_be_visible()
    console.page.get_by_role("radio").check(force=True)
    expect(console.page.get_by_role("region", name="Train to Basel")).to_be_visible()
    assert _violations(console) == []


def test_the_panel_behind_the_bell(enter: Callable[..., Console], scenario: Scenario):
    scenario.create_pending()
    console = enter(scenario.approver)
    console.bell.click()
    expect(console.page.get_by_role("listitem").filter(has_text="Approval requested")).to_be_visible()
    assert _violations(console) == []
