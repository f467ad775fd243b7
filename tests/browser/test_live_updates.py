"""Live updates: what someone does is seen by the others at once, in every tab, at the cost of one request."""

import re
from collections.abc import Callable
from threading import Event

from playwright.sync_api import Locator, Page, Request, WebSocketRoute, expect

from harness.console import Console
from harness.scenario import Scenario
from local_cloud.waiting import wait_until

SignIn = Callable[..., Console]


_RECORD_POSITIONS = """() => {
    window.positions = new Set();
    const record = () => {
        const link = document.querySelector('.messages a');
        if (link) window.positions.add(Math.round(link.getBoundingClientRect().y));
        requestAnimationFrame(() => setTimeout(record));
    };
    record();
}"""
"""Collect each position in which the link of a message is drawn."""


def row(page: Page, title: str) -> Locator:
    """Return the row of a workflow."""
    return page.get_by_role("row").filter(has_text=title)


def notifications(console: Console) -> Locator:
    """Open the panel and return its list."""
    console.bell.click()
    return console.page.get_by_role("list", name="Notifications")


def requests_of(page: Page) -> list[str]:
    """Return a list that grows with the requests of the page to the API."""
    sent: list[str] = []

    def on_request(request: Request) -> None:
        if "/workflows" in request.url or "/notifications" in request.url:
            sent.append(f"{request.method} {request.url}")

    page.on("request", on_request)
    return sent


def test_three_people_play_the_story(sign_in: SignIn, scenario: Scenario):
    """The requester asks, an approver rejects, the requester resubmits, and the other approver approves."""
    requester = sign_in(scenario.requester, "/work?view=mine")
    bo = sign_in(scenario.approver, "/work")
    cleo = sign_in(scenario.add_approver("Cleo"), "/work")
    workflow_id = scenario.create_pending(title="Train to Basel", data={"amount": 184})
    for console in (bo, cleo):
        expect(row(console.page, "Train to Basel")).to_contain_text("amount: 184")
        console.expect_unread(1)
        expect(console.page).to_have_title("(1) Work · Countersign")

    # Bo decides from the card.
    card = notifications(bo)
    card.get_by_role("button", name="Reject").click()
    bo.dialog.get_by_label("Comment").fill("Take the bus")
    bo.dialog.get_by_role("button", name="Reject", exact=True).click()
    expect(bo.toast("You rejected “Train to Basel”.")).to_be_visible()
    expect(card).to_contain_text("You rejected it")

    # It leaves Cleo's inbox and bell, and the card says who decided.
    expect(row(cleo.page, "Train to Basel")).to_be_hidden()
    cleo.expect_unread(0)
    expect(cleo.toast("Approval requested")).to_be_hidden()
    expect(notifications(cleo)).to_contain_text("Bo rejected it")
    cleo.page.get_by_role("button", name="Close notifications").click()
    expect(row(requester.page, "Train to Basel")).to_contain_text("Rejected")

    requester.toast("Request rejected").get_by_role("link", name="View workflow").click()
    expect(requester.page.get_by_role("heading", name="Train to Basel", level=1)).to_be_visible()
    requester.expect_unread(0)
    requester.perform("Resubmit", "There is no bus")
    expect(row(cleo.page, "Train to Basel")).to_be_visible()

    cleo.page.get_by_role("link", name="Train to Basel").click()
    expect(cleo.page.get_by_text("There is no bus")).to_be_visible()
    cleo.expect_unread(0)  # the preview has read it
    cleo.perform("Approve")
    requester.expect_status("Approved")
    cleo.page.get_by_role("button", name="Decided by me").click()
    expect(row(cleo.page, "Train to Basel")).to_contain_text("Approved")
    assert scenario.requester.get_workflow(workflow_id)["status"] == "APPROVED"


def test_message_does_not_move_under_the_pointer(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, "/work")
    page = console.page
    page.evaluate(_RECORD_POSITIONS)
    scenario.create_pending(title="Train to Basel")
    expect(console.toast("Train to Basel")).to_be_visible()
    page.wait_for_timeout(700)
    (position,) = page.evaluate("[...window.positions]")
    assert position > 0


def test_event_costs_one_request_however_long_the_list_is(sign_in: SignIn, scenario: Scenario):
    for number in range(30):
        scenario.create_pending(title=f"Ticket {number}")
    console = sign_in(scenario.approver, "/work")
    page = console.page
    expect(row(page, "Ticket 29")).to_be_visible()
    page.wait_for_timeout(1_000)
    sent = requests_of(page)
    workflow_id = scenario.create_pending(title="Train to Basel")
    expect(row(page, "Train to Basel")).to_be_visible()
    expect(console.toast("Train to Basel")).to_be_visible()
    page.wait_for_timeout(1_000)
    reads = [each for each in sent if each.startswith("GET ")]
    assert len(reads) == 1, sent
    assert reads[0].endswith(f"/workflows/{workflow_id}")


def test_each_list_is_fetched_once_at_the_start(sign_in: SignIn, scenario: Scenario):
    scenario.create_pending()
    console = sign_in(scenario.approver, "/work")
    page = console.page
    sent = requests_of(page)
    page.reload()
    console.expect_unread(1)
    console.wait_until_live()
    page.wait_for_timeout(1_000)
    assert len([each for each in sent if each.startswith("GET ") and "view=inbox" in each]) == 1, sent
    assert len([each for each in sent if each.startswith("GET ") and "/notifications?" in each]) == 1, sent


def test_what_is_read_in_one_tab_is_read_in_the_others(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, "/work")
    other = console.new_tab("/work")
    other.wait_until_live()
    scenario.create_pending(title="Train to Basel")
    for tab in (console, other):
        tab.expect_unread(1)
        expect(tab.toast("Train to Basel")).to_be_visible()
    console.toast("Train to Basel").get_by_role("link", name="View workflow").click()
    for tab in (console, other):
        tab.expect_unread(0)
        expect(tab.toast("Train to Basel")).to_be_hidden()


def test_what_was_missed_without_a_connection_is_summarized(sign_in: SignIn, scenario: Scenario):
    console = sign_in(scenario.approver, "/work")
    page = console.page
    # Chromium's offline mode keeps open WebSockets, so the test cuts them itself.
    sockets: list[WebSocketRoute] = []
    is_cut = Event()

    def on_socket(socket: WebSocketRoute) -> None:
        if is_cut.is_set():
            socket.close()
        else:
            socket.connect_to_server()
            sockets.append(socket)

    page.route_web_socket(re.compile("/mqtt"), on_socket)
    page.reload()
    console.wait_until_live()
    is_cut.set()
    for socket in sockets:
        socket.close()
    for title in ("Train to Basel", "Bus to Bern"):
        scenario.create_pending(title=title)
    # Both are there before the connection is back: a later one would be shown by itself.
    wait_until(lambda: len(scenario.approver.list_notifications()) == 2, timeout=30, what="the notifications")
    is_cut.clear()
    expect(console.toast("2 new notifications")).to_be_visible()
    expect(row(page, "Train to Basel")).to_be_visible()
    console.expect_unread(2)


def test_message_moves_nothing(sign_in: SignIn, scenario: Scenario):
    scenario.create_pending(title="Bus to Bern")
    console = sign_in(scenario.approver, "/work")
    page = console.page
    link = page.get_by_role("link", name="Bus to Bern")
    expect(link).to_be_visible()
    console.wait_for_animations()
    create = page.get_by_role("link", name="Create workflow").last
    before = create.bounding_box()
    scenario.create_pending(title="Train to Basel")
    expect(console.toast("Train to Basel")).to_be_visible()
    console.wait_for_animations()
    assert create.bounding_box() == before
