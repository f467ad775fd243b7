"""Which parts an erasure event says it has erased."""

import json
from collections.abc import Iterator

from audit_service.domain.audit_record import AuditRecord

ERASURE_SOURCE, ERASURE_ACTION = "/countersign/audit", "ERASE"


def erased_parts(record: AuditRecord) -> Iterator[tuple[str, list[str]]]:
    """Yield what an erasure event erased: datasetId and parts. A record of anything else has none."""
    try:
        sealed = json.loads(record.sealed)
        is_erasure = (sealed["source"], sealed["actionType"]) == (ERASURE_SOURCE, ERASURE_ACTION)
        content = record.content
        if not is_erasure or sealed["eventId"] != record.dataset_id or content is None:
            return
        if not content.opens("content", sealed["contentCommitment"]):
            return
        for entry in json.loads(content.value)["after"]["erased"]:
            yield str(entry["datasetId"]), [str(part) for part in entry["parts"]]
    except (KeyError, TypeError, ValueError, RecursionError):
        return
