"""What each route of the audit API does: read the request, ask the use case, answer."""

from typing import Any

from countersign_common.cursors import Cursors
from countersign_common.ids import is_id
from countersign_common.problems import Fault, bad_request
from countersign_common.requests import Request, Response, ok

from audit_service.bootstrap import AuditService
from audit_service.domain.search import Position
from audit_service.handlers import answers
from audit_service.use_cases.search_audit_trail import search_audit_trail
from audit_service.use_cases.show_record import show_record
from audit_service.use_cases.verify_workflow import verify_workflow


def search_records(request: Request, service: AuditService) -> Response:
    """Search the audit trail, newest first."""
    filters, limit, caller = request.query["filters"], request.query["limit"], request.caller
    cursors = Cursors(request.route, vars(filters), sorted(caller.principals))
    after = _position(cursors.read(request.query["cursor"]))
    page = search_audit_trail(
        filters, caller, after=after, limit=limit, records=service.records, index=service.index
    )
    following = None if page.after is None else [page.after.occurred_at, page.after.dataset_id]
    return Response(rendered=answers.page(page, cursors.write(following)))


def read_record(request: Request, service: AuditService) -> Response:
    """Read one record, with the texts that its hashes were made over."""
    record = show_record(request.path["dataset_id"], request.caller, records=service.records)
    return Response(rendered=answers.verifiable_record(record))


def read_verification(request: Request, service: AuditService) -> Response:
    """Recompute a workflow's hash chain: intact, or where and how it breaks."""
    done = verify_workflow(request.path["workflow_id"], request.caller, records=service.records)
    return ok(answers.verification(done))


def _position(cursor: Any) -> Position | None:
    match cursor:
        case None:
            return None
        case [int(occurred_at), str(dataset_id)] if 0 <= occurred_at < 2**53 and is_id(dataset_id):
            return Position(occurred_at, dataset_id)
    # A digest can be copied onto another position: what is in a cursor is input like any other.
    raise bad_request([Fault("query", "/cursor", "not a cursor of this list with these filters")])
