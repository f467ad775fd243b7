"""The page of one workflow: readable with any data, on any screen, in any round."""

from collections.abc import Callable

from playwright.sync_api import expect

from harness.console import Console
from harness.scenario import Scenario

SignIn = Callable[..., Console]

PHONE = {"width": 390, "height": 844}
MAX_PAGE_HEIGHT = 6_000


def test_long_texts_and_long_json_fit_a_phone_and_the_actions_stay_visible(
    sign_in: SignIn, scenario: Scenario
):
    data = {
        "note": "unbroken" * 400,
        "lines": [{"price": price} for price in range(3_000)],
        "text": "one\n  two",
    }
    workflow_id = scenario.create_pending(title="Unbroken" * 20, data=data)
    console = sign_in(scenario.approver)
    page = console.page
    page.set_viewport_size(PHONE)
    console.open(f"/workflows/{workflow_id}")
    console.expect_status("Waiting for approval")
    page.get_by_role("button", name="List with 3000 items").click()
    expect(page.get_by_role("region", name="List with 3000 items")).to_be_visible()
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth") == PHONE["width"]
    assert page.evaluate(f"{root}.scrollHeight") < MAX_PAGE_HEIGHT

    page.get_by_role("heading", name="History").scroll_into_view_if_needed()
    expect(console.button("Approve")).to_be_in_viewport()
    console.perform("Approve")
    console.expect_status("Approved")


def test_approver_sees_what_changed_since_the_round_before(sign_in: SignIn, scenario: Scenario):
    workflow_id = scenario.create_pending(title="Train to Basel", data={"amount": 184, "class": "first"})
    scenario.approver.act(workflow_id, "REJECT", if_match=1, comment="Too expensive").expect(200)
    scenario.requester.act(
        workflow_id, "REQUEST", if_match=2, title="Bus to Basel", data={"amount": 99, "class": "first"}
    ).expect(200)

    console = sign_in(scenario.approver, f"/workflows/{workflow_id}")
    changes = console.page.get_by_role("list", name="Changes since round 1").get_by_role("listitem")
    expect(changes).to_have_count(2)
    expect(changes.nth(0)).to_contain_text("Bus to Basel")
    expect(changes.nth(1).get_by_text("184")).to_be_visible()
    expect(changes.nth(1).get_by_text("99")).to_be_visible()
    history = console.page.get_by_role("list", name="History").get_by_role("listitem")
    expect(history.first).to_contain_text("round 2")
    history.first.get_by_role("button", name="Changed 1 value").click()
    expect(history.first.get_by_role("list", name="Changed 1 value")).to_contain_text("99")

    console.perform("Approve")
    expect(console.page.get_by_text("Approved by you").first).to_be_visible()


def test_changes_in_the_form_survive_a_reload(sign_in: SignIn, scenario: Scenario):
    created = scenario.requester.create_workflow(scenario.scheme, title="Train to Basel")
    console = sign_in(scenario.requester, f"/workflows/{created.body['workflowId']}")
    page = console.page
    console.button("Edit").click()
    page.get_by_label("Title").fill("Night train to Basel")
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Night train to Basel")
    console.button("Save changes").click()
    expect(page.get_by_role("heading", name="Night train to Basel", level=1)).to_be_visible()
