"""Routes of legal holds and retention periods."""

from typing import Any

from countersign_common.errors import AdminsOnlyError, NotFoundError, StoreUnavailableError
from countersign_common.http.cursors import Cursors, page_response, text_position
from countersign_common.http.fields import Id, PageQuery
from countersign_common.http.request import Request
from countersign_common.http.response import Response, no_content, ok
from countersign_common.http.routes import Route
from countersign_common.pagination import Page

from audit_service.bootstrap.api import ApiService
from audit_service.domain.erasure import Hold, RetentionPolicy
from audit_service.domain.errors import AuditorsOnlyError
from audit_service.handlers.request_origin import request_origin
from audit_service.schemas import erasure_responses, examples, requests


def list_holds(request: Request, service: ApiService) -> Response:
    """List legal holds.

    Only for auditors and admins.
    """

    def get_page(after: str | None, limit: int) -> Page[Any, str]:
        page = service.list_holds(request.caller, after=after, limit=limit)
        return Page([_hold_view(*each) for each in page.items], page.next_position)

    return page_response(request, Cursors(text_position(Id.PATTERN), request.route), get_page)


def get_hold(request: Request, service: ApiService) -> Response:
    """Get the legal hold on a workflow.

    Only for auditors and admins. Without a hold, the response is a 404.
    """
    workflow_id = request.path["workflow_id"]
    return ok(_hold_view(workflow_id, service.get_hold(workflow_id, request.caller)))


def place_hold(request: Request, service: ApiService) -> Response:
    """Place a legal hold on a workflow.

    Only for members of the group `admins`. Neither an erasure nor retention erases anything of the workflow until the
    hold is released. An erasure that runs respects it from its next step on. The hold is recorded in the audit trail,
    once: the same request by the same admin again changes nothing, and neither does a retry of it.
    """
    workflow_id = request.path["workflow_id"]
    hold = service.place_hold(workflow_id, request.body["reason"], request.caller, request_origin(request))
    return ok(_hold_view(workflow_id, hold))


def release_hold(request: Request, service: ApiService) -> Response:
    """Release a legal hold on a workflow.

    Only for members of the group `admins`. The end of the hold is recorded in the audit trail. Without a hold, nothing
    changes, so a retry is safe. What an erasure has skipped because of the hold stays: request the erasure again.
    """
    service.release_hold(
        request.path["workflow_id"], request.body["reason"], request.caller, request_origin(request)
    )
    return no_content()


def get_retention(request: Request, service: ApiService) -> Response:
    """Get the retention periods.

    Only for auditors and admins.
    """
    periods = service.get_retention(request.caller)
    schemes = [_policy_view(*each) for each in sorted(periods.policies.items(), key=lambda each: each[0])]
    return ok({"default_days": periods.default_days, "schemes": schemes})


def set_retention(request: Request, service: ApiService) -> Response:
    """Set the retention period of a scheme.

    Only for members of the group `admins`. It also applies to workflows that exist: the next daily run erases what is
    older. The change is recorded in the audit trail. The scheme need not exist: a scheme can be gone, and its workflows
    are kept. The same period by the same admin again changes nothing and is recorded once, with the first reason.
    """
    scheme, body = request.path["scheme"], request.body
    policy = service.set_retention(
        scheme, body["days"], body["reason"], request.caller, request_origin(request)
    )
    return ok(_policy_view(scheme, policy))


def _hold_view(workflow_id: str, hold: Hold) -> dict[str, Any]:
    return {"workflow_id": workflow_id, "reason": hold.reason, "by": hold.by, "at": hold.at}


def _policy_view(scheme: str, policy: RetentionPolicy) -> dict[str, Any]:
    return {"scheme": scheme, "days": policy.days, "by": policy.by, "at": policy.at}


ROUTES = (
    Route[ApiService](
        "GET /audit-trail/holds",
        list_holds,
        query=PageQuery,
        response=erasure_responses.LegalHoldPage,
        response_example=examples.HOLDS,
        errors=(AuditorsOnlyError, StoreUnavailableError),
    ),
    Route[ApiService](
        "GET /audit-trail/holds/{workflowId}",
        get_hold,
        path=requests.WorkflowPath,
        response=erasure_responses.LegalHold,
        response_example=examples.HOLD,
        errors=(AuditorsOnlyError, NotFoundError, StoreUnavailableError),
    ),
    Route[ApiService](
        "PUT /audit-trail/holds/{workflowId}",
        place_hold,
        path=requests.WorkflowPath,
        body=requests.HoldRequest,
        response=erasure_responses.LegalHold,
        request_example=examples.HOLD_REQUEST,
        response_example=examples.HOLD,
        errors=(AdminsOnlyError, NotFoundError, StoreUnavailableError),
    ),
    Route[ApiService](
        "DELETE /audit-trail/holds/{workflowId}",
        release_hold,
        path=requests.WorkflowPath,
        body=requests.HoldRequest,
        status=204,
        request_example=examples.RELEASE_REQUEST,
        errors=(AdminsOnlyError, StoreUnavailableError),
    ),
    Route[ApiService](
        "GET /audit-trail/retention",
        get_retention,
        response=erasure_responses.Retention,
        response_example=examples.RETENTION,
        errors=(AuditorsOnlyError, StoreUnavailableError),
    ),
    Route[ApiService](
        "PUT /audit-trail/retention/{scheme}",
        set_retention,
        path=requests.SchemeIdPath,
        body=requests.RetentionRequest,
        response=erasure_responses.SchemeRetention,
        request_example=examples.RETENTION_REQUEST,
        response_example=examples.SCHEME_RETENTION,
        errors=(AdminsOnlyError, StoreUnavailableError),
    ),
)
