"""Erasing a user: what is erased, what is not, and that a run may be killed anywhere."""

import dataclasses
import json
from datetime import timedelta
from typing import Any

import pytest
from countersign_common.errors import StoreUnavailableError
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.erasure_event import ERASURE, ERASURE_TYPE, Erasure
from countersign_common.events.workflow_event import WORKFLOW_EVENT_TYPE
from countersign_common.proof.commitment import PARTS
from hypothesis import given
from hypothesis import strategies as st

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.erasable import erased_dataset
from audit_service.domain.erasure import ErasurePhase, ErasureState, Hold, RetentionPolicy
from audit_service.domain.own_events import NO_PERSON, erased_parts
from audit_service.use_cases.run_erasure import PURGE_SECONDS

from ..builders import (
    APPROVER,
    OTHER_WORKFLOW,
    REQUESTER,
    WORKFLOW,
    dataset_id,
    make_chain,
    make_event,
    make_record,
)
from ..erasure_fakes import (
    ACTOR,
    ADMIN,
    NOON,
    ErasureWorld,
    FakePolicies,
    event_id,
    letter_of,
    retention_job,
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
    """Return messages of dead-letter queues by their expected result."""
    erasure = dataclasses.replace(
        make_event(1, number=90),
        type=ERASURE_TYPE,
        data=ERASURE.dump(Erasure(dataset_id(90), REQUESTER, ())),
    )
    return {
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
    assert made.job.pass_number == 2, "The first pass has missed something."
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


@given(
    steps=st.lists(st.integers(1, 6), min_size=1, max_size=5),
    kill_at=st.integers(0, 150),
    page=st.integers(1, 12),
)
def test_runs_of_any_length_on_pages_of_any_size_have_the_same_result(
    steps: list[int], kill_at: int, page: int
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("audit_service.domain.erasure.MAX_DATASETS", steps[0])
        made = world(steps_per_run=steps[-1], kill_at=kill_at, page=page)
        made.finish()
        check_finished(made)


@pytest.mark.parametrize("part", PARTS)
def test_only_the_requested_parts_are_erased(part: Any):
    made = ErasureWorld(scenario(), holds=[HELD_WORKFLOW])
    made.start(user_job(part))
    made.finish()
    made.check_consistent()
    assert made.missing() == expected({part})


def test_the_erasure_event_says_who_erased_what_and_why():
    made = ErasureWorld(scenario(), holds=[HELD_WORKFLOW])
    made.start(user_job())
    made.finish()
    (event,) = made.events()
    assert event.dataset_id == event_id(0)
    assert event.workflow_id is None
    assert event.event.participants == ()
    assert (event.event.source, event.event.outcome) == ("/countersign/audit", "ERASED")
    assert dataclasses.astuple(event.event.target) == ("user", REQUESTER)
    assert dataclasses.astuple(event.event.action_owner) == ("user", ADMIN)
    assert event.event.request_id == "request-9"
    assert event.person_part == ACTOR.person
    content = event.content_part
    assert content is not None
    assert (content.title, content.comment, content.before) == ("Erasure", "asked for by letter", None)
    assert json.loads(json.dumps(content.after)) == {
        "reason": "asked for by letter",
        "parts": ["person", "content"],
        "erased": [
            {"datasetId": dataset_id(number), "parts": [part for part in PARTS if part in ERASED[number]]}
            for number in (1, 2, 3, 12, 31)
        ],
    }
    assert len(erased_parts(event)) == 5
    (erasure,) = made.publisher.sent
    assert (erasure.event_id, erasure.user_id) == (event.dataset_id, REQUESTER)


def test_an_erasure_twice_by_person_and_then_by_content_is_two_events():
    made = ErasureWorld(scenario())
    made.start(user_job("person"))
    made.finish()
    second = dataclasses.replace(user_job("content"), erasure_id="0190c000-0000-7000-8000-000000000002")
    made.start(second)
    made.finish()
    made.check_consistent()
    assert len(made.events()) == 2
    assert made.hints.parts_of([dataset_id(1)]) == {dataset_id(1): BOTH}


@pytest.mark.parametrize(("parts", "erasures"), [(("person",), 1), (("content",), 0)])
def test_an_erasure_that_finds_nothing_removes_the_name_from_what_is_not_a_record(parts: Any, erasures: int):
    made = ErasureWorld([])
    made.start(user_job(*parts))
    job = made.finish()
    assert (job.state, job.pass_number) == (ErasureState.DONE, 2)
    assert [(each.user_id, each.datasets) for each in made.publisher.sent] == [(REQUESTER, ())] * erasures
    assert [each.dataset_id for each in made.events()] == [event_id(0)] * erasures
    made.check_consistent()


def test_an_admin_who_erases_themselves_does_not_leave_their_name_in_the_event():
    made = ErasureWorld(scenario())
    made.start(user_job(requested_by=REQUESTER))
    assert made.finish().state is ErasureState.DONE
    made.check_consistent()
    assert made.events()[0].person_part == NO_PERSON


def test_the_name_of_an_admin_can_be_erased_from_erasure_events_and_what_they_erased_can_not():
    made = ErasureWorld(scenario())
    made.start(user_job())
    made.finish()
    event = made.events()[0]
    second = user_job(user_id=ADMIN, requested_by="another-admin")
    made.start(dataclasses.replace(second, erasure_id="0190c000-0000-7000-8000-000000000002"))
    made.finish()
    changed = made.repository.stored[event.dataset_id]
    assert changed.person is None
    assert changed.content == event.content
    made.check_consistent()


def test_an_event_in_transit_during_the_first_scan_is_found_by_the_second():
    made = ErasureWorld(scenario())
    late = make_record(4, number=4)

    def arrive(run: int) -> None:
        if run == 2:
            made.original[late.dataset_id] = late
            made.repository.add([late])
            made.documents.replace([late])

    made.between = arrive
    made.start(user_job())
    job = made.finish()
    assert job.pass_number == 3
    made.check_consistent()
    assert made.now >= NOON + timedelta(seconds=240)
    assert made.repository.stored[late.dataset_id].person is None


def test_a_document_that_was_written_from_a_record_read_before_is_replaced():
    made = ErasureWorld(scenario())
    stale = dict(made.documents.documents)

    def write_back(run: int) -> None:
        if run == 2:
            made.documents.documents[dataset_id(1)] = stale[dataset_id(1)]

    made.between = write_back
    made.start(user_job())
    made.finish()
    made.check_consistent()


def test_a_second_request_message_does_not_shorten_the_wait():
    made = ErasureWorld(scenario())
    made.start(user_job())
    made.deliver()
    assert made.job.state is ErasureState.RECHECKING
    made.requests.messages.insert(0, (made.job.erasure_id, 0))
    made.deliver()
    assert made.job.state is ErasureState.RECHECKING
    assert made.requests.messages[-1][1] > 100


def test_a_hold_that_is_placed_while_a_job_runs_keeps_the_rest():
    made = ErasureWorld(scenario(), page=2, steps_per_run=1)

    def hold(run: int) -> None:
        if run == 2:
            for workflow_id in (OTHER_WORKFLOW, HELD_WORKFLOW):
                made.holds.put(workflow_id, Hold("a lawsuit", ADMIN, made.now), replaces=None)

    made.between = hold
    made.start(user_job())
    job = made.finish()
    made.check_consistent()
    kept = {(dataset_id(number), part) for number in (12, 21, 22) for part in PARTS}
    assert made.missing() == expected() - kept
    assert job.held.count == 3
    assert set(job.held.workflow_ids) == {OTHER_WORKFLOW, HELD_WORKFLOW}


def test_a_hold_that_is_placed_after_a_record_was_found_still_keeps_it():
    made = ErasureWorld(scenario(), page=100)
    scan = made.repository.scan

    def then_hold(after: str | None) -> Any:
        page = scan(after)
        made.between = lambda _: None
        return page

    made.repository.scan = then_hold  # type: ignore[method-assign]
    calls = iter(range(100))
    holds = made.holds.all
    held = {WORKFLOW: Hold("a lawsuit", ADMIN, NOON), HELD_WORKFLOW: Hold("a lawsuit", ADMIN, NOON)}
    made.holds.all = lambda: held if next(calls) else holds()  # type: ignore[method-assign]
    made.start(user_job())
    job = made.finish()
    assert made.missing() == {each for each in expected() if each[0] in (dataset_id(12), dataset_id(31))}
    assert job.held.count == 5
    made.check_consistent()


def test_a_job_whose_erasure_event_is_damaged_fails_and_erases_nothing():
    made = ErasureWorld(scenario())
    forged = make_record(1, number=500, has_workflow=False)
    made.repository.stored[event_id(0)] = dataclasses.replace(forged, dataset_id=event_id(0))
    made.start(user_job())
    job = made.finish()
    assert job.state is ErasureState.FAILED
    assert job.error == f"The erasure event {event_id(0)} can't be read: what it erases is not known."
    assert job.actor is None
    assert made.missing() == set()


def test_a_batch_that_another_run_has_begun_is_what_its_event_says():
    made = ErasureWorld(scenario())
    made.start(user_job())
    erase_batch = made.run.erase_batch
    begun = erased_dataset(made.original[dataset_id(12)], ("person",))
    made.publisher.publish = _busy  # type: ignore[method-assign]
    with pytest.raises(StoreUnavailableError):
        erase_batch(made.job, [begun])
    del made.publisher.publish
    job = erase_batch(made.job, [erased_dataset(made.original[dataset_id(1)], ("person", "content"))])
    assert (job.batches, job.erased.person, job.erased.content) == (1, 1, 0)
    assert made.missing() == {(dataset_id(12), "person")}
    made.check_consistent()


def test_a_record_that_does_not_show_who_acted_is_left_and_reported():
    records = scenario()
    made = ErasureWorld([records[0], *records[2:]])
    made.repository.damage(dataclasses.replace(records[0], sealed="{}"))
    made.original = dict(made.repository.stored)
    made.documents.documents.pop(dataset_id(1))
    made.start(user_job())
    made.finish()
    assert not {each for each in made.missing() if each[0] == dataset_id(1)}
    assert ("nothing is erased of a damaged record", {"datasetId": dataset_id(1)}) in made.warnings


def test_a_store_that_is_busy_before_anything_is_done_fails_the_message():
    made = ErasureWorld(scenario())
    made.start(user_job())
    made.repository.scan = _busy  # type: ignore[method-assign]
    made.jobs.jobs[made.job.erasure_id] = dataclasses.replace(
        made.job, state=ErasureState.RUNNING, pass_number=1
    )
    with pytest.raises(StoreUnavailableError):
        made.deliver()


def test_a_store_that_is_busy_after_a_step_delays_the_rest():
    made = ErasureWorld(scenario())
    made.start(user_job())
    made.publisher.publish = _busy  # type: ignore[method-assign]
    made.deliver()
    assert made.requests.messages == [(made.job.erasure_id, 150)]
    del made.publisher.publish
    made.finish()
    made.check_consistent()
    assert made.missing() == expected() | {
        (dataset_id(number), part) for number in (21, 22) for part in PARTS
    }


def _busy(*_: Any) -> Any:
    raise StoreUnavailableError("The database is busy.")


def test_a_job_that_another_run_has_changed_is_left_to_it():
    made = ErasureWorld(scenario())
    made.start(user_job())

    def change(erasure: Erasure) -> None:
        made.jobs.update(made.job)

    made.publisher.publish = change  # type: ignore[method-assign]
    made.deliver()
    assert made.requests.messages == []
    made.check_nothing_unexplained()


def test_a_request_for_an_unknown_or_ended_job_changes_nothing():
    made = ErasureWorld(scenario())
    assert made.run("0190c000-0000-7000-8000-00000000000f", lambda: True) is None
    made.start(user_job())
    made.finish()
    job = made.job
    assert made.run(job.erasure_id, lambda: True) == job
    assert made.requests.messages == []


@pytest.mark.parametrize(
    ("user", "largest"), [(dataset_id(0), 1_000), ("u" * 200, 584), ("\u00fc" * 200, 160)]
)
def test_an_event_names_at_most_1000_records_and_fits_in_a_message(user: str, largest: int):
    records = [make_record(10**12 + number, number=number, **owner(user)) for number in range(2_500)]
    made = ErasureWorld(records, page=200)
    made.start(user_job(user_id=user))
    job = made.finish()
    made.check_consistent()
    sizes = [len(each.datasets) for each in made.publisher.sent]
    assert sum(sizes) == len(records)
    assert (job.batches, max(sizes)) == (len(sizes), largest)
    assert all(
        len(json.dumps(ERASURE.dump(each), separators=(",", ":"))) < 225_000 for each in made.publisher.sent
    )


# Retention


def workflow_of(first_number: int, workflow_id: str, *days_ago: int, **facts: Any) -> list[AuditRecord]:
    return [
        make_record(
            sequence,
            number=first_number + sequence - 1,
            workflow_id=workflow_id,
            occurredAt=f"{NOON - timedelta(days=days):%Y-%m-%dT%H:%M:%S.000Z}",
            **facts,
        )
        for sequence, days in enumerate(days_ago, start=1)
    ]


@pytest.mark.parametrize("count", [1, 99, 100, 101, 200])
def test_all_records_of_a_workflow_are_erased_and_no_query_finds_nothing(
    count: int, monkeypatch: pytest.MonkeyPatch
):
    kept = workflow_of(1_001, OTHER_WORKFLOW, 3, 2, 1)
    made = ErasureWorld([*workflow_of(1, WORKFLOW, *[400] * count), *kept], default_days=365, page=1_000)
    found: list[int] = []
    list_positions = made.repository.list_positions

    def noted(*arguments: Any, limit: int, **options: Any) -> Any:
        positions = list_positions(*arguments, limit=limit, **options)
        found.extend([len(positions)] if limit == 100 else [])
        return positions

    monkeypatch.setattr(made.repository, "list_positions", noted)
    made.start(retention_job())
    made.finish()
    assert len(made.missing()) == 2 * count
    of_a_pass = [100] * (count // 100) + [count % 100]
    assert found == of_a_pass * (len(found) // len(of_a_pass))


def test_retention_erases_workflows_whose_newest_record_is_too_old():
    records = [
        *workflow_of(1, WORKFLOW, 400, 400, 365),
        *workflow_of(11, OTHER_WORKFLOW, 900, 364),
        *workflow_of(21, HELD_WORKFLOW, 900, 900),
        *workflow_of(31, "0190a000-0000-7000-8000-00000000000d", 31, 30, scheme="short"),
        *workflow_of(41, "0190a000-0000-7000-8000-00000000000e", 900, 800, scheme="long"),
        *workflow_of(51, "-", 366, 364, has_workflow=False, target={"type": "scheme", "id": "expense"}),
    ]
    gone = {dataset_id(number) for number in (1, 2, 3, 31, 32, 51)}
    policies = FakePolicies(short=30, long=5_000)
    for step in range(10_000):
        made = ErasureWorld(records, holds=[HELD_WORKFLOW], policies=policies, default_days=365, kill_at=step)
        made.start(retention_job())
        job = made.finish()
        made.check_consistent()
        assert {each for each, _ in made.missing()} == gone
        assert (job.erased.person, job.erased.content) == (6, 6)
        assert job.held.count == 2
        (event,) = made.events()
        assert dataclasses.astuple(event.event.target) == ("retention", job.erasure_id)
        assert dataclasses.astuple(event.event.action_owner) == ("system", "retention")
        assert event.person_part == NO_PERSON
        assert made.publisher.sent[0].user_id is None
        if made.killer.steps <= step:
            return


def test_retention_keeps_a_workflow_whose_newest_record_is_not_in_the_index_yet():
    made = ErasureWorld(workflow_of(1, WORKFLOW, 400), default_days=365)
    made.repository.keys.clear()
    made.start(retention_job())
    assert made.finish().state == ErasureState.DONE
    assert made.missing() == set()


def test_retention_that_finds_nothing_is_one_pass():
    made = ErasureWorld(scenario(), default_days=365)
    made.start(retention_job())
    assert made.finish().pass_number == 1
    assert made.missing() == set()


def test_what_retention_records_is_not_erased_by_retention():
    made = ErasureWorld(workflow_of(1, WORKFLOW, 400), default_days=365)
    made.start(retention_job())
    made.finish()
    made.now = NOON + timedelta(days=800)
    second = dataclasses.replace(
        retention_job(), erasure_id="0190c000-0000-7000-8000-000000000002", created_at=made.now
    )
    made.start(second)
    made.finish()
    assert len(made.events()) == 1


def test_a_policy_that_is_set_later_counts_for_the_next_scan():
    made = ErasureWorld(workflow_of(1, WORKFLOW, 400), default_days=365)
    made.policies.put("expense", RetentionPolicy(5_000, ADMIN, NOON), replaces=None)
    made.start(retention_job())
    made.finish()
    assert made.missing() == set()


def test_a_purge_waits_while_another_one_hides_messages():
    made = world()
    handle = next(iter(made.letters.letters))
    made.letters.hide(handle, 60)
    made.deliver()
    assert (made.job.state, made.job.phase) == (ErasureState.RUNNING, ErasurePhase.PURGE)
    assert [delay for _, delay in made.requests.messages] == [PURGE_SECONDS]
    assert len(made.letters.letters) == len(world().letters.letters)
    made.finish()
    check_finished(made)
