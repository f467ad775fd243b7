"""Compare what manifests say with records, the log and workflow states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from countersign_common.events.manifest import ManifestEvent, ManifestWorkflow
from countersign_common.parallel import map_parallel

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.integrity import Attestation
from audit_service.domain.log.log_facts import LogFacts
from audit_service.domain.reconciliation.comparison import Comparison
from audit_service.domain.reconciliation.events import check_event
from audit_service.domain.reconciliation.manifests import ReadManifest, check_manifest
from audit_service.domain.reconciliation.states import check_state, is_explained_by
from audit_service.ports import AuditRecordRepository, IntegrityRepository, WorkflowPosition
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_sequence import ManifestSequence, ManifestSlice
from audit_service.use_cases.record_pages import read_erasures

_LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff"


@dataclass(frozen=True)
class CompareManifests:
    """Compare slices of manifests."""

    manifests: ManifestSequence
    records: AuditRecordRepository
    log: LogReader
    integrity: IntegrityRepository

    def __call__(
        self,
        batch: Sequence[ManifestSlice],
        now: datetime,
        *,
        with_states: bool = False,
        only: set[str] | None = None,
    ) -> Comparison:
        """Return what follows from slices.

        Args:
            batch: The slices, at least one.
            now: In UTC.
            with_states: Whether workflow states are compared.
            only: Subjects to compare; None for all of them.
        """
        events = {
            event.event_id: event
            for each in batch
            for event in each.events
            if only is None or event.event_id in only
        }
        states = [
            (state, each.manifest)
            for each in batch
            for state in (each.workflows if with_states else ())
            if only is None or state.workflow_id in only
        ]
        previous = dict(self.integrity.attestations(list({state.workflow_id for state, _ in states})))
        heads = self._heads(states, previous)
        names = {each.manifest.name: each.manifest for each in batch}
        facts, records, erasures = self._read(events, heads, names)
        comparison = Comparison(facts, now)
        usable = {
            name: check_manifest(comparison, manifest, self.manifests.predecessor_of(manifest))
            for name, manifest in names.items()
        }
        for each in batch:
            if usable[each.manifest.name]:
                for event in each.events:
                    if event.event_id in events:
                        record = records.get(event.event_id)
                        check_event(comparison, event, each.manifest, record, erasures)
        for state, manifest in states:
            if usable[manifest.name]:
                record = records.get(heads.get((state.workflow_id, state.version), ""))
                before = previous.get(state.workflow_id)
                attestation = check_state(comparison, state, manifest, before, record)
                if attestation is not None:
                    previous[state.workflow_id] = attestation
        return comparison

    def _read(
        self,
        events: Mapping[str, ManifestEvent],
        heads: Mapping[tuple[str, int], str],
        names: Mapping[str, ReadManifest],
    ) -> tuple[LogFacts, Mapping[str, AuditRecord], Sequence[AuditRecord]]:
        """Read what the log says, the records, and the erasures that can explain what records lack."""
        wanted = dict.fromkeys((*events, *heads.values()))
        records = dict(self.records.get_many(list(wanted))) if wanted else {}
        erasures = read_erasures(list(records.values()), self.log.index, self.records)
        ids = list(dict.fromkeys((*wanted, *names, *(each.dataset_id for each in erasures))))
        facts, _ = self.log.facts(ids, {})
        # What was stored between the two reads.
        stored_since = [
            each
            for each in events
            if each not in records and (each in facts.indices or each in facts.pending)
        ]
        if stored_since:
            records |= self.records.get_many(stored_since)
        return facts, records, erasures

    def _heads(
        self,
        states: Sequence[tuple[ManifestWorkflow, ReadManifest]],
        previous: Mapping[str, Attestation],
    ) -> dict[tuple[str, int], str]:
        """Return the datasetIds of the events with the versions of states, by workflow and version."""
        named: dict[tuple[str, int], str] = {}
        for manifest in {manifest.name: manifest for _, manifest in states}.values():
            named |= {(event.workflow_id, event.sequence): event.event_id for event in manifest.events}
        heads: dict[tuple[str, int], str] = {}
        unknown: dict[tuple[str, int], None] = {}
        for state, _ in states:
            key = state.workflow_id, state.version
            before = previous.get(state.workflow_id)
            if key in named:
                heads[key] = named[key]
            elif is_explained_by(state, before):
                continue
            elif before is not None and before.dataset_id and before.state.version == state.version:
                heads[key] = before.dataset_id
            else:
                unknown[key] = None
        found = map_parallel(self._find_head, unknown)
        return heads | {key: each for key, each in zip(unknown, found, strict=True) if each is not None}

    def _find_head(self, key: tuple[str, int]) -> str | None:
        workflow_id, version = key
        after = WorkflowPosition(version - 1, _LAST_ID)
        found = self.records.list_positions(workflow_id, after=after, limit=1)
        return found[0].dataset_id if found and found[0].sequence == version else None
