"""From an HTTP request to the context that use cases need."""

from countersign_common.http.request import Request

from workflow_service.domain.idempotency import IdempotencyKey
from workflow_service.domain.request_context import RequestContext


def request_context(request: Request) -> RequestContext:
    """Return who sent which request, with its idempotency key.

    Raises:
        ProblemError: 400 for an invalid `Idempotency-Key`.
    """
    caller, key = request.caller, request.idempotency_key
    return RequestContext(
        actor=caller,
        request_id=request.request_id,
        correlation_id=request.correlation_id,
        idempotency_key=None if key is None else IdempotencyKey(caller.user_id, key, request.fingerprint),
    )
