"""audit/api: the audit trail over HTTP."""

from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.http.handler import api_handler
from countersign_common.http.problems import ErrorStatus
from countersign_common.http.routes import RouteTable

from audit_service.bootstrap import Service, build_service
from audit_service.domain.errors import SearchUnavailableError, UnreadableRecordError
from audit_service.handlers import records, verification

ERROR_STATUS: ErrorStatus = {
    NotFoundError: 404,
    UnreadableRecordError: 500,
    SearchUnavailableError: 503,
    StoreUnavailableError: 503,
}

ROUTES = RouteTable[Service](*records.ROUTES, *verification.ROUTES, error_status=ERROR_STATUS)

handler = api_handler(ROUTES, build_service)
