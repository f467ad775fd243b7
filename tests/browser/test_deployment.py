"""A new version of the console is deployed while a page of the old one is open."""

from collections.abc import Callable

from playwright.sync_api import Request, Route, expect

from harness.console import Console
from local_cloud.people import Person

RELOADED = "Countersign was updated, so the page was loaded again."


def remove_file(console: Console, name: str, *, also_after_reload: bool = False) -> list[str]:
    """Respond 404 to requests for a hashed file. Return the URLs of the pages that are loaded from now on."""
    loads: list[str] = []

    def on_request(request: Request) -> None:
        if request.is_navigation_request():
            loads.append(request.url)

    def not_found(route: Route) -> None:
        if loads and not also_after_reload:
            route.continue_()
        else:
            route.fulfill(status=404, content_type="text/plain", body="Not found")

    console.page.on("request", on_request)
    console.page.route(f"**/assets/{name}-*.js", not_found)
    return loads


def test_page_whose_files_are_gone_is_loaded_again(sign_in: Callable[..., Console], auditor: Person):
    console = sign_in(auditor)
    remove_file(console, "IntegrityPage")
    console.page.get_by_role("link", name="Integrity").click()
    expect(console.page.get_by_text(RELOADED)).to_be_visible()
    expect(console.page.get_by_role("heading", name="Integrity", level=1)).to_be_visible()
    assert console.page.url.endswith("#/integrity")


def test_page_whose_files_stay_gone_is_loaded_again_once(sign_in: Callable[..., Console], auditor: Person):
    console = sign_in(auditor)
    loads = remove_file(console, "IntegrityPage", also_after_reload=True)
    console.page.get_by_role("link", name="Integrity").click()
    expect(console.page.get_by_text("A part of the console can't be loaded")).to_be_visible()
    assert len(loads) == 1
