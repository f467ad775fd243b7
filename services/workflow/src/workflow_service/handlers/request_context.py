"""What the use cases want to know of a request beside what it asks for."""

from countersign_common.requests import Request

from workflow_service.use_cases.once import Once
from workflow_service.use_cases.seal import Origin


def asked(request: Request) -> tuple[Origin, Once | None]:
    """Who asks in which request, and its claim to be done once only, where it has an Idempotency-Key."""
    key, caller = request.idempotency_key, request.caller
    once = None if key is None else Once(caller.user_id, key, request.fingerprint)
    return Origin(caller, request.request_id, request.correlation_id), once
