"""Signing in with managed login, in several tabs, and out of all of them."""

from collections.abc import Callable

import requests
from playwright.sync_api import Request, expect

from harness.console import Console
from harness.scenario import Scenario
from local_cloud.people import Person
from local_cloud.running import RunningCloud


def expect_my_work(console: Console) -> None:
    expect(console.page.get_by_role("heading", name="Work", level=1)).to_be_visible()


def without_shared_workers(console: Console) -> Console:
    """Remove them from the browser: each tab has its own session, in a worker whose requests Playwright sees."""
    console.page.context.add_init_script("delete window.SharedWorker")
    return console


def refresh_error(cloud: RunningCloud, refresh_token: str) -> str | None:
    """Refresh a token and return the error, if any."""
    data = {
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
        "client_id": cloud.outputs["user_pool_client_id"],
    }
    response = requests.post(f"{cloud.outputs['login_url']}/oauth2/token", data=data, timeout=10)
    return response.json().get("error")


def test_wrong_password_is_rejected(open_window: Callable[[], Console], scenario: Scenario):
    console = open_window()
    console.open()
    console.sign_in(scenario.requester.email, "Wrong-horse-7")
    expect(console.page.get_by_text("Incorrect username or password.")).to_be_visible()

    console.sign_in(scenario.requester.email, scenario.requester.password)
    expect_my_work(console)


def test_signing_in_returns_to_the_page_and_leaves_no_code_in_the_address(
    sign_in: Callable[..., Console], scenario: Scenario
):
    console = sign_in(scenario.requester, "/workflows/new")
    expect(console.page.get_by_role("heading", name="Create workflow", level=1)).to_be_visible()
    assert console.page.url == f"{console.url}#/workflows/new"


def test_new_account_chooses_a_password(open_window: Callable[[], Console], scenario: Scenario):
    cloud = scenario.cloud
    email = "new-" + scenario.requester.email
    cloud.client("cognito-idp").admin_create_user(
        UserPoolId=cloud.outputs["user_pool_id"],
        Username=email,
        MessageAction="SUPPRESS",
        TemporaryPassword="Temporary-horse-7",
        UserAttributes=[{"Name": "email", "Value": email}, {"Name": "name", "Value": "Newt"}],
    )
    console = open_window()
    console.open()
    console.sign_in(email, "Temporary-horse-7")
    console.page.get_by_label("New password", exact=True).fill("Permanent-horse-7")
    console.page.get_by_label("Confirm new password").fill("Permanent-horse-7")
    console.page.get_by_role("button", name="Update password").click()
    expect(console.page.get_by_role("button", name="Account of Newt")).to_be_visible()


def test_session_survives_a_reload_and_new_tabs_are_signed_in(
    sign_in: Callable[..., Console], scenario: Scenario
):
    console = sign_in(scenario.requester)
    console.page.reload()
    expect_my_work(console)
    expect_my_work(console.new_tab())


def test_no_token_is_in_a_storage_that_a_script_can_read(sign_in: Callable[..., Console], scenario: Scenario):
    console = sign_in(scenario.requester)
    stored = console.page.evaluate(
        """async () => JSON.stringify([
            Object.entries(localStorage), Object.entries(sessionStorage), document.cookie,
            await indexedDB.databases(), await caches.keys()])"""
    )
    assert "eyJ" not in stored  # the beginning of every JWT
    assert "countersign.sign-in" not in stored  # the verifier is gone, too
    assert "[],[]]" in stored, stored


def test_signing_out_ends_the_session_in_all_tabs(sign_in: Callable[..., Console], scenario: Scenario):
    console = sign_in(scenario.requester)
    other = console.new_tab("/inbox")
    expect(other.page.get_by_role("heading", name="Work", level=1)).to_be_visible()

    console.sign_out("Rita")
    expect(console.signed_out).to_be_visible()
    expect(other.signed_out).to_be_visible()
    other.page.reload()
    expect(other.signed_out).to_be_visible()
    other.page.get_by_role("button", name="Sign in").click()
    expect(other.login_form).to_be_visible()
    # A new tab has to sign in, too.
    expect(console.new_tab().login_form).to_be_visible()


def test_signing_out_without_shared_workers_revokes_the_refresh_token_of_each_tab(
    open_window: Callable[[], Console], scenario: Scenario
):
    console = without_shared_workers(open_window())
    refresh_tokens: list[str] = []

    def on_request(request: Request) -> None:
        if request.headers.get("x-amz-target", "").endswith(".RevokeToken"):
            refresh_tokens.append(request.post_data_json["Token"])

    console.page.context.on("request", on_request)
    console.enter(scenario.requester)
    other = console.new_tab("/inbox")
    other.sign_in(scenario.requester.email, scenario.requester.password)
    expect(other.page.get_by_role("heading", name="Work", level=1)).to_be_visible()

    console.sign_out("Rita")
    expect(console.signed_out).to_be_visible()
    expect(other.signed_out).to_be_visible()
    while len(refresh_tokens) < 2:
        console.page.context.wait_for_event("request")
    assert [refresh_error(scenario.cloud, token) for token in refresh_tokens] == ["invalid_grant"] * 2


def test_expired_session_is_visible_in_all_tabs_and_signing_in_returns_to_the_page(
    sign_in: Callable[..., Console], scenario: Scenario
):
    console = sign_in(scenario.requester, "/workflows/new")
    other = console.new_tab("/inbox")
    other.wait_until_live()
    other.expire_session(scenario.requester)
    other.page.get_by_role("link", name="My requests").click()
    expect(other.expired).to_be_visible()
    expect(console.expired).to_be_visible()

    console.expired.get_by_role("button", name="Sign in again").click()
    console.sign_in(scenario.requester.email, scenario.requester.password)
    expect(console.page.get_by_role("heading", name="Create workflow", level=1)).to_be_visible()
    assert console.page.url.endswith("#/workflows/new")
    # The other tab continues where it was.
    expect(other.expired).to_be_hidden()


def test_groups_survive_the_refresh_of_a_token(open_window: Callable[[], Console], auditor: Person):
    """The API rejects one token. The next one is of the same session."""
    console = without_shared_workers(open_window()).enter(auditor)
    with console.page.expect_response("**/oauth2/token") as refresh:
        console.reject_tokens()
        console.page.get_by_role("link", name="Integrity").click()
    assert refresh.value.ok
    console.page.unroute_all()
    console.page.get_by_role("link", name="Audit trail").click()
    expect(console.page.get_by_role("search")).to_be_visible()


def test_offline_state_is_visible(sign_in: Callable[..., Console], scenario: Scenario):
    console = sign_in(scenario.requester)
    banner = console.page.get_by_text("You're offline.")
    console.page.context.set_offline(True)
    expect(banner).to_be_visible()
    console.page.context.set_offline(False)
    expect(banner).to_be_hidden()


def test_pages_for_auditors_are_offered_to_auditors_only(
    sign_in: Callable[..., Console], scenario: Scenario, auditor: Person
):
    console = sign_in(scenario.requester, "/audit")
    expect(console.page.get_by_role("link", name="Inbox")).to_be_visible()
    # Everyone finds the records of workflows that they take part in.
    expect(console.page.get_by_role("link", name="Audit trail")).to_be_visible()
    expect(console.page.get_by_text("No matching records")).to_be_visible()
    expect(console.page.get_by_role("link", name="Integrity")).to_be_hidden()
    expect(console.page.get_by_role("link", name="Erasure and retention")).to_be_hidden()

    console = sign_in(auditor)
    expect(console.page.get_by_role("link", name="Audit trail")).to_be_visible()
    expect(console.page.get_by_role("link", name="Integrity")).to_be_visible()
    expect(console.page.get_by_role("link", name="Erasure and retention")).to_be_visible()
