"""One expense report from draft to approval, over HTTP and MQTT."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from contextlib import ExitStack
from functools import partial
from typing import Any

from local_cloud.api import Api, Response
from local_cloud.errors import CloudError
from local_cloud.mqtt import ReceivedNotification, Subscriber
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until
from story.printer import StoryPrinter

_TITLE = "Train to Basel"
_SCHEME_ID = "expense"
_STEP = {"stepId": "approval", "name": "Approval", "approvers": {"users": [], "groups": ["approvers"]}}
_SCHEME = {"name": "Expense report", "steps": [_STEP]}
_EVENTS = 5
# If the first delivery of a message fails, the next one follows after six times the function's timeout of 30 s.
_TIMEOUT = 240.0


def run_story(cloud: RunningCloud, printer: StoryPrinter) -> None:
    """Run the story and print it.

    Raises:
        CloudError: A step has another result than expected.
    """
    requester, approver, auditor, admin = map(cloud.sign_in, ("requester", "approver", "auditor", "admin"))
    printer.heading("One approval, each step with its latency")
    response = admin.api.put(f"/schemes/{_SCHEME_ID}", _SCHEME).expect(200, 201)
    printer.action(
        admin, "defines the scheme “expense”: any member of the group approvers approves", response
    )
    with ExitStack() as stack:
        inboxes = {
            each.name: stack.enter_context(each.subscribe(partial(printer.notification, each)))
            for each in (requester, approver)
        }
        workflow_id = _approve(requester, approver, inboxes, printer)
    _show_audit_trail(cloud, auditor, workflow_id, printer)


def get_evidence(api: Api, workflow_id: str) -> str:
    """Return all pages of a workflow's evidence, one on each line, as an auditor keeps them."""
    pages = api.pages(f"/workflows/{workflow_id}/evidence")
    return "\n".join(json.dumps(page, ensure_ascii=False) for page in pages)


def verify_offline(evidence: str, key: str) -> subprocess.CompletedProcess[str]:
    """Run `countersign-verify` on evidence, as an outside auditor does.

    Args:
        evidence: What `get_evidence` returns.
        key: The log's verifier key. Terraform prints it.

    Returns:
        Its exit code (0 valid, 1 findings, 2 unusable) and its output.
    """
    command = [sys.executable, "-m", "countersign_verify", "-", "--key", key]
    return subprocess.run(command, input=evidence, capture_output=True, text=True, check=False)


def forge_newest(evidence: str) -> str:
    """Return a copy of evidence whose newest record has another outcome, and the hash of its new text."""
    *pages, last = map(json.loads, evidence.splitlines())
    record = last["records"][-1]
    sealed = record["sealed"].replace('"outcome":"APPROVED"', '"outcome":"REJECTED"')
    record |= {"sealed": sealed, "hash": hashlib.sha256(sealed.encode()).hexdigest()}
    return "\n".join(map(json.dumps, (*pages, last)))


def _approve(
    requester: Person, approver: Person, inboxes: dict[str, Subscriber], printer: StoryPrinter
) -> str:
    """Perform five actions and wait for the notification of each. Return the workflow's id."""
    data = {"amount": 184, "currency": "CHF", "purpose": "customer visit"}
    printer.start_action()
    response = requester.create_workflow(_SCHEME_ID, title=_TITLE, data=data)
    printer.action(requester, f"SAVE “{_TITLE}”", response)
    workflow_id: str = response.body["workflowId"]

    def act(actor: Person, recipient: Person, notification_type: str, action_type: str, **body: Any) -> None:
        nonlocal response
        printer.start_action()
        version = response.body["version"]
        response = actor.act(workflow_id, action_type, if_match=version, **body).expect(200)
        printer.action(actor, _describe(action_type, response, body.get("comment")), response)
        expected = (workflow_id, response.body["version"], notification_type)
        with printer.waiting_for(f"{recipient.name}'s notification"):
            inboxes[recipient.name].wait_for(lambda received: _key(received) == expected, _TIMEOUT)

    act(requester, approver, "APPROVAL_REQUESTED", "REQUEST")
    act(approver, requester, "REJECTED", "REJECT", comment="The receipt is missing")
    act(requester, approver, "APPROVAL_REQUESTED", "REQUEST", comment="Receipt R-1042 added")
    act(approver, requester, "APPROVED", "APPROVE")
    return workflow_id


def _show_audit_trail(cloud: RunningCloud, auditor: Person, workflow_id: str, printer: StoryPrinter) -> None:
    """Find the audit records, and prove them."""
    printer.heading("The audit trail")
    started = time.monotonic()

    def all_records() -> list[dict[str, Any]] | None:
        found = auditor.api.get("/audit-trail", workflowId=workflow_id).expect(200).body["items"]
        return found if len(found) >= _EVENTS else None

    what = f"{_EVENTS} audit records"
    with printer.waiting_for(what):
        records = wait_until(all_records, timeout=_TIMEOUT, what=what, interval=0.1)
    # Search returns the newest first.
    records.reverse()
    printer.audit_trail(records, time.monotonic() - started)

    _show_proof(cloud, auditor, workflow_id, printer)


def _show_proof(cloud: RunningCloud, auditor: Person, workflow_id: str, printer: StoryPrinter) -> None:
    """Verify the records online, and their evidence offline; then change a copy, and show that it is found."""
    printer.heading("The proof")

    def sealed() -> Response | None:
        cloud.invoke_when_free("audit-seal-checkpoint")  # the schedule does the same every minute
        response = auditor.api.get(f"/workflows/{workflow_id}/verification").expect(200)
        return response if response.body["sealed"] == _EVENTS else None

    with printer.waiting_for("the log's next checkpoint"):
        verification = wait_until(sealed, timeout=_TIMEOUT, what="a checkpoint with the records", interval=1)
    checkpoint = auditor.api.get("/audit-trail/checkpoint").expect(200)
    text = "checkpoint of {origin}: size {size}, root {rootHash:.16}".format_map(checkpoint.body)
    printer.proof("log", text, checkpoint.seconds)
    if verification.body["verdict"] != "valid":
        raise CloudError(f"The records of {workflow_id} are not valid: {verification.body['findings']}")
    text = "{verdict}: {events} records, {sealed} in the log, head {headHash:.16}".format_map(
        verification.body
    )
    printer.proof("API", text, verification.seconds)

    evidence = get_evidence(auditor.api, workflow_id)
    key, fingerprint = cloud.outputs["log_vkey"], cloud.outputs["log_fingerprint"]
    started = time.monotonic()
    offline = verify_offline(evidence, key)
    if offline.returncode != 0:
        raise CloudError(f"countersign-verify: {offline.stdout}{offline.stderr}")
    text = f"countersign-verify, offline, with the key {fingerprint}: valid"
    printer.proof("verifier", text, time.monotonic() - started)

    started = time.monotonic()
    forged = verify_offline(forge_newest(evidence), key)
    if forged.returncode != 1 or "rewritten" not in forged.stdout:
        raise CloudError(f"countersign-verify accepts a forged copy: {forged.stdout}{forged.stderr}")
    text = f"a copy whose newest record says REJECTED: {_line_with('rewritten', forged.stdout)}"
    printer.proof("verifier", text, time.monotonic() - started, is_valid=False)


def _line_with(word: str, output: str) -> str:
    return next(line.strip() for line in output.splitlines() if word in line)


def _describe(action_type: str, response: Response, comment: str | None) -> str:
    text = f", “{comment}”" if comment else ""
    return f"{action_type}{text} → {response.body['status']}, round {response.body['round']}"


def _key(received: ReceivedNotification) -> tuple[str, int, str]:
    notification = received.notification
    return notification["workflowId"], notification["sequence"], notification["type"]
