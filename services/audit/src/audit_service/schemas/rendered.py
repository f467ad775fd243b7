"""What the audit API answers, as JSON text or as an object for a schema.

A record's parts are JSON texts already. They are set into the answer as they stand in the store: nothing is decoded
into numbers and made again, and a page of a hundred records costs next to nothing.
"""

from typing import Any

from countersign_common.lambda_api import render

from audit_service.domain.audit_record import AuditRecord, Opening, UnreadableRecord
from audit_service.use_cases.search_audit_trail import Page
from audit_service.use_cases.verify_workflow import Verification


def page(found: Page, cursor: str | None) -> str:
    """An `AuditTrailPage`."""
    items = ",".join(record(each) for each in found.records)
    return f'{{"items":[{items}],"missing":{render(list(found.missing))},"cursor":{render(cursor)}}}'


def record(shown: AuditRecord) -> str:
    """An `AuditRecord`. Raises UnreadableRecord."""
    return f"{{{_members(shown)}}}"


def verifiable_record(shown: AuditRecord) -> str:
    """A `VerifiableAuditRecord`. Raises UnreadableRecord."""
    canonical = {
        "sealed": shown.sealed,
        "person": shown.person and vars(shown.person),
        "content": shown.content and vars(shown.content),
    }
    return f'{{{_members(shown)},"canonical":{render(canonical)}}}'


def verification(done: Verification) -> dict[str, Any]:
    """For a `Verification`."""
    return {
        "workflow_id": done.workflow_id,
        "verdict": "intact" if done.found.intact else "broken",
        "events": done.found.events,
        "head_hash": done.found.head_hash,
        "breaks": done.found.breaks,
    }


def _members(shown: AuditRecord) -> str:
    if not shown.is_readable:
        raise UnreadableRecord(shown.dataset_id)
    return (
        f'"datasetId":{render(shown.dataset_id)},"hash":{render(shown.hash)},"sealed":{shown.sealed},'
        f'"person":{_value(shown.person)},"content":{_value(shown.content)},'
        f'"participants":{render(list(shown.participants))}'
    )


def _value(opening: Opening | None) -> str:
    return "null" if opening is None else opening.value
