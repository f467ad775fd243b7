"""Create the audit trail: record a batch, first in the store, then in the search engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit_service.domain.audit_record import AuditRecord
from audit_service.use_cases.ports import AuditIndex, Records

CONFLICT = "another record has this datasetId"


@dataclass(frozen=True)
class Recorded:
    """What became of a batch.

    Attributes:
        failures: Key of the submitter → reason, for records that must be submitted again.
        unindexable: datasetId → reason, for records that are stored and can't be searched.
    """

    failures: Mapping[str, str]
    unindexable: Mapping[str, str]


def create_audit_trail(
    submitted: Mapping[str, AuditRecord], *, records: Records, index: AuditIndex
) -> Recorded:
    """Record what was submitted, each record once.

    Append-only: a stored record is never overwritten. The same record again is a success, whether it is twice in a
    batch or was stored before. Another record with the same datasetId is a failure.

    The store comes first. A record that was stored and not indexed because the index is busy is a failure, so that
    the next delivery completes it. One that can't be indexed at all is none: delivering it again changes nothing.

    Args:
        submitted: records by the submitter's own key (a message's id).

    Raises:
        StoreUnavailable, SearchUnavailable: nothing is known of any record; all can be submitted again.
    """
    first: dict[str, AuditRecord] = {}
    for record in submitted.values():
        first.setdefault(record.dataset_id, record)
    added = records.add(list(first.values()))
    stored = first | dict(added.existing)
    failures: dict[str, str] = {}
    for key, record in submitted.items():
        if record.dataset_id in added.refused:
            failures[key] = added.refused[record.dataset_id]
        elif not record.is_same_as(stored[record.dataset_id]):
            failures[key] = CONFLICT
    recorded = {key: record.dataset_id for key, record in submitted.items() if key not in failures}
    indexed = index.add([stored[dataset_id] for dataset_id in dict.fromkeys(recorded.values())])
    failures |= {
        key: f"not indexed: {indexed.failed[dataset_id]}"
        for key, dataset_id in recorded.items()
        if dataset_id in indexed.failed
    }
    return Recorded(failures, indexed.unindexable)
