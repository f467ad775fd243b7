"""The origin of a request, as it is recorded."""

from countersign_common.events.audit_event import PersonPart
from countersign_common.http.request import Request

from audit_service.domain.erasure import ErasureActor


def request_origin(request: Request) -> ErasureActor:
    """Return who sent the request, from the token, and its id."""
    caller = request.caller
    person = PersonPart(
        caller.name, caller.email, tuple(sorted(caller.groups)), caller.source_ip, caller.user_agent
    )
    return ErasureActor(person, request.request_id)
