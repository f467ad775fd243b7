"""Manifests: which interval the next one covers, what it contains, and how far they have come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.events.cloud_event import CloudEvent, InvalidEventError
from countersign_common.events.manifest import (
    FIRST_PREVIOUS_SHA256,
    Manifest,
    ManifestEvent,
    ManifestWorkflow,
    manifest_name,
    manifest_sha256,
)
from countersign_common.events.manifest_event import (
    MANIFEST_EVENT,
    MANIFEST_EVENT_TYPE,
    ManifestPublished,
    manifest_event_id,
)

from workflow_service.domain.errors import ManifestConflictError
from workflow_service.domain.events import SOURCE

CLOSED_AFTER = timedelta(seconds=30)
"""How long after its end a minute is closed. A request commits within the API's timeout of 10 s, or not at all."""

MAX_INTERVAL = timedelta(hours=1)
"""The longest interval of a manifest. Longer gaps, after an outage, get several manifests."""


@dataclass(frozen=True)
class CommittedEvent:
    """An entry of the commit index.

    Attributes:
        hash: Of the sealed text, 64 hex digits.
        occurred_at: In UTC.
    """

    event_id: str
    workflow_id: str
    sequence: int
    hash: str
    occurred_at: datetime


@dataclass(frozen=True)
class UnreadableEntry:
    """What a manifest leaves out, because it can't be read.

    Attributes:
        key: Of the item.
        reason: What is wrong with it.
    """

    key: str
    reason: str


@dataclass(frozen=True)
class SweepPage:
    """Workflows that a sweep over all of them came to.

    Attributes:
        cursor: Where the next run continues; None if it starts over.
    """

    workflow_ids: tuple[str, ...]
    cursor: str | None


@dataclass(frozen=True)
class ManifestState:
    """How far manifests have come.

    Attributes:
        to: End of the newest manifest, where the next one starts.
        sequence: Of the newest manifest; 0 before the first one.
        sha256: Of its bytes.
        sweep_cursor: Where the sweep continues; None if it starts over.
        pinned_to: End of the next manifest, once a run has chosen it: two runs never publish overlapping intervals.
    """

    to: datetime
    sequence: int = 0
    sha256: str = FIRST_PREVIOUS_SHA256
    sweep_cursor: str | None = None
    pinned_to: datetime | None = None

    def latest_end(self, now: datetime) -> datetime:
        """Return the latest time that the next manifest can end at; `to` if no minute is closed."""
        if self.pinned_to is not None:
            return self.pinned_to
        return max(self.to, min(minute_of(now - CLOSED_AFTER), self.to + MAX_INTERVAL))

    def pinned(self, end: datetime) -> "ManifestState":
        """Return the state with the end of the next manifest."""
        return replace(self, pinned_to=end)

    def manifest(
        self, end: datetime, events: Iterable[CommittedEvent], workflows: Iterable[ManifestWorkflow]
    ) -> Manifest:
        """Return the next manifest."""
        named = (ManifestEvent(each.event_id, each.workflow_id, each.sequence, each.hash) for each in events)
        return Manifest(
            from_=manifest_name(self.to),
            to=manifest_name(end),
            sequence=self.sequence + 1,
            previous_sha256=self.sha256,
            events=tuple(sorted(named, key=lambda each: (each.event_id, each.workflow_id, each.sequence))),
            workflows=tuple(sorted(workflows, key=lambda each: each.workflow_id)),
        )

    def check_next(self, text: str) -> Manifest:
        """Return the stored manifest that follows this state.

        Raises:
            ManifestConflictError: It doesn't follow this state.
        """
        try:
            manifest = Manifest.from_text(text)
        except InvalidEventError as error:
            raise ManifestConflictError(f"after {manifest_name(self.to)}: {error}") from error
        expected = (manifest_name(self.to), self.sequence + 1, self.sha256)
        if (manifest.from_, manifest.sequence, manifest.previous_sha256) != expected:
            raise ManifestConflictError(f"{manifest.name} does not follow {manifest_name(self.to)}")
        return manifest

    def after(self, manifest: Manifest, text: str, sweep_cursor: str | None) -> "ManifestState":
        """Return the state after the next manifest."""
        return ManifestState(
            from_rfc3339(manifest.to), manifest.sequence, manifest_sha256(text), sweep_cursor
        )


def first_state(now: datetime, first_manifest: str | None) -> ManifestState:
    """Return the state before the first manifest.

    Args:
        now: The time; the first manifest covers the hour before it.
        first_manifest: The text of the first manifest if there are manifests, and only the state was lost.

    Raises:
        ManifestConflictError: It is not a manifest.
    """
    if first_manifest is None:
        return ManifestState(minute_of(now) - MAX_INTERVAL)
    try:
        return ManifestState(from_rfc3339(Manifest.from_text(first_manifest).from_))
    except InvalidEventError as error:
        raise ManifestConflictError(f"the first manifest: {error}") from error


def minute_of(at: datetime) -> datetime:
    """Return the start of the minute."""
    return at.replace(second=0, microsecond=0)


def manifest_event(manifest: Manifest, text: str) -> CloudEvent:
    """Return the event that announces a manifest to the audit trail. It is the same each time."""
    event_id = manifest_event_id(manifest.name)
    data = ManifestPublished(
        name=manifest.name,
        from_=manifest.from_,
        to=manifest.to,
        sequence=manifest.sequence,
        sha256=manifest_sha256(text),
        previous_sha256=manifest.previous_sha256,
        events=len(manifest.events),
    )
    return CloudEvent(
        id=event_id,
        source=SOURCE,
        type=MANIFEST_EVENT_TYPE,
        subject=f"manifest/{manifest.name}",
        time=to_rfc3339(from_rfc3339(manifest.to)),
        correlation_id=event_id,
        data=MANIFEST_EVENT.dump(data),
    )
