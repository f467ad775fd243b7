"""One expense report from draft to approval, over HTTP and MQTT."""

from __future__ import annotations

import time
from contextlib import ExitStack
from functools import partial
from typing import Any

from local_cloud.api import Answer
from local_cloud.errors import CloudError
from local_cloud.mqtt import Received, Subscriber
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until
from story.cast import Person
from story.offline import verify_offline
from story.printer import StoryPrinter

_TITLE = "Train to Basel"
_EVENTS = 5
# A message whose first delivery fails comes back when its visibility ends, after six times the function's 30 s.
_PATIENCE = 240.0


def tell(cloud: RunningCloud, teller: StoryPrinter) -> None:
    """Play the story and print it.

    Raises:
        CloudError: something did not happen as told.
    """
    requester, approver, auditor, admin = (
        Person.of(cloud, account) for account in ("requester", "approver", "auditor", "admin")
    )
    teller.heading("The story, each step with its latency")
    teller.did(
        "admin",
        "defines the scheme “expense”: anybody of the group approvers approves",
        admin.defines_the_scheme(),
    )
    with ExitStack() as listening:
        inboxes = {
            each.name: listening.enter_context(
                cloud.subscriber(each.signed_in, partial(teller.arrived, each.name))
            )
            for each in (requester, approver)
        }
        workflow_id = _play(requester, approver, inboxes, teller)
    _show_proof(auditor, workflow_id, teller)


def _play(requester: Person, approver: Person, inboxes: dict[str, Subscriber], teller: StoryPrinter) -> str:
    """The five actions, each followed by the notification it causes. Returns the workflow's id."""
    teller.begins()
    saved = requester.saves(_TITLE, {"amount": 184, "currency": "CHF", "purpose": "customer visit"})
    teller.did("requester", f"SAVE “{_TITLE}”", saved)
    workflow_id: str = saved.body["workflowId"]

    def acts(who: Person, told: str, kind: str, action_type: str, **rest: Any) -> None:
        teller.begins()
        answer = who.acts(workflow_id, action_type, **rest)
        teller.did(who.name, _sentence(action_type, answer, rest.get("comment")), answer)
        with teller.waiting_for(f"{told}'s notification"):
            inboxes[told].wait_for(partial(_is_about, workflow_id, answer.body["version"], kind), _PATIENCE)

    acts(requester, "approver", "APPROVAL_REQUESTED", "REQUEST")
    acts(approver, "requester", "REJECTED", "REJECT", comment="The receipt is missing")
    acts(requester, "approver", "APPROVAL_REQUESTED", "REQUEST", comment="Receipt R-1042 added")
    acts(approver, "requester", "APPROVED", "APPROVE")
    return workflow_id


def _show_proof(auditor: Person, workflow_id: str, teller: StoryPrinter) -> None:
    """The audit trail as the auditor finds it, and whether its chain holds."""
    teller.heading("The audit trail")
    began = time.monotonic()

    def complete() -> list[dict[str, Any]] | None:
        found = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"]
        return found if len(found) >= _EVENTS else None

    what = f"the workflow's {_EVENTS} audit records"
    with teller.waiting_for(what):
        records = wait_until(complete, what=what, patience=_PATIENCE)
    records.sort(key=lambda record: record["sealed"]["sequence"])
    teller.audit_trail(records, time.monotonic() - began)

    verified = auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200)
    if verified.body["verdict"] != "intact":
        raise CloudError(f"The chain of {workflow_id} is broken: {verified.body['breaks']}")
    teller.verdict(verified.body, verified.seconds)

    began = time.monotonic()
    offline = verify_offline(auditor.api, [record["datasetId"] for record in records])
    if offline.returncode != 0:
        raise CloudError(f"countersign-verify says: {offline.stdout}{offline.stderr}")
    teller.intact_offline(time.monotonic() - began)


def _sentence(action_type: str, answer: Answer, comment: str | None) -> str:
    said = f", “{comment}”" if comment else ""
    return f"{action_type}{said} → {answer.body['status']}, round {answer.body['round']}"


def _is_about(workflow_id: str, sequence: int, kind: str, received: Received) -> bool:
    notification = received.notification
    about = (notification["workflowId"], notification["sequence"], notification["type"])
    return about == (workflow_id, sequence, kind)
