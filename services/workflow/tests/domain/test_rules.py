"""Who may do what to a workflow when, and what comes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from workflow_service.domain.errors import Incomplete, NotPermitted, NotPossible, Refused
from workflow_service.domain.people import Approvers
from workflow_service.domain.rules import allowed_actions, apply, create
from workflow_service.domain.workflow import Action, ActionType, Status

from ..builders import (
    ADAM,
    AUDRA,
    BO,
    CLEO,
    EVERYBODY,
    NOON,
    RITA,
    STAN,
    WORKFLOW_ID,
    a_draft,
    a_pending_workflow,
    a_rejected_workflow,
    a_scheme,
    an_approved_workflow,
    approve,
    reject,
    request,
    save,
)

EVERY_STATE = (a_draft, a_pending_workflow, a_rejected_workflow, an_approved_workflow)


def refusal(workflow, action, by) -> Refused:
    with pytest.raises(Refused) as refused:
        apply(workflow, action, by, NOON)
    return refused.value


def test_a_saved_workflow_is_a_draft_at_its_first_version():
    draft = a_draft()
    assert (draft.status, draft.version, draft.round, draft.step_id) == (Status.DRAFT, 1, 1, None)


def test_a_workflow_can_be_requested_as_it_is_created():
    made = create(WORKFLOW_ID, a_scheme(), request(), RITA, NOON, root_hash="0" * 64)
    assert (made.after.status, made.after.version, made.after.step_id) == (Status.PENDING, 1, "approval")
    assert (made.event.sequence, made.event.previous_hash, made.event.before) == (1, "0" * 64, None)


def test_saving_changes_title_and_data_and_remembers_what_was_there_before():
    moved = apply(a_draft(), save("Plane", '{"amount":99}'), RITA, NOON)
    assert (moved.after.title, moved.after.data, moved.after.status) == (
        "Plane",
        '{"amount":99}',
        Status.DRAFT,
    )
    assert (moved.event.before, moved.event.after) == ('{"amount":12}', '{"amount":99}')


def test_what_an_action_does_not_name_stays_as_it_is():
    moved = apply(a_draft(), Action(ActionType.REQUEST), RITA, NOON)
    assert (moved.after.title, moved.after.data) == ("Train", '{"amount":12}')
    assert moved.event.before is None


def test_a_rejected_workflow_can_be_saved_and_stays_rejected():
    moved = apply(a_rejected_workflow(), save("Bus"), RITA, NOON)
    assert (moved.after.status, moved.after.round) == (Status.REJECTED, 1)


def test_a_rejected_workflow_is_resubmitted_as_the_next_round():
    moved = apply(a_rejected_workflow(), request(), RITA, NOON)
    assert (moved.after.status, moved.after.round, moved.event.round) == (Status.PENDING, 2, 2)


@pytest.mark.parametrize("approver", [BO, CLEO])
def test_an_approver_by_name_or_by_group_decides(approver):
    assert apply(a_pending_workflow(), approve(), approver, NOON).after.status is Status.APPROVED
    assert apply(a_pending_workflow(), reject(), approver, NOON).after.status is Status.REJECTED


@pytest.mark.parametrize("comment", [None, "", "  \n "])
def test_a_rejection_without_a_comment_is_refused_and_changes_nothing(comment):
    workflow = a_pending_workflow()
    with pytest.raises(Incomplete) as refused:
        apply(workflow, reject(comment), BO, NOON)
    assert (refused.value.rule, refused.value.pointer) == ("comment-missing", "/comment")
    assert workflow == a_pending_workflow()


@pytest.mark.parametrize("decision", [approve(), reject()])
def test_nobody_decides_their_own_request_not_even_as_an_approver(decision):
    scheme = a_scheme(Approvers(users=(RITA.user_id, BO.user_id)))
    refused = refusal(a_pending_workflow(scheme), decision, RITA)
    assert isinstance(refused, NotPermitted)
    assert refused.rule == "own-request"


@pytest.mark.parametrize("stranger", [STAN, AUDRA, ADAM])
@pytest.mark.parametrize("decision", [approve(), reject()])
def test_only_the_steps_approvers_decide(decision, stranger):
    refused = refusal(a_pending_workflow(), decision, stranger)
    assert isinstance(refused, NotPermitted)
    assert refused.rule == "not-an-approver"


@pytest.mark.parametrize("other", [BO, CLEO, STAN, AUDRA, ADAM])
@pytest.mark.parametrize("change", [save(), request()])
def test_only_the_requester_saves_and_requests(change, other):
    refused = refusal(a_draft(), change, other)
    assert isinstance(refused, NotPermitted)
    assert refused.rule == "not-the-requester"


@pytest.mark.parametrize("change", [save(), request()])
def test_a_pending_workflow_is_not_changed_under_its_approvers(change):
    refused = refusal(a_pending_workflow(), change, RITA)
    assert isinstance(refused, NotPossible)
    assert refused.rule == "already-pending"


@pytest.mark.parametrize("state", [a_draft, a_rejected_workflow])
@pytest.mark.parametrize("decision", [approve(), reject()])
def test_only_what_is_pending_is_decided(decision, state):
    refused = refusal(state(), decision, BO)
    assert isinstance(refused, NotPossible)
    assert refused.rule == "not-pending"


@pytest.mark.parametrize(
    ("action", "by"), [(save(), RITA), (request(), RITA), (approve(), BO), (reject(), BO)]
)
def test_nothing_leaves_approved(action, by):
    refused = refusal(an_approved_workflow(), action, by)
    assert isinstance(refused, NotPossible)
    assert refused.rule == "already-approved"


def test_each_action_raises_the_version_by_one_and_the_event_has_its_number():
    workflow = a_draft()
    for action, by in [
        (request(), RITA),
        (reject(), BO),
        (save(), RITA),
        (request(), RITA),
        (approve(), CLEO),
    ]:
        moved = apply(workflow, action, by, NOON)
        assert moved.after.version == moved.event.sequence == workflow.version + 1
        workflow = moved.after


def test_an_event_belongs_to_the_step_but_for_a_save():
    assert apply(a_draft(), save(), RITA, NOON).event.step_id is None
    assert apply(a_draft(), request(), RITA, NOON).event.step_id == "approval"
    assert apply(a_pending_workflow(), approve(), BO, NOON).event.step_id == "approval"


def test_participants_are_the_requester_then_the_approvers_then_whoever_acts():
    asked = (f"user:{RITA.user_id}", f"user:{BO.user_id}", "group:approvers")
    assert a_draft().participants == (f"user:{RITA.user_id}",)
    assert a_pending_workflow().participants == asked
    decided = apply(a_pending_workflow(), approve(), CLEO, NOON)
    assert decided.event.participants == (*asked, f"user:{CLEO.user_id}")


def test_a_request_asks_each_approver_but_not_the_requester():
    scheme = a_scheme(Approvers(users=(RITA.user_id, BO.user_id), groups=("approvers",)))
    asking = apply(a_draft(scheme), request(), RITA, NOON)
    assert asking.asked == (f"user:{BO.user_id}", "group:approvers")
    assert asking.released == ()
    deciding = apply(asking.after, approve(), BO, NOON)
    assert deciding.asked == ()
    assert deciding.released == asking.asked


def test_an_event_never_stands_before_the_one_it_follows_whatever_the_clock_says():
    moved = apply(a_pending_workflow(), approve(), BO, NOON - timedelta(hours=1))
    assert moved.event.occurred_at == a_pending_workflow().updated_at


@pytest.mark.parametrize("state", EVERY_STATE)
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.name)
def test_the_allowed_actions_are_those_that_are_not_refused(state, person):
    workflow = state()
    done = []
    for action_type in ActionType:
        try:
            apply(workflow, Action(action_type, comment="because"), person, NOON)
        except Refused:
            continue
        done.append(action_type)
    assert allowed_actions(workflow, person) == tuple(done)


def test_a_workflow_is_never_changed_only_followed_by_another():
    workflow = a_pending_workflow()
    apply(workflow, approve(), BO, NOON)
    assert workflow == replace(a_pending_workflow())
