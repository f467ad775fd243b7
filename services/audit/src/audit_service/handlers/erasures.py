"""Routes of erasures."""

from typing import Any

from countersign_common.errors import (
    AdminsOnlyError,
    IdempotencyKeyReusedError,
    NotFoundError,
    StoreUnavailableError,
)
from countersign_common.http.cursors import Cursors, page_response, text_position
from countersign_common.http.fields import Id, PageQuery
from countersign_common.http.request import Request
from countersign_common.http.response import Response, accepted, ok
from countersign_common.http.routes import OtherResponse, Route
from countersign_common.pagination import Page

from audit_service.bootstrap.api import ApiService
from audit_service.domain.erasure import ErasureJob
from audit_service.domain.errors import AuditorsOnlyError, ErasureRunningError, SearchUnavailableError
from audit_service.handlers.request_origin import request_origin
from audit_service.ports.retention import ErasureKey
from audit_service.schemas import erasure_responses, examples, requests
from audit_service.use_cases.preview_erasure import ErasurePreview


def request_erasure(request: Request, service: ApiService) -> Response:
    """Erase a user.

    Only for members of the group `admins`. The erasure runs in the background: get it until its state is `DONE`, which
    takes at least two minutes. It is recorded in the audit trail, with each record and part that it erases. What is
    erased can't be restored. With `dryRun`, the response is a 200 that counts what would be erased.
    """
    selection, reason = request.body["selection"], request.body["reason"]
    if request.body["dry_run"]:
        return ok(_preview_view(service.preview_erasure(selection, request.caller)))
    key = None
    if request.idempotency_key is not None:
        key = ErasureKey(request.caller.user_id, request.idempotency_key, request.fingerprint)
    job = service.request_erasure(selection, reason, request.caller, request_origin(request), key=key)
    return accepted(_view(job), location=f"/audit-trail/erasures/{job.erasure_id}")


def list_erasures(request: Request, service: ApiService) -> Response:
    """List erasures, newest first.

    Only for auditors and admins. Those by retention are among them.
    """

    def get_page(before: str | None, limit: int) -> Page[Any, str]:
        page = service.list_erasures(request.caller, before=before, limit=limit)
        return Page([_view(job) for job in page.items], page.next_position)

    return page_response(request, Cursors(text_position(Id.PATTERN), request.route), get_page)


def get_erasure(request: Request, service: ApiService) -> Response:
    """Get an erasure, and how far it has come.

    Only for auditors and admins.
    """
    return ok(_view(service.get_erasure(request.path["erasure_id"], request.caller)))


def _view(job: ErasureJob) -> dict[str, Any]:
    return {
        "erasure_id": job.erasure_id,
        "kind": job.kind.value,
        "user_id": job.user_id,
        "parts": job.parts,
        "reason": job.reason,
        "requested_by": job.requested_by,
        "state": job.state.value,
        "error": job.error,
        "erased": job.erased,
        "held": job.held,
        "created_at": job.created_at,
        "updated_at": job.updated_at,
    }


def _preview_view(preview: ErasurePreview) -> dict[str, Any]:
    return {
        "erasure_id": None,
        "state": "DRY_RUN",
        "records": preview.records,
        "person": preview.parts.person,
        "content": preview.parts.content,
        "held": preview.held,
        "workflows": preview.workflows,
        "dataset_ids": preview.dataset_ids,
        "complete": preview.is_complete,
    }


ROUTES = (
    Route[ApiService](
        "POST /audit-trail/erasures",
        request_erasure,
        body=requests.ErasureRequest,
        response=erasure_responses.Erasure,
        status=202,
        other_responses=(OtherResponse(200, erasure_responses.DryRun, examples.DRY_RUN),),
        headers=("Idempotency-Key", "Location"),
        request_example=examples.ERASURE_REQUEST,
        response_example=examples.ERASURE_REQUESTED,
        errors=(
            AdminsOnlyError,
            ErasureRunningError,
            IdempotencyKeyReusedError,
            SearchUnavailableError,
            StoreUnavailableError,
        ),
    ),
    Route[ApiService](
        "GET /audit-trail/erasures",
        list_erasures,
        query=PageQuery,
        response=erasure_responses.ErasurePage,
        response_example=examples.ERASURES,
        errors=(AuditorsOnlyError, StoreUnavailableError),
    ),
    Route[ApiService](
        "GET /audit-trail/erasures/{erasureId}",
        get_erasure,
        path=requests.ErasurePath,
        response=erasure_responses.Erasure,
        response_example=examples.ERASURE,
        errors=(AuditorsOnlyError, NotFoundError, StoreUnavailableError),
    ),
)
