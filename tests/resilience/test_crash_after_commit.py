"""The function dies, or a queue does, after the commit: the action stands, and its event is kept in the outbox.

The function that is killed is the deployed zip's handler in a process of its own, ended by SIGKILL when its send
arrives at a listener of the test; nothing in the product knows of it. What becomes of these events is told in
`test_the_relay.py`.
"""

import json
import signal

import pytest

from harness.stuck_events import KILLED, QUEUE_MISSING, SQS_UNAVAILABLE


@pytest.mark.parametrize("story", KILLED)
def test_a_killed_function_leaves_the_action_done_and_its_event_pending(story: str, stuck_events):
    left = stuck_events[story]
    assert left.exit_code == -signal.SIGKILL
    assert left.pending == [1]
    seen = left.scenario.requester.get_workflow(left.workflow_id)
    assert (seen["status"], seen["version"]) == ("PENDING", 1)
    assert left.scenario.approver.get_workflow(left.workflow_id)["allowedActions"] == ["APPROVE", "REJECT"]


def test_what_no_queue_had_is_nowhere(stuck_events):
    left = stuck_events["killed before a queue has it"]
    assert (left.records, left.notifications) == (0, 0)


def test_what_one_queue_had_is_with_that_one_only(stuck_events):
    left = stuck_events["killed between the two queues"]
    assert left.notifications == 0


@pytest.mark.parametrize("story", [SQS_UNAVAILABLE, QUEUE_MISSING])
def test_a_refused_send_is_not_the_callers_trouble(story: str, stuck_events):
    left = stuck_events[story]
    assert left.response["statusCode"] == 201
    assert json.loads(left.response["body"])["status"] == "PENDING"
    assert left.pending == [1]


def test_a_retry_of_the_caller_whose_function_was_killed_is_not_needed_and_does_no_harm(stuck_events):
    """The caller saw an error and asks again: the workflow says that it is pending already."""
    left = stuck_events["killed before a queue has it"]
    answer = left.scenario.requester.act(left.workflow_id, "REQUEST")
    assert (answer.status, answer.body["type"]) == (409, "urn:countersign:problem:already-pending")
