"""Events that were stuck_events: committed, and then something died before the queues had them or were known to."""

import signal
from dataclasses import dataclass
from typing import Any

from harness.functions import copy_of, invoke, own_process
from harness.http_event import http_event
from harness.people import Person
from harness.scenario import Scenario
from harness.sqs_stub import QueueBehavior, sqs_stub
from harness.stores import Stores
from local_cloud.running import RunningCloud

CREATE = "POST /workflows"
REFUSED = "SQS refuses both"
NO_QUEUE = "one queue is not there"

# story → what becomes of the audit trail's message, of the notifications' message, after how many arrivals it is killed
KILLED = {
    "killed before a queue has it": (QueueBehavior.HOLD, QueueBehavior.HOLD, 1),
    "killed between the two queues": (QueueBehavior.DELIVER, QueueBehavior.HOLD, 2),
    "killed before it is struck out": (QueueBehavior.DELIVER_IN_SILENCE, QueueBehavior.DELIVER_IN_SILENCE, 2),
}


@dataclass(frozen=True)
class StuckEvent:
    """A pending workflow whose one event is still in the outbox.

    Attributes:
        scenario: who takes part.
        colleague: the second of the two approvers.
        workflow_id: of the workflow.
        exit_code: of the function's process; None of one that was not killed.
        answer: what the function answered; None of one that was killed.
        pending, records, told: right after: sequences in the outbox, audit records, notifications of the approver.
    """

    scenario: Scenario
    colleague: Person
    workflow_id: str
    exit_code: int | None
    answer: dict[str, Any] | None
    pending: list[int]
    records: int
    told: int


def create_stuck_events(cloud: RunningCloud) -> dict[str, StuckEvent]:
    """Strand one event in each way; by story."""
    stores = Stores(cloud)
    killed = {story: _killed(cloud, stores, *how) for story, how in KILLED.items()}
    with sqs_stub(cloud, QueueBehavior.REFUSE, QueueBehavior.REFUSE) as refusing:
        refused = _answered(cloud, stores, AWS_ENDPOINT_URL_SQS=refusing.url)
    nowhere = f"{cloud.outputs['notifications_queue_url']}-gone"
    return {**killed, REFUSED: refused, NO_QUEUE: _answered(cloud, stores, NOTIFICATIONS_QUEUE_URL=nowhere)}


def _killed(
    cloud: RunningCloud,
    stores: Stores,
    audit_trail: QueueBehavior,
    notifications: QueueBehavior,
    arrivals: int,
) -> StuckEvent:
    """The deployed zip's handler, killed while it waits for a queue's answer: the transaction is committed by then."""
    scenario = Scenario.create(cloud)
    colleague = scenario.add_approver()
    with (
        sqs_stub(cloud, audit_trail, notifications) as listener,
        own_process(cloud, "workflow-api", _request(scenario), AWS_ENDPOINT_URL_SQS=listener.url) as process,
    ):
        listener.wait_for(arrivals)
        process.send_signal(signal.SIGKILL)
        exit_code = process.wait(10)
    return _seen(stores, scenario, colleague, exit_code, None)


def _answered(cloud: RunningCloud, stores: Stores, **environment: str) -> StuckEvent:
    """A copy of the deployed function, one variable of which points at what does not work."""
    scenario = Scenario.create(cloud)
    colleague = scenario.add_approver()
    with copy_of(cloud, "workflow-api", **environment) as name:
        answer = invoke(cloud, name, _request(scenario))
    return _seen(stores, scenario, colleague, None, answer)


def _request(scenario: Scenario) -> dict[str, Any]:
    body = {"actionType": "REQUEST", "scheme": scenario.scheme, "title": "Train", "data": {"amount": 184}}
    return http_event(scenario.requester, CREATE, body)


def _seen(
    stores: Stores,
    scenario: Scenario,
    colleague: Person,
    exit_code: int | None,
    answer: dict[str, Any] | None,
) -> StuckEvent:
    (workflow,) = stores.workflows_of(scenario.requester.user_id)
    workflow_id = str(workflow["pk"]).partition("#")[2]
    return StuckEvent(
        scenario,
        colleague,
        workflow_id,
        exit_code,
        answer,
        stores.pending(workflow_id),
        len(stores.audit_records(workflow_id)),
        len(stores.notifications(scenario.approver.user_id)),
    )
