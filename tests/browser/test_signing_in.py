"""The door of the console."""

from collections.abc import Callable

from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario
from local_cloud.people import Person


def test_a_wrong_password_is_told_and_lets_nobody_in(window: Callable[[], Console], scenario: Scenario):
    console = window()
    console.open()
    console.sign_in(scenario.requester.email, "Wrong-horse-7")
    alert = console.page.get_by_role("alert").filter(has_text="You are not signed in")
    expect(alert).to_be_visible()
    expect(console.bell).to_be_hidden()

    console.sign_in(scenario.requester.email, scenario.requester.password)
    expect(console.page.get_by_role("heading", name="My work", level=1)).to_be_visible()


def test_nothing_is_sent_before_both_fields_are_filled_in(window: Callable[[], Console], cloud):
    console = window()
    console.open()
    console.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(console.page.get_by_text("Enter your e-mail address.")).to_be_visible()
    expect(console.page.get_by_text("Enter your password.")).to_be_visible()


def test_a_reload_keeps_the_person_and_signing_out_lets_go(enter: Callable[..., Console], scenario: Scenario):
    console = enter(scenario.requester)
    console.page.reload()
    expect(console.page.get_by_role("heading", name="My work", level=1)).to_be_visible()

    console.page.get_by_role("button", name="Account of Rita").click()
    console.page.get_by_role("menuitem", name="Sign out").click()
    expect(console.page.get_by_label("Password")).to_be_visible()
    console.page.reload()
    expect(console.page.get_by_label("Password")).to_be_visible()


def test_only_auditors_are_shown_the_audit_trail(
    enter: Callable[..., Console], scenario: Scenario, auditor: Person
):
    console = enter(scenario.requester, "/audit")
    expect(console.page.get_by_text("Only auditors search the audit trail")).to_be_visible()
    expect(console.page.get_by_role("search")).to_be_hidden()
    expect(console.page.get_by_role("link", name="My inbox")).to_be_visible()
    expect(console.page.get_by_role("link", name="Audit trail")).to_be_hidden()

    console = enter(auditor)
    expect(console.page.get_by_role("link", name="Audit trail")).to_be_visible()
