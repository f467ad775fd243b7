"""Comparisons with the log and their results: shared by the rules about manifests and leaves."""

from dataclasses import dataclass, field
from datetime import datetime

from countersign_common.events.resend_request import ResendRequest
from countersign_common.proof.hash_chain import hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.integrity import Attestation, FindingCode, IntegrityFinding
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.log_facts import IN_FLIGHT, LogFacts
from audit_service.domain.log.merkle import leaf_hash
from audit_service.domain.log.tiles import TILE_WIDTH

CHECKPOINT = "checkpoint"
"""Subject of a finding about the newest checkpoint."""


@dataclass(frozen=True)
class LeafCheck:
    """The result of checking a leaf.

    Attributes:
        problem: What is wrong with it.
        is_other: Whether the problem is that the leaf is of another entry; False if there is no leaf.
        is_decided: Whether that is known.
        waits: Whether the entry can still be in transit.
    """

    problem: str | None = None
    is_other: bool = False
    is_decided: bool = True
    waits: bool = False


@dataclass
class Comparison:
    """A comparison and its results.

    Attributes:
        log: What the log says about everything that is compared.
        now: In UTC.
        findings: By key: what is wrong.
        decided: Subjects whose check is complete. An open finding about one of them that is not among the findings
            is no longer true.
        decided_keys: Keys of findings in the same way.
        resends: Events to request from the workflow service.
        reseals: Entries that should be in the log, and are not pending.
        sound: Records without a finding, whose documents can be compared.
        waiting: Names of manifests with events that can still be in transit.
        attestations: Workflow id → new attested state.
        passed: By key: findings that a later manifest of the same comparison resolves.
    """

    log: LogFacts
    now: datetime
    findings: dict[str, IntegrityFinding] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    decided_keys: set[str] = field(default_factory=set)
    resends: list[ResendRequest] = field(default_factory=list)
    reseals: list[Entry] = field(default_factory=list)
    sound: list[AuditRecord] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    attestations: dict[str, Attestation] = field(default_factory=dict)
    passed: dict[str, IntegrityFinding] = field(default_factory=dict)

    def check_checkpoint(self) -> None:
        """Check the newest checkpoint itself."""
        self.decided.add(CHECKPOINT)
        if self.log.problem is not None:
            self.find(IntegrityFinding(FindingCode.CHECKPOINT_INVALID, CHECKPOINT, self.log.problem))

    def is_other_in_log(self, record: AuditRecord) -> bool:
        """Return whether the log has another hash for a record."""
        entry = Entry(EntryKind.EVENT, record.dataset_id, hash_of(record.sealed))
        return self.check_entry(entry, is_young=True).is_other

    def is_recorded(self, record: AuditRecord) -> bool:
        """Return whether an erasure's own record is in the log, or waits for it."""
        entry = Entry(EntryKind.EVENT, record.dataset_id, hash_of(record.sealed))
        leaf = self.check_entry(entry, is_young=False, can_reseal=False)
        return leaf.problem is None and (leaf.is_decided or leaf.waits)

    def check_entry(self, entry: Entry, is_young: bool, *, can_reseal: bool = True) -> LeafCheck:
        """Check the leaf of an entry. If the entry is neither sealed nor pending, add it to `reseals`."""
        index = self.log.indices.get(entry.entry_id)
        tree = self.log.tree
        if index is None:
            since = self.log.pending.get(entry.entry_id)
            if is_young or (since is not None and self.is_young(since)):
                return LeafCheck(is_decided=False, waits=True)
            if since is not None:
                return LeafCheck("It has waited for the log for more than five minutes.")
            if can_reseal:
                self.reseals.append(entry)
            return LeafCheck("It is not in the log and does not wait for it.")
        if tree is None:
            return LeafCheck(is_decided=False)  # the checkpoint has a finding of its own
        if not 0 <= index < tree.size:
            return LeafCheck(f"The newest checkpoint has no leaf {index}.")
        found = tree.leaf(index)
        if found is None:
            self.find_damaged_leaves(
                index // TILE_WIDTH, "Their tile is not part of the tree that the checkpoint signs."
            )
            return LeafCheck(is_decided=False)
        if found != leaf_hash(entry.to_bytes()):
            return LeafCheck(f"Leaf {index} of the log is of something else.", is_other=True)
        return LeafCheck()

    def is_young(self, since: datetime) -> bool:
        """Return whether an event of this time can still be in transit."""
        return abs(self.now - since) <= IN_FLIGHT

    def find_damaged_leaves(self, group: int, problem: str) -> None:
        """Add the finding about the 256 leaves of a group."""
        detail = f"Leaves from {group * TILE_WIDTH}: {problem}"
        self.find(IntegrityFinding(FindingCode.CHECKPOINT_INVALID, leaves_subject(group), detail))

    def find(self, finding: IntegrityFinding) -> None:
        """Add a finding, unless there is one with its key."""
        self.findings.setdefault(finding.key, finding)


def leaves_subject(group: int) -> str:
    """Return the subject of findings about the 256 leaves of a group."""
    return f"leaves/{group}"
