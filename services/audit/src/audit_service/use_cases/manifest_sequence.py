"""Read manifests in order, in slices and batches of slices that are compared at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from countersign_common.events.manifest import ManifestEvent, ManifestWorkflow
from countersign_common.parallel import map_parallel
from countersign_common.telemetry import Warn

from audit_service.domain.integrity import ManifestPosition
from audit_service.domain.reconciliation.manifests import Predecessor, ReadManifest
from audit_service.ports import ManifestCatalog, ManifestVersion

BATCH = 500
"""Events that are compared at once: five BatchGetItem calls of records, and one search."""

READ_AHEAD = 16
"""Manifests that are read at the same time."""

_PAGE = 1_000


@dataclass(frozen=True)
class ManifestSlice:
    """Entries of a manifest that are compared at once: its events, then its workflows.

    Attributes:
        start, end: Positions among all entries.
        is_last: Whether it is the last slice of its manifest.
    """

    manifest: ReadManifest
    start: int
    end: int
    is_last: bool

    @property
    def size(self) -> int:
        """For the limit of a batch. An empty manifest is compared, too."""
        return self.end - self.start + 1

    @property
    def events(self) -> Sequence[ManifestEvent]:
        return self.manifest.events[self.start : self.end]

    @property
    def workflows(self) -> Sequence[ManifestWorkflow]:
        count = len(self.manifest.events)
        return self.manifest.workflows[max(0, self.start - count) : max(0, self.end - count)]


@dataclass(frozen=True)
class ManifestSequence:
    """The manifests, and for those that were read which one is before each."""

    catalog: ManifestCatalog
    warn: Warn
    _predecessors: dict[str, Predecessor | None] = field(default_factory=dict)

    def get(self, name: str) -> ReadManifest | None:
        """Return a manifest as it is stored now; None if there is none of this name."""
        stored = self.catalog.get(name)
        return None if stored is None else ReadManifest.of(stored)

    def first_after(self, name: str) -> ReadManifest | None:
        """Return the manifest that follows a name; None if there is none yet."""
        listed = self.catalog.list_versions(after=name, limit=1)
        return self.get(listed[0].name) if listed else None

    def slices(
        self, after: ManifestPosition, until: str | None, *, with_states: bool
    ) -> Iterator[ManifestSlice]:
        """Yield slices of the manifests after a position.

        Args:
            after: The position.
            until: Name of the last manifest; None for all of them.
            with_states: Whether workflow states are among the entries.
        """
        name, done = after.name, after.done
        while True:
            listed = self.catalog.list_versions(after=name, limit=_PAGE)
            for start in range(0, len(listed), READ_AHEAD):
                ahead = listed[start : start + READ_AHEAD]
                if until is not None:
                    ahead = [each for each in ahead if each.name <= until]
                for manifest in self._read(ahead):
                    yield from slices_of(manifest, done, with_states=with_states)
                    done = 0
                if len(ahead) < len(listed[start : start + READ_AHEAD]):
                    return
            if len(listed) < _PAGE:
                return
            name = listed[-1].name

    def predecessor_of(self, manifest: ReadManifest) -> Predecessor | None:
        """Return the manifest that a manifest says is the one before it; None if there is no such manifest."""
        if manifest.content is None or manifest.content.sequence == 1:
            return None
        name = manifest.content.from_
        if name not in self._predecessors:
            before = self.get(name)
            self._predecessors[name] = None if before is None else before.as_predecessor
        return self._predecessors[name]

    def _read(self, versions: Sequence[ManifestVersion]) -> Iterator[ReadManifest]:
        for version, stored in zip(versions, map_parallel(self.catalog.read, versions), strict=True):
            if stored is None:  # hidden since it was listed: the next manifest has no predecessor
                self.warn("manifest is gone", name=version.name)
                continue
            manifest = ReadManifest.of(stored)
            self._predecessors[manifest.name] = manifest.as_predecessor
            yield manifest


def slices_of(manifest: ReadManifest, done: int, *, with_states: bool = True) -> Iterator[ManifestSlice]:
    """Yield the slices of a manifest after the entries that are done, at least one."""
    total = len(manifest.events) + (len(manifest.workflows) if with_states else 0)
    start = min(done, total)
    while True:
        end = min(start + BATCH, total)
        yield ManifestSlice(manifest, start, end, end == total)
        if end == total:
            return
        start = end


def batches(
    slices: Iterable[ManifestSlice], start: ManifestPosition
) -> Iterator[tuple[list[ManifestSlice], ManifestPosition]]:
    """Yield batches of slices, each with the position after it."""
    batch: list[ManifestSlice] = []
    size, complete, position = 0, start.name, start
    for each in slices:
        if batch and size + each.size > BATCH:
            yield batch, position
            batch, size = [], 0
        batch.append(each)
        size += each.size
        if each.is_last:
            complete = each.manifest.name
        position = ManifestPosition(complete, 0 if each.is_last else each.end)
    if batch:
        yield batch, position
