"""Where an action comes from."""

from dataclasses import dataclass

from workflow_service.domain.idempotency import IdempotencyKey
from workflow_service.domain.people import AuthenticatedUser


@dataclass(frozen=True)
class RequestContext:
    """The request that an action belongs to.

    Attributes:
        actor: Who acts.
        request_id: Of the HTTP request; sealed with the event.
        correlation_id: Id that everything caused by this request has.
        idempotency_key: None without the header `Idempotency-Key`.
    """

    actor: AuthenticatedUser
    request_id: str
    correlation_id: str
    idempotency_key: IdempotencyKey | None = None
