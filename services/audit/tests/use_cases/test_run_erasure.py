"""Erasing a user: what is erased, what is not, and that a run may be killed anywhere."""

import dataclasses
from typing import Any

import pytest
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.erasure_event import ERASURE, ERASURE_TYPE, Erasure
from countersign_common.events.workflow_event import WORKFLOW_EVENT_TYPE

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasure import ErasureState

from ..builders import (
    APPROVER,
    OTHER_WORKFLOW,
    REQUESTER,
    dataset_id,
    make_chain,
    make_event,
    make_record,
)
from ..erasure_fakes import (
    ADMIN,
    ErasureWorld,
    letter_of,
    user_job,
)

HELD_WORKFLOW = "0190a000-0000-7000-8000-00000000000c"
BOTH = {"person", "content"}


def owner(user_id: str) -> dict[str, Any]:
    return {"actionOwner": {"type": "user", "id": user_id}}


def own_event(number: int, user_id: str) -> AuditRecord:
    """Return a record of the audit service itself, by a user."""
    return make_record(1, number=number, has_workflow=False, source="/countersign/audit", **owner(user_id))


def scenario() -> list[AuditRecord]:
    """Return records: 1-3 of a workflow that the user requested, in which the approver acts second; 11-13 of one that
    the approver requested, in which the user acts second; 21-22 of one of the user's that is held; 31 and 32, events of
    the audit service itself by the user and by someone else."""
    mine = make_chain(3, first_number=1)
    mine[1] = make_record(2, number=2, previous_hash=mine[0].hash, **owner(APPROVER))
    others = make_chain(3, workflow_id=OTHER_WORKFLOW, first_number=11, **owner(APPROVER))
    others[1] = make_record(2, number=12, workflow_id=OTHER_WORKFLOW, **owner(REQUESTER))
    held = make_chain(2, workflow_id=HELD_WORKFLOW, first_number=21)
    return [*mine, *others, *held, own_event(31, REQUESTER), own_event(32, ADMIN)]


ERASED = {1: BOTH, 2: {"content"}, 3: BOTH, 12: BOTH, 31: {"person"}}
"""What an erasure of person and content removes of the scenario: number → parts."""


def workflow_event(number: int, user_id: str, requester: str = APPROVER) -> CloudEvent:
    data = {
        "workflowId": OTHER_WORKFLOW,
        "title": "Buy a laptop",
        "scheme": "expense",
        "schemeVersion": 1,
        "stepId": None,
        "round": 1,
        "sequence": 1,
        "actionType": "REQUEST",
        "outcome": "PENDING",
        "actionOwner": {"type": "user", "id": user_id, "name": "Rita"},
        "requester": {"userId": "0190d000-0000-7000-8000-00000000000a", "name": "Ruth"},
        "approvers": {"users": [], "groups": []},
        "comment": None,
        "occurredAt": "2026-01-31T09:00:00.000Z",
    }
    event = make_event(1, number=number)
    return dataclasses.replace(event, type=WORKFLOW_EVENT_TYPE, data=data)


def letters() -> dict[str, Any]:
    """Return dead letters by what becomes of them."""
    erasure = dataclasses.replace(
        make_event(1, number=90),
        type=ERASURE_TYPE,
        data=ERASURE.dump(Erasure(dataset_id(90), REQUESTER, ())),
    )
    found = {
        "named": letter_of(make_event(4, number=4), "named"),
        "named of another's": letter_of(make_event(5, number=5, **owner(APPROVER)), "named of another's"),
        "stored": letter_of(make_event(3, number=3), "stored"),
        "forged": letter_of(make_event(6, number=6), "forged", is_from_producer=False),
        "notification": letter_of(workflow_event(7, REQUESTER), "notification"),
        "unreadable": letter_of(None, "unreadable", text=f"x {REQUESTER} y"),
        "kept: another's": letter_of(
            make_event(8, number=8, workflow_id=OTHER_WORKFLOW, **owner(APPROVER)), "kept: another's"
        ),
        "kept: held": letter_of(make_event(3, number=23, workflow_id=HELD_WORKFLOW), "kept: held"),
        "kept: notification": letter_of(workflow_event(9, APPROVER), "kept: notification"),
        "kept: erasure": letter_of(erasure, "kept: erasure"),
        "kept: unreadable": letter_of(None, "kept: unreadable", text="x"),
    }
    return found


def expected(parts: set[str] = BOTH) -> set[tuple[str, str]]:
    return {(dataset_id(number), part) for number, each in ERASED.items() for part in each if part in parts}


@pytest.fixture
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit_service.domain.erasure.MAX_DATASETS", 2)


def world(**options: Any) -> ErasureWorld:
    made = ErasureWorld(scenario(), **({"letters": letters().values(), "holds": [HELD_WORKFLOW]} | options))
    made.start(user_job())
    return made


def check_finished(made: ErasureWorld) -> None:
    made.check_consistent()
    assert made.job.state is ErasureState.DONE
    assert made.job.actor is None
    assert made.missing() == expected()
    unstored = {each for each, _ in made.named() if each not in made.repository.stored}
    assert unstored == {dataset_id(4), dataset_id(5)}
    assert set(made.letters.letters) == {each for each in letters() if each.startswith("kept")}


@pytest.mark.parametrize("steps", [None, 1, 2])
def test_a_user_is_erased_and_nothing_else(steps: int | None):
    made = world(steps_per_run=steps)
    job = made.finish()
    check_finished(made)
    assert (job.erased.person, job.erased.content) == (
        5,
        6,
    )  # of the dead letters: a person, and two contents
    assert job.held.count == 2
    assert job.held.workflow_ids == (HELD_WORKFLOW,)


@pytest.mark.usefixtures("_small_batches")
def test_a_run_that_is_killed_anywhere_is_continued():
    whole = world()
    whole.finish()
    check_finished(whole)
    assert len(whole.events()) >= 4
    for step in range(whole.killer.steps):
        made = world(kill_at=step)
        made.finish()
        check_finished(made)
