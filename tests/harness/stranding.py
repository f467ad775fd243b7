"""Events that were stranded: committed, and then something died before the queues had them or were known to."""

import signal
from dataclasses import dataclass
from typing import Any

from embedded_cloud.running import RunningCloud
from harness.functions import copy_of, invoke, own_process
from harness.http_event import http_event
from harness.office import Office
from harness.people import Person
from harness.queue_stand_in import Does, queue_stand_in
from harness.stores import Stores

CREATE = "POST /workflows"
REFUSED = "SQS refuses both"
NO_QUEUE = "one queue is not there"

# story → what becomes of the audit trail's message, of the notifications' message, after how many arrivals it is killed
KILLED = {
    "killed before a queue has it": (Does.HOLD, Does.HOLD, 1),
    "killed between the two queues": (Does.DELIVER, Does.HOLD, 2),
    "killed before it is struck out": (Does.DELIVER_IN_SILENCE, Does.DELIVER_IN_SILENCE, 2),
}


@dataclass(frozen=True)
class Stranded:
    """A pending workflow whose one event is still in the outbox.

    Attributes:
        office: who takes part.
        colleague: the second of the two approvers.
        workflow_id: of the workflow.
        exit_code: of the function's process; None of one that was not killed.
        answer: what the function answered; None of one that was killed.
        pending, records, told: right after: sequences in the outbox, audit records, notifications of the approver.
    """

    office: Office
    colleague: Person
    workflow_id: str
    exit_code: int | None
    answer: dict[str, Any] | None
    pending: list[int]
    records: int
    told: int


def strand(cloud: RunningCloud) -> dict[str, Stranded]:
    """Strand one event in each way; by story."""
    stores = Stores(cloud)
    killed = {story: _killed(cloud, stores, *how) for story, how in KILLED.items()}
    with queue_stand_in(cloud, Does.REFUSE, Does.REFUSE) as refusing:
        refused = _answered(cloud, stores, AWS_ENDPOINT_URL_SQS=refusing.url)
    nowhere = f"{cloud.outputs['notifications_queue_url']}-gone"
    return {**killed, REFUSED: refused, NO_QUEUE: _answered(cloud, stores, NOTIFICATIONS_QUEUE_URL=nowhere)}


def _killed(
    cloud: RunningCloud, stores: Stores, audit_trail: Does, notifications: Does, arrivals: int
) -> Stranded:
    """The deployed zip's handler, killed while it waits for a queue's answer: the transaction is committed by then."""
    office = Office.opened(cloud)
    colleague = office.colleague()
    with (
        queue_stand_in(cloud, audit_trail, notifications) as listener,
        own_process(cloud, "workflow-api", _request(office), AWS_ENDPOINT_URL_SQS=listener.url) as process,
    ):
        listener.wait_for(arrivals)
        process.send_signal(signal.SIGKILL)
        exit_code = process.wait(10)
    return _seen(stores, office, colleague, exit_code, None)


def _answered(cloud: RunningCloud, stores: Stores, **environment: str) -> Stranded:
    """A copy of the deployed function, one variable of which points at what does not work."""
    office = Office.opened(cloud)
    colleague = office.colleague()
    with copy_of(cloud, "workflow-api", **environment) as name:
        answer = invoke(cloud, name, _request(office))
    return _seen(stores, office, colleague, None, answer)


def _request(office: Office) -> dict[str, Any]:
    body = {"actionType": "REQUEST", "scheme": office.scheme, "title": "Train", "data": {"amount": 184}}
    return http_event(office.requester, CREATE, body)


def _seen(
    stores: Stores, office: Office, colleague: Person, exit_code: int | None, answer: dict[str, Any] | None
) -> Stranded:
    (workflow,) = stores.workflows_of(office.requester.user_id)
    workflow_id = str(workflow["pk"]).partition("#")[2]
    return Stranded(
        office,
        colleague,
        workflow_id,
        exit_code,
        answer,
        stores.pending(workflow_id),
        len(stores.audit_records(workflow_id)),
        len(stores.notifications(office.approver.user_id)),
    )
