"""The scheduled relay publishes stuck events, each exactly once.

No test invokes the relay: the deployed schedule does.
"""

import pytest

from harness.stores import Stores
from harness.stuck_events import KILLED, QUEUE_MISSING, SQS_UNAVAILABLE
from local_cloud.people import Person
from local_cloud.waiting import wait_until

# Seconds: 30 until an event is old enough, 60 between two runs, and the runs themselves on a busy machine.
_TIMEOUT = 150

# In one worker, with events that are created once.
pytestmark = [pytest.mark.waits, pytest.mark.xdist_group("stuck events")]


@pytest.mark.parametrize("case", [*KILLED, SQS_UNAVAILABLE, QUEUE_MISSING])
def test_a_stuck_event_creates_one_record_and_one_notification_for_each_approver(
    case: str, stuck_event, stores: Stores, auditor: Person
):
    stuck = stuck_event(case)
    wait_until(lambda: stores.pending(stuck.workflow_id) == [], timeout=_TIMEOUT, interval=0.5)
    wait_until(lambda: len(stores.audit_records(stuck.workflow_id)) == 1, timeout=20)
    for person in (stuck.scenario.approver, stuck.second_approver):
        wait_until(lambda user_id=person.user_id: len(stores.notifications(user_id)) == 1, timeout=20)

    found = wait_until(
        lambda: auditor.api.get("/audit-trail", workflowId=stuck.workflow_id).expect(200).body["items"],
        timeout=10,
    )
    assert [record["sealed"]["workflow"]["sequence"] for record in found] == [1]
    verdict = auditor.api.get(f"/workflows/{stuck.workflow_id}/verification").expect(200).body
    assert (verdict["verdict"], verdict["events"]) == ("valid", 1)
    assert stuck.scenario.requester.list_notifications() == []


def test_a_workflow_with_a_published_stuck_event_can_be_decided(stuck_event, stores: Stores, auditor: Person):
    stuck = stuck_event("killed before a queue has it")
    wait_until(lambda: stores.pending(stuck.workflow_id) == [], timeout=_TIMEOUT, interval=0.5)
    stuck.scenario.approver.act(stuck.workflow_id, "APPROVE").expect(200)
    wait_until(lambda: len(stores.audit_records(stuck.workflow_id)) == 2, timeout=20)
    verdict = auditor.api.get(f"/workflows/{stuck.workflow_id}/verification").expect(200).body
    assert (verdict["verdict"], verdict["events"]) == ("valid", 2)
