"""Routes of the verification of a workflow, and of the evidence to verify it elsewhere."""

from typing import Any

from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.http.cursors import Cursors
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import Route
from countersign_common.proof.hash_chain import ChainPosition

from audit_service.bootstrap.api import ApiService
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.keys import is_key
from audit_service.handlers.log import checkpoint_view
from audit_service.ports import WorkflowPosition
from audit_service.schemas import examples, requests, verification_responses
from audit_service.schemas.serialization import evidence_text
from audit_service.use_cases.verify_workflow import VerificationPosition

_MAX_SEQUENCE = 2**53 - 1
_STORED_LIMIT = 10**38
"""DynamoDB's numbers have 38 digits."""
_HASH_DIGITS = frozenset("0123456789abcdef")


def verify_workflow(request: Request, service: ApiService) -> Response:
    """Verify a workflow's records against their chain, the log and the workflow service's manifests.

    A page has at most 1,000 records. Verify all pages: each is checked for itself and against the page before it, and
    the last one also for records that are missing at the end. A cursor is not secret and not signed; one that you make
    yourself only changes what is verified for you.

    Immediately after the first action, a workflow can be unknown (404) until its event is recorded.
    """
    workflow_id = request.path["workflow_id"]
    cursors = Cursors(_verification_position, request.route, workflow_id, request.caller.user_id)
    verification = service.verify_workflow(workflow_id, request.caller, cursors.read(request.query["cursor"]))
    verdict, position = verification.verdict, verification.next_position
    cursor = None
    if position is not None:
        record, chain = position.record, position.chain
        cursor = cursors.write([record.sequence, record.dataset_id, chain.sequence, chain.previous_hash])
    return ok(
        {
            "workflow_id": workflow_id,
            "verdict": "valid" if verdict.is_valid else "invalid",
            "events": verdict.events,
            "sealed": verdict.sealed,
            "pending": verdict.pending,
            "head_hash": verdict.head_hash,
            "first": verdict.first,
            "last": verdict.last,
            "cursor": cursor,
            "checked": {check.value: result.value for check, result in verdict.checked.items()},
            "attested": verdict.attested,
            "checkpoint": None
            if verification.checkpoint is None
            else checkpoint_view(verification.checkpoint),
            "findings": verdict.findings,
        }
    )


def get_evidence(request: Request, service: ApiService) -> Response:
    """Get a workflow's evidence, which `countersign-verify` verifies without this deployment.

    The records are as they are stored, byte for byte, those that can't be read included. Each page is complete in
    itself. Participants don't get who acted, the content of other users' drafts, and manifests, which name other
    workflows; admins and auditors get everything.
    """
    workflow_id = request.path["workflow_id"]
    cursors = Cursors(_record_position, request.route, workflow_id, request.caller.user_id)
    evidence = service.get_evidence(workflow_id, request.caller, cursors.read(request.query["cursor"]))
    last = evidence.next_position
    cursor = cursors.write(None if last is None else [last.sequence, last.dataset_id])
    return Response(json_text=evidence_text(evidence, cursor))


def _record_position(value: Any) -> WorkflowPosition:
    match value:
        # As the table has them, so that a forged record doesn't end the verification.
        case [int(sequence), str(dataset_id)] if _is_stored_number(sequence) and is_key(dataset_id):
            return WorkflowPosition(sequence, dataset_id)
    raise ValueError("not a position of this list")


def _verification_position(value: Any) -> VerificationPosition:
    match value:
        case [*record, int(sequence), str(previous_hash)] if _is_sequence(sequence):
            if len(previous_hash) == 64 and _HASH_DIGITS.issuperset(previous_hash):
                return VerificationPosition(_record_position(record), ChainPosition(sequence, previous_hash))
    raise ValueError("not a position of this list")


def _is_stored_number(number: int) -> bool:
    return type(number) is int and abs(number) < _STORED_LIMIT


def _is_sequence(number: int) -> bool:
    # Not only int(): True is an int, too.
    return type(number) is int and 1 <= number <= _MAX_SEQUENCE


ROUTES = (
    Route[ApiService](
        "GET /workflows/{workflowId}/verification",
        verify_workflow,
        path=requests.WorkflowPath,
        query=requests.WorkflowPageQuery,
        response=verification_responses.Verification,
        response_example=examples.VERIFICATION,
        errors=(NotFoundError, LogDamagedError, StoreUnavailableError),
    ),
    Route[ApiService](
        "GET /workflows/{workflowId}/evidence",
        get_evidence,
        path=requests.WorkflowPath,
        query=requests.WorkflowPageQuery,
        response=verification_responses.Evidence,
        response_example=examples.EVIDENCE,
        errors=(NotFoundError, LogDamagedError, StoreUnavailableError),
    ),
)
