"""Publish manifests: what was committed in each closed interval, and the state of workflows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from countersign_common.clock import Clock
from countersign_common.events.manifest import Manifest, manifest_name
from countersign_common.telemetry import Warn

from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.manifests import (
    CommittedEvent,
    ManifestState,
    SweepPage,
    UnreadableEntry,
    first_state,
    manifest_event,
    minute_of,
)
from workflow_service.ports import (
    AuditTrailPublisher,
    CommitIndex,
    ManifestProgress,
    ManifestStore,
    WorkflowStates,
)

EVENT_LIMIT = 10_000
"""A manifest ends with the minute that has this many events, so that a run is done within its time."""

SWEEP_LIMIT = 200
"""Workflows that a run attests besides those with an event."""

RESERVE_SECONDS = 60.0
"""A run starts no manifest with less time left."""

MAX_CONFLICTS = 5
"""How often a run yields to another run before it ends."""

NAMED_ENTRIES = 20
"""Unreadable entries that the log of one manifest names."""

EntryT = TypeVar("EntryT")


@dataclass(frozen=True)
class PublishResult:
    """The result of a run.

    Attributes:
        manifests: How many it published.
        events, workflows: How many these manifests name.
        unreadable: Entries that they leave out.
        lag_seconds: Age of the end of the newest manifest.
    """

    manifests: int
    events: int
    workflows: int
    unreadable: int
    lag_seconds: float


class _Unreadable:
    """Collects and logs the entries that one manifest leaves out."""

    def __init__(self, warn: Warn) -> None:
        self._warn = warn
        self.count = 0

    def skip(self, entries: Iterable[EntryT | UnreadableEntry]) -> Iterator[EntryT]:
        """Yield the entries that could be read."""
        for entry in entries:
            if not isinstance(entry, UnreadableEntry):
                yield entry
                continue
            self.count += 1
            if self.count <= NAMED_ENTRIES:
                self._warn("entry left out of the manifest", key=entry.key, reason=entry.reason)


@dataclass(frozen=True)
class PublishManifest:
    """Publish a manifest for each closed interval, until the last closed minute is covered or no time is left.

    Each step can be repeated, and a run that ends between two of them leaves what the next run needs: it continues
    with the same interval, and publishes the stored text if there is one. Two runs at the same time publish the same
    manifests.
    """

    commits: CommitIndex
    states: WorkflowStates
    progress: ManifestProgress
    manifests: ManifestStore
    publisher: AuditTrailPublisher
    clock: Clock
    warn: Warn

    def __call__(self, remaining_seconds: Callable[[], float], *, sweep: int = SWEEP_LIMIT) -> PublishResult:
        """
        Args:
            remaining_seconds: Returns how long this run may still take.
            sweep: Maximum number of workflows without an event whose state is attested.

        Raises:
            ManifestConflictError: A stored manifest does not follow the ones before it.
        """
        published: list[Manifest] = []
        unreadable = _Unreadable(self.warn)
        conflicts = 0
        while conflicts < MAX_CONFLICTS and remaining_seconds() >= RESERVE_SECONDS:
            try:
                manifest = self._publish_next(unreadable, 0 if published else sweep)
            except VersionConflictError:
                conflicts += 1
                continue
            if manifest is None:
                break
            published.append(manifest)
        return PublishResult(
            manifests=len(published),
            events=sum(len(manifest.events) for manifest in published),
            workflows=sum(len(manifest.workflows) for manifest in published),
            unreadable=unreadable.count,
            lag_seconds=self._lag_seconds(),
        )

    def _publish_next(self, unreadable: _Unreadable, sweep: int) -> Manifest | None:
        """Publish the next manifest and return it; None if no minute is closed."""
        state = self.progress.get() or self._start()
        sweep_cursor = state.sweep_cursor
        text = self.manifests.first_after(manifest_name(state.to))
        if text is None:
            end = state.latest_end(self.clock())
            if end <= state.to:
                return None
            state, end, events = self._choose(state, end, unreadable)
            page = self._sweep(state, sweep)
            workflow_ids = dict.fromkeys(each.workflow_id for each in events) | dict.fromkeys(
                page.workflow_ids
            )
            workflows = unreadable.skip(self.states.attested(tuple(workflow_ids)))
            manifest = state.manifest(end, events, workflows)
            written = manifest.to_text()
            state.check_next(written)  # a stored text never changes, so every run must accept it
            text = self.manifests.add(manifest.name, written)
            if text == written:
                sweep_cursor = page.cursor
        manifest = state.check_next(text)
        self.publisher.publish(manifest_event(manifest, text).to_message())
        self.progress.replace(state, state.after(manifest, text, sweep_cursor))
        return manifest

    def _start(self) -> ManifestState:
        state = first_state(self.clock(), self.manifests.first_after(""))
        self.progress.replace(None, state)
        return state

    def _choose(
        self, state: ManifestState, end: datetime, unreadable: _Unreadable
    ) -> tuple[ManifestState, datetime, list[CommittedEvent]]:
        """Choose the end of the next manifest and store it; return the stored state, the end, and the events until it.

        Args:
            state: The stored state.
            end: The latest time that the manifest can end at.
            unreadable: Collects what can't be read.
        """
        events: list[CommittedEvent] = []
        for event in unreadable.skip(self.commits.between(state.to, end)):
            minute = minute_of(event.occurred_at)
            is_full = len(events) >= EVENT_LIMIT and minute > minute_of(events[-1].occurred_at)
            if is_full and state.pinned_to is None:
                end = minute
                break
            events.append(event)
        if state.pinned_to is None:
            pinned = state.pinned(end)
            self.progress.replace(state, pinned)
            state = pinned
        return state, end, events

    def _sweep(self, state: ManifestState, limit: int) -> SweepPage:
        if limit == 0:
            return SweepPage((), state.sweep_cursor)
        return self.states.sweep(state.sweep_cursor, limit)

    def _lag_seconds(self) -> float:
        state = self.progress.get()
        return 0.0 if state is None else (self.clock() - state.to).total_seconds()
