"""An auditor searches the audit trail, checks records, and verifies histories."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until


def test_auditor_finds_a_record_and_sees_all_of_it(
    sign_in: Callable[..., Console], scenario: Scenario, auditor: Person, stores: Stores
):
    word = f"Basel{uuid4().hex[:8]}"
    workflow_id = scenario.create_pending(title=f"Train to {word}", data={"amount": 184.5})
    scenario.approver.act(workflow_id, "REJECT", if_match=1, comment="The receipt is missing").expect(200)
    records = _wait_for_records(stores, workflow_id, 2)
    for record in records:
        wait_until(lambda one=record: stores.searchable(one["datasetId"]), timeout=10)

    console = sign_in(auditor, "/audit")
    page = console.page
    search = page.get_by_role("combobox", name="Filter audit records")
    search.fill(word)
    search.press("Enter")
    rows = page.get_by_role("row").filter(has_text=word)
    expect(rows).to_have_count(2)
    assert word in page.url

    rows.filter(has_text="Rejected").get_by_role("radio").check(force=True)
    assert records[1]["datasetId"] in page.url
    # The link with the search and the record shows the same.
    page.reload()
    expect(rows).to_have_count(2)
    details = page.get_by_role("region", name=f"Train to {word}")
    details.get_by_role("button", name="Proof details").click()
    expect(details.get_by_text(records[1]["datasetId"], exact=True).filter(visible=True)).to_be_visible()
    expect(details.get_by_text(scenario.approver.email, exact=True)).to_be_visible()
    expect(details.get_by_text("184.5", exact=True)).to_be_visible()

    details.get_by_role("link", name="Open record").click()
    expect(page.get_by_role("heading", name="Audit record", level=1)).to_be_visible()
    expect(page.get_by_text("184.5", exact=True)).to_be_visible()

    page.get_by_role("link", name="Verify history").click()
    expect(page.get_by_text("The history is valid")).to_be_visible()
    expect(page.get_by_role("heading", name=f"Train to {word}")).to_be_visible()


def test_participant_finds_their_own_records(
    sign_in: Callable[..., Console], scenario: Scenario, auditor: Person, stores: Stores
):
    word = f"Basel{uuid4().hex[:8]}"
    workflow_id = scenario.create_pending(title=f"Train to {word}")
    (record,) = _wait_for_records(stores, workflow_id, 1)
    wait_until(lambda: stores.searchable(record["datasetId"]), timeout=10)

    console = sign_in(scenario.requester)
    console.page.get_by_role("link", name="Audit trail").click()
    expect(console.page.get_by_role("heading", name="Audit trail", level=1)).to_be_visible()
    expect(console.page.get_by_role("row").filter(has_text=word)).to_have_count(1)

    outsider = sign_in(scenario.add_outsider(), f"/audit?text={word}")
    expect(outsider.page.get_by_text("No matching records")).to_be_visible()


def test_old_address_of_a_record_leads_to_its_page(
    sign_in: Callable[..., Console], scenario: Scenario, auditor: Person, stores: Stores
):
    (record,) = _wait_for_records(stores, scenario.create_pending(), 1)
    console = sign_in(auditor, f"/audit/{record['datasetId']}")
    expect(console.page.get_by_role("heading", name="Audit record", level=1)).to_be_visible()
    assert f"/audit/records/{record['datasetId']}" in console.page.url


def test_search_by_an_action_type_that_the_console_does_not_know_finds_nothing(
    sign_in: Callable[..., Console], auditor: Person
):
    console = sign_in(auditor, "/audit?actionType=DELEGATE")
    expect(console.page.get_by_text("No matching records")).to_be_visible()
    expect(console.page.get_by_text("Action = DELEGATE")).to_be_visible()


def test_verification_of_a_changed_history_lists_what_does_not_match(
    sign_in: Callable[..., Console], scenario: Scenario, auditor: Person, stores: Stores
):
    workflow_id = scenario.create_pending()
    scenario.approver.act(workflow_id, "APPROVE", if_match=1).expect(200)
    first, _ = _wait_for_records(stores, workflow_id, 2)
    stores.rewrite_record(first["datasetId"], sealed=first["sealed"].replace('"REQUEST"', '"APPROVE"'))

    console = sign_in(auditor, f"/workflows/{workflow_id}/verification")
    page = console.page
    expect(page.get_by_text("The history is not valid")).to_be_visible()
    findings = page.get_by_role("table", name="Findings").get_by_role("row")
    expect(findings.filter(has_text="previous-hash-mismatch")).to_contain_text("Event 2")
    changed = findings.filter(has_text="The record was changed: its hash doesn't match its text.")
    changed.get_by_role("link", name="Event 1").click()
    expect(page.get_by_role("heading", name="Audit record", level=1)).to_be_visible()
    assert first["datasetId"] in page.url


def test_verification_names_the_event_that_the_audit_trail_lacks(
    sign_in: Callable[..., Console], scenario: Scenario, stores: Stores, tmp_path: Path
):
    workflow_id = scenario.create_pending(title="Train to Basel")
    scenario.approver.act(workflow_id, "APPROVE", if_match=1).expect(200)
    _, second = _wait_for_records(stores, workflow_id, 2)
    stores.delete_record(second["datasetId"])

    console = sign_in(scenario.requester)
    page = console.page
    # Right after the action, the record could still be on its way.
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=6))
    console.open(f"/workflows/{workflow_id}/verification")
    expect(page.get_by_text("The history is not valid")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="The audit trail lacks event 2.")).to_be_visible()

    with page.expect_download() as download:
        console.button("Download result").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    report = json.loads(path.read_text())
    assert (report["title"], report["verdict"]) == ("Train to Basel", "invalid")
    assert [each["sequence"] for each in report["findings"]] == [2]

    page.emulate_media(media="print")
    expect(console.button("Download result")).to_be_hidden()
    expect(page.get_by_text("The history is not valid")).to_be_visible()


def _wait_for_records(stores: Stores, workflow_id: str, count: int) -> list[dict[str, Any]]:
    def find() -> list[dict[str, Any]]:
        records = stores.audit_records(workflow_id)
        return records if len(records) == count else []

    return wait_until(find, timeout=15, what=f"{count} audit records")
