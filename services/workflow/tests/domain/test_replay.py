"""Earlier states, rebuilt from the events of a workflow."""

from dataclasses import replace

import pytest

from workflow_service.domain.replay import state_after
from workflow_service.domain.workflow import Content, Status, Workflow

from ..builders import BO, RITA, a_context, approve, reject, request, save
from ..fakes import InMemoryPorts

ACTIONS = (
    save("Train", '{"amount":1}'),
    request("Plane", '{"amount":2}'),
    reject(),
    save("Bus", '{"amount":3}'),
    request("Ferry", '{"amount":4}'),
    approve(),
)


@pytest.fixture
def ports() -> InMemoryPorts:
    return InMemoryPorts()


@pytest.fixture
def states(ports: InMemoryPorts) -> list[Workflow]:
    """The committed state after each action."""
    service = ports.service
    workflow_id = service.create_workflow("expenses", ACTIONS[0], a_context()).workflow.workflow_id
    found = [ports.workflows.states[workflow_id]]
    for action in ACTIONS[1:]:
        context = a_context(BO if action.is_decision else RITA)
        service.perform_action(workflow_id, action, context, if_match=found[-1].version)
        found.append(ports.workflows.states[workflow_id])
    return found


def test_each_committed_state_is_rebuilt_from_its_event_and_the_newest_state(ports, states):
    newest = states[-1]
    for state, event in zip(states, ports.workflows.events[newest.workflow_id], strict=True):
        rebuilt = state_after(event, newest)
        # What was requested before a SAVE is not part of its response.
        requested = (
            newest.requested if state.status is Status.DRAFT or state.title == "Bus" else state.requested
        )
        assert rebuilt == replace(state, requested=requested)


def test_a_saved_draft_is_not_what_was_requested(ports, states):
    saved = states[3]
    rebuilt = state_after(ports.workflows.events[saved.workflow_id][3], saved)
    assert rebuilt == saved
    assert (rebuilt.content, rebuilt.requested) == (
        Content("Bus", '{"amount":3}'),
        Content("Plane", '{"amount":2}'),
    )
