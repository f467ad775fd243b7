"""What Terraform says in events is retold in a line, and its reasons are kept."""

import json
from collections.abc import Mapping

from local_cloud.terraform_events import TerraformEventReader


class Heard:
    """A step that remembers its details."""

    def __init__(self) -> None:
        self.details: list[str] = []

    def detail(self, text: str) -> None:
        self.details.append(text)


def _hear(*events: Mapping[str, object]) -> tuple[TerraformEventReader, Heard]:
    heard = Heard()
    narrator = TerraformEventReader(heard)
    for event in events:
        narrator.hear(json.dumps(event))
    return narrator, heard


def test_progress_counts_against_the_plan() -> None:
    planned = {"type": "change_summary", "changes": {"add": 2, "change": 1, "remove": 0, "operation": "plan"}}
    made = {"type": "apply_complete", "hook": {"resource": {"addr": "module.table.this"}}}
    _, heard = _hear(planned, made, made)
    assert heard.details[-1] == "2 of 3 · module.table.this"


def test_an_error_is_kept_with_where_it_happened_and_a_warning_is_not() -> None:
    error = {
        "severity": "error",
        "summary": "No such role.",
        "detail": "Make it first.",
        "address": "aws_x.this",
    }
    warning = {"severity": "warning", "summary": "Old style."}
    narrator, _ = _hear(
        {"type": "diagnostic", "diagnostic": error}, {"type": "diagnostic", "diagnostic": warning}
    )
    assert narrator.errors == ["  aws_x.this: No such role. Make it first."]


def test_words_that_are_no_event_are_kept_as_reasons() -> None:
    narrator = TerraformEventReader(Heard())
    narrator.hear("panic: out of memory\n")
    assert narrator.errors == ["panic: out of memory"]
