"""Routes of workflows."""

import re
from typing import Any

from countersign_common.errors import IdempotencyKeyReusedError, NotFoundError, StoreUnavailableError
from countersign_common.http.cursors import Cursors, page_response, text_position
from countersign_common.http.fields import PageQuery
from countersign_common.http.request import Request
from countersign_common.http.response import Response, created, ok
from countersign_common.http.routes import Route

from workflow_service.bootstrap.api import Service
from workflow_service.domain.errors import (
    AlreadyApprovedError,
    AlreadyPendingError,
    CommentMissingError,
    ContentErasedError,
    DataTooLargeError,
    NoSuchSchemeError,
    NotAnApproverError,
    NotPendingError,
    NotTheRequesterError,
    OwnRequestError,
    PreconditionRequiredError,
    TooBusyError,
    VersionStaleError,
)
from workflow_service.handlers.request_context import request_context
from workflow_service.schemas import examples
from workflow_service.schemas.fields import BODY_LIMIT
from workflow_service.schemas.requests import (
    ActionRequest,
    CreateWorkflowRequest,
    RoundsQuery,
    WorkflowPath,
    WorkflowsQuery,
)
from workflow_service.schemas.responses import HistoryPage, RoundPage, WorkflowPage, WorkflowSchema

_SORT_KEY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z#[0-9a-f-]{36}\Z")
_MAX_SEQUENCE = 10**9


def create_workflow(request: Request, service: Service) -> Response:
    """Create a workflow.

    Saves a draft, or requests a decision at once. The workflow keeps the scheme version that is the newest now. The
    body can have 512 KB, its data 128 KB in canonical form.
    """
    context = request_context(request)
    view = service.create_workflow(request.body["scheme"], request.body["action"], context)
    workflow = view.workflow
    return created(view, location=f"/workflows/{workflow.workflow_id}", version=workflow.version)


def perform_action(request: Request, service: Service) -> Response:
    """Save, request, approve or reject a workflow.

    Only the requester can save and request, only the step's approvers can approve and reject, and no one decides their
    own request. APPROVE and REJECT require `If-Match` with the version that you have seen; with SAVE and REQUEST it
    protects against overwriting another change. The body can have 512 KB, its data 128 KB in canonical form.
    """
    view = service.perform_action(
        request.path["workflow_id"], request.body, request_context(request), if_match=request.if_match
    )
    return ok(view, version=view.workflow.version)


def list_workflows(request: Request, service: Service) -> Response:
    """List workflows.

    Your own workflows, those that wait for your decision, or those that you have decided, newest first, without their
    data.
    """
    list_name, caller = request.query["view"], request.caller
    cursors = Cursors(text_position(_SORT_KEY), f"workflows/{list_name}", caller.user_id)
    return page_response(
        request,
        cursors,
        lambda before, limit: service.list_workflows(list_name, caller, before=before, limit=limit),
    )


def get_workflow(request: Request, service: Service) -> Response:
    """Get a workflow.

    The requester, admins and auditors see what was last saved, everyone else what was last requested.
    """
    view = service.get_workflow(request.path["workflow_id"], request.caller)
    return ok(view, version=view.workflow.version)


def get_history(request: Request, service: Service) -> Response:
    """Get the events of a workflow.

    Oldest first. SAVE events are visible to the requester, admins and auditors only, so other users see gaps in the
    sequence.
    """
    workflow_id, caller = request.path["workflow_id"], request.caller
    cursors = Cursors(_parse_sequence, f"history/{workflow_id}", caller.user_id)
    return page_response(
        request,
        cursors,
        lambda after, limit: service.get_history(workflow_id, caller, after=after, limit=limit),
    )


def get_rounds(request: Request, service: Service) -> Response:
    """Get what was requested.

    Title and data of each REQUEST, newest first. Everyone who may read the workflow sees the same.
    """
    workflow_id, caller = request.path["workflow_id"], request.caller
    cursors = Cursors(_parse_sequence, f"rounds/{workflow_id}", caller.user_id)
    return page_response(
        request,
        cursors,
        lambda before, limit: service.get_rounds(workflow_id, caller, before=before, limit=limit),
    )


def _parse_sequence(position: Any) -> int:
    # Not isinstance: True is an int.
    if type(position) is not int or not 0 <= position < _MAX_SEQUENCE:
        raise ValueError("not a sequence")
    return position


ROUTES: tuple[Route[Service], ...] = (
    Route(
        "POST /workflows",
        create_workflow,
        body=CreateWorkflowRequest,
        response=WorkflowSchema,
        body_limit=BODY_LIMIT,
        status=201,
        headers=("Idempotency-Key", "ETag", "Location"),
        errors=(
            NoSuchSchemeError,
            IdempotencyKeyReusedError,
            DataTooLargeError,
            TooBusyError,
            StoreUnavailableError,
        ),
        request_example=examples.CREATE_WORKFLOW,
        response_example=examples.WORKFLOW,
    ),
    Route(
        "POST /workflows/{workflowId}/actions",
        perform_action,
        path=WorkflowPath,
        body=ActionRequest,
        response=WorkflowSchema,
        body_limit=BODY_LIMIT,
        headers=("If-Match", "Idempotency-Key"),
        errors=(
            NotFoundError,
            OwnRequestError,
            NotAnApproverError,
            NotTheRequesterError,
            AlreadyApprovedError,
            AlreadyPendingError,
            NotPendingError,
            ContentErasedError,
            TooBusyError,
            VersionStaleError,
            CommentMissingError,
            IdempotencyKeyReusedError,
            DataTooLargeError,
            PreconditionRequiredError,
            StoreUnavailableError,
        ),
        request_example=examples.APPROVE,
        response_example=examples.APPROVED_WORKFLOW,
    ),
    Route(
        "GET /workflows",
        list_workflows,
        query=WorkflowsQuery,
        response=WorkflowPage,
        errors=(StoreUnavailableError,),
        response_example=examples.page_of(examples.SUMMARY),
    ),
    Route(
        "GET /workflows/{workflowId}",
        get_workflow,
        path=WorkflowPath,
        response=WorkflowSchema,
        headers=("ETag",),
        errors=(NotFoundError, StoreUnavailableError),
        response_example=examples.WORKFLOW,
    ),
    Route(
        "GET /workflows/{workflowId}/history",
        get_history,
        path=WorkflowPath,
        query=PageQuery,
        response=HistoryPage,
        errors=(NotFoundError, StoreUnavailableError),
        response_example=examples.page_of(examples.HISTORY_ENTRY),
    ),
    Route(
        "GET /workflows/{workflowId}/rounds",
        get_rounds,
        path=WorkflowPath,
        query=RoundsQuery,
        response=RoundPage,
        errors=(NotFoundError, StoreUnavailableError),
        response_example=examples.page_of(examples.ROUND),
    ),
)
