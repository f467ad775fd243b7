"""Verify a workflow: recompute its hash chain from what is stored."""

from dataclasses import dataclass

from countersign_common.caller import Caller
from countersign_common.canonical import Opening as Opened
from countersign_common.chain import Evidence, Verdict, verify

from audit_service.domain.audit_record import AuditRecord, Opening
from audit_service.domain.reading import may_read
from audit_service.use_cases.ports import Records


class NoSuchWorkflow(Exception):
    """Nothing is recorded of such a workflow, or nothing that the caller may know of."""

    rule = "not-found"

    def __init__(self) -> None:
        super().__init__("There is no such workflow.")


@dataclass(frozen=True)
class Verification:
    """A workflow and what its chain was found to be."""

    workflow_id: str
    found: Verdict


def verify_workflow(workflow_id: str, by: Caller, *, records: Records) -> Verification:
    """Whether everything that was recorded of a workflow is there, unchanged and in its place.

    A chain cannot show by itself that its newest records are gone; see `countersign_common.chain`.

    Raises:
        NoSuchWorkflow: nothing is recorded, or the caller takes no part in it.
        StoreUnavailable
    """
    stored = list(records.all_of(workflow_id))
    if not stored or not may_read(by.principals, stored[-1].participants):
        raise NoSuchWorkflow
    return Verification(workflow_id, verify(workflow_id, map(_evidence, stored)))


def _evidence(record: AuditRecord) -> Evidence:
    return Evidence(
        dataset_id=record.dataset_id,
        sealed=record.sealed,
        hash=record.hash,
        person=_opened(record.person),
        content=_opened(record.content),
    )


def _opened(opening: Opening | None) -> Opened | None:
    return None if opening is None else Opened.read(opening.salt, opening.value)
