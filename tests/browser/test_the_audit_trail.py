"""The auditor's search, and a history that was tampered with."""

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until


def test_an_auditor_finds_a_record_and_reads_it_whole(
    enter: Callable[..., Console], scenario: Scenario, auditor: Person, stores: Stores
):
    word = f"Basel{uuid4().hex[:8]}"
    workflow_id = scenario.create_pending(title=f"Train to {word}", data={"amount": 184})
    scenario.approver.act(workflow_id, "REJECT", comment="The receipt is missing").expect(200)
    records = wait_until(lambda: _both(stores, workflow_id), timeout=15)
    for record in records:
        wait_until(lambda one=record: stores.searchable(one["datasetId"]), timeout=10)

    console = enter(auditor, "/audit")
    page = console.page
    page.get_by_role("search").get_by_label("Text").fill(word)
    page.get_by_role("button", name="Search", exact=True).click()
    rows = page.get_by_role("row").filter(has_text=word)
    expect(rows).to_have_count(2)
    assert word in page.url

    rows.filter(has_text="Rejected").get_by_role("radio").check(force=True)
    detail = page.get_by_role("region", name=f"Train to {word}")
    expect(detail.get_by_text(records[1]["datasetId"])).to_be_visible()
    expect(detail.get_by_text(scenario.approver.email)).to_be_visible()

    detail.get_by_role("link", name="Verify history").click()
    expect(page.get_by_text("The history is intact")).to_be_visible()


def test_a_tampered_history_is_shown_broken_and_where(
    enter: Callable[..., Console], scenario: Scenario, auditor: Person, stores: Stores
):
    workflow_id = scenario.create_pending()
    scenario.approver.act(workflow_id, "APPROVE").expect(200)
    first, _ = wait_until(lambda: _both(stores, workflow_id), timeout=15)
    forged = first["sealed"].replace('"REQUEST"', '"APPROVE"')
    stores.rewrite_record(first["datasetId"], sealed=forged)

    console = enter(auditor, f"/workflows/{workflow_id}/verification")
    expect(console.page.get_by_text("The history is broken")).to_be_visible()
    breaks = console.page.get_by_role("table", name="Breaks").get_by_role("row")
    expect(breaks.filter(has_text="1hash-mismatch")).to_contain_text(first["datasetId"])
    expect(breaks.filter(has_text="2previous-hash-mismatch")).to_be_visible()


def _both(stores: Stores, workflow_id: str):
    records = stores.audit_records(workflow_id)
    return records if len(records) == 2 else []
