"""A workflow's history, page by page."""

import pytest
from countersign_common.errors import NotFoundError

from ..builders import ADAM, AUDRA, BO, CLEO, RITA, STAN, a_context, reject, request, save
from ..fakes import InMemoryPorts

REQUESTED = [4, 5, 8, 9]
"""Sequences of the events that are not SAVE."""


@pytest.fixture
def ports() -> InMemoryPorts:
    return InMemoryPorts()


@pytest.fixture
def workflow_id(ports: InMemoryPorts) -> str:
    """A workflow that was saved three times, requested, rejected, saved twice, requested, rejected and saved."""
    service = ports.service
    workflow_id = service.create_workflow("expenses", save(), a_context()).workflow.workflow_id
    for action in (save(), save(), request(), reject(), save(), save(), request(), reject(), save()):
        context = a_context(BO if action.is_decision else RITA)
        version = ports.workflows.states[workflow_id].version
        service.perform_action(workflow_id, action, context, if_match=version)
    return workflow_id


def sequences(ports, workflow_id, actor, limit):
    """Return the sequences of all pages, and the length of each page."""
    found, lengths, position = [], [], None
    while True:
        page = ports.service.get_history(workflow_id, actor, after=position, limit=limit)
        found += [entry.sequence for entry in page.items]
        lengths.append(len(page.items))
        position = page.next_position
        if position is None:
            return found, lengths


@pytest.mark.parametrize("person", [RITA, AUDRA, ADAM], ids=lambda person: person.name)
@pytest.mark.parametrize("limit", [1, 3, 10, 100])
def test_requester_auditors_and_admins_see_every_event(ports, workflow_id, person, limit):
    found, _ = sequences(ports, workflow_id, person, limit)
    assert found == list(range(1, 11))


@pytest.mark.parametrize("person", [BO, CLEO], ids=lambda person: person.name)
@pytest.mark.parametrize(
    ("limit", "lengths"), [(1, [1, 1, 1, 1]), (3, [3, 1]), (4, [4]), (100, [4])], ids=str
)
def test_approvers_see_no_saved_draft_and_their_pages_are_full(ports, workflow_id, person, limit, lengths):
    assert sequences(ports, workflow_id, person, limit) == (REQUESTED, lengths)


def test_a_page_reads_one_entry_more_than_it_shows(ports, workflow_id):
    ports.service.get_history(workflow_id, RITA, after=None, limit=3)
    assert ports.workflows.page_sizes == [4]


def test_a_user_who_may_not_read_the_workflow_gets_not_found(ports, workflow_id):
    with pytest.raises(NotFoundError):
        ports.service.get_history(workflow_id, STAN, after=None, limit=25)
