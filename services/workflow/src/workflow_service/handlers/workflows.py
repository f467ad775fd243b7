"""Routes that change workflows."""

from functools import partial

from countersign_common.requests import Request, Response, created, ok
from countersign_common.routes import Route

from workflow_service.handlers.asked import asked
from workflow_service.schemas import BODY_LIMIT, ActionRequest, NewWorkflow, WorkflowPath, WorkflowSchema
from workflow_service.use_cases.service import Service

KEY = ("Idempotency-Key",)


def create_workflow(request: Request, service: Service) -> Response:
    """Create a workflow, saved or requested."""
    seen = service.create_workflow(request.body["scheme"], request.body["action"], *asked(request))
    workflow = seen.workflow
    return created(seen, location=f"/workflows/{workflow.workflow_id}", version=workflow.version)


def act(request: Request, service: Service) -> Response:
    """Save, request, approve or reject."""
    seen = service.act(request.path["workflow_id"], request.body, *asked(request), if_match=request.if_match)
    return ok(seen, version=seen.workflow.version)


answered = partial(Route[Service], answer=WorkflowSchema, body_limit=BODY_LIMIT)

ROUTES: tuple[Route[Service], ...] = (
    answered("POST /workflows", create_workflow, body=NewWorkflow, status=201, headers=KEY),
    answered(
        "POST /workflows/{workflowId}/actions",
        act,
        path=WorkflowPath,
        body=ActionRequest,
        headers=("If-Match", *KEY),
    ),
)
