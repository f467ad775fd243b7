"""Every page, panel, and dialog meets WCAG 2.2 A and AA, as far as axe-core can check it."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from harness.console import Console, too_wide
from harness.scenario import Scenario, scheme_of
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until
from repository import ROOT

SignIn = Callable[..., Console]

_AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
# axe-core has the only rule of WCAG 2.2, about the size of targets, turned off.
_RUN = """(rules) => axe.run(document, rules ? { runOnly: { type: 'rule', values: rules } } : {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    rules: { 'target-size': { enabled: true } },
})"""

_NAV = re.compile(r"<nav [^>]*aria-orientation=")
"""Cloudscape's menu button on phones: its `nav` has an `aria-orientation`, which screen readers ignore."""

PHONE = {"width": 320, "height": 640}
"""The narrowest window in which a page must not scroll sideways (WCAG 1.4.10)."""

_PHONE_RULES = ["button-name", "link-name", "target-size"]
"""What a narrow window changes: texts that are hidden, and how close targets are."""


def violations(console: Console, rules: list[str] | None = None) -> list[str]:
    """Return one line for each element that violates a rule; by default, one of WCAG 2.2 A and AA."""
    page = console.page
    # While a dialog fades in, its colors don't have their contrast yet.
    console.wait_for_animations()
    if not page.evaluate("() => 'axe' in window"):
        # Not as a script tag, which the Content-Security-Policy blocks.
        page.evaluate(_AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(_RUN, rules)["violations"]
    nodes = [(f"{each['id']}: {each['help']}", node["html"]) for each in found for node in each["nodes"]]
    return [
        f"{rule} {html}"
        for rule, html in nodes
        if not (rule.startswith("aria-allowed-attr") and _NAV.match(html))
    ]


def wait_until_loaded(page: Page, heading: str) -> None:
    """Wait for a page with this heading, and for what it loads."""
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    status, loading = page.get_by_role("status"), re.compile("Loading|geladen")
    expect(status.filter(has_text=loading).or_(page.get_by_role("status", name=loading))).to_have_count(0)


class Address(NamedTuple):
    """An address in the console, and the heading of its page."""

    address: str
    heading: str
    german: str


@pytest.fixture
def pages(scenario: Scenario, admin: Person, stores: Stores) -> list[Address]:
    """The pages of an administrator, who sees all."""
    workflow_id = scenario.create_pending(title="Train to Basel")
    group = scenario.group
    admin.api.put(f"/schemes/{scenario.scheme}", scheme_of(groups=[group], name="Travel")).expect(200)
    record = wait_until(lambda: stores.audit_records(workflow_id), timeout=10)[0]["datasetId"]
    wait_until(lambda: stores.searchable(record), timeout=10)
    scheme = f"/admin/schemes/{scenario.scheme}"
    return [
        Address("/work?view=mine", "Work", "Arbeit"),
        Address(f"/work?selected={workflow_id}", "Work", "Arbeit"),
        Address("/workflows/new", "Create workflow", "Vorgang anlegen"),
        Address(f"/workflows/{workflow_id}", "Train to Basel", "Train to Basel"),
        Address(f"/workflows/{workflow_id}/verification", "Verification", "Prüfung"),
        Address(f"/audit?workflowId={workflow_id}", "Audit trail", "Audit-Trail"),
        Address(f"/audit/records/{record}", "Audit record", "Audit-Eintrag"),
        Address("/integrity", "Integrity", "Integrität"),
        Address("/erasure", "Erasure and retention", "Löschung und Aufbewahrung"),
        Address("/admin/schemes", "Schemes", "Schemas"),
        Address("/admin/new-scheme", "Create scheme", "Schema anlegen"),
        Address(scheme, "Travel", "Travel"),
        Address(f"{scheme}/edit", "Edit “Travel”", "„Travel“ bearbeiten"),
        Address("/admin/people", "People", "Personen"),
        Address("/admin/groups", "Groups", "Gruppen"),
        Address(f"/admin/groups/{group}", group, group),
        Address("/no-such-page", "Page not found", "Seite nicht gefunden"),
    ]


def remember(console: Console, name: str, value: str) -> None:
    """Store a choice of the user in the browser, and load the page again."""
    console.page.evaluate("([name, value]) => localStorage.setItem(name, value)", [name, value])
    console.page.reload()


def visit(
    console: Console, pages: list[Address], *, german: bool = False, rules: list[str] | None = None
) -> dict[str, list[str]]:
    """Return the violations of each page that has some, and whether it scrolls sideways."""
    found: dict[str, list[str]] = {}
    for page in pages:
        console.open(page.address)
        wait_until_loaded(console.page, page.german if german else page.heading)
        problems = violations(console, rules)
        problems += [f"too wide: {text}" for text in too_wide(console.page)]
        if problems:
            found[page.address] = problems
    return found


def test_pages_are_accessible(sign_in: SignIn, pages: list[Address], admin: Person):
    assert visit(sign_in(admin), pages) == {}


def test_pages_have_contrast_in_dark_mode(sign_in: SignIn, pages: list[Address], admin: Person):
    console = sign_in(admin)
    remember(console, "countersign.theme", "dark")
    assert visit(console, pages, rules=["color-contrast"]) == {}


def test_german_pages_fit_the_narrowest_screen(sign_in: SignIn, pages: list[Address], admin: Person):
    console = sign_in(admin)
    console.page.set_viewport_size(PHONE)
    remember(console, "countersign.language", "de")
    assert visit(console, pages, german=True, rules=_PHONE_RULES) == {}
    assert console.page.evaluate("document.documentElement.lang") == "de"


def test_page_after_signing_out_is_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester)
    # The page shows it at once, and once more after a visit to managed login.
    with console.page.expect_navigation():
        console.sign_out("Rita")
    expect(console.signed_out).to_be_visible()
    assert violations(console) == []


def test_dialog_of_an_expired_session_is_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester)
    console.expire_session(scenario.requester)
    console.page.get_by_role("link", name="My requests").click()
    expect(console.expired).to_be_visible()
    assert violations(console) == []


def test_work_page_is_accessible_in_each_state(sign_in: SignIn, scenario: Scenario):
    for title in ("Train to Basel", "Bus to Bern"):
        scenario.create_pending(title=title)
    console = sign_in(scenario.approver, "/work")
    page = console.page
    page.get_by_role("link", name="Train to Basel").click()
    expect(page.get_by_role("region", name="Train to Basel")).to_be_visible()
    for title in ("Train to Basel", "Bus to Bern"):
        page.get_by_role("checkbox", name=f"Select {title}").check(force=True)
    # A message and the offline banner are over the page.
    scenario.create_pending(title="Hotel in Chur")
    expect(console.toast("Hotel in Chur")).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("You're offline")).to_be_visible()
    assert violations(console) == []
    page.context.set_offline(False)

    page.get_by_role("button", name="Approve 2 requests").click()
    expect(console.dialog).to_contain_text("Train to Basel")
    assert violations(console) == []
    page.keyboard.press("Escape")

    console.button("Reject").click()
    console.dialog.get_by_role("button", name="Reject", exact=True).click()
    expect(console.dialog.get_by_text("Enter a comment")).to_be_visible()
    assert violations(console) == []
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(console.dialog).to_be_visible()
    assert violations(console) == []
    page.keyboard.press("Escape")

    page.get_by_label("Filter", exact=True).fill("no such request")
    expect(page.get_by_text("No workflow matches the filter.")).to_be_visible()
    assert violations(console) == []

    # The menu would cover a part of the buttons in the panel, and the rule is about what is left of them.
    page.get_by_role("button", name="Close panel").click()
    page.get_by_role("button", name="Language and appearance").click()
    expect(page.get_by_role("menuitemcheckbox", name="Dark")).to_be_visible()
    assert violations(console) == []


def test_page_that_can_not_load_is_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester, "/workflows/new")
    page = console.page
    page.route("**/workflows?*", lambda route: route.fulfill(status=403, body="{}"))
    console.open("/work?view=decided")
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
    assert violations(console) == []
    console.open("/workflows/no-such-workflow")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("You can't view the workflow")
    assert violations(console) == []


def test_empty_lists_and_forms_of_a_requester_are_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester, "/work")
    page = console.page
    expect(page.get_by_text("Your inbox is empty")).to_be_visible()
    assert violations(console) == []
    console.button("Create workflow").click()
    page.get_by_label("Title").fill("Train to Basel")
    console.button("Add field").click()
    console.button("Request approval").click()
    expect(page.get_by_text("Choose a scheme.")).to_be_visible()
    assert violations(console) == []
    page.get_by_role("link", name="Inbox").click()
    expect(console.dialog).to_be_visible()
    assert violations(console) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="JSON").click()
    expect(page.get_by_role("textbox", name="JSON")).to_be_visible()
    assert violations(console) == []


def test_forms_of_schemes_are_accessible(sign_in: SignIn, scenario: Scenario, admin: Person):
    console = sign_in(admin, "/admin/new-scheme")
    page = console.page
    console.button("Create scheme").click()
    expect(page.get_by_text("Choose at least one person or group.")).to_be_visible()
    page.get_by_role("button", name="People").click()
    page.get_by_label("Find people").fill(scenario.approver.email)
    expect(page.get_by_role("option", name=scenario.approver.email)).to_be_visible()
    assert violations(console) == []
    page.get_by_role("option", name=scenario.approver.email).click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Only one person can approve.")).to_be_visible()
    assert violations(console) == []

    console.open(f"/admin/schemes/{scenario.scheme}/edit")
    page.get_by_label("Name", exact=True).fill("Mine")
    theirs = scheme_of(groups=[scenario.group], users=[scenario.approver.user_id], name="Theirs")
    admin.api.put(f"/schemes/{scenario.scheme}", theirs).expect(200)
    console.button("Save as version 2").click()
    expect(page.get_by_role("list", name="What changed since version 1")).to_be_visible()
    assert violations(console) == []
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Mine")
    assert violations(console) == []
    page.set_viewport_size(PHONE)
    assert violations(console) == []


def test_pages_for_administrators_are_accessible_to_others(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester, "/admin/people")
    expect(console.page.get_by_role("main").get_by_role("alert")).to_be_visible()
    assert violations(console) == []


def test_workflow_and_its_dialog_are_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, f"/workflows/{scenario.create_pending()}")
    expect(console.button("Reject")).to_be_visible()
    assert violations(console) == []
    console.button("Reject").click()
    expect(console.dialog).to_be_visible()
    assert violations(console) == []


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
    assert violations(console) == []


def test_verification_is_accessible(sign_in: SignIn, scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_pending()
    wait_until(lambda: stores.audit_records(workflow_id), timeout=10)
    console = sign_in(scenario.requester, f"/workflows/{workflow_id}/verification")
    expect(console.page.get_by_text("The history is valid")).to_be_visible()
    assert violations(console) == []


def test_proof_of_a_workflow_is_accessible(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.requester, f"/workflows/{scenario.create_pending()}")
    console.button("Show details").click()
    expect(console.page.get_by_role("region", name="Proof of the workflow")).to_be_visible()
    assert violations(console) == []


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
    assert violations(console) == []
    console.button("Erase").click()
    expect(console.dialog).to_be_visible()
    assert violations(console) == []
    console.button("Cancel").click()
    expect(console.dialog).to_be_hidden()
    console.button("Place hold").click()
    expect(console.dialog).to_be_visible()
    assert violations(console) == []


def test_notification_panel_is_accessible(sign_in: SignIn, scenario: Scenario):
    scenario.create_pending()
    console = sign_in(scenario.approver)
    console.bell.click()
    expect(console.page.get_by_role("listitem").filter(has_text="Approval requested")).to_be_visible()
    assert violations(console) == []
