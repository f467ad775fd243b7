"""Get a workflow's evidence: everything that an auditor needs to verify its records without this deployment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from countersign_common.actors import Actor, reads_everything
from countersign_common.clock import Clock
from countersign_common.errors import NotFoundError
from countersign_common.parallel import map_parallel
from countersign_common.proof.hash_chain import read_link

from audit_service.domain.access import is_draft_of_another_user
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import LogDamagedError, UnreadableRecordError
from audit_service.domain.log.merkle import inclusion_proof
from audit_service.domain.log.proven_tree import tiles_to_prove
from audit_service.domain.log.tiles import CachedNodes, StoredNodes
from audit_service.domain.manifests import InvalidManifestError, StoredManifest
from audit_service.domain.verification import usual_manifest_of
from audit_service.ports import AuditRecordRepository, CosignedCheckpoint, WorkflowPosition
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_finder import ManifestFinder
from audit_service.use_cases.record_pages import RecordPage, RecordPages, read_erasures_by_record

PAGE_BYTES = 5_000_000
"""Largest page: a function's response can have 6 MB (6,291,456 bytes)."""

PROOF_BYTES = 2_500
"""About the most that the proof of an entry takes, in a tree of 2**32 leaves."""

_BATCH = 16


@dataclass(frozen=True)
class EvidenceRecord:
    """A record as it is stored, and which of its parts the reader doesn't get."""

    record: AuditRecord
    withheld: tuple[str, ...]


@dataclass(frozen=True)
class InclusionProof:
    """That an entry is a leaf of the checkpoint's tree."""

    entry_id: str
    index: int
    hashes: Sequence[bytes]


@dataclass(frozen=True)
class Evidence:
    """A page of a workflow's evidence, complete in itself.

    Attributes:
        public_key: The log's, as a verifier key.
        checkpoint: None before the first one.
        proofs: Of every sealed record, erasure and manifest on the page.
        manifests: Those that cover the records, and on the last page one that attests the newest state.
        omitted_manifests: Names of manifests that are too large for a page.
        withheld: Kinds of evidence that the reader doesn't get: `manifests`, which name other workflows.
        erasures: Of parts that the records lack.
        next_position: Where the next page starts; None on the last page.
    """

    workflow_id: str
    created_at: datetime
    public_key: str
    checkpoint: CosignedCheckpoint | None
    records: Sequence[EvidenceRecord]
    proofs: Sequence[InclusionProof]
    manifests: Sequence[StoredManifest]
    omitted_manifests: Sequence[str]
    withheld: Sequence[str]
    erasures: Sequence[EvidenceRecord]
    next_position: WorkflowPosition | None


@dataclass(frozen=True)
class GetEvidence:
    """Collect what is stored of a workflow, with proofs. Nothing is verified, and nothing is left out as unreadable."""

    records: AuditRecordRepository
    log: LogReader
    manifests: ManifestFinder
    clock: Clock

    def __call__(self, workflow_id: str, actor: Actor, after: WorkflowPosition | None) -> Evidence:
        """Return a page of evidence.

        Raises:
            NotFoundError: Nothing is recorded of the workflow, or the actor doesn't take part in it.
            StoreUnavailableError
        """
        now = self.clock()
        page = RecordPages(self.records)(workflow_id, actor, after)
        if not page.records and after is None:
            raise NotFoundError("workflow")
        selection = _Selection()
        page = self._select(page, selection, with_manifests=reads_everything(actor))
        erasures = list(selection.erasures.values())
        if reads_everything(actor) and not page.has_more:
            self._add_newest(workflow_id, now, selection)
        entry_ids = [
            *(record.dataset_id for record in (*page.records, *erasures)),
            *(manifest.name for manifest in selection.manifests.values()),
        ]
        indices = self.log.indices(list(dict.fromkeys(entry_ids)))
        checkpoint = self.log.index.newest_checkpoint()
        return Evidence(
            workflow_id=workflow_id,
            created_at=now,
            public_key=self.log.verifier.key().text,
            checkpoint=None if checkpoint is None else self.log.cosigned(checkpoint),
            records=[EvidenceRecord(record, withheld_from(actor, record)) for record in page.records],
            proofs=[]
            if checkpoint is None
            else list(self._proofs(indices, checkpoint.signed.checkpoint.size)),
            manifests=[selection.manifests[name] for name in sorted(selection.manifests)],
            omitted_manifests=sorted(selection.omitted),
            withheld=() if reads_everything(actor) else ("manifests",),
            # Who may see the records may see why they have no content: the reason is part of it.
            erasures=[EvidenceRecord(record, _withheld_persons(actor, record)) for record in erasures],
            next_position=page.next_position,
        )

    def _select(self, page: RecordPage, selection: "_Selection", *, with_manifests: bool) -> RecordPage:
        """Take records with their manifests, in order, as long as they fit."""
        for start in range(0, len(page.records), _BATCH):
            batch = page.records[start : start + _BATCH]
            names = [_manifest_name(record) if with_manifests else None for record in batch]
            unread = list(dict.fromkeys(each for each in names if each and each not in selection.covering))
            found = dict(zip(unread, map_parallel(self.manifests.covering, unread), strict=True))
            erasures = read_erasures_by_record(batch, self.log.index, self.records)
            for offset, (record, name) in enumerate(zip(batch, names, strict=True)):
                manifest = None if name is None else found.get(name)
                if not selection.take(record, name, manifest, erasures.get(record.dataset_id, ())):
                    return page.first(start + offset)
        return page

    def _add_newest(self, workflow_id: str, now: datetime, selection: "_Selection") -> None:
        """Add the newest manifest that attests the workflow."""
        known = self.manifests.states.newest_manifest_of(workflow_id)
        newest = self.manifests.recent_names(now)[-1:]
        for name in dict.fromkeys((*newest, *([] if known is None else [known]))):
            manifest = self.manifests.manifests.get(name)
            if manifest is not None and _attests(manifest, workflow_id):
                selection.add(manifest)
                return

    def _proofs(self, indices: Mapping[str, int], size: int) -> Iterator[InclusionProof]:
        nodes = CachedNodes(StoredNodes(size, self.log.read_ahead(tiles_to_prove(indices.values(), size))))
        for entry_id, index in indices.items():
            try:
                yield InclusionProof(entry_id, index, inclusion_proof(nodes, index, size))
            except (LogDamagedError, ValueError):
                continue  # the bundle lacks the proof, which is a finding of whoever verifies it


class _Selection:
    """What fits on a page.

    Attributes:
        covering: Usual names of manifests that were read.
        manifests: Name → manifest.
        omitted: Names of manifests that are larger than a page.
        erasures: datasetId → record of the erasure events of what records lack. One can name 1,000 records.
    """

    def __init__(self) -> None:
        self.covering: set[str] = set()
        self.manifests: dict[str, StoredManifest] = {}
        self.omitted: set[str] = set()
        self.erasures: dict[str, AuditRecord] = {}
        self._size = 0

    def take(
        self,
        record: AuditRecord,
        usual_name: str | None,
        manifest: StoredManifest | None,
        erasures: Sequence[AuditRecord],
    ) -> bool:
        """Take a record with its manifest and its erasures unless the page has others and this one doesn't fit."""
        is_new = manifest is not None and manifest.name not in self.manifests
        added = [each for each in erasures if each.dataset_id not in self.erasures]
        cost = sum(each.evidence_size + PROOF_BYTES for each in (record, *added))
        extra = _size_of(manifest) if manifest is not None and is_new else 0
        if self._size and self._size + cost + extra > PAGE_BYTES:
            return False
        self._size += cost
        self.erasures |= {each.dataset_id: each for each in added}
        if usual_name is not None:
            self.covering.add(usual_name)
        if manifest is not None and is_new:
            self.add(manifest)
        return True

    def add(self, manifest: StoredManifest) -> None:
        """Add a manifest, or its name if it doesn't fit."""
        if manifest.name in self.manifests:
            return
        if self._size + _size_of(manifest) > PAGE_BYTES:
            self.omitted.add(manifest.name)
        else:
            self.manifests[manifest.name] = manifest
            self._size += _size_of(manifest)


def withheld_from(actor: Actor, record: AuditRecord) -> tuple[str, ...]:
    """Return the parts of a record that the actor doesn't get.

    Participants don't get who acted. Of a draft of another user, which is private, and of a record that doesn't show
    whether it is one, they get the sealed text only: the chain can't be verified without it.
    """
    if reads_everything(actor):
        return ()
    try:
        is_private = is_draft_of_another_user(actor, record)
    except UnreadableRecordError:
        is_private = True
    exists = {"person": record.person is not None, "content": record.content is not None and is_private}
    # Bytes that can't be read can be those of a part that the reader doesn't get.
    return tuple(part for part, is_there in (exists | {"raw": bool(record.raw)}).items() if is_there)


def _withheld_persons(actor: Actor, record: AuditRecord) -> tuple[str, ...]:
    return () if reads_everything(actor) or record.person is None else ("person",)


def _manifest_name(record: AuditRecord) -> str | None:
    link = read_link(record)
    return None if link is None else usual_manifest_of(link)


def _attests(manifest: StoredManifest, workflow_id: str) -> bool:
    try:
        return manifest.excerpt(workflow_id).state is not None
    except InvalidManifestError:
        return False


def _size_of(manifest: StoredManifest) -> int:
    text = manifest.text
    return len(text) + 3 * text.count('"') + PROOF_BYTES
