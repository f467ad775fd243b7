"""Creating workflows and acting on them: races, repeats, and what happens after the commit."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from countersign_common.problems import Problem

from workflow_service.domain.errors import Incomplete, NotFound, NotPermitted, NotPossible, Stale
from workflow_service.domain.people import Approvers
from workflow_service.domain.workflow import Action, Status
from workflow_service.use_cases.act import act
from workflow_service.use_cases.commit import TRIES
from workflow_service.use_cases.create_workflow import create_workflow
from workflow_service.use_cases.once import REMEMBERED_FOR, Once

from ..builders import BO, CLEO, RITA, STAN, a_scheme, an_origin, approve, reject, request, save
from ..fakes import Office

KEY = Once(RITA.user_id, "key-1", "f" * 64)
BOS_KEY = Once(BO.user_id, "key-1", "b" * 64)


def created(
    office: Office, action: Action | None = None, once: Once | None = None, scheme_id: str = "expenses"
):
    return create_workflow(
        scheme_id,
        action or request(),
        an_origin(RITA),
        once,
        beginnings=office.store,
        committer=office.committer,
        clock=office.clock,
        new_id=office.new_id,
    )


def acted(office: Office, workflow_id: str, action: Action, by=BO, once=None, if_match=None):
    return act(
        workflow_id,
        action,
        an_origin(by),
        once,
        if_match=if_match,
        standings=office.store,
        committer=office.committer,
        clock=office.clock,
    )


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def workflow_id(office: Office) -> str:
    """A requested workflow's id."""
    return created(office).workflow.workflow_id


def test_a_created_workflow_is_committed_with_its_event_and_both_queues_are_told(office):
    seen = created(office)
    workflow_id = seen.workflow.workflow_id
    assert office.store.workflows[workflow_id] == seen.workflow
    assert [event.hash for event in office.store.events[workflow_id]] == [seen.workflow.head_hash]
    assert len(office.queues.taken) == 1
    assert office.store.outbox == []


def test_a_scheme_that_there_is_not_is_refused_and_nothing_is_written(office):
    with pytest.raises(Incomplete) as refused:
        created(office, scheme_id="none-such")
    assert (refused.value.rule, refused.value.pointer) == ("no-such-scheme", "/scheme")
    assert office.store.commits_tried == 0


def test_a_workflow_keeps_the_scheme_version_it_was_created_with(office):
    workflow_id = created(office, save()).workflow.workflow_id
    office.store.schemes["expenses"].append(a_scheme(Approvers(users=(STAN.user_id,)), version=2))
    acted(office, workflow_id, request(), RITA)
    with pytest.raises(NotFound):
        acted(office, workflow_id, approve(), STAN)
    assert acted(office, workflow_id, approve(), BO).workflow.scheme_version == 1


def test_the_loser_of_a_race_is_retried_on_the_new_state(office):
    workflow_id = created(office, save()).workflow.workflow_id
    office.store.meanwhile.append(lambda: acted(office, workflow_id, save("By the other tab"), RITA))
    seen = acted(office, workflow_id, request("By this tab"), RITA)
    assert (seen.workflow.version, seen.workflow.status, seen.workflow.title) == (
        3,
        Status.PENDING,
        "By this tab",
    )
    assert [event.sequence for event in office.store.events[workflow_id]] == [1, 2, 3]


def test_of_two_decisions_at_once_one_is_made_and_the_other_hears_the_rule(office, workflow_id):
    office.store.meanwhile.append(lambda: acted(office, workflow_id, reject(), CLEO))
    with pytest.raises(NotPossible) as refused:
        acted(office, workflow_id, approve(), BO)
    assert refused.value.rule == "not-pending"
    assert office.store.workflows[workflow_id].status is Status.REJECTED


def test_an_action_on_a_stale_version_is_refused(office, workflow_id):
    with pytest.raises(Stale):
        acted(office, workflow_id, approve(), if_match=2)
    assert acted(office, workflow_id, approve(), if_match=1).workflow.version == 2


def test_an_action_whose_version_becomes_stale_in_a_race_is_refused_and_not_retried(office):
    workflow_id = created(office, save()).workflow.workflow_id
    office.store.meanwhile.append(lambda: acted(office, workflow_id, save("Theirs"), RITA))
    with pytest.raises(Stale):
        acted(office, workflow_id, save("Mine"), RITA, if_match=1)
    assert office.store.workflows[workflow_id].title == "Theirs"


def test_who_always_loses_is_asked_to_try_later(office):
    workflow_id = created(office, save()).workflow.workflow_id
    tries_before = office.store.commits_tried

    def somebody_saves():
        current = office.store.workflows[workflow_id]
        office.store.workflows[workflow_id] = replace(current, version=current.version + 1)

    office.store.meanwhile.extend([somebody_saves] * TRIES)
    with pytest.raises(NotPossible) as refused:
        acted(office, workflow_id, save("Mine"), RITA)
    assert refused.value.rule == "too-busy"
    assert office.store.commits_tried - tries_before == TRIES


def test_the_same_request_again_gets_the_first_answer_again(office):
    first = created(office, once=KEY)
    acted(office, first.workflow.workflow_id, approve(), BO)
    assert created(office, once=KEY) == first
    assert len(office.store.workflows) == 1


def test_the_same_decision_again_gets_the_first_answer_though_the_state_would_forbid_it(office, workflow_id):
    first = acted(office, workflow_id, approve(), BO, BOS_KEY)
    assert acted(office, workflow_id, approve(), BO, BOS_KEY) == first
    assert acted(office, workflow_id, approve(), BO, BOS_KEY, if_match=1) == first
    assert len(office.store.events[workflow_id]) == 2


def test_of_two_equal_requests_at_once_one_is_done_and_both_get_its_answer(office):
    twins = []
    office.store.meanwhile.append(lambda: twins.append(created(office, once=KEY)))
    assert created(office, once=KEY) == twins[0]
    assert len(office.store.workflows) == 1


def test_of_two_equal_actions_at_once_one_is_done_and_both_get_its_answer(office, workflow_id):
    twins = []
    office.store.meanwhile.append(lambda: twins.append(acted(office, workflow_id, approve(), BO, BOS_KEY)))
    assert acted(office, workflow_id, approve(), BO, BOS_KEY) == twins[0]
    assert len(office.store.events[workflow_id]) == 2


def test_a_key_that_was_used_for_another_request_is_refused(office):
    created(office, once=KEY)
    with pytest.raises(Problem) as refused:
        created(office, once=replace(KEY, fingerprint="0" * 64))
    assert (refused.value.status, refused.value.slug) == (422, "idempotency-key-reused")
    assert len(office.store.workflows) == 1


def test_another_users_same_key_is_another_key(office, workflow_id):
    office.store.answers.clear()
    created(office, once=KEY)
    assert acted(office, workflow_id, approve(), BO, BOS_KEY).workflow.status is Status.APPROVED


def test_a_key_is_forgotten_after_a_day_whether_the_store_has_dropped_it_or_not(office):
    first = created(office, once=KEY)
    office.clock.now += REMEMBERED_FOR
    second = created(office, once=KEY)
    assert second.workflow.workflow_id != first.workflow.workflow_id
    assert created(office, once=KEY) == second


def test_what_is_refused_is_not_remembered(office, workflow_id):
    key = replace(BOS_KEY, fingerprint="c" * 64)
    with pytest.raises(Incomplete):
        acted(office, workflow_id, reject(comment=None), BO, key)
    assert acted(office, workflow_id, reject(), BO, replace(key, fingerprint="d" * 64)).workflow.version == 2


def test_a_refused_send_leaves_the_event_in_the_outbox_and_the_action_done(office):
    office.queues.refusing = True
    seen = created(office)
    assert seen.workflow.status is Status.PENDING
    assert office.store.outbox == office.store.events[seen.workflow.workflow_id]
    assert office.log.lines[0][1]["eventId"] == office.store.outbox[0].event_id


def test_an_outbox_that_cannot_be_cleared_leaves_the_event_in_it_and_the_action_done(office, monkeypatch):
    def failing(_):
        raise TimeoutError

    monkeypatch.setattr(office.store, "clear", failing)
    assert created(office).workflow.version == 1
    assert len(office.queues.taken) == len(office.store.outbox) == 1


def test_an_event_that_no_message_could_carry_is_refused_before_anything_is_written(office):
    # Text that no compression makes smaller: 128 KB of it can be told once, but not before and after.
    letters = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\']
    noise = "".join(Random(1).choices(letters, k=131_000))
    workflow_id = created(office, save(data=f'{{"a":"{noise}"}}')).workflow.workflow_id
    with pytest.raises(Problem) as refused:
        acted(office, workflow_id, save(data=f'{{"a":"{noise[::-1]}"}}'), RITA)
    assert (refused.value.status, refused.value.faults[0].pointer) == (413, "/data")
    assert office.store.workflows[workflow_id].version == 1
    # What could be saved can also be requested and decided: these events carry the data once.
    acted(office, workflow_id, Action(request().action_type), RITA)
    assert acted(office, workflow_id, reject("x" * 4_000), BO).workflow.version == 3


def test_a_workflow_is_hidden_from_whom_it_does_not_concern_whatever_they_ask(office, workflow_id):
    for action in (approve(), reject(), save(), request()):
        with pytest.raises(NotFound):
            acted(office, workflow_id, action, STAN)


def test_who_may_see_it_hears_why_he_may_not_act(office, workflow_id):
    with pytest.raises(NotPermitted) as refused:
        acted(office, workflow_id, approve(), RITA)
    assert refused.value.rule == "own-request"


def test_events_of_one_workflow_are_in_the_order_of_their_time(office, workflow_id):
    office.clock.now -= timedelta(hours=2)
    acted(office, workflow_id, approve(), BO)
    first, second = office.store.events[workflow_id]
    assert first.occurred_at <= second.occurred_at
