"""Verify a workflow: compare what is stored with its chain, the log and the manifests, page by page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.actors import Actor
from countersign_common.clock import Clock
from countersign_common.errors import NotFoundError
from countersign_common.events.manifest import manifest_name
from countersign_common.parallel import map_parallel
from countersign_common.proof.hash_chain import ChainPosition, Link

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.log_facts import IN_FLIGHT
from audit_service.domain.log.tiles import TILE_WIDTH
from audit_service.domain.manifests import (
    LATE,
    InvalidManifestError,
    ManifestExcerpt,
    ManifestFacts,
    StoredManifest,
)
from audit_service.domain.verification import (
    PageFacts,
    occurred_at_of,
    read_records,
    usual_manifest_of,
    verify_page,
)
from audit_service.domain.verification_result import PageVerdict
from audit_service.ports import AuditRecordRepository, CosignedCheckpoint, WorkflowPosition
from audit_service.use_cases.log_reader import LogReader
from audit_service.use_cases.manifest_finder import ManifestFinder
from audit_service.use_cases.record_pages import RecordPage, RecordPages, read_erasures

MAX_OBJECTS = 250
"""Most tiles of leaves, and most manifests, that one page needs: each is a read of its own."""

MAX_MANIFEST_BYTES = 16_000_000
"""About how much one page reads of manifests. A minute with 10,000 commits has 4 MB."""

RECENT = IN_FLIGHT + LATE + timedelta(minutes=2)
"""Manifests this young can name events that are still on their way."""

_BATCH = 16


@dataclass(frozen=True)
class VerificationPosition:
    """Where the verification of a workflow continues.

    Attributes:
        record: The last record that was verified.
        chain: What the next record must have.
    """

    record: WorkflowPosition
    chain: ChainPosition


@dataclass(frozen=True)
class Verification:
    """The verdict on a page.

    Attributes:
        checkpoint: The newest one; None before the first, or if it can't be read.
        next_position: Where the next page starts; None on the last page.
    """

    verdict: PageVerdict
    checkpoint: CosignedCheckpoint | None
    next_position: VerificationPosition | None


@dataclass(frozen=True)
class VerifyWorkflow:
    """Check that everything recorded of a workflow is there, unchanged, in its position, and nothing else."""

    records: AuditRecordRepository
    log: LogReader
    manifests: ManifestFinder
    clock: Clock

    def __call__(self, workflow_id: str, actor: Actor, after: VerificationPosition | None) -> Verification:
        """Return the verdict on a page of at most 1,000 records.

        Raises:
            NotFoundError: Nothing is known of the workflow, or the actor doesn't take part in it. Before its first
                event is recorded, a workflow is known to admins and auditors only, from manifests.
            StoreUnavailableError
        """
        page = RecordPages(self.records)(workflow_id, actor, None if after is None else after.record)
        start = ChainPosition.first(workflow_id) if after is None else after.chain
        facts, checkpoint, page = self._facts(workflow_id, page, start)
        if not page.records and after is None and not _newest_sequence(facts.manifests):
            raise NotFoundError("workflow")
        verdict = verify_page(facts)
        last = page.next_position
        return Verification(
            verdict, checkpoint, None if last is None else VerificationPosition(last, verdict.end)
        )

    def _facts(
        self, workflow_id: str, page: RecordPage, start: ChainPosition
    ) -> tuple[PageFacts, CosignedCheckpoint | None, RecordPage]:
        """Read what the page is verified from. The page can become shorter."""
        now = self.clock()
        indices = self.log.indices([record.dataset_id for record in page.records])
        page = page.first(_count_with_tiles(page.records, indices))
        links, unreadable = read_records(page.records)
        usual_manifests = {link.event.dataset_id: usual_manifest_of(link) for link in links}
        page, covering, problems = self._covering(workflow_id, page, usual_manifests)
        if len(page.records) < len(links) + len(unreadable):
            links, unreadable = read_records(page.records)
        is_last = not page.has_more
        others = self._attesting(workflow_id, now, problems)
        last = max((link.sequence for link in links), default=start.sequence - 1)
        manifests = ManifestFacts(covering, others, problems)
        if is_last and _newest_sequence(manifests) > last:
            recent = self._recent(workflow_id, now, problems)
            manifests = ManifestFacts(covering, [*others, *recent], problems)
        absent = _absent(manifests, page.records, start.sequence, None if is_last else last)
        # Records that the index by workflow doesn't have yet. One that it lacks later is missing: no list has it.
        stored = self.records.get_many(absent)
        added = [link for link in read_records(stored.values())[0] if _is_recent(link, now)]
        lagging = [stored[link.event.dataset_id] for link in added]
        links += added
        usual_manifests |= {link.event.dataset_id: usual_manifest_of(link) for link in added}
        erasures = read_erasures([*page.records, *lagging], self.log.index, self.records)
        entry_ids = [
            *(link.event.dataset_id for link in links),
            *absent,
            *(manifest.name for manifest in manifests.all),
            *(erasure.dataset_id for erasure in erasures),
        ]
        log, checkpoint = self.log.facts(entry_ids, indices)
        return (
            PageFacts(
                workflow_id=workflow_id,
                start=start,
                links=links,
                usual_manifests=usual_manifests,
                unreadable=unreadable,
                is_last=is_last,
                log=log,
                manifests=manifests,
                erasures=erasures,
                now=now,
            ),
            None if checkpoint is None else self.log.cosigned(checkpoint),
            page,
        )

    def _covering(
        self, workflow_id: str, page: RecordPage, needed: Mapping[str, str | None]
    ) -> tuple[RecordPage, dict[str, ManifestExcerpt | None], dict[str, str]]:
        """Read the manifests that cover the records, in order, as long as the page can afford it."""
        names = list(dict.fromkeys(name for name in needed.values() if name is not None))
        covering: dict[str, ManifestExcerpt | None] = {}
        problems: dict[str, str] = {}
        size = 0

        while names and len(covering) + len(problems) < MAX_OBJECTS and size < MAX_MANIFEST_BYTES:
            batch, names = names[:_BATCH], names[_BATCH:]
            for name, manifest in zip(batch, map_parallel(self.manifests.covering, batch), strict=True):
                excerpt, length, problem = _excerpt(manifest, workflow_id)
                size += length
                if problem is None:
                    covering[name] = excerpt
                else:
                    problems[name] = problem
        if not names:
            return page, covering, problems
        unread = set(names)
        count = next(
            (at for at, record in enumerate(page.records) if needed.get(record.dataset_id) in unread),
            len(page.records),
        )
        return page.first(count), covering, problems

    def _attesting(self, workflow_id: str, now: datetime, problems: dict[str, str]) -> list[ManifestExcerpt]:
        """Read the manifests that are most likely to attest the workflow's newest state."""
        known = self.manifests.states.newest_manifest_of(workflow_id)
        names = [*([] if known is None else [known]), *self.manifests.recent_names(now)[-1:]]
        return self._read(workflow_id, names, problems)

    def _recent(self, workflow_id: str, now: datetime, problems: dict[str, str]) -> list[ManifestExcerpt]:
        """Read the manifests that name what can be on its way."""
        since = manifest_name(now - RECENT)
        names = [name for name in self.manifests.recent_names(now) if name > since]
        return self._read(workflow_id, names, problems)

    def _read(
        self, workflow_id: str, names: Sequence[str], problems: dict[str, str]
    ) -> list[ManifestExcerpt]:
        excerpts: list[ManifestExcerpt] = []

        def read(name: str) -> tuple[str, ManifestExcerpt | None, str | None]:
            manifest = self.manifests.manifests.get(name)
            if manifest is None:
                return name, None, "it is missing."
            excerpt, _, problem = _excerpt(manifest, workflow_id)
            return name, excerpt, problem

        for name, excerpt, problem in map_parallel(read, dict.fromkeys(names)):
            if problem is not None:
                problems[name] = problem
            elif excerpt is not None:
                excerpts.append(excerpt)
        return excerpts


def _is_recent(link: Link, now: datetime) -> bool:
    occurred_at = occurred_at_of(link)
    return occurred_at is not None and abs(now - occurred_at) <= IN_FLIGHT


def _excerpt(
    manifest: StoredManifest | None, workflow_id: str
) -> tuple[ManifestExcerpt | None, int, str | None]:
    """Return what a manifest says about the workflow, its size, and what is wrong with it."""
    if manifest is None:
        return None, 0, None
    try:
        return manifest.excerpt(workflow_id), len(manifest.text), None
    except InvalidManifestError as error:
        return None, len(manifest.text), f"{error}"


def _count_with_tiles(records: Sequence[AuditRecord], indices: Mapping[str, int]) -> int:
    """Return how many of the records, from the first, have their leaves in MAX_OBJECTS tiles."""
    tiles = {index // TILE_WIDTH for index in indices.values()}
    if len(tiles) <= MAX_OBJECTS:
        return len(records)
    tiles = set()
    for count, record in enumerate(records):
        index = indices.get(record.dataset_id)
        if index is not None:
            tiles.add(index // TILE_WIDTH)
            if len(tiles) > MAX_OBJECTS:
                return count
    return len(records)


def _absent(
    manifests: ManifestFacts, records: Sequence[AuditRecord], first: int, last: int | None
) -> list[str]:
    """Return the events that manifests name in a range of sequences and that are not among the records."""
    present = {record.dataset_id for record in records}
    return list(
        dict.fromkeys(
            event_id
            for event_id, sequence in _named(manifests)
            if event_id not in present and first <= sequence and (last is None or sequence <= last)
        )
    )


def _named(manifests: ManifestFacts) -> Iterator[tuple[str, int]]:
    for manifest in manifests.all:
        for event in manifest.events.values():
            yield event.event_id, event.sequence


def _newest_sequence(manifests: ManifestFacts) -> int:
    versions = (each.state.version for each in manifests.all if each.state is not None)
    return max(max(versions, default=0), max((sequence for _, sequence in _named(manifests)), default=0))
