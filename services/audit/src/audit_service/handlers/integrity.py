"""Route of the integrity of the audit trail."""

import re
from typing import Any

from countersign_common.clock import to_rfc3339
from countersign_common.errors import StoreUnavailableError
from countersign_common.http.cursors import Cursors, text_position
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import Route

from audit_service.bootstrap.api import ApiService
from audit_service.domain.errors import AuditorsOnlyError
from audit_service.domain.integrity import FoundFinding
from audit_service.handlers.log import checkpoint_view
from audit_service.schemas import examples, integrity_responses, requests

_KEY = text_position(re.compile(r"[ -~]{1,300}\Z"))


def get_integrity(request: Request, service: ApiService) -> Response:
    """Get the integrity of the audit trail, for auditors and admins.

    A scheduled function compares the manifests of the workflow service with records, log, index and workflow states,
    and repairs what is missing. What it can't explain is a finding.
    """
    state = request.query["state"]
    cursors = Cursors(_KEY, request.route, state)
    after = cursors.read(request.query["cursor"])
    report = service.get_integrity(
        request.caller, is_resolved=state == "resolved", after=after, limit=request.query["limit"]
    )
    progress = report.progress
    return ok(
        {
            "checkpoint": None if report.checkpoint is None else checkpoint_view(report.checkpoint),
            "lag_seconds": report.lag_seconds,
            "pending_entries": report.pending.count,
            "oldest_pending_at": None if report.pending.oldest is None else to_rfc3339(report.pending.oldest),
            "manifests": {
                "newest": progress.newest_manifest,
                "checked_through": progress.manifests.name or None,
            },
            "reconciled_at": None if progress.completed_at is None else to_rfc3339(progress.completed_at),
            "findings": {
                "open": report.open,
                "items": [_view(each) for each in report.findings.items],
                "cursor": cursors.write(report.findings.next_position),
            },
            "witnesses": [
                {"name": each.name, "size": each.size, "at": to_rfc3339(each.at)} for each in report.witnesses
            ],
        }
    )


def _view(found: FoundFinding) -> dict[str, Any]:
    finding = found.finding
    return {
        "code": finding.code.value,
        "subject": finding.subject,
        "dataset_id": finding.dataset_id,
        "workflow_id": finding.workflow_id,
        "manifest": finding.manifest,
        "detail": finding.detail,
        "state": "open" if found.resolved_at is None else "resolved",
        "first_seen": to_rfc3339(found.first_seen),
        "last_seen": to_rfc3339(found.last_seen),
        "resolved_at": None if found.resolved_at is None else to_rfc3339(found.resolved_at),
    }


ROUTES = (
    Route[ApiService](
        "GET /audit-trail/integrity",
        get_integrity,
        query=requests.IntegrityQuery,
        response=integrity_responses.Integrity,
        response_example=examples.INTEGRITY,
        errors=(AuditorsOnlyError, StoreUnavailableError),
    ),
)
