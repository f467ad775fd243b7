"""What comes in and what goes out, checked by marshmallow. Names are snake_case here and camelCase in JSON."""

from audit_service.schemas.answers import AuditTrailPage, VerifiableAuditRecord, Verification
from audit_service.schemas.events import EVENT_TYPE, audit_record
from audit_service.schemas.requests import DatasetPath, RebuildRequest, Search, WorkflowPath

__all__ = [
    "EVENT_TYPE",
    "AuditTrailPage",
    "DatasetPath",
    "RebuildRequest",
    "Search",
    "VerifiableAuditRecord",
    "Verification",
    "WorkflowPath",
    "audit_record",
]
