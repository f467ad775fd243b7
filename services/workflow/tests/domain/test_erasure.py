"""Which copies an erasure removes."""

from dataclasses import replace

import pytest
from countersign_common.events.erasure_event import ErasedDataset, Erasure

from workflow_service.domain.erasure import (
    EventCopies,
    EventErasure,
    StateErasure,
    by_workflow,
    erases_names_of_user,
    workflow_erasure,
)

from ..builders import BO, RITA, WORKFLOW_ID, a_pending_workflow

OTHER_ID = WORKFLOW_ID[:-1] + "9"
PENDING = a_pending_workflow()
"""Rita's, with the version 2."""
BOTH = ("person", "content")


def event_id(sequence: int) -> str:
    return f"01950000-0000-7000-8000-00000000000{sequence}"


def a_dataset(sequence: int, owner=RITA, parts=BOTH) -> ErasedDataset:
    return ErasedDataset(event_id(sequence), WORKFLOW_ID, sequence, owner.user_id, parts)


def stored(sequence: int, *, person=True, content=True, requester_name=True) -> EventCopies:
    return EventCopies(sequence, event_id(sequence), person, content, requester_name)


def an_erasure(*datasets: ErasedDataset, user_id: str | None = RITA.user_id) -> Erasure:
    return Erasure(event_id(9), user_id, datasets)


def test_datasets_are_grouped_by_workflow_and_others_are_left_out():
    other = replace(a_dataset(1), workflow_id=OTHER_ID)
    no_workflow = replace(a_dataset(3), workflow_id=None, sequence=None)
    grouped = by_workflow(an_erasure(a_dataset(1), other, no_workflow, a_dataset(2)))
    assert grouped == [(WORKFLOW_ID, (a_dataset(1), a_dataset(2))), (OTHER_ID, (other,))]


@pytest.mark.parametrize(
    ("erasure", "expected"),
    [
        (an_erasure(a_dataset(1)), True),
        (an_erasure(a_dataset(1, parts=("content",))), False),
        (an_erasure(a_dataset(1, BO)), False),
        (an_erasure(), True),
        (an_erasure(a_dataset(1), user_id=None), False),
        (an_erasure(user_id=None), False),
    ],
    ids=["person", "content", "other owner", "no records", "retention", "retention of nothing"],
)
def test_names_outside_of_events_are_erased_with_the_persons_of_the_user(erasure, expected):
    assert erases_names_of_user(erasure) is expected


def test_everything_of_the_requester_is_erased():
    found = workflow_erasure(PENDING, RITA.user_id, [a_dataset(1), a_dataset(2)], [stored(2), stored(1)])
    assert found.state == StateErasure(requester_name=True, content=True)
    assert found.events == tuple(
        EventErasure(sequence, person=True, content=True, requester_name=True) for sequence in (1, 2)
    )
    assert found.unknown == ()


def test_the_name_of_the_requester_is_erased_from_the_events_of_others():
    found = workflow_erasure(PENDING, RITA.user_id, [a_dataset(1, parts=("person",))], [stored(1), stored(2)])
    assert found.state == StateErasure(requester_name=True, content=False)
    assert found.events == (
        EventErasure(1, person=True, content=False, requester_name=True),
        EventErasure(2, person=False, content=False, requester_name=True),
    )


def test_the_state_keeps_its_content_if_the_newest_event_keeps_it():
    found = workflow_erasure(PENDING, RITA.user_id, [a_dataset(1, BO, ("content",))], [stored(1)])
    assert found.state == StateErasure(requester_name=False, content=False)
    assert found.events == (EventErasure(1, person=False, content=True, requester_name=False),)


def test_what_is_gone_already_is_not_removed_again():
    gone = stored(1, person=False, content=False, requester_name=False)
    found = workflow_erasure(
        PENDING, RITA.user_id, [a_dataset(1), a_dataset(2)], [gone, stored(2, person=False)]
    )
    assert found.events == (EventErasure(2, person=False, content=True, requester_name=True),)
    assert found.state.content


@pytest.mark.parametrize(("user_id", "is_erased"), [(BO.user_id, False), (RITA.user_id, True), (None, True)])
def test_the_state_keeps_its_content_if_it_is_not_the_requester_who_is_erased(user_id, is_erased):
    found = workflow_erasure(PENDING, user_id, [a_dataset(2, BO, ("content",))], [stored(2)])
    assert found.state == StateErasure(requester_name=False, content=is_erased)
    assert found.events == (EventErasure(2, person=False, content=True, requester_name=False),)


@pytest.mark.parametrize("wrong", [replace(a_dataset(2), dataset_id=event_id(8)), a_dataset(3)])
def test_a_dataset_that_is_another_event_or_none_erases_nothing(wrong):
    found = workflow_erasure(PENDING, RITA.user_id, [wrong], [stored(1), stored(2)])
    assert found.state == StateErasure(requester_name=False, content=False)
    assert (found.events, found.unknown) == ((), (wrong,))
