"""Verify a workflow: recompute its hash chain from what is stored."""

from dataclasses import dataclass

from countersign_common.actors import Actor, may_read
from countersign_common.errors import NotFoundError
from countersign_common.proof.hash_chain import ChainVerdict, StoredEvent, verify_chain

from audit_service.domain.access import participants_for
from audit_service.domain.audit_record import AuditRecord
from audit_service.ports import AuditRecordRepository


@dataclass(frozen=True)
class VerifyWorkflow:
    """Check that everything recorded of a workflow is there, unchanged and in its position."""

    records: AuditRecordRepository

    def __call__(self, workflow_id: str, actor: Actor) -> ChainVerdict:
        """Return the verdict on a workflow's chain.

        A chain can't show by itself that its newest records are gone (see `countersign_common.proof.hash_chain`).

        Raises:
            NotFoundError: Nothing is recorded of the workflow, or the actor doesn't take part in it.
            StoreUnavailableError
        """
        stored = list(self.records.list_by_workflow(workflow_id))
        if not stored or not may_read(actor, participants_for(actor, reversed(stored))):
            raise NotFoundError("workflow")
        return verify_chain(workflow_id, map(_stored_event, stored))


def _stored_event(record: AuditRecord) -> StoredEvent:
    return StoredEvent(record.dataset_id, record.sealed, record.hash, record.person, record.content)
