"""The scheduled relay hands on what was stuck_events: everything arrives, and arrives once.

Nothing here invokes the relay: the deployed schedule does.
"""

import pytest

from harness.stores import Stores
from harness.stuck_events import KILLED, QUEUE_MISSING, SQS_UNAVAILABLE
from local_cloud.people import Person
from local_cloud.waiting import wait_until

# Half a minute until an event is old enough, a minute between two runs, and the runs of a busy machine.
_WITHIN = 150


@pytest.mark.parametrize("story", [*KILLED, SQS_UNAVAILABLE, QUEUE_MISSING])
def test_a_stranded_event_is_recorded_and_told_exactly_once(
    story: str, stuck_events, stores: Stores, auditor: Person
):
    left = stuck_events[story]
    wait_until(lambda: stores.pending(left.workflow_id) == [], timeout=_WITHIN, interval=0.5)
    wait_until(lambda: len(stores.audit_records(left.workflow_id)) == 1, timeout=20)
    for person in (left.scenario.approver, left.second_approver):
        wait_until(lambda who=person: len(stores.notifications(who.user_id)) == 1, timeout=20)

    found = wait_until(
        lambda: auditor.api.get("/audit-trail", workflowId=left.workflow_id).expect(200).body["items"],
        timeout=10,
    )
    assert [each["sealed"]["sequence"] for each in found] == [1]
    verdict = auditor.api.get(f"/workflows/{left.workflow_id}/verification").expect(200).body
    assert (verdict["verdict"], verdict["events"]) == ("intact", 1)
    assert left.scenario.requester.list_notifications() == []


def test_a_stranded_workflow_goes_on_as_if_nothing_had_been(stuck_events, stores: Stores, auditor: Person):
    left = stuck_events["killed before a queue has it"]
    wait_until(lambda: stores.pending(left.workflow_id) == [], timeout=_WITHIN, interval=0.5)
    left.scenario.approver.act(left.workflow_id, "APPROVE").expect(200)
    wait_until(lambda: len(stores.audit_records(left.workflow_id)) == 2, timeout=20)
    verdict = auditor.api.get(f"/workflows/{left.workflow_id}/verification").expect(200).body
    assert (verdict["verdict"], verdict["events"]) == ("intact", 2)
