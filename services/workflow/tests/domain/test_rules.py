"""Who may do what to a workflow in which state, and the result."""

from datetime import timedelta

import pytest
from countersign_common.errors import DomainError

from workflow_service.domain.errors import (
    AlreadyApprovedError,
    AlreadyPendingError,
    CommentMissingError,
    NotAnApproverError,
    NotPendingError,
    NotTheRequesterError,
    OwnRequestError,
)
from workflow_service.domain.people import Approvers
from workflow_service.domain.rules import allowed_actions, apply, create
from workflow_service.domain.workflow import Action, ActionType, Content, Status

from ..builders import (
    ADAM,
    AUDRA,
    BO,
    CLEO,
    EVERYONE,
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
RITA_ONLY = (f"user:{RITA.user_id}",)


def test_a_saved_workflow_is_a_draft_with_version_one():
    draft = a_draft()
    assert (draft.status, draft.version, draft.round, draft.step_id) == (Status.DRAFT, 1, 1, None)
    assert draft.requested is None


def test_a_workflow_can_be_requested_when_it_is_created():
    transition = create(WORKFLOW_ID, a_scheme(), request(), RITA, NOON)
    after, event = transition.after, transition.event
    assert (after.status, after.version, after.step_id) == (Status.PENDING, 1, "approval")
    assert (event.sequence, event.previous_hash, event.before) == (1, transition.before.head_hash, None)


def test_save_changes_title_and_data_and_its_event_has_the_data_before():
    transition = apply(a_draft(), save("Plane", '{"amount":99}'), RITA, NOON)
    assert transition.after.content == Content("Plane", '{"amount":99}')
    assert transition.after.status is Status.DRAFT
    assert (transition.event.before, transition.event.after) == ('{"amount":12}', '{"amount":99}')


def test_title_and_data_that_an_action_leaves_out_stay():
    transition = apply(a_draft(), Action(ActionType.REQUEST), RITA, NOON)
    assert transition.after.content == Content("Train", '{"amount":12}')
    assert transition.event.before is None


def test_a_request_keeps_what_was_requested_and_a_later_save_does_not_change_it():
    pending = apply(a_draft(), request("Plane", '{"amount":99}'), RITA, NOON).after
    rejected = apply(pending, reject(), BO, NOON).after
    saved = apply(rejected, save("Bus", '{"amount":1}'), RITA, NOON).after
    assert pending.requested == rejected.requested == saved.requested == Content("Plane", '{"amount":99}')


def test_the_first_request_shows_no_data_before_it_although_a_draft_was_saved():
    assert apply(a_draft(), request(data='{"amount":99}'), RITA, NOON).event.before is None


def test_a_later_request_shows_the_data_of_the_previous_request_and_not_what_was_saved_in_between():
    saved = apply(a_rejected_workflow(), save(data='{"amount":1}'), RITA, NOON).after
    event = apply(saved, request(data='{"amount":2}'), RITA, NOON).event
    assert (event.before, event.after) == ('{"amount":12}', '{"amount":2}')


def test_a_later_request_with_unchanged_data_has_no_data_before():
    saved = apply(a_rejected_workflow(), save(data='{"amount":1}'), RITA, NOON).after
    assert apply(saved, request(), RITA, NOON).event.before is None


def test_a_rejected_workflow_can_be_saved_and_stays_rejected():
    after = apply(a_rejected_workflow(), save("Bus"), RITA, NOON).after
    assert (after.status, after.round) == (Status.REJECTED, 1)


def test_a_request_after_a_rejection_starts_the_next_round():
    transition = apply(a_rejected_workflow(), request(), RITA, NOON)
    assert (transition.after.status, transition.after.round) == (Status.PENDING, 2)
    assert transition.event.round == 2


@pytest.mark.parametrize("approver", [BO, CLEO])
def test_an_approver_by_user_id_or_group_decides(approver):
    assert apply(a_pending_workflow(), approve(), approver, NOON).after.status is Status.APPROVED
    assert apply(a_pending_workflow(), reject(), approver, NOON).after.status is Status.REJECTED


@pytest.mark.parametrize("comment", [None, "", "  \n "])
def test_a_rejection_without_a_comment_fails(comment):
    with pytest.raises(CommentMissingError) as error:
        apply(a_pending_workflow(), reject(comment), BO, NOON)
    assert error.value.pointer == "/comment"


@pytest.mark.parametrize("decision", [approve(), reject()])
def test_a_requester_cannot_decide_even_as_an_approver(decision):
    scheme = a_scheme(Approvers(users=(RITA.user_id, BO.user_id)))
    with pytest.raises(OwnRequestError):
        apply(a_pending_workflow(scheme), decision, RITA, NOON)


@pytest.mark.parametrize("person", [STAN, AUDRA, ADAM])
@pytest.mark.parametrize("decision", [approve(), reject()])
def test_only_approvers_of_the_step_decide(decision, person):
    with pytest.raises(NotAnApproverError):
        apply(a_pending_workflow(), decision, person, NOON)


@pytest.mark.parametrize("person", [BO, CLEO, STAN, AUDRA, ADAM])
@pytest.mark.parametrize("action", [save(), request()])
def test_only_the_requester_saves_and_requests(action, person):
    with pytest.raises(NotTheRequesterError):
        apply(a_draft(), action, person, NOON)


@pytest.mark.parametrize("action", [save(), request()])
def test_a_pending_workflow_cannot_be_saved_or_requested(action):
    with pytest.raises(AlreadyPendingError):
        apply(a_pending_workflow(), action, RITA, NOON)


@pytest.mark.parametrize("state", [a_draft, a_rejected_workflow])
@pytest.mark.parametrize("decision", [approve(), reject()])
def test_only_a_pending_workflow_can_be_decided(decision, state):
    with pytest.raises(NotPendingError):
        apply(state(), decision, BO, NOON)


@pytest.mark.parametrize(
    ("action", "actor"), [(save(), RITA), (request(), RITA), (approve(), BO), (reject(), BO)]
)
def test_an_approved_workflow_cannot_be_changed(action, actor):
    with pytest.raises(AlreadyApprovedError):
        apply(an_approved_workflow(), action, actor, NOON)


def test_each_action_raises_the_version_by_one_and_its_event_has_that_sequence():
    workflow = a_draft()
    for action, actor in [
        (request(), RITA),
        (reject(), BO),
        (save(), RITA),
        (request(), RITA),
        (approve(), CLEO),
    ]:
        transition = apply(workflow, action, actor, NOON)
        assert transition.after.version == transition.event.sequence == workflow.version + 1
        workflow = transition.after


def test_every_event_but_a_save_belongs_to_the_step():
    assert apply(a_draft(), save(), RITA, NOON).event.step_id is None
    assert apply(a_draft(), request(), RITA, NOON).event.step_id == "approval"
    assert apply(a_pending_workflow(), approve(), BO, NOON).event.step_id == "approval"


def test_participants_are_the_requester_then_the_approvers_then_whoever_acts():
    requested = (*RITA_ONLY, f"user:{BO.user_id}", "group:approvers")
    assert a_draft().participants == RITA_ONLY
    assert a_pending_workflow().participants == requested
    decided = apply(a_pending_workflow(), approve(), CLEO, NOON)
    assert decided.event.participants == (*requested, f"user:{CLEO.user_id}")


def test_only_the_requester_takes_part_in_a_save_even_after_a_rejection():
    transition = apply(a_rejected_workflow(), save("Bus"), RITA, NOON)
    assert transition.event.participants == RITA_ONLY
    assert transition.after.participants == a_rejected_workflow().participants


def test_a_request_waits_for_each_approver_but_not_for_the_requester():
    scheme = a_scheme(Approvers(users=(RITA.user_id, BO.user_id), groups=("approvers",)))
    requested = apply(a_draft(scheme), request(), RITA, NOON)
    assert requested.added_approvers == (f"user:{BO.user_id}", "group:approvers")
    assert requested.removed_approvers == ()
    decided = apply(requested.after, approve(), BO, NOON)
    assert decided.added_approvers == ()
    assert decided.removed_approvers == requested.added_approvers


def test_an_event_is_never_earlier_than_the_one_before_it():
    transition = apply(a_pending_workflow(), approve(), BO, NOON - timedelta(hours=1))
    assert transition.event.occurred_at == a_pending_workflow().updated_at


@pytest.mark.parametrize("state", EVERY_STATE)
@pytest.mark.parametrize("person", EVERYONE, ids=lambda person: person.name)
def test_allowed_actions_are_those_that_succeed(state, person):
    workflow = state()
    succeeded = []
    for action_type in ActionType:
        try:
            apply(workflow, Action(action_type, comment="because"), person, NOON)
        except DomainError:
            continue
        succeeded.append(action_type)
    assert allowed_actions(workflow, person) == tuple(succeeded)
