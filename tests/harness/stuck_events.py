"""Events that stay in the outbox because a function or a queue fails right after the commit."""

import signal
from dataclasses import dataclass
from typing import Any

from harness.functions import copy_of, own_process
from harness.http_event import http_event
from harness.producers import producer_sqs
from harness.scenario import Scenario
from harness.sqs_stub import QueueBehavior, sqs_stub
from harness.stores import Stores
from local_cloud.people import Person, claims_of
from local_cloud.running import RunningCloud

SQS_UNAVAILABLE = "SQS returns 503"
QUEUE_MISSING = "one queue doesn't exist"
_NO_RESPONSE = QueueBehavior.DELIVER_WITHOUT_RESPONSE

# Case → behavior of the audit-trail queue and of the notifications queue, and the number of messages after which the
# function is killed.
KILLED = {
    "killed before a queue has it": (QueueBehavior.HOLD, QueueBehavior.HOLD, 1),
    "killed between the two queues": (QueueBehavior.DELIVER, QueueBehavior.HOLD, 2),
    "killed before it is removed from the outbox": (_NO_RESPONSE, _NO_RESPONSE, 2),
}


@dataclass(frozen=True)
class StuckEvent:
    """A pending workflow whose only event is still in the outbox.

    Attributes:
        exit_code: Exit code of the killed process, or None.
        response: Response of the function that wasn't killed, or None.
        pending: Sequences in the outbox.
        records: Number of audit records.
        notifications: Number of the approver's notifications.
    """

    scenario: Scenario
    second_approver: Person
    workflow_id: str
    exit_code: int | None
    response: dict[str, Any] | None
    pending: list[int]
    records: int
    notifications: int


def create_stuck_events(cloud: RunningCloud) -> dict[str, StuckEvent]:
    """Create one stuck event for each case."""
    events = {case: _kill(cloud, *arguments) for case, arguments in KILLED.items()}
    with sqs_stub(producer_sqs(cloud), QueueBehavior.UNAVAILABLE, QueueBehavior.UNAVAILABLE) as stub:
        events[SQS_UNAVAILABLE] = _fail(cloud, AWS_ENDPOINT_URL_SQS=stub.url)
    missing = f"{cloud.outputs['notifications_queue_url']}-gone"
    return {**events, QUEUE_MISSING: _fail(cloud, NOTIFICATIONS_QUEUE_URL=missing)}


def _kill(
    cloud: RunningCloud, audit_trail: QueueBehavior, notifications: QueueBehavior, messages: int
) -> StuckEvent:
    """Kill the handler while it waits for a queue's response, after the transaction is committed."""
    scenario = Scenario.create(cloud)
    second_approver = scenario.add_approver()
    with (
        sqs_stub(producer_sqs(cloud), audit_trail, notifications) as stub,
        own_process(cloud, "workflow-api", request_event(scenario), AWS_ENDPOINT_URL_SQS=stub.url) as process,
    ):
        stub.wait_for(messages)
        process.send_signal(signal.SIGKILL)
        exit_code = process.wait(10)
    return _stuck_event(scenario, second_approver, exit_code, None)


def _fail(cloud: RunningCloud, **environment: str) -> StuckEvent:
    """Invoke a copy of the function with a variable that makes its sends fail."""
    scenario = Scenario.create(cloud)
    second_approver = scenario.add_approver()
    with copy_of(cloud, "workflow-api", **environment) as name:
        response = cloud.invoke(name, request_event(scenario))
    return _stuck_event(scenario, second_approver, None, response)


def request_event(scenario: Scenario) -> dict[str, Any]:
    """Return the event of POST /workflows with a REQUEST by the scenario's requester."""
    body = {"actionType": "REQUEST", "scheme": scenario.scheme, "title": "Train", "data": {"amount": 184}}
    return http_event(claims_of(scenario.requester.id_token), "POST /workflows", body)


def _stuck_event(
    scenario: Scenario, second_approver: Person, exit_code: int | None, response: dict[str, Any] | None
) -> StuckEvent:
    stores = Stores(scenario.cloud)
    (workflow,) = stores.workflows_of(scenario.requester.user_id)
    workflow_id = str(workflow["pk"]).partition("#")[2]
    return StuckEvent(
        scenario,
        second_approver,
        workflow_id,
        exit_code,
        response,
        stores.pending(workflow_id),
        len(stores.audit_records(workflow_id)),
        len(stores.notifications(scenario.approver.user_id)),
    )
