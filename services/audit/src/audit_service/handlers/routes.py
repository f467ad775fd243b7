"""What each route of the audit API does: read the request, ask the use case, answer."""

from countersign_common.requests import Request, Response, ok

from audit_service.handlers.positions import Positions
from audit_service.schemas import rendered
from audit_service.use_cases.service import AuditService


def search_records(request: Request, service: AuditService) -> Response:
    """Search the audit trail, newest first."""
    filters, limit, positions = request.query["filters"], request.query["limit"], Positions(request)
    page = service.search_audit_trail(filters, request.caller, after=positions.start(), limit=limit)
    return Response(rendered=rendered.page(page, positions.cursor_behind(page.after)))


def read_record(request: Request, service: AuditService) -> Response:
    """Read one record, with the texts that its hashes were made over."""
    record = service.show_record(request.path["dataset_id"], request.caller)
    return Response(rendered=rendered.verifiable_record(record))


def read_verification(request: Request, service: AuditService) -> Response:
    """Recompute a workflow's hash chain: intact, or where and how it breaks."""
    done = service.verify_workflow(request.path["workflow_id"], request.caller)
    return ok(rendered.verification(done))
