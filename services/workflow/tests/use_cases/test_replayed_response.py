"""Idempotency keys: a retry gets the first response, whatever has happened since."""

from dataclasses import replace
from datetime import timedelta

import pytest
from countersign_common.errors import IdempotencyKeyReusedError

from workflow_service.domain.errors import CommentMissingError, TooBusyError
from workflow_service.domain.idempotency import IdempotencyKey, IdempotencyRecord, matching_record
from workflow_service.domain.workflow import Action, Status
from workflow_service.use_cases.commit_transition import MAX_ATTEMPTS

from ..builders import BO, NOON, RITA, a_context, approve, reject, request, save
from ..fakes import InMemoryPorts

KEY = IdempotencyKey(RITA.user_id, "key-1", "f" * 64)
BOS_KEY = IdempotencyKey(BO.user_id, "key-1", "b" * 64)


@pytest.fixture
def ports() -> InMemoryPorts:
    return InMemoryPorts()


@pytest.fixture
def pending(ports: InMemoryPorts) -> str:
    return create(ports, key=None).workflow.workflow_id


def create(ports: InMemoryPorts, action: Action | None = None, key: IdempotencyKey | None = KEY):
    return ports.service.create_workflow("expenses", action or request(), a_context(RITA, key))


def perform(ports: InMemoryPorts, workflow_id: str, action: Action, actor=RITA, key=None, if_match=None):
    return ports.service.perform_action(workflow_id, action, a_context(actor, key), if_match=if_match)


def response_fields(view):
    """Return what the API shows of a view."""
    workflow = view.workflow
    summary = {name: getattr(workflow, name) for name in ("title", "data", "status", "round", "version")}
    return summary | {"at": (workflow.created_at, workflow.updated_at), "allowed": view.allowed_actions}


def test_a_creation_that_is_retried_returns_the_first_response_after_later_actions(ports):
    first = create(ports, save("Train"))
    workflow_id = first.workflow.workflow_id
    perform(ports, workflow_id, save("Plane", '{"amount":99}'))
    perform(ports, workflow_id, request())
    perform(ports, workflow_id, reject(), BO, if_match=3)
    assert response_fields(create(ports, save("Train"))) == response_fields(first)
    assert len(ports.workflows.states) == 1


def test_a_rejection_that_is_retried_returns_the_first_response_after_the_next_request(ports, pending):
    first = perform(ports, pending, reject(), BO, BOS_KEY, if_match=1)
    perform(ports, pending, save("Secret", '{"secret":1}'))
    perform(ports, pending, request("Plane", '{"amount":99}'))
    retried = perform(ports, pending, reject(), BO, BOS_KEY, if_match=1)
    assert response_fields(retried) == response_fields(first)
    assert retried.workflow.title == "Train"


def test_a_decision_that_is_retried_returns_the_first_response_although_it_is_no_longer_possible(
    ports, pending
):
    first = perform(ports, pending, approve(), BO, BOS_KEY, if_match=1)
    assert perform(ports, pending, approve(), BO, BOS_KEY, if_match=1) == first
    assert len(ports.workflows.events[pending]) == 2


def test_a_save_after_a_rejection_that_is_retried_returns_the_saved_draft(ports, pending):
    perform(ports, pending, reject(), BO, if_match=1)
    first = perform(ports, pending, save("Draft", '{"draft":1}'), key=KEY)
    perform(ports, pending, save("Later", '{"later":1}'))
    retried = perform(ports, pending, save("Draft", '{"draft":1}'), key=KEY)
    assert response_fields(retried) == response_fields(first)
    assert retried.workflow.title == "Draft"


def test_of_two_equal_creations_at_the_same_time_one_is_committed_and_both_get_its_response(ports):
    others = []
    ports.workflows.concurrent.append(lambda: others.append(create(ports)))
    assert response_fields(create(ports)) == response_fields(others[0])
    assert len(ports.workflows.states) == 1


def test_of_two_equal_actions_at_the_same_time_one_is_committed_and_both_get_its_response(ports, pending):
    others = []
    ports.workflows.concurrent.append(
        lambda: others.append(perform(ports, pending, approve(), BO, BOS_KEY, if_match=1))
    )
    assert perform(ports, pending, approve(), BO, BOS_KEY, if_match=1) == others[0]
    assert len(ports.workflows.events[pending]) == 2


def test_a_creation_that_conflicts_on_every_attempt_fails_with_too_busy(ports):
    def expire_right_after():
        create(ports)
        ports.workflows.records[KEY.user_id, KEY.key] = replace(
            ports.workflows.records[KEY.user_id, KEY.key], expires_at=ports.clock.now + timedelta(seconds=1)
        )

    for _ in range(MAX_ATTEMPTS):
        ports.workflows.concurrent += [expire_right_after, lambda: None]
    with pytest.raises(TooBusyError):
        create(ports)


def test_a_key_that_was_used_for_another_request_is_an_error(ports):
    create(ports)
    with pytest.raises(IdempotencyKeyReusedError):
        create(ports, key=replace(KEY, fingerprint="0" * 64))
    assert len(ports.workflows.states) == 1


def test_the_same_key_of_another_user_is_another_key(ports, pending):
    create(ports)
    assert perform(ports, pending, approve(), BO, BOS_KEY, if_match=1).workflow.status is Status.APPROVED


def test_a_failed_request_leaves_its_key_unused(ports, pending):
    with pytest.raises(CommentMissingError):
        perform(ports, pending, reject(comment=None), BO, BOS_KEY, if_match=1)
    other = replace(BOS_KEY, fingerprint="d" * 64)
    assert perform(ports, pending, reject(), BO, other, if_match=1).workflow.version == 2


def test_after_24_hours_a_key_can_be_used_again(ports):
    first = create(ports)
    ports.clock.now += timedelta(hours=24, seconds=-2)
    assert create(ports).workflow.workflow_id == first.workflow.workflow_id
    ports.clock.now += timedelta(seconds=1)
    second = create(ports)
    assert second.workflow.workflow_id != first.workflow.workflow_id
    assert create(ports).workflow.workflow_id == second.workflow.workflow_id


@pytest.mark.parametrize(("seconds", "is_found"), [(-1, True), (0, False), (1, False)])
def test_a_record_counts_until_the_moment_it_expires(seconds, is_found):
    record = IdempotencyRecord(KEY.fingerprint, "workflow", 1, NOON)
    found = matching_record(KEY, record, NOON + timedelta(seconds=seconds))
    assert (found == record) is is_found
