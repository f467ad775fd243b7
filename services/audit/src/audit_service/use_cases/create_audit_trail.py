"""Create the audit trail: record a batch, first in the store, then in the search index."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from countersign_common.clock import Clock

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.entries import Entry
from audit_service.ports import AuditIndex, AuditRecordRepository
from audit_service.ports.erasure import ErasureHints

LATE = timedelta(minutes=1)
"""An event that is older when it arrives can have been erased before."""

CONFLICT = "another record has this datasetId"
MANIFEST_CONFLICT = "another manifest has this name"


@dataclass(frozen=True)
class BatchResult:
    """The result of recording a batch.

    Attributes:
        failures: Key of the submitter → reason, for records that must be submitted again.
        unindexable: datasetId → reason, for records that are stored and can't be searched.
    """

    failures: Mapping[str, str]
    unindexable: Mapping[str, str]


@dataclass(frozen=True)
class CreateAuditTrail:
    """Record a batch of records, each once."""

    records: AuditRecordRepository
    index: AuditIndex
    hints: ErasureHints
    clock: Clock

    def __call__(
        self, submitted: Mapping[str, AuditRecord], manifests: Mapping[str, Entry] | None = None
    ) -> BatchResult:
        """Record what was submitted.

        A stored record is never overwritten. The same record again is a success, whether it is twice in a batch or
        was stored before; another record with the same datasetId is a failure.

        A record that is stored and not indexed because the index is busy is a failure, so that the next delivery
        completes it. A record that can't be indexed at all is not: delivering it again would change nothing.

        A part of a late event that has been erased since is not stored.

        Of manifests, the same is a success and another one with the same name is a failure.

        Args:
            submitted: Records by the submitter's own key (a message's id).
            manifests: Manifests in the same way. They are sealed, and in neither store.

        Raises:
            StoreUnavailableError, SearchUnavailableError: The result is unknown; all records can be submitted again.
        """
        first: dict[str, AuditRecord] = {}
        for record in submitted.values():
            first.setdefault(record.dataset_id, record)
        first |= self._erased(first.values())
        first_manifests: dict[str, Entry] = {}
        for entry in (manifests or {}).values():
            first_manifests.setdefault(entry.entry_id, entry)
        result = self.records.add(list(first.values()), list(first_manifests.values()))
        stored = first | dict(result.existing)
        failures: dict[str, str] = {}
        for key, entry in (manifests or {}).items():
            if entry.entry_id in result.failed:
                failures[key] = result.failed[entry.entry_id]
            elif entry != first_manifests[entry.entry_id]:
                failures[key] = MANIFEST_CONFLICT
        for key, record in submitted.items():
            if record.dataset_id in result.failed:
                failures[key] = result.failed[record.dataset_id]
            elif not record.is_same_as(stored[record.dataset_id]):
                failures[key] = CONFLICT
        recorded = {key: record.dataset_id for key, record in submitted.items() if key not in failures}
        indexed = self.index.add([stored[dataset_id] for dataset_id in dict.fromkeys(recorded.values())])
        failures |= {
            key: f"not indexed: {indexed.failed[dataset_id]}"
            for key, dataset_id in recorded.items()
            if dataset_id in indexed.failed
        }
        return BatchResult(failures, indexed.unindexable)

    def _erased(self, records: Iterable[AuditRecord]) -> dict[str, AuditRecord]:
        """Return the late records of which parts were erased, without them."""
        since = self.clock() - LATE
        late = {record.dataset_id: record for record in records if record.occurred_at < since}
        if not late:
            return {}
        erased = self.hints.parts_of(list(late))
        return {dataset_id: late[dataset_id].without(parts) for dataset_id, parts in erased.items()}
