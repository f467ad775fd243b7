"""Create the audit trail: record a batch, first in the store, then in the search engine."""

from collections.abc import Mapping

from audit_service.domain.audit_record import AuditRecord
from audit_service.use_cases.ports import Index, Records

TAKEN = "another record stands under this datasetId"


def create_audit_trail(
    submitted: Mapping[str, AuditRecord], *, records: Records, index: Index
) -> dict[str, str]:
    """Record what was submitted, each once and for ever.

    Append-only: what stands under a datasetId is never overwritten. The same record again is a success, whether
    it comes twice in a batch or was stored before; another one under the same id is a failure.

    The store comes first. A record that reached it and not the search engine fails here, so that the next
    delivery completes it.

    Args:
        submitted: records by whatever their submitter knows them by (a message's id).

    Returns:
        Why something failed, under the submitter's key. What is not here is recorded and searchable.

    Raises:
        StoreUnavailable, SearchUnavailable: nothing is known of any of them; all may be tried again.
    """
    first: dict[str, AuditRecord] = {}
    for record in submitted.values():
        first.setdefault(record.dataset_id, record)
    added = records.add(list(first.values()))
    standing = first | dict(added.existing)
    failures: dict[str, str] = {}
    for key, record in submitted.items():
        if record.dataset_id in added.refused:
            failures[key] = added.refused[record.dataset_id]
        elif not record.is_same_as(standing[record.dataset_id]):
            failures[key] = TAKEN
    recorded = {key: record.dataset_id for key, record in submitted.items() if key not in failures}
    unsearchable = index.add([standing[dataset_id] for dataset_id in dict.fromkeys(recorded.values())])
    return failures | {
        key: unsearchable[dataset_id] for key, dataset_id in recorded.items() if dataset_id in unsearchable
    }
