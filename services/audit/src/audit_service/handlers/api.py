"""audit/api: the audit trail over HTTP."""

from countersign_common.lambda_api import lambda_handler
from countersign_common.routes import Route, RouteTable

from audit_service import schemas
from audit_service.bootstrap import audit_service
from audit_service.domain.audit_record import UnreadableRecord
from audit_service.handlers.routes import read_record, read_verification, search_records
from audit_service.use_cases.ports import SearchUnavailable, StoreUnavailable
from audit_service.use_cases.service import AuditService
from audit_service.use_cases.show_record import NoSuchRecord
from audit_service.use_cases.verify_workflow import NoSuchWorkflow

ROUTES = RouteTable[AuditService](
    Route("GET /audit-trail", search_records, query=schemas.Search, answer=schemas.AuditTrailPage),
    Route(
        "GET /audit-trail/{datasetId}",
        read_record,
        path=schemas.DatasetPath,
        answer=schemas.VerifiableAuditRecord,
    ),
    Route(
        "GET /workflows/{workflowId}/verification",
        read_verification,
        path=schemas.WorkflowPath,
        answer=schemas.Verification,
    ),
)

REFUSALS = {
    NoSuchRecord: 404,
    NoSuchWorkflow: 404,
    UnreadableRecord: 500,
    SearchUnavailable: 503,
    StoreUnavailable: 503,
}

handler = lambda_handler(ROUTES, audit_service, refusals=REFUSALS)
