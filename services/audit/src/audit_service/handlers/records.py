"""Routes of audit records."""

from typing import Any

from countersign_common.actors import principals_of
from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.http.cursors import Cursors
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import Route
from countersign_common.ids import is_id

from audit_service.bootstrap.api import ApiService
from audit_service.domain.errors import LogDamagedError, SearchUnavailableError, UnreadableRecordError
from audit_service.domain.search import Position
from audit_service.handlers.log import checkpoint_view
from audit_service.schemas import examples, log_responses, requests, responses
from audit_service.schemas.serialization import page_text, verifiable_record_text

# Milliseconds since 1970 of what a timestamp can be: the years 1 to 9999.
_EARLIEST, _LATEST = -62_135_596_800_000, 253_402_300_799_999

_ONLY_IF_SEALED = ("entry", "leaf_index", "leaf_hash", "tree_size", "proof", "checkpoint")


def search_records(request: Request, service: ApiService) -> Response:
    """Search the audit trail, newest first.

    You find the records that name you or one of your groups as a participant; admins and auditors find all records. A
    new record can be found about a second after it was stored.
    """
    filters, caller = request.query["filters"], request.caller
    cursors = Cursors(_position, request.route, vars(filters), sorted(principals_of(caller)))
    after = cursors.read(request.query["cursor"])
    page = service.search_audit_trail(filters, caller, after=after, limit=request.query["limit"])
    last = page.next_position
    cursor = cursors.write(None if last is None else [last.occurred_at, last.dataset_id])
    return Response(json_text=page_text(page, cursor, caller))


def get_record(request: Request, service: ApiService) -> Response:
    """Get a record with the texts that were hashed."""
    found = service.get_record(request.path["dataset_id"], request.caller)
    return Response(json_text=verifiable_record_text(found, request.caller))


def prove_record(request: Request, service: ApiService) -> Response:
    """Prove that a record is in the log.

    Compare the hash in `entry` with that of the record's sealed text, and verify the proof and the checkpoint.
    """
    dataset_id = request.path["dataset_id"]
    proof = service.prove_record(dataset_id, request.caller)
    if proof is None:
        return ok({"dataset_id": dataset_id, "state": "pending", **dict.fromkeys(_ONLY_IF_SEALED)})
    return ok(
        {
            "dataset_id": dataset_id,
            "state": "sealed",
            "entry": proof.entry.text,
            "leaf_index": proof.index,
            "leaf_hash": proof.leaf_hash.hex(),
            "tree_size": proof.checkpoint.signed.checkpoint.size,
            "proof": [each.hex() for each in proof.hashes],
            "checkpoint": checkpoint_view(proof.checkpoint),
        }
    )


def _position(value: Any) -> Position:
    match value:
        # Not only int(): True is an int, too.
        case [int(occurred_at), str(dataset_id)] if type(occurred_at) is int and is_id(dataset_id):
            if _EARLIEST <= occurred_at <= _LATEST:
                return Position(occurred_at, dataset_id)
    raise ValueError("not a position of this list")


ROUTES = (
    Route[ApiService](
        "GET /audit-trail",
        search_records,
        query=requests.Search,
        response=responses.AuditTrailPage,
        response_example=examples.PAGE,
        errors=(SearchUnavailableError, StoreUnavailableError),
    ),
    Route[ApiService](
        "GET /audit-trail/{datasetId}",
        get_record,
        path=requests.DatasetPath,
        response=responses.VerifiableAuditRecord,
        errors=(NotFoundError, UnreadableRecordError, StoreUnavailableError),
    ),
    Route[ApiService](
        "GET /audit-trail/{datasetId}/proof",
        prove_record,
        path=requests.DatasetPath,
        response=log_responses.RecordProof,
        response_example=examples.PROOF,
        errors=(NotFoundError, LogDamagedError, StoreUnavailableError),
    ),
)
