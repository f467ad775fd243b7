"""The function or a queue fails after the commit: the action is done, and its event stays in the outbox.

The killed function is the deployed zip's handler in its own process. It gets SIGKILL when its message arrives at the
test's stub of SQS. `test_relay.py` checks what happens to these events later.
"""

import json
import signal

import pytest

from harness.problems import expect_problem
from harness.stuck_events import KILLED, QUEUE_MISSING, SQS_UNAVAILABLE

# In one worker, with events that are created once.
pytestmark = [pytest.mark.waits, pytest.mark.xdist_group("stuck events")]


@pytest.mark.parametrize("case", KILLED)
def test_the_action_of_a_killed_function_is_done_and_its_event_is_pending(case: str, stuck_event):
    stuck = stuck_event(case)
    assert stuck.exit_code == -signal.SIGKILL
    assert stuck.pending == [1]
    workflow = stuck.scenario.requester.get_workflow(stuck.workflow_id)
    assert (workflow["status"], workflow["version"]) == ("PENDING", 1)
    workflow = stuck.scenario.approver.get_workflow(stuck.workflow_id)
    assert workflow["allowedActions"] == ["APPROVE", "REJECT"]


def test_an_event_that_no_queue_received_is_in_neither_service(stuck_event):
    stuck = stuck_event("killed before a queue has it")
    assert (stuck.records, stuck.notifications) == (0, 0)


def test_an_event_that_only_the_audit_queue_received_creates_no_notification(stuck_event):
    assert stuck_event("killed between the two queues").notifications == 0


@pytest.mark.parametrize("case", [SQS_UNAVAILABLE, QUEUE_MISSING])
def test_the_response_is_a_success_when_a_message_cannot_be_sent(case: str, stuck_event):
    stuck = stuck_event(case)
    assert stuck.response["statusCode"] == 201
    assert json.loads(stuck.response["body"])["status"] == "PENDING"
    assert stuck.pending == [1]


def test_a_retry_after_the_function_was_killed_changes_nothing(stuck_event):
    """The caller got an error and sends the request again: the response says that the workflow is already pending."""
    stuck = stuck_event("killed before a queue has it")
    response = stuck.scenario.requester.act(stuck.workflow_id, "REQUEST")
    expect_problem(response, 409, "already-pending")
    assert stuck.scenario.requester.get_workflow(stuck.workflow_id)["version"] == 1
