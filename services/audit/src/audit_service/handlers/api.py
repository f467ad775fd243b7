"""audit/api: the audit trail over HTTP."""

from countersign_common.errors import (
    AdminsOnlyError,
    IdempotencyKeyReusedError,
    NotFoundError,
    StoreUnavailableError,
)
from countersign_common.http.handler import api_handler
from countersign_common.http.problems import ErrorStatus
from countersign_common.http.routes import RouteTable

from audit_service.bootstrap.api import ApiService, build_api
from audit_service.domain.errors import (
    AuditorsOnlyError,
    ErasureRunningError,
    InvalidCosignatureError,
    LogDamagedError,
    NoCheckpointError,
    NoSuchTreeError,
    SearchUnavailableError,
    UnknownWitnessError,
    UnreadableRecordError,
)
from audit_service.handlers import erasures, integrity, log, records, retention, verification

ERROR_STATUS: ErrorStatus = {
    AdminsOnlyError: 403,
    AuditorsOnlyError: 403,
    NoCheckpointError: 404,
    NoSuchTreeError: 404,
    NotFoundError: 404,
    InvalidCosignatureError: 422,
    ErasureRunningError: 409,
    IdempotencyKeyReusedError: 422,
    UnknownWitnessError: 422,
    LogDamagedError: 500,
    UnreadableRecordError: 500,
    SearchUnavailableError: 503,
    StoreUnavailableError: 503,
}

ROUTES = RouteTable[ApiService](
    *records.ROUTES,
    *log.ROUTES,
    *integrity.ROUTES,
    *verification.ROUTES,
    *erasures.ROUTES,
    *retention.ROUTES,
    error_status=ERROR_STATUS,
)

handler = api_handler(ROUTES, build_api)
