"""Acting on workflows: races, and what happens after the commit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from countersign_common.errors import NotFoundError

from workflow_service.domain.errors import (
    AlreadyPendingError,
    NotPendingError,
    OwnRequestError,
    PreconditionRequiredError,
    TooBusyError,
    VersionStaleError,
)
from workflow_service.domain.people import Approvers
from workflow_service.domain.workflow import Action, Status
from workflow_service.use_cases.commit_transition import MAX_ATTEMPTS

from ..builders import BO, CLEO, RITA, STAN, a_context, a_scheme, approve, reject, request, save
from ..fakes import InMemoryPorts


@pytest.fixture
def ports() -> InMemoryPorts:
    return InMemoryPorts()


@pytest.fixture
def pending(ports: InMemoryPorts) -> str:
    """The id of a requested workflow, which has version 1."""
    return create(ports, request())


@pytest.fixture
def draft(ports: InMemoryPorts) -> str:
    """The id of a saved workflow, which has version 1."""
    return create(ports, save())


def create(ports: InMemoryPorts, action: Action) -> str:
    return ports.service.create_workflow("expenses", action, a_context(RITA)).workflow.workflow_id


def perform(ports: InMemoryPorts, workflow_id: str, action: Action, actor=BO, if_match=None):
    return ports.service.perform_action(workflow_id, action, a_context(actor), if_match=if_match)


def test_an_action_is_committed_with_its_event_which_is_published(ports, pending):
    view = perform(ports, pending, approve(), if_match=1)
    assert ports.workflows.states[pending] == view.workflow
    assert ports.workflows.events[pending][-1].hash == view.workflow.head_hash
    assert len(ports.publisher.published) == 2
    assert ports.outbox.entries == []


def test_a_workflow_keeps_the_scheme_version_that_it_was_created_with(ports, draft):
    ports.schemes.versions["expenses"].append(a_scheme(Approvers(users=(STAN.user_id,)), version=2))
    perform(ports, draft, request(), RITA)
    with pytest.raises(NotFoundError):
        perform(ports, draft, approve(), STAN, if_match=2)
    assert perform(ports, draft, approve(), BO, if_match=2).workflow.scheme_version == 1


def test_an_action_that_loses_a_race_is_applied_to_the_new_state(ports, draft):
    ports.workflows.concurrent.append(lambda: perform(ports, draft, save("In another tab"), RITA))
    workflow = perform(ports, draft, request("In this tab"), RITA).workflow
    assert (workflow.version, workflow.status, workflow.title) == (3, Status.PENDING, "In this tab")
    assert [event.sequence for event in ports.workflows.events[draft]] == [1, 2, 3]


def test_a_save_that_loses_a_race_against_a_request_fails(ports, draft):
    ports.workflows.concurrent.append(lambda: perform(ports, draft, request(), RITA))
    with pytest.raises(AlreadyPendingError):
        perform(ports, draft, save("Mine"), RITA)
    assert ports.workflows.states[draft].status is Status.PENDING


@pytest.mark.parametrize("decision", [approve(), reject()])
def test_a_decision_without_a_version_fails_and_reads_nothing(ports, pending, monkeypatch, decision):
    monkeypatch.setattr(ports.workflows, "get_for_update", None)
    with pytest.raises(PreconditionRequiredError):
        perform(ports, pending, decision, BO)


@pytest.mark.parametrize("action", [save(), request()])
def test_save_and_request_need_no_version(ports, draft, action):
    assert perform(ports, draft, action, RITA).workflow.version == 2


def test_an_action_with_a_stale_version_fails(ports, pending):
    with pytest.raises(VersionStaleError):
        perform(ports, pending, approve(), if_match=2)
    assert perform(ports, pending, approve(), if_match=1).workflow.version == 2


def test_of_two_decisions_at_the_same_time_the_second_fails(ports, pending):
    ports.workflows.concurrent.append(lambda: perform(ports, pending, reject(), CLEO, if_match=1))
    with pytest.raises(VersionStaleError):
        perform(ports, pending, approve(), BO, if_match=1)
    assert ports.workflows.states[pending].status is Status.REJECTED


def test_a_decision_on_a_decided_workflow_fails(ports, pending):
    perform(ports, pending, reject(), CLEO, if_match=1)
    with pytest.raises(NotPendingError):
        perform(ports, pending, approve(), BO, if_match=2)


def test_an_action_whose_version_becomes_stale_meanwhile_is_not_retried(ports, draft):
    ports.workflows.concurrent.append(lambda: perform(ports, draft, save("Theirs"), RITA))
    with pytest.raises(VersionStaleError):
        perform(ports, draft, save("Mine"), RITA, if_match=1)
    assert ports.workflows.states[draft].title == "Theirs"


def test_an_action_that_loses_four_races_succeeds(ports, draft):
    theirs = [lambda: perform(ports, draft, save("Theirs"), RITA), lambda: None]
    ports.workflows.concurrent.extend(theirs * 4)
    workflow = perform(ports, draft, save("Mine"), RITA).workflow
    assert (workflow.title, workflow.version) == ("Mine", 6)


def test_an_action_that_loses_every_race_fails_with_too_busy(ports, draft):
    attempts = ports.workflows.attempts

    def write():
        current = ports.workflows.states[draft]
        ports.workflows.states[draft] = replace(current, version=current.version + 1)

    ports.workflows.concurrent.extend([write] * MAX_ATTEMPTS)
    with pytest.raises(TooBusyError) as error:
        perform(ports, draft, save("Mine"), RITA)
    assert error.value.retry_after == 1
    assert ports.workflows.attempts - attempts == MAX_ATTEMPTS


def test_an_event_that_is_not_accepted_stays_in_the_outbox_and_the_action_succeeds(ports, pending):
    ports.publisher.is_down = True
    assert perform(ports, pending, approve(), if_match=1).workflow.status is Status.APPROVED
    assert ports.outbox.entries == ports.workflows.events[pending][1:]
    message, keys = ports.warnings.lines[0]
    assert message == "event stays in the outbox"
    assert keys["eventId"] == ports.workflows.events[pending][1].event_id


def test_an_event_that_cannot_be_removed_from_the_outbox_stays_and_the_action_succeeds(
    ports, pending, monkeypatch
):
    def fail(_):
        raise TimeoutError

    monkeypatch.setattr(ports.outbox, "remove", fail)
    assert perform(ports, pending, approve(), if_match=1).workflow.version == 2
    assert len(ports.outbox.entries) == 1
    assert len(ports.publisher.published) == 2


@pytest.mark.parametrize("action", [approve(), reject(), save(), request()])
def test_a_user_who_may_not_read_the_workflow_gets_not_found_for_every_action(ports, pending, action):
    with pytest.raises(NotFoundError):
        perform(ports, pending, action, STAN, if_match=1)


def test_a_user_who_may_read_the_workflow_gets_the_rule(ports, pending):
    with pytest.raises(OwnRequestError):
        perform(ports, pending, approve(), RITA, if_match=1)


def test_a_decision_after_a_private_save_shows_what_was_requested(ports, pending):
    perform(ports, pending, reject(), BO, if_match=1)
    perform(ports, pending, save("Secret", '{"secret":1}'), RITA)
    shown = ports.service.get_workflow(pending, BO).workflow
    assert (shown.title, shown.data, shown.version) == ("Train", '{"amount":12}', 3)


def test_events_of_one_workflow_are_in_the_order_of_their_time(ports, pending):
    ports.clock.now -= timedelta(hours=2)
    perform(ports, pending, approve(), BO, if_match=1)
    first, second = ports.workflows.events[pending]
    assert first.occurred_at <= second.occurred_at
