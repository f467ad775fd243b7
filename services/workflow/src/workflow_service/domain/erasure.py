"""Erasure: which copies of erased parts this service removes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from countersign_common.events.erasure_event import ErasedDataset, Erasure

from workflow_service.domain.workflow import Workflow


@dataclass(frozen=True)
class EventCopies:
    """What is stored of an event that can be erased.

    Attributes:
        person: Whether names and addresses of the action owner are stored.
        content: Whether title, comment or data are stored.
        requester_name: Whether the name of the workflow's requester is stored.
    """

    sequence: int
    event_id: str
    person: bool
    content: bool
    requester_name: bool


@dataclass(frozen=True)
class StateErasure:
    """What is removed from a workflow's state and from the inboxes that it is in."""

    requester_name: bool
    content: bool


@dataclass(frozen=True)
class EventErasure:
    """What is removed from an event."""

    sequence: int
    person: bool
    content: bool
    requester_name: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be removed."""
        return not (self.person or self.content or self.requester_name)


@dataclass(frozen=True)
class WorkflowErasure:
    """What is removed from the copies of one workflow.

    Attributes:
        events: Only those from which something has to be removed.
        unknown: Datasets that are not events of the workflow.
    """

    state: StateErasure
    events: tuple[EventErasure, ...]
    unknown: tuple[ErasedDataset, ...]


def by_workflow(erasure: Erasure) -> list[tuple[str, tuple[ErasedDataset, ...]]]:
    """Return the datasets of each workflow, by its id. Datasets without a workflow have no copies here."""
    of_workflows = [each for each in erasure.datasets if each.workflow_id and each.sequence]
    ordered = sorted(of_workflows, key=lambda each: str(each.workflow_id))
    return [(key, tuple(group)) for key, group in groupby(ordered, key=lambda each: str(each.workflow_id))]


def erases_names_of_user(erasure: Erasure) -> bool:
    """Return whether the user's name is removed from what is not an event.

    Without datasets, the user has no records; then the name may be nowhere else.
    """
    own = [each for each in erasure.datasets if each.owner_id == erasure.user_id]
    return erasure.user_id is not None and (not erasure.datasets or any(each.person for each in own))


def erases_requester(workflow: Workflow, datasets: Iterable[ErasedDataset]) -> bool:
    """Return whether the person of a workflow's requester is among those that were erased.

    The requester's name is then removed from all of the workflow's events, whoever acted.
    """
    return any(each.person and each.owner_id == workflow.requester.user_id for each in datasets)


def workflow_erasure(
    workflow: Workflow, user_id: str | None, datasets: Sequence[ErasedDataset], events: Iterable[EventCopies]
) -> WorkflowErasure:
    """Return what is removed from a workflow.

    Title and data of the state are the requester's, as of its newest event. They stay if another event's content was
    erased, or that of an approver, whose decision has a copy of them.

    Args:
        workflow: Its state.
        user_id: Who was erased; None for retention, which erases whole workflows.
        datasets: What was erased of it.
        events: Its events that are among the datasets; all of its events if the requester was erased.
    """
    stored = {each.sequence: each for each in events}
    named = [
        each
        for each in datasets
        if each.sequence in stored and stored[each.sequence].event_id == each.dataset_id
    ]
    person = {each.sequence for each in named if each.person}
    content = {each.sequence for each in named if each.content}
    requester = erases_requester(workflow, named)
    erased = (
        EventErasure(
            sequence,
            person=copies.person and sequence in person,
            content=copies.content and sequence in content,
            requester_name=copies.requester_name and requester,
        )
        for sequence, copies in sorted(stored.items())
    )
    return WorkflowErasure(
        StateErasure(
            requester, workflow.version in content and user_id in (None, workflow.requester.user_id)
        ),
        tuple(each for each in erased if not each.is_empty),
        tuple(each for each in datasets if each not in named),
    )
