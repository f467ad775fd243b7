"""What the inbox needs at first doesn't grow unnoticed. docs/performance.md has the goal, and what is measured."""

from collections.abc import Callable

from harness.console import Console
from harness.loading import loaded_files, wait_for_rows, watch_loading
from harness.scenario import Scenario

LIMIT_KB = 340


def test_first_load_of_the_inbox_is_small(open_window: Callable[[], Console], scenario: Scenario):
    scenario.create_pending()
    console = open_window()
    watch_loading(console.page.context)
    console.open("/work")
    console.sign_in(scenario.approver.email, scenario.approver.password)
    files = loaded_files(console.page, before=wait_for_rows(console.page))
    assert any(file.path.endswith(".css") for file in files)
    assert all(file.size > 0 for file in files), files
    assert sum(file.size for file in files) / 1000 <= LIMIT_KB, files
