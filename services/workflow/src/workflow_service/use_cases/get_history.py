"""Show what was done to a workflow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflow_service.domain.people import Actor, Person
from workflow_service.domain.visibility import visible
from workflow_service.use_cases.pages import Page, page_of
from workflow_service.use_cases.show_workflow import Workflows


@dataclass(frozen=True)
class HistoryEntry:
    """One event, without the data it changed: that is the audit trail's to show."""

    event_id: str
    sequence: int
    action_type: str
    outcome: str
    round: int
    step_id: str | None
    action_owner: Person
    title: str
    comment: str | None
    occurred_at: datetime
    hash: str
    previous_hash: str


class Histories(Workflows, Protocol):
    """Workflows and their events."""

    def history(self, workflow_id: str, *, after: int, page: int) -> Iterator[HistoryEntry]:
        """A workflow's events after a sequence, in order, fetched so many at a time as they are drawn."""
        ...


def show_history(
    workflow_id: str, by: Actor, start: str | None, limit: int, *, histories: Histories
) -> Page[HistoryEntry]:
    """A page of a workflow's events, oldest first.

    Args:
        start: the sequence after which the page starts, as text; None for the first page.
        limit: how many at most.

    Raises:
        NotFound: there is no such workflow, or not for this person.
    """
    visible(histories.workflow(workflow_id), by)
    entries = histories.history(workflow_id, after=int(start or 0), page=limit + 1)
    return page_of(entries, limit, lambda entry: str(entry.sequence))
