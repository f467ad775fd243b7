"""An administrator erases a user's data, keeps workflows with legal holds, and sets retention periods."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, expect

from harness.console import Console
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until

SignIn = Callable[..., Console]

ERASURES = "/audit-trail/erasures"
DONE_WITHIN_MS = 420_000
"""Two scans with two minutes between them, on a machine that also runs other tests."""

REASON = "Request 4711"


def _wait_for_records(stores: Stores, workflow_id: str, count: int) -> list[dict[str, Any]]:
    def find() -> list[dict[str, Any]]:
        records = stores.audit_records(workflow_id)
        return records if len(records) == count else []

    return wait_until(find, timeout=15, what=f"{count} audit records")


def _check(console: Console, user_id: str) -> Locator:
    """Fill in the form, check what would be erased, and return the result."""
    form = console.page.get_by_role("form", name="Erase a user's data")
    console.pick_user(user_id)
    form.get_by_role("checkbox", name=re.compile("^Content")).check(force=True)
    form.get_by_label("Reason").fill(REASON)
    console.button("Check what would be erased").click()
    result = form.get_by_role("region", name="What would be erased")
    expect(result).to_be_visible()
    return result


def _confirm(console: Console) -> None:
    console.button("Erase").click()
    console.dialog.get_by_role("textbox").fill("erase")
    console.dialog.get_by_role("button", name="Erase", exact=True).click()


def _has_erasure(admin: Person, user_id: str) -> bool:
    """Return whether the newest erasures have one of the user."""
    items = admin.api.get(f"{ERASURES}?limit=100").expect(200).body["items"]
    return any(each["userId"] == user_id for each in items)


def test_user_is_erased_after_a_check_and_a_confirmation(
    sign_in: SignIn, scenario: Scenario, admin: Person, stores: Stores
):
    word = f"Basel{uuid4().hex[:8]}"
    workflow_id = scenario.create_pending(title=f"Train to {word}", data={"amount": 184.5})
    scenario.approver.act(workflow_id, "REJECT", if_match=1, comment="The receipt is missing").expect(200)
    first, _ = _wait_for_records(stores, workflow_id, 2)
    user_id = scenario.requester.user_id

    console = sign_in(admin, "/erasure")
    page = console.page
    result = _check(console, user_id)
    expect(result.get_by_text("2 records", exact=True).first).to_be_visible()
    expect(result.get_by_text("1 workflow", exact=True)).to_be_visible()
    assert not _has_erasure(admin, user_id)

    console.button("Erase").click()
    console.dialog.get_by_role("button", name="Erase", exact=True).click()
    expect(console.dialog.get_by_text("Enter erase to confirm.")).to_be_visible()
    assert not _has_erasure(admin, user_id)
    console.dialog.get_by_role("textbox").fill("erase")
    console.dialog.get_by_role("button", name="Erase", exact=True).click()
    expect(console.dialog).to_be_hidden()
    expect(console.toast(f"The erasure of user {user_id} has started.")).to_be_visible()
    row = page.get_by_role("table", name="Erasures").get_by_role("row").filter(has_text=user_id)
    expect(row).to_contain_text(REASON)

    wait_until(
        lambda: admin.get_workflow(workflow_id).get("contentErased"),
        timeout=120,
        what="the erased workflow",
        interval=1,
    )
    approver = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    expect(approver.page.get_by_role("heading", name="Erased", level=1)).to_be_visible()
    expect(approver.page.get_by_role("list", name="History")).to_contain_text("Requested approval by Erased")
    expect(approver.proof).to_contain_text(re.compile("Erased: .*content"))
    expect(approver.page.get_by_text(word)).to_be_hidden()
    requester = sign_in(scenario.requester, f"/workflows/{workflow_id}")
    expect(requester.page.get_by_text("The title, the data, and the comments were erased.")).to_be_visible()
    expect(requester.button("Resubmit")).to_be_hidden()

    details = sign_in(admin, f"/audit/records/{first['datasetId']}")
    expect(details.proof).to_contain_text("Erased: person, content.")
    details.page.get_by_role("link", name=re.compile("^event ")).first.click()
    expect(details.page.get_by_text("Erased data", exact=True)).to_be_visible()
    details.page.get_by_role("button", name=re.compile(r"^Erased records \(")).click()
    expect(details.page.get_by_role("link", name=first["datasetId"])).to_be_visible()

    # The page follows the erasure without a reload.
    expect(row.get_by_text("Done", exact=True)).to_be_visible(timeout=DONE_WITHIN_MS)
    expect(row).to_contain_text("Content: 2 records")


def test_erasure_that_was_canceled_offline_is_never_sent(
    sign_in: SignIn, scenario: Scenario, admin: Person, stores: Stores
):
    _wait_for_records(stores, scenario.create_pending(), 1)
    user_id = scenario.requester.user_id
    console = sign_in(admin, "/erasure")
    page = console.page
    _check(console, user_id)
    page.context.set_offline(True)
    _confirm(console)
    expect(console.dialog.get_by_text("Can't connect to Countersign")).to_be_visible()
    console.button("Cancel").click()
    expect(console.dialog).to_be_hidden()
    page.context.set_offline(False)
    expect(page.get_by_role("button", name=re.compile("^User "))).to_contain_text(user_id)
    expect(page.get_by_label("Reason")).to_have_value(REASON)
    page.wait_for_timeout(2_000)
    assert not _has_erasure(admin, user_id)


def test_legal_hold_is_placed_on_the_workflow_page_and_keeps_the_workflow(
    sign_in: SignIn, scenario: Scenario, admin: Person, auditor: Person, stores: Stores
):
    workflow_id = scenario.create_pending()
    _wait_for_records(stores, workflow_id, 1)
    console = sign_in(admin, f"/workflows/{workflow_id}")
    page = console.page
    console.button("Place hold").click()
    console.dialog.get_by_label("Reason").fill("Case 17")
    console.dialog.get_by_role("button", name="Place hold", exact=True).click()
    expect(console.dialog).to_be_hidden()
    expect(page.get_by_text("On hold: nothing is erased")).to_be_visible()

    reader = sign_in(auditor, f"/workflows/{workflow_id}")
    expect(reader.page.get_by_text("Case 17", exact=True)).to_be_visible()
    expect(reader.button("Release hold")).to_be_hidden()

    console.open("/erasure")
    result = _check(console, scenario.requester.user_id)
    result.get_by_role("button", name="1 record", exact=True).click()
    expect(result.get_by_role("link", name=workflow_id)).to_be_visible()

    console.open(f"/workflows/{workflow_id}")
    console.button("Release hold").click()
    console.dialog.get_by_label("Reason").fill("Case closed")
    console.dialog.get_by_role("button", name="Release hold", exact=True).click()
    expect(console.dialog).to_be_hidden()
    expect(console.button("Place hold")).to_be_visible()
    held = admin.api.get("/audit-trail/holds?limit=100").expect(200).body["items"]
    assert workflow_id not in [each["workflowId"] for each in held]


def test_retention_period_of_a_scheme_is_changed(sign_in: SignIn, admin: Person, cloud):
    name = f"Travel {uuid4().hex[:8]}"
    scenario = Scenario.create(cloud, name=name)
    console = sign_in(admin, "/erasure")
    row = console.page.get_by_role("table", name="Retention periods").get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("default")
    console.button(f"Edit the retention period of {name}").click()
    console.dialog.get_by_label("Days").fill("0")
    console.dialog.get_by_label("Reason").fill("Tax law: ten years")
    console.button("Save").click()
    expect(console.dialog.get_by_text("Enter a whole number of days from 1 to 36,500.")).to_be_visible()
    console.dialog.get_by_label("Days").fill("3650")
    console.button("Save").click()
    expect(console.dialog).to_be_hidden()
    expect(row).to_contain_text("3,650 days (10 years)")
    periods = admin.api.get("/audit-trail/retention").expect(200).body["schemes"]
    assert [each["days"] for each in periods if each["scheme"] == scenario.scheme] == [3650]


def test_auditors_read_and_others_see_nothing(sign_in: SignIn, scenario: Scenario, auditor: Person):
    console = sign_in(auditor, "/erasure")
    expect(console.page.get_by_role("heading", name="Legal holds", level=2)).to_be_visible()
    expect(console.page.get_by_role("table", name="Retention periods")).to_be_visible()
    expect(console.page.get_by_role("form", name="Erase a user's data")).to_be_hidden()
    expect(console.button("Place hold")).to_be_hidden()

    console = sign_in(scenario.requester, "/erasure")
    expect(console.page.get_by_text("Only auditors and administrators can see this page")).to_be_visible()
    expect(console.page.get_by_role("link", name="Erasure and retention")).to_be_hidden()
