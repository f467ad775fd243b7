"""Who sees a workflow."""

import pytest

from workflow_service.domain.errors import NotFound
from workflow_service.domain.rules import apply
from workflow_service.domain.visibility import may_see, view, visible
from workflow_service.domain.workflow import ActionType

from ..builders import (
    ADAM,
    AUDRA,
    BO,
    CLEO,
    NOON,
    RITA,
    STAN,
    a_draft,
    a_pending_workflow,
    a_person,
    a_rejected_workflow,
    approve,
)


def test_a_draft_is_seen_by_its_requester_auditors_and_admins_alone():
    seeing = [person for person in (RITA, BO, CLEO, STAN, AUDRA, ADAM) if may_see(a_draft(), person)]
    assert seeing == [RITA, AUDRA, ADAM]


def test_from_the_first_request_on_the_approvers_see_it_too():
    for workflow in (a_pending_workflow(), a_rejected_workflow()):
        assert may_see(workflow, BO)
        assert may_see(workflow, CLEO)
        assert not may_see(workflow, STAN)


def test_who_has_acted_sees_it_even_after_leaving_the_group():
    decided = apply(a_pending_workflow(), approve(), CLEO, NOON).after
    assert may_see(decided, a_person(3, "Cleo"))


def test_what_one_may_not_see_is_as_if_it_were_not_there():
    with pytest.raises(NotFound) as hidden:
        visible(a_pending_workflow(), STAN)
    with pytest.raises(NotFound) as absent:
        visible(None, STAN)
    assert (hidden.value.rule, str(hidden.value)) == (absent.value.rule, str(absent.value))


def test_a_view_tells_what_its_reader_may_do_now():
    assert view(a_pending_workflow(), BO).allowed_actions == (ActionType.APPROVE, ActionType.REJECT)
    assert view(a_pending_workflow(), RITA).allowed_actions == ()
    assert view(a_draft(), RITA).allowed_actions == (ActionType.SAVE, ActionType.REQUEST)
