"""Creating workflows."""

import pytest

from workflow_service.domain.errors import NoSuchSchemeError
from workflow_service.domain.workflow import Status

from ..builders import a_context, request, save
from ..fakes import InMemoryPorts


@pytest.fixture
def ports() -> InMemoryPorts:
    return InMemoryPorts()


@pytest.mark.parametrize(("action", "status"), [(save(), Status.DRAFT), (request(), Status.PENDING)])
def test_a_workflow_is_committed_with_its_event_which_is_published(ports, action, status):
    workflow = ports.service.create_workflow("expenses", action, a_context()).workflow
    assert (workflow.status, workflow.version) == (status, 1)
    assert ports.workflows.states == {workflow.workflow_id: workflow}
    [event] = ports.workflows.events[workflow.workflow_id]
    assert event.hash == workflow.head_hash
    assert ports.publisher.published == [event.messages()]
    assert ports.outbox.entries == []


def test_each_part_of_each_event_has_a_salt_and_each_event_an_id_of_its_own(ports):
    service = ports.service
    for _ in range(2):
        service.create_workflow("expenses", save(), a_context())
    events = [event for [event] in ports.workflows.events.values()]
    salts = {salt for event in events for salt in (event.person.salt, event.content.salt)}
    assert len(salts) == 4
    assert len({event.event_id for event in events}) == 2


def test_a_scheme_that_does_not_exist_is_an_error_and_nothing_is_written(ports):
    with pytest.raises(NoSuchSchemeError) as error:
        ports.service.create_workflow("missing", request(), a_context())
    assert error.value.pointer == "/scheme"
    assert ports.workflows.attempts == 0
