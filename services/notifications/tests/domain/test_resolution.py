from itertools import permutations

import pytest

from notifications_service.domain.notification import Resolution
from notifications_service.domain.resolution import ApprovalRequest, Ending, Round, ended_rounds

from ..builders import ANN, BO, CY, DEE, an_id, an_incoming_event


def a_request(
    sequence: int, step_id: str | None = "manager", recipients: tuple[str, ...] = (BO,)
) -> ApprovalRequest:
    return ApprovalRequest(an_id(f"request {sequence}"), sequence, step_id, recipients)


def endings_of(action_type: str, sequence: int, **changes: object) -> list[tuple[int, Ending]]:
    name = f"event {sequence}"
    return list(ended_rounds(an_incoming_event(name, action_type=action_type, sequence=sequence, **changes)))


def an_ending(action_type: str, sequence: int, **changes: object) -> Ending:
    [(_, ending)] = endings_of(action_type, sequence, **changes)
    return ending


def a_round(*parts: ApprovalRequest | Ending) -> Round:
    requests = {each.sequence: each for each in parts if isinstance(each, ApprovalRequest)}
    endings = {each.resolution.sequence: each for each in parts if isinstance(each, Ending)}
    return Round(requests, endings)


@pytest.mark.parametrize("action_type", ["APPROVE", "REJECT", "WITHDRAW", "CANCEL"])
def test_a_decision_a_withdrawal_and_a_cancellation_end_the_requests_of_their_step_and_round(action_type):
    event = an_incoming_event(action_type=action_type, by=CY, round=3, sequence=7)
    owner = event.data.action_owner
    resolution = Resolution(event.event_id, 7, action_type, owner, event.occurred_at)
    assert list(ended_rounds(event)) == [(3, Ending("manager", resolution))]


def test_a_request_in_a_later_round_ends_all_steps_of_the_round_before():
    [(number, ending)] = endings_of("REQUEST", 4, round=2)
    assert (number, ending.step_id, ending.resolution.action_type) == (1, None, "REQUEST")


@pytest.mark.parametrize(("action_type", "number"), [("REQUEST", 1), ("SAVE", 2), ("ESCALATE", 2)])
def test_a_first_request_and_other_actions_end_nothing(action_type, number):
    assert endings_of(action_type, 2, round=number) == []


def test_the_resolution_is_the_first_action_after_the_request_in_whatever_order_they_are_added():
    parts = [a_request(2), an_ending("REJECT", 3), an_ending("REQUEST", 4, round=2)]
    for order in permutations(parts):
        resolution = a_round(*order).resolution_of(2)
        assert resolution is not None
        assert (resolution.sequence, resolution.action_type) == (3, "REJECT")


def test_an_action_does_not_end_a_request_that_comes_after_it():
    withdrawn_and_requested_again = a_round(a_request(2), an_ending("WITHDRAW", 3), a_request(4))
    assert withdrawn_and_requested_again.resolution_of(4) is None
    assert [ids for ids, _ in withdrawn_and_requested_again.resolved_by(3)] == [a_request(2).notification_ids]


def test_an_action_ends_the_requests_of_its_own_step_only_and_one_without_a_step_those_of_all():
    first, second = a_request(2), a_request(3, "director")
    approved = a_round(first, second, an_ending("APPROVE", 4))
    assert [approved.resolution_of(2) is None, approved.resolution_of(3) is None] == [False, True]
    canceled = a_round(first, second, an_ending("CANCEL", 4, stepId=None))
    assert [ids for ids, _ in canceled.resolved_by(4)] == [first.notification_ids, second.notification_ids]


def test_a_request_that_is_not_known_has_no_resolution():
    assert a_round(an_ending("APPROVE", 4)).resolution_of(2) is None


def test_recipients_before_an_action_are_those_of_earlier_requests():
    known = a_round(
        a_request(2, recipients=(BO, CY)), a_request(4, recipients=(DEE,)), a_request(6, recipients=(ANN,))
    )
    assert known.recipients_before(5) == {BO, CY, DEE}
    assert known.recipients_before(2) == frozenset()
