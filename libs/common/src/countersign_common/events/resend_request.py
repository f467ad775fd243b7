"""The contract of resend requests: the audit service lacks an event and asks the workflow service to send it again."""

from dataclasses import dataclass

from countersign_common.events.contract import COUNT, UUID, Contract, object_of

RESEND_REQUEST_TYPE = "countersign.resend-request.v1"


@dataclass(frozen=True)
class ResendRequest:
    """The data of a resend request: which event is missing.

    Attributes:
        workflow_id, sequence: Where the workflow service has it.
        event_id: What it must be: another event under this sequence is not sent.
    """

    workflow_id: str
    sequence: int
    event_id: str


RESEND_REQUEST = Contract(ResendRequest, object_of({"workflowId": UUID, "sequence": COUNT, "eventId": UUID}))
