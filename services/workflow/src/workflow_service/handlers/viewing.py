"""Routes that show workflows."""

from functools import partial

from countersign_common.requests import Request, Response, ok
from countersign_common.routes import Route

from workflow_service import schemas
from workflow_service.handlers.cursored import MOMENT, NUMBER, cursored
from workflow_service.use_cases.service import Service


def list_workflows(request: Request, service: Service) -> Response:
    """The caller's own workflows, or those that wait for the caller's decision."""
    view = request.query["view"]
    return cursored(request, f"workflows/{view}", MOMENT, partial(service.list_workflows, view))


def show_workflow(request: Request, service: Service) -> Response:
    """One workflow as it stands."""
    seen = service.show_workflow(request.path["workflow_id"], request.caller)
    return ok(seen, version=seen.workflow.version)


def show_history(request: Request, service: Service) -> Response:
    """What was done to a workflow, oldest first."""
    workflow_id = request.path["workflow_id"]
    page_from = partial(service.show_history, workflow_id)
    return cursored(request, f"history/{workflow_id}", NUMBER, page_from)


HISTORY = schemas.HistoryPage
of_one = partial(Route[Service], path=schemas.WorkflowPath)

ROUTES: tuple[Route[Service], ...] = (
    Route("GET /workflows", list_workflows, query=schemas.WorkflowsQuery, answer=schemas.WorkflowPage),
    of_one("GET /workflows/{workflowId}", show_workflow, answer=schemas.WorkflowSchema),
    of_one("GET /workflows/{workflowId}/history", show_history, query=schemas.PageQuery, answer=HISTORY),
)
