"""Jobs as items of the audit-retention table.

| pk | sk | attributes |
|---|---|---|
| `ERASURES` | erasureId | the job's fields in camelCase; `pass` is its number |

`actor` is removed when the job ends.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from countersign_common.aws.items import Item, from_item, to_item
from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.events.audit_event import PERSON_PART
from countersign_common.events.cloud_event import InvalidEventError

from audit_service.domain.erasure import (
    ErasedCounts,
    ErasureActor,
    ErasureJob,
    ErasureKind,
    ErasurePhase,
    ErasureState,
    HeldRecords,
    ordered_parts,
)

ERASURES = "ERASURES"
"""The partition of jobs. UUIDv7 sorts them by time."""


def job_key(erasure_id: str) -> Item:
    """Return the key of a job."""
    return {"pk": {"S": ERASURES}, "sk": {"S": erasure_id}}


def job_item(job: ErasureJob) -> Item:
    """Return the item of a job."""
    actor = job.actor and {
        "person": PERSON_PART.dump(job.actor.person),
        "requestId": job.actor.request_id,
    }
    return {
        **job_key(job.erasure_id),
        **to_item(
            {
                "kind": job.kind.value,
                "userId": job.user_id,
                "parts": list(job.parts),
                "reason": job.reason,
                "requestedBy": job.requested_by,
                "actor": actor,
                "state": job.state.value,
                "pass": job.pass_number,
                "passErased": job.pass_erased,
                "phase": job.phase.value,
                "cursor": job.cursor,
                "checkedBatches": job.checked_batches,
                "batches": job.batches,
                "erased": {"person": job.erased.person, "content": job.erased.content},
                "held": {"count": job.held.count, "workflowIds": list(job.held.workflow_ids)},
                "error": job.error,
                "createdAt": to_rfc3339(job.created_at),
                "updatedAt": to_rfc3339(job.updated_at),
                "version": job.version,
            }
        ),
    }


def jobs_of(items: Iterable[Item]) -> Iterator[ErasureJob]:
    """Yield the jobs of items, without damaged ones. What a job has erased is in its events."""
    for item in items:
        with suppress(AttributeError, InvalidEventError, KeyError, TypeError, ValueError):
            yield job_of(item)


def job_of(item: Item) -> ErasureJob:
    """Return the job of an item.

    Raises:
        AttributeError, InvalidEventError, KeyError, TypeError, ValueError: It is damaged.
    """
    values: dict[str, Any] = from_item(item)
    actor = values.get("actor")
    return ErasureJob(
        erasure_id=values["sk"],
        kind=ErasureKind(values["kind"]),
        user_id=values.get("userId"),
        parts=ordered_parts(values["parts"]),
        reason=values["reason"],
        requested_by=values["requestedBy"],
        actor=None if actor is None else ErasureActor(PERSON_PART.load(actor["person"]), actor["requestId"]),
        state=ErasureState(values["state"]),
        pass_number=values["pass"],
        pass_erased=values["passErased"],
        phase=ErasurePhase(values["phase"]),
        cursor=values.get("cursor"),
        checked_batches=values["checkedBatches"],
        batches=values["batches"],
        erased=ErasedCounts(values["erased"]["person"], values["erased"]["content"]),
        held=HeldRecords(values["held"]["count"], tuple(values["held"]["workflowIds"])),
        error=values.get("error"),
        created_at=from_rfc3339(values["createdAt"]),
        updated_at=from_rfc3339(values["updatedAt"]),
        version=values["version"],
    )
