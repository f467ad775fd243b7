"""The contract of erasure requests: they don't leave the service."""

from dataclasses import dataclass

from countersign_common.events.contract import UUID, Contract, object_of

ERASURE_REQUEST_TYPE = "countersign.erasure-request.v1"


@dataclass(frozen=True)
class ErasureRequest:
    """The data of an erasure request: which job to start or continue."""

    erasure_id: str


ERASURE_REQUEST = Contract(ErasureRequest, object_of({"erasureId": UUID}))
