"""Signing in and out."""

from collections.abc import Callable

from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario
from local_cloud.people import Person


def test_wrong_password_is_rejected(open_window: Callable[[], Console], scenario: Scenario):
    console = open_window()
    console.open()
    console.sign_in(scenario.requester.email, "Wrong-horse-7")
    alert = console.page.get_by_role("alert").filter(has_text="We couldn't sign you in")
    expect(alert).to_contain_text("The email or password is incorrect.")
    expect(console.bell).to_be_hidden()

    console.sign_in(scenario.requester.email, scenario.requester.password)
    expect(console.page.get_by_role("heading", name="My work", level=1)).to_be_visible()


def test_sign_in_with_empty_fields_shows_an_error_at_each(open_window: Callable[[], Console]):
    console = open_window()
    console.open()
    console.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(console.page.get_by_text("Enter your email address.")).to_be_visible()
    expect(console.page.get_by_text("Enter your password.")).to_be_visible()


def test_session_survives_a_reload_until_the_user_signs_out(
    sign_in: Callable[..., Console], scenario: Scenario
):
    console = sign_in(scenario.requester)
    console.page.reload()
    expect(console.page.get_by_role("heading", name="My work", level=1)).to_be_visible()

    console.page.get_by_role("button", name="Account of Rita").click()
    console.page.get_by_role("menuitem", name="Sign out").click()
    expect(console.page.get_by_label("Password")).to_be_visible()
    console.page.reload()
    expect(console.page.get_by_label("Password")).to_be_visible()


def test_audit_trail_is_offered_to_auditors_only(
    sign_in: Callable[..., Console], scenario: Scenario, auditor: Person
):
    console = sign_in(scenario.requester, "/audit")
    message = "Only auditors and administrators can search the audit trail"
    expect(console.page.get_by_text(message)).to_be_visible()
    expect(console.page.get_by_role("search")).to_be_hidden()
    expect(console.page.get_by_role("link", name="My inbox")).to_be_visible()
    expect(console.page.get_by_role("link", name="Audit trail")).to_be_hidden()
    expect(console.page.get_by_role("link", name="Integrity")).to_be_hidden()
    expect(console.page.get_by_role("link", name="Erasure and retention")).to_be_hidden()

    console = sign_in(auditor)
    expect(console.page.get_by_role("link", name="Audit trail")).to_be_visible()
    expect(console.page.get_by_role("link", name="Integrity")).to_be_visible()
    expect(console.page.get_by_role("link", name="Erasure and retention")).to_be_visible()
