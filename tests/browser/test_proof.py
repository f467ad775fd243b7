"""The proof badge: what the browser verifies by itself, and that it turns red when anything was tampered with."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from harness.console import Console
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

SignIn = Callable[..., Console]

VERIFIED, FAILED = "Verified in this browser", "Verification failed"


@pytest.fixture
def sealed(cloud: RunningCloud, scenario: Scenario, stores: Stores) -> tuple[str, list[dict[str, Any]]]:
    """A rejected workflow whose two records are in the log: its id and the records."""
    workflow_id = scenario.create_pending(title="Train to Basel", data={"amount": 184.5})
    scenario.approver.act(workflow_id, "REJECT", if_match=1, comment="The receipt is missing").expect(200)

    def find() -> list[dict[str, Any]]:
        records = stores.audit_records(workflow_id)
        return records if len(records) == 2 else []

    records = wait_until(find, timeout=15, what="2 audit records")
    wait_until(lambda: _seal(cloud, scenario, records), timeout=60, what="the records in the log")
    return workflow_id, records


def _seal(cloud: RunningCloud, scenario: Scenario, records: list[dict[str, Any]]) -> bool:
    """Run the sealer instead of waiting for the minute. Return whether the records are in the log."""
    cloud.invoke_when_free("audit-seal-checkpoint")
    proofs = [scenario.requester.api.get(f"/audit-trail/{each['datasetId']}/proof").body for each in records]
    return all(proof["state"] == "sealed" for proof in proofs)


@contextmanager
def _tampered(page: Page, path: str, old: str, new: str) -> Iterator[None]:
    """Replace a text in the API's responses for paths that end like this."""
    pattern = re.compile(f"{path}$")
    changed: list[str] = []

    def tamper(route: Route) -> None:
        if route.request.method != "GET":
            return route.continue_()
        response = route.fetch()
        body = response.text()
        changed.extend([route.request.url] if re.search(old, body) else [])
        return route.fulfill(response=response, body=re.sub(old, new, body, count=1))

    page.route(pattern, tamper)
    yield
    page.unroute_all(behavior="ignoreErrors")  # a request can be on its way
    assert changed, f"No response had {old!r}"


def test_workflow_and_its_history_are_verified_by_the_browser(
    sign_in: SignIn, sealed: tuple[str, list[dict[str, Any]]], scenario: Scenario
):
    workflow_id, records = sealed
    console = sign_in(scenario.requester, f"/workflows/{workflow_id}")
    expect(console.proof).to_contain_text(VERIFIED)
    expect(console.proof).to_contain_text("All 2 events are recorded unchanged in the log.")
    console.button("Show details").click()
    details = console.page.get_by_role("region", name="Proof of the workflow")
    details.get_by_role("button", name="Event 2").click()
    checks = details.get_by_role("list", name="Checks of event 2")
    expect(checks.get_by_text("Inclusion in the log")).to_be_visible()
    checks.get_by_role("button", name="Inputs of the check: Inclusion in the log").click()
    expect(checks.get_by_text(f"countersign/v1/event {records[1]['datasetId']}")).to_be_visible()


def test_approver_verifies_what_they_see_and_reads_what_is_withheld(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_draft()
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    expect(console.proof).to_contain_text("Withheld from you: completeness, person")


@pytest.mark.parametrize("person", ["requester", "auditor"])
def test_any_changed_character_turns_the_proof_of_the_workflow_red(
    person: str,
    sign_in: SignIn,
    sealed: tuple[str, list[dict[str, Any]]],
    scenario: Scenario,
    auditor: Person,
):
    workflow_id, (first, second) = sealed
    console = sign_in(scenario.requester if person == "requester" else auditor, f"/workflows/{workflow_id}")
    expect(console.proof).to_contain_text(VERIFIED)

    record, proof = f"/audit-trail/{first['datasetId']}", f"/audit-trail/{second['datasetId']}/proof"
    for path, old, new in (
        (record, r"\\\"PENDING\\\"", r'\\"PENDINH\\"'),
        (record, "Train to Basel", "Train to Bazel"),
        (record, r'"hash":\s*"[0-9a-f]{8}', '"hash": "00000000'),
        (proof, r'"proof":\s*\["[0-9a-f]{8}', '"proof": ["00000000'),
        (proof, r'"leafIndex":\s*', '"leafIndex": 1'),
        (proof, r"(amazonaws\.com\\n)", r"\g<1>1"),
        (proof, r"(\\u2014|—) (\S+) (.{20})....", r"\1 \2 \3AAAA"),
        (f"/workflows/{workflow_id}", "Train to Basel", "Train to Bazel"),
        (f"/workflows/{workflow_id}", r"(:\s*)184\.5", r"\g<1>185.5"),
        (rf"/workflows/{workflow_id}/history\?.*", "The receipt is missing", "The receipt is missinG"),
    ):
        with _tampered(console.page, path, old, new):
            console.page.reload()
            expect(console.proof, f"{path}: {old}").to_contain_text(FAILED)

    console.page.reload()
    expect(console.proof).to_contain_text(VERIFIED)


def test_proof_of_a_record_turns_red_if_the_record_or_what_the_page_shows_was_changed(
    sign_in: SignIn, sealed: tuple[str, list[dict[str, Any]]], auditor: Person, stores: Stores
):
    workflow_id, (first, second) = sealed
    wait_until(lambda: stores.searchable(first["datasetId"]), timeout=10)
    wait_until(lambda: stores.searchable(second["datasetId"]), timeout=10)
    console = sign_in(auditor, f"/audit?workflowId={workflow_id}&actionType=REJECT")
    page = console.page
    page.get_by_role("radio").click(force=True)
    expect(console.proof).to_contain_text(VERIFIED)

    with _tampered(page, r"/audit-trail\?.*", "The receipt is missing", "The receipt is missinG"):
        page.reload()
        page.get_by_role("radio").click(force=True)
        expect(console.proof).to_contain_text(
            "The page shows something else than the checked texts: content."
        )

    page.reload()
    page.get_by_role("radio").click(force=True)
    expect(console.proof).to_contain_text(VERIFIED)
    stores.rewrite_record(second["datasetId"], sealed=second["sealed"].replace('"REJECT"', '"APPROVE"'))
    page.get_by_role("button", name="Proof details").click()
    page.get_by_role("button", name="Check again").click()
    expect(console.proof).to_contain_text(FAILED)


@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_moves_when_the_result_of_the_proof_arrives(
    width: int, sign_in: SignIn, sealed: tuple[str, list[dict[str, Any]]], auditor: Person
):
    _, (first, _) = sealed
    console = sign_in(auditor)
    page = console.page
    page.set_viewport_size({"width": width, "height": 900})
    pattern = re.compile("/proof$")
    held: list[Route] = []
    is_holding = True

    def hold(route: Route) -> None:
        if is_holding:
            held.append(route)
        else:
            route.continue_()

    page.route(pattern, hold)
    with page.expect_request(pattern):
        console.open(f"/audit/records/{first['datasetId']}")
    expect(console.proof).to_contain_text("Verifying")
    expect(page.get_by_text("184.5", exact=True)).to_be_visible()
    below = page.get_by_role("button", name="Proof details")
    before = below.bounding_box()
    is_holding = False
    for route in held:
        route.continue_()
    expect(console.proof).to_contain_text(VERIFIED)
    assert below.bounding_box() == before


def test_deleted_record_is_named(
    sign_in: SignIn, sealed: tuple[str, list[dict[str, Any]]], scenario: Scenario, stores: Stores
):
    workflow_id, (_, second) = sealed
    console = sign_in(scenario.requester, f"/workflows/{workflow_id}")
    expect(console.proof).to_contain_text(VERIFIED)
    stores.delete_record(second["datasetId"])
    # Right after the action, the record could still be on its way.
    console.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=6))
    console.page.reload()
    expect(console.proof).to_contain_text("The audit trail lacks event 2.")


def test_another_key_than_the_deployed_one_turns_the_proof_red(
    sign_in: SignIn, sealed: tuple[str, list[dict[str, Any]]], scenario: Scenario
):
    workflow_id, _ = sealed
    console = sign_in(scenario.requester, f"/workflows/{workflow_id}")
    expect(console.proof).to_contain_text(VERIFIED)
    with _tampered(console.page, "/audit-trail/public-key", r'"vkey":\s*"[^"]*', '"vkey": "another'):
        console.page.reload()
        expect(console.proof).to_contain_text("The service now uses another public key")


def test_evidence_is_downloaded_with_the_command_that_checks_it(
    sign_in: SignIn, sealed: tuple[str, list[dict[str, Any]]], auditor: Person, tmp_path: Path
):
    workflow_id, records = sealed
    console = sign_in(auditor, f"/workflows/{workflow_id}/verification")
    expect(console.page.get_by_text("The history is valid")).to_be_visible()
    expect(console.page.get_by_text(f"countersign-verify countersign-evidence-{workflow_id}")).to_be_visible()
    with console.page.expect_download() as download:
        console.button("Download evidence").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    (page,) = [json.loads(line) for line in path.read_text().splitlines()]
    assert page["format"] == "countersign.evidence.v1"
    assert [each["sealed"] for each in page["records"]] == [each["sealed"] for each in records]


def test_integrity_page_shows_the_log_and_the_pinned_key(
    sign_in: SignIn, sealed: tuple[str, list[dict[str, Any]]], auditor: Person, cloud: RunningCloud
):
    console = sign_in(auditor, "/integrity")
    page = console.page
    expect(console.proof).to_contain_text(VERIFIED)
    expect(
        page.get_by_text(cloud.outputs["log_fingerprint"], exact=True).filter(visible=True)
    ).to_be_visible()
    expect(page.get_by_text("Deployed with this console", exact=True)).to_be_visible()
    expect(page.get_by_role("table", name="Checkpoints").get_by_role("row").nth(1)).to_be_visible()


@pytest.mark.parametrize("width", [400, 1280])
def test_pages_with_proofs_fit_the_window(
    width: int, sign_in: SignIn, sealed: tuple[str, list[dict[str, Any]]], auditor: Person
):
    workflow_id, _ = sealed
    console = sign_in(auditor)
    page = console.page
    page.set_viewport_size({"width": width, "height": 900})
    for address, text in (
        (f"/workflows/{workflow_id}", "recorded unchanged in the log"),
        (f"/workflows/{workflow_id}/verification", "countersign-verify countersign-evidence"),
        ("/integrity", "Root hash"),
        ("/erasure", "Retention periods"),
    ):
        console.open(address)
        expect(page.get_by_text(text).first).to_be_visible()
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, address
