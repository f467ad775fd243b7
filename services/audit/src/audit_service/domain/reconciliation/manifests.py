"""Manifests: each follows the one before it, and is the one in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from countersign_common.clock import from_rfc3339
from countersign_common.events.cloud_event import InvalidEventError
from countersign_common.events.manifest import (
    FIRST_PREVIOUS_SHA256,
    Manifest,
    ManifestEvent,
    ManifestWorkflow,
    manifest_sha256,
)

from audit_service.domain.integrity import FindingCode, IntegrityFinding
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.manifests import StoredManifest
from audit_service.domain.reconciliation.comparison import Comparison


@dataclass(frozen=True)
class Predecessor:
    """The manifest before another one.

    Attributes:
        name: Its name.
        hash: SHA-256 of its bytes.
        sequence: Its number; None if it can't be read.
    """

    name: str
    hash: str
    sequence: int | None


@dataclass(frozen=True)
class ReadManifest:
    """A stored manifest, and what it says.

    Attributes:
        name: The name under which it is stored.
        hash: SHA-256 of its bytes.
        content: None if it can't be read, or is the manifest of another name.
        end: The end of its interval; when it was written if that can't be read.
    """

    name: str
    hash: str
    content: Manifest | None
    end: datetime

    @classmethod
    def of(cls, stored: StoredManifest) -> "ReadManifest":
        """Read a stored manifest."""
        content: Manifest | None
        try:
            content = Manifest.from_text(stored.text)
            end = from_rfc3339(content.to)
        except (InvalidEventError, ValueError):
            content = None
        if content is None or content.name != stored.name:
            content, end = None, stored.published_at
        return cls(stored.name, manifest_sha256(stored.text), content, end)

    @cached_property
    def event_ids(self) -> frozenset[str]:
        """The ids of the events that it names."""
        return frozenset(event.event_id for event in self.events)

    @property
    def events(self) -> Sequence[ManifestEvent]:
        return () if self.content is None else self.content.events

    @property
    def workflows(self) -> Sequence[ManifestWorkflow]:
        return () if self.content is None else self.content.workflows

    @property
    def as_predecessor(self) -> Predecessor:
        return Predecessor(self.name, self.hash, None if self.content is None else self.content.sequence)


def check_manifest(comparison: Comparison, manifest: ReadManifest, predecessor: Predecessor | None) -> bool:
    """Check a manifest, and return whether what it says can be used.

    Args:
        manifest: The manifest.
        predecessor: The manifest that it says is the one before it; None if there is no such manifest.
    """
    subject = manifest.name
    problem = _continuity_problem(manifest, predecessor)
    entry = Entry(EntryKind.MANIFEST, subject, manifest.hash)
    leaf = comparison.check_entry(entry, comparison.is_young(manifest.end))
    if leaf.is_other:
        problem = "The log has another hash for it."
    if problem is not None:
        code = FindingCode.MANIFEST_MISMATCH
        comparison.find(IntegrityFinding(code, subject, f"Manifest {subject}: {problem}", manifest=subject))
    if leaf.problem is not None and not leaf.is_other:
        detail = f"Manifest {subject}: {leaf.problem}"
        comparison.find(IntegrityFinding(FindingCode.NOT_SEALED, subject, detail, manifest=subject))
    if leaf.is_decided:
        comparison.decided.add(subject)
    if leaf.waits:
        comparison.waiting.add(subject)
    return manifest.content is not None and not leaf.is_other


def is_other_manifest(comparison: Comparison, manifest: ReadManifest) -> bool:
    """Return whether the log has another manifest of this name, or whether this one can't be read."""
    entry = Entry(EntryKind.MANIFEST, manifest.name, manifest.hash)
    return manifest.content is None or comparison.check_entry(entry, is_young=True).is_other


def check_manifest_leaf(comparison: Comparison, entry: Entry, stored: ReadManifest | None) -> None:
    """Check that a manifest in the log is the one that is stored."""
    if stored is not None and stored.hash == entry.hash:
        return
    which = "is not stored" if stored is None else "is stored with another hash"
    detail = f"Manifest {entry.entry_id} is in the log, and {which}."
    code, name = FindingCode.MANIFEST_MISMATCH, entry.entry_id
    comparison.find(IntegrityFinding(code, name, detail, manifest=name))


def _continuity_problem(manifest: ReadManifest, predecessor: Predecessor | None) -> str | None:
    """Return why a manifest does not follow the one before it; None if it does."""
    content = manifest.content
    if content is None:
        return "it can't be read."
    if predecessor is None:
        if content.sequence == 1 and content.previous_sha256 == FIRST_PREVIOUS_SHA256:
            return None
        return f"the manifest before it, {content.from_}, is not stored."
    if content.previous_sha256 != predecessor.hash:
        return f"it does not have the hash of the manifest before it, {predecessor.name}."
    if predecessor.sequence is not None and content.sequence != predecessor.sequence + 1:
        return f"its number does not follow that of the manifest before it, {predecessor.name}."
    return None
