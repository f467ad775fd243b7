"""Route of the verification of a workflow."""

from countersign_common.errors import NotFoundError, StoreUnavailableError
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import Route

from audit_service.bootstrap import Service
from audit_service.schemas import examples, requests, responses


def verify_workflow(request: Request, service: Service) -> Response:
    """Verify a workflow's hash chain.

    Recomputes every hash from what is stored. The verdict is `intact`, or `broken` with findings that say where.
    """
    workflow_id = request.path["workflow_id"]
    verdict = service.verify_workflow(workflow_id, request.caller)
    return ok(
        {
            "workflow_id": workflow_id,
            "verdict": "intact" if verdict.is_intact else "broken",
            "events": verdict.events,
            "head_hash": verdict.head_hash,
            "findings": verdict.findings,
        }
    )


ROUTES = (
    Route[Service](
        "GET /workflows/{workflowId}/verification",
        verify_workflow,
        path=requests.WorkflowPath,
        response=responses.Verification,
        response_example=examples.VERIFICATION,
        errors=(NotFoundError, StoreUnavailableError),
    ),
)
