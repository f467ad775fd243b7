"""An administrator changes who approves, and sees people, groups and the changes of other administrators."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario, scheme_of
from local_cloud.people import Person

SignIn = Callable[..., Console]


def test_admin_creates_a_scheme_with_an_approver_found_by_name(
    sign_in: SignIn, scenario: Scenario, admin: Person
):
    scheme = f"travel-{uuid4().hex[:8]}"
    approver = scenario.approver
    console = sign_in(admin, "/admin/schemes")
    page = console.page
    page.get_by_role("link", name="Create scheme").click()
    page.get_by_label("Name", exact=True).fill("Travel")
    page.get_by_label("ID", exact=True).fill(scheme)
    page.get_by_role("button", name="People").click()
    page.get_by_label("Find people").fill(approver.email)
    page.get_by_role("option", name=approver.email).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("list", name="People").get_by_text(approver.name)).to_be_visible()
    page.get_by_role("button", name="Create scheme").click()

    expect(page.get_by_role("heading", name="Travel", level=1)).to_be_visible()
    saved = admin.api.get(f"/schemes/{scheme}").expect(200).body
    assert [user["userId"] for user in saved["steps"][0]["approvers"]["users"]] == [approver.user_id]


def test_change_by_another_admin_is_shown_and_typed_work_is_kept(
    sign_in: SignIn, scenario: Scenario, admin: Person
):
    users = [scenario.approver.user_id]
    console = sign_in(admin, f"/admin/schemes/{scenario.scheme}/edit")
    page = console.page
    name = page.get_by_label("Name", exact=True)
    name.fill("Mine")
    admin.api.put(f"/schemes/{scenario.scheme}", scheme_of(users=users, name="Theirs")).expect(200)
    console.button("Save as version 2").click()

    expect(page.get_by_text("Someone else changed this scheme")).to_be_visible()
    changes = page.get_by_role("list", name="What changed since version 1")
    expect(changes.get_by_text("Theirs")).to_be_visible()
    expect(name).to_have_value("Mine")
    console.button("Save as version 3").click()

    expect(page.get_by_role("heading", name="Mine", level=1)).to_be_visible()
    history = page.get_by_role("list", name="What version 3 changed")
    expect(history.get_by_text("Theirs")).to_be_visible()
    assert admin.api.get(f"/schemes/{scenario.scheme}").expect(200).body["version"] == 3


def test_admin_finds_people_and_members_of_groups(sign_in: SignIn, scenario: Scenario, admin: Person):
    approver = scenario.approver
    console = sign_in(admin, "/admin/people")
    page = console.page
    page.get_by_label("Find by the beginning of a name or email").fill(approver.email)
    expect(page).to_have_url(re.compile("query="))
    expect(page.get_by_role("row")).to_have_count(2)  # with the names of the columns
    expect(page.get_by_role("cell", name=approver.email)).to_be_visible()

    console.open("/admin/groups")
    page.get_by_role("link", name="auditors", exact=True).click()
    expect(page.get_by_role("heading", name="auditors", level=1)).to_be_visible()
    expect(page.get_by_role("table", name="Members")).to_be_visible()


def test_menu_has_no_administration_for_others(sign_in: SignIn, scenario: Scenario):
    page = sign_in(scenario.requester, "/work").page
    expect(page.get_by_role("link", name="Create workflow").first).to_be_visible()
    expect(page.get_by_role("link", name="Schemes", exact=True)).to_have_count(0)


@pytest.mark.parametrize("address", ["/admin/people", "/admin/new-scheme"])
def test_address_of_an_administration_page_says_that_it_is_for_administrators(
    address: str, sign_in: SignIn, scenario: Scenario
):
    main = sign_in(scenario.requester, address).page.get_by_role("main")
    expect(main.get_by_role("alert")).to_contain_text("Only administrators can see this page")
    expect(main.get_by_role("textbox")).to_have_count(0)
