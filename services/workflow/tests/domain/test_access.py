"""Who sees which workflow, and what of it."""

import pytest
from countersign_common.errors import NotFoundError

from workflow_service.domain.access import readable, view
from workflow_service.domain.preview import PreviewField
from workflow_service.domain.rules import apply
from workflow_service.domain.workflow import ActionType

from ..builders import (
    ADAM,
    AUDRA,
    BO,
    CLEO,
    EVERYONE,
    NOON,
    RITA,
    STAN,
    a_draft,
    a_pending_workflow,
    a_person,
    a_rejected_workflow,
    approve,
    save,
)


def can_read(workflow, person):
    try:
        readable(workflow, person)
    except NotFoundError:
        return False
    return True


def test_a_draft_is_visible_to_its_requester_auditors_and_admins_only():
    assert [person for person in EVERYONE if can_read(a_draft(), person)] == [RITA, AUDRA, ADAM]


@pytest.mark.parametrize("workflow", [a_pending_workflow(), a_rejected_workflow()])
def test_approvers_see_a_workflow_from_its_first_request_on(workflow):
    assert [person for person in EVERYONE if can_read(workflow, person)] == [RITA, BO, CLEO, AUDRA, ADAM]


def test_an_approver_who_decided_sees_the_workflow_after_leaving_the_group():
    decided = apply(a_pending_workflow(), approve(), CLEO, NOON).after
    assert can_read(decided, a_person(3, "Cleo"))


def test_an_invisible_workflow_gives_the_same_error_as_a_missing_one():
    with pytest.raises(NotFoundError) as hidden:
        readable(a_pending_workflow(), STAN)
    with pytest.raises(NotFoundError) as missing:
        readable(None, STAN)
    assert str(hidden.value) == str(missing.value)


@pytest.mark.parametrize(
    ("person", "title", "data"),
    [
        (RITA, "Secret", '{"amount":1}'),
        (AUDRA, "Secret", '{"amount":1}'),
        (ADAM, "Secret", '{"amount":1}'),
        (BO, "Train", '{"amount":12}'),
        (CLEO, "Train", '{"amount":12}'),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_what_is_saved_after_a_request_is_visible_to_requester_auditors_and_admins_only(person, title, data):
    saved = apply(a_rejected_workflow(), save("Secret", '{"amount":1}'), RITA, NOON).after
    shown = view(saved, person).workflow
    assert (shown.title, shown.data) == (title, data)


def test_a_view_changes_nothing_but_title_data_and_preview():
    saved = apply(a_rejected_workflow(), save("Secret", '{"amount":1}'), RITA, NOON).after
    shown = view(saved, BO).workflow
    assert shown.preview == (PreviewField("amount", "12"),)
    assert shown.with_content(saved.content) == saved


def test_a_view_has_what_its_reader_may_do_now():
    assert view(a_pending_workflow(), BO).allowed_actions == (ActionType.APPROVE, ActionType.REJECT)
    assert view(a_pending_workflow(), RITA).allowed_actions == ()
    assert view(a_draft(), RITA).allowed_actions == (ActionType.SAVE, ActionType.REQUEST)
