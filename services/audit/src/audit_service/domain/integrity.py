"""Integrity: what reconciliation finds, how far it has come, and what manifests attest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from countersign_common.events.manifest import ManifestWorkflow

from audit_service.domain.log.log_facts import IN_FLIGHT


class FindingCode(StrEnum):
    """What is wrong."""

    MISSING = "missing"
    """A committed event has no record."""

    UNREADABLE = "unreadable"
    """The sealed text of a record is damaged."""

    REWRITTEN = "rewritten"
    """A record, or its leaf in the log, has another hash than the committed event."""

    HASH_MISMATCH = "hash-mismatch"
    """A record's stored hash is not that of its sealed text."""

    PERSON_MISMATCH = "person-mismatch"
    CONTENT_MISMATCH = "content-mismatch"
    """A part is not what the sealed text commits to."""

    REMOVED_WITHOUT_ERASURE = "removed-without-erasure"
    """A part is gone, and no erasure in the log names it."""

    NOT_SEALED = "not-sealed"
    """A record or a manifest has not reached the log in time."""

    UNATTESTED = "unattested"
    """The log has an event of the workflow service that no manifest names."""

    STATE_MISMATCH = "state-mismatch"
    """A workflow's state does not follow from its events."""

    MANIFEST_MISMATCH = "manifest-mismatch"
    """A manifest can't be read, does not follow the one before it, or is not the one in the log."""

    POSITION_MISMATCH = "position-mismatch"
    """The table had another position for an entry of the log than the tree."""

    CHECKPOINT_INVALID = "checkpoint-invalid"
    """The newest checkpoint has no valid signature, or stored tiles are not those of the tree that it signs."""


REPAIRED_CODES = frozenset({FindingCode.MISSING, FindingCode.NOT_SEALED})
"""Findings that reconciliation repairs itself. An alarm reports only those that stay."""


@dataclass(frozen=True)
class IntegrityFinding:
    """Something that is wrong.

    Attributes:
        subject: What it is about: a datasetId, a workflow's id, the name of a manifest, or leaves of the log.
        detail: A sentence. It has no personal data.
        dataset_id, workflow_id: What to look at; None if it is about none.
        manifest: Name of the manifest that it was found with; None if it was found without one.
    """

    code: FindingCode
    subject: str
    detail: str
    dataset_id: str | None = None
    workflow_id: str | None = None
    manifest: str | None = None

    @property
    def key(self) -> str:
        """Identifies the finding."""
        return f"{self.code.value}#{self.subject}"


@dataclass(frozen=True)
class FoundFinding:
    """A finding with its history.

    Attributes:
        first_seen, last_seen: When it was found first, and last.
        resolved_at: When it was no longer true; None as long as it is open.
    """

    finding: IntegrityFinding
    first_seen: datetime
    last_seen: datetime
    resolved_at: datetime | None = None

    def is_being_repaired(self, now: datetime) -> bool:
        """Return whether reconciliation has just begun to repair it."""
        return self.finding.code in REPAIRED_CODES and now - self.first_seen < IN_FLIGHT


@dataclass(frozen=True)
class Attestation:
    """The newest state of a workflow that a manifest attests.

    Attributes:
        manifest: Its name.
        known_version: The highest version that was attested so far. An older state was restored from a backup.
        dataset_id: The record that the state follows from; None if it was not found.
        is_explained: Whether the state follows from that record.
    """

    state: ManifestWorkflow
    manifest: str
    known_version: int
    dataset_id: str | None
    is_explained: bool


@dataclass(frozen=True)
class ManifestPosition:
    """A place in the sequence of manifests.

    Attributes:
        name: Of the last manifest that was checked as a whole; empty before the first one.
        done: How many entries of the next manifest were checked.
    """

    name: str = ""
    done: int = 0


@dataclass(frozen=True)
class LeafSweep:
    """The sweep over all leaves of the log.

    Attributes:
        group: The next group of 256 leaves.
        started_at: When the current round was begun; None if a group of it could not be read.
        swept_since: When the last round was begun that read all leaves: an entry that has had no position since then
            is not in the log. None before the first one.
    """

    group: int = 0
    started_at: datetime | None = None
    swept_since: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """How far reconciliation has come.

    Attributes:
        manifests: The position up to which manifests were checked once.
        leaves: Number of leaves of the log that were checked.
        revisit: Names of manifests that had events in transit when they were checked.
        sweep: The position of the sweep over older manifests.
        leaf_sweep: The sweep over all leaves.
        recheck: Key of the last open finding that was checked again; empty to start over.
        newest_manifest: Name of the newest manifest that was seen; None before the first one.
        completed_at: When the last run has ended; None before the first one.
    """

    manifests: ManifestPosition = ManifestPosition()
    leaves: int = 0
    revisit: tuple[str, ...] = ()
    sweep: ManifestPosition = ManifestPosition()
    leaf_sweep: LeafSweep = LeafSweep()
    recheck: str = ""
    newest_manifest: str | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True)
class FindingChanges:
    """What checks change in the list of findings.

    Attributes:
        open: New findings, and open ones with a new `last_seen`.
        resolved: Findings that were open and are no longer true.
    """

    open: Sequence[FoundFinding] = ()
    resolved: Sequence[FoundFinding] = ()

    def __bool__(self) -> bool:
        return bool(self.open or self.resolved)


SEEN_AGAIN_AFTER = timedelta(hours=1)
"""How old `last_seen` gets before it is written again: a finding that stays is not one write a minute."""
