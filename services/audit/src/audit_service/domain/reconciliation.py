"""The rules of reconciliation: manifests are compared with records, leaves of the log, and workflow states.

`Comparison` decides from facts alone; the use case reads them, and does what the comparison asks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from countersign_common.clock import from_rfc3339
from countersign_common.events.cloud_event import InvalidEventError
from countersign_common.events.manifest import (
    FIRST_PREVIOUS_SHA256,
    Manifest,
    ManifestEvent,
    ManifestWorkflow,
    manifest_sha256,
)
from countersign_common.events.resend_request import ResendRequest
from countersign_common.proof.commitment import PARTS, CommitmentOpening
from countersign_common.proof.hash_chain import hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import UnreadableRecordError
from audit_service.domain.integrity import Attestation, FindingCode, IntegrityFinding
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.merkle import leaf_hash
from audit_service.domain.log.tiles import TILE_WIDTH
from audit_service.domain.manifests import StoredManifest
from audit_service.domain.verification import IN_FLIGHT, LogFacts, data_hash_of, erased_parts

WORKFLOW_SOURCE = "/countersign/workflow"
"""The producer whose events manifests name."""

CHECKPOINT = "checkpoint"
"""Subject of a finding about the newest checkpoint."""


_RECORD_CODES = (
    FindingCode.MISSING,
    FindingCode.UNREADABLE,
    FindingCode.HASH_MISMATCH,
    FindingCode.PERSON_MISMATCH,
    FindingCode.CONTENT_MISMATCH,
)
"""What is known from a record alone."""


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


@dataclass
class Comparison:
    """What is compared, and what follows from it.

    Attributes:
        log: What the log says about everything that is compared.
        now: In UTC.
        findings: By key: what is wrong.
        decided: Subjects whose check is complete. An open finding about one of them that is not among the findings
            is no longer true.
        decided_keys: Keys of findings in the same way.
        resends: Events to ask the workflow service for.
        reseals: Entries that should be in the log by now, and don't wait for it.
        sound: Records without a finding, whose documents can be compared.
        waiting: Names of manifests with something that can still be on its way.
        attestations: Workflow id → new attested state.
        passed: By key: what was wrong, and is right in a later manifest that is compared here.
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
            self._find(IntegrityFinding(FindingCode.CHECKPOINT_INVALID, CHECKPOINT, self.log.problem))

    def check_manifest(self, manifest: ReadManifest, predecessor: Predecessor | None) -> bool:
        """Check a manifest, and return whether what it says can be used.

        Args:
            manifest: The manifest.
            predecessor: The manifest that it says is the one before it; None if there is no such manifest.
        """
        subject = manifest.name
        problem = _continuity_problem(manifest, predecessor)
        entry = Entry(EntryKind.MANIFEST, subject, manifest.hash)
        leaf = self._check_leaf(entry, self._is_young(manifest.end))
        if leaf.is_other:
            problem = "The log has another hash for it."
        if problem is not None:
            code = FindingCode.MANIFEST_MISMATCH
            self._find(IntegrityFinding(code, subject, f"Manifest {subject}: {problem}", manifest=subject))
        if leaf.problem is not None and not leaf.is_other:
            detail = f"Manifest {subject}: {leaf.problem}"
            self._find(IntegrityFinding(FindingCode.NOT_SEALED, subject, detail, manifest=subject))
        if leaf.is_decided:
            self.decided.add(subject)
        if leaf.waits:
            self.waiting.add(subject)
        return manifest.content is not None and not leaf.is_other

    def check_event(
        self,
        event: ManifestEvent,
        manifest: ReadManifest,
        record: AuditRecord | None,
        erasures: Sequence[AuditRecord] = (),
    ) -> None:
        """Check the record of a committed event, and its leaf.

        Args:
            event: The event.
            manifest: That names it.
            record: What is stored; None if nothing is.
            erasures: Records of the erasure events that can name the record.
        """
        is_young = self._is_young(manifest.end)
        subject = event.event_id
        if record is None:
            self.resends.append(ResendRequest(event.workflow_id, event.sequence, subject))
            was_recorded = subject in self.log.indices or subject in self.log.pending
            if is_young:
                self.waiting.add(manifest.name)
                if not was_recorded:
                    return
            self.decided.add(subject)
            how = "was stored and is gone" if was_recorded else "was never stored"
            detail = f"Event {event.sequence} of the workflow has no record: it {how}."
            self._find_event(FindingCode.MISSING, event, manifest, detail)
            return
        # Whatever becomes of its leaf, which can still be on its way.
        self.decided_keys |= {f"{code.value}#{subject}" for code in _RECORD_CODES}
        problems = list(self._record_problems(event, manifest, record, erasures))
        leaf = self._check_leaf(
            Entry(EntryKind.EVENT, subject, event.hash), is_young, can_reseal=not problems
        )
        if leaf.problem is not None:
            code = FindingCode.REWRITTEN if leaf.is_other else FindingCode.NOT_SEALED
            problems.append((code, leaf.problem))
        for code, detail in problems:
            self._find_event(code, event, manifest, detail)
        if leaf.is_decided:
            self.decided.add(subject)
        if leaf.waits:
            self.waiting.add(manifest.name)
        if all(code is FindingCode.NOT_SEALED for code, _ in problems):
            self.sound.append(record)

    def check_state(
        self,
        state: ManifestWorkflow,
        manifest: ReadManifest,
        previous: Attestation | None,
        record: AuditRecord | None,
    ) -> Attestation | None:
        """Check that an attested state follows from the event with its version, and return it as the newest one.

        Args:
            state: The state.
            manifest: That attests it.
            previous: The newest attested state so far. If it is from a later manifest, this one is not checked.
            record: Of the event that has the state's version; None if there is none. It is not needed for a state
                that equals the previous one (`is_explained_by`).

        Returns:
            None if a later manifest attests the workflow.
        """
        if previous is not None and previous.manifest > manifest.name:
            return None
        known_version = max(state.version, 0 if previous is None else previous.known_version)
        problem: str | None = None
        dataset_id = None if record is None else record.dataset_id
        is_decided = True
        if state.version < known_version:
            problem = f"version {known_version} was attested before"
        elif is_explained_by(state, previous):
            assert previous is not None
            dataset_id = previous.dataset_id
        elif record is None:
            problem = "no event has this version"
            if self._is_young(manifest.end):
                self.waiting.add(manifest.name)
                is_decided = False
        elif self._is_other_in_log(record):
            is_decided = False  # the record has a finding of its own, and explains nothing
        else:
            problem = _state_problem(state, record)
        if is_decided:
            self._decide_state(state, manifest, dataset_id, problem)
        is_explained = is_decided and problem is None
        attestation = Attestation(state, manifest.name, known_version, dataset_id, is_explained)
        self.attestations[state.workflow_id] = attestation
        return attestation

    def _decide_state(
        self, state: ManifestWorkflow, manifest: ReadManifest, dataset_id: str | None, problem: str | None
    ) -> None:
        code, subject = FindingCode.STATE_MISMATCH, state.workflow_id
        detail = f"Manifest {manifest.name} attests version {state.version}: {problem}."
        finding = IntegrityFinding(code, subject, detail, dataset_id, subject, manifest.name)
        self.decided.add(subject)
        # What an earlier manifest of this comparison attests is the past by now.
        earlier = self.findings.pop(finding.key, None)
        if problem is not None:
            self._find(finding)
        elif earlier is not None:
            self.passed[earlier.key] = earlier

    def check_leaf(
        self,
        entry: Entry,
        record: AuditRecord | None,
        covering: ReadManifest | None,
        *,
        is_usable: bool = True,
    ) -> bool:
        """Check that an event in the log is attested, and return False if that can't be known yet.

        Args:
            entry: The entry of the log.
            record: What is stored under its id; None if nothing is.
            covering: The manifest that covers the event's time; None if there is none yet.
            is_usable: Whether it is the manifest that the log has.
        """
        if covering is not None and is_usable and entry.entry_id in covering.event_ids:
            # Everything else is checked with that manifest.
            self.decided_keys.add(f"{FindingCode.UNATTESTED.value}#{entry.entry_id}")
            return True
        if record is not None and record.has_readable_event and record.event.source != WORKFLOW_SOURCE:
            if hash_of(record.sealed) != entry.hash:
                detail = "The record has another hash than its leaf in the log."
                self._find_leaf(FindingCode.REWRITTEN, entry, record, detail)
        elif covering is None and self._can_be_covered(leaf_time(entry, record)):
            return False
        elif record is None:
            detail = "The log has the record, and it is gone. No manifest names it."
            self._find_leaf(FindingCode.MISSING, entry, record, detail)
        elif not record.has_readable_event:
            detail = "The sealed text of the record is damaged. No manifest names it."
            self._find_leaf(FindingCode.UNREADABLE, entry, record, detail)
        else:
            which = (
                "No manifest covers its time." if covering is None else f"Manifest {covering.name} lacks it."
            )
            if covering is not None and not is_usable:
                which = f"Manifest {covering.name}, which covers its time, is not the one in the log."
            detail = f"The log has an event that the workflow service has not attested. {which}"
            self._find_leaf(FindingCode.UNATTESTED, entry, record, detail)
        self.decided.add(entry.entry_id)
        return True

    def is_other_manifest(self, manifest: ReadManifest) -> bool:
        """Return whether the log has another manifest of this name, or whether this one can't be read."""
        entry = Entry(EntryKind.MANIFEST, manifest.name, manifest.hash)
        return manifest.content is None or self._check_leaf(entry, is_young=True).is_other

    def check_bundle(self, group: int, entries: Sequence[Entry] | None) -> bool:
        """Check that the stored entries of a group of leaves are those of the tree, and return whether they are.

        Args:
            group: The leaves from `group * 256`, up to 256.
            entries: What is stored; None if it can't be read.
        """
        tree = self.log.tree
        assert tree is not None
        self.decided.add(leaves_subject(group))
        leaves = [tree.leaf(index) for index in range(group * TILE_WIDTH, tree.size)[:TILE_WIDTH]]
        if None in leaves:
            self._find_damaged_leaves(group, "Their tile is not part of the tree that the checkpoint signs.")
        elif entries is None or [leaf_hash(each.to_bytes()) for each in entries] != leaves:
            self._find_damaged_leaves(group, "The stored entries are not those of the tree.")
        else:
            return True
        return False

    def check_manifest_leaf(self, entry: Entry, stored: ReadManifest | None) -> None:
        """Check that a manifest in the log is the one that is stored."""
        if stored is not None and stored.hash == entry.hash:
            return
        which = "is not stored" if stored is None else "is stored with another hash"
        detail = f"Manifest {entry.entry_id} is in the log, and {which}."
        code, name = FindingCode.MANIFEST_MISMATCH, entry.entry_id
        self._find(IntegrityFinding(code, name, detail, manifest=name))

    def _record_problems(
        self,
        event: ManifestEvent,
        manifest: ReadManifest,
        record: AuditRecord,
        erasures: Sequence[AuditRecord],
    ) -> list[tuple[FindingCode, str]]:
        digest = hash_of(record.sealed)
        if digest != event.hash:
            if not record.has_readable_event:
                return [(FindingCode.UNREADABLE, "The sealed text of the record is damaged.")]
            detail = f"The record has another hash than manifest {manifest.name} names."
            return [(FindingCode.REWRITTEN, detail)]
        problems = []
        if record.hash != digest:
            detail = "The sealed text of the record does not have the stored hash."
            problems.append((FindingCode.HASH_MISMATCH, detail))
        if not record.has_readable_event:  # as committed, but not by this release's contract
            return problems
        erased = self._erased_parts(event.event_id, erasures)
        for part in PARTS:
            opening: CommitmentOpening | None = getattr(record, part)
            commitment: str = getattr(record.event, f"{part}_commitment")
            if opening is None and part not in erased and self.log.problem is None:
                detail = f"The {part} part is gone, and no erasure in the log names it."
                problems.append((FindingCode.REMOVED_WITHOUT_ERASURE, detail))
            elif opening is not None and not opening.opens(part, commitment):
                code = FindingCode.PERSON_MISMATCH if part == "person" else FindingCode.CONTENT_MISMATCH
                problems.append((code, f"The {part} part is not what the sealed text commits to."))
        return problems

    def _erased_parts(self, dataset_id: str, erasures: Sequence[AuditRecord]) -> set[str]:
        return {
            part
            for record in erasures
            if self._is_recorded(record)
            for erased_id, parts in erased_parts(record)
            if erased_id == dataset_id
            for part in parts
        }

    def _is_other_in_log(self, record: AuditRecord) -> bool:
        """Return whether the log has another hash for a record."""
        entry = Entry(EntryKind.EVENT, record.dataset_id, hash_of(record.sealed))
        return self._check_leaf(entry, is_young=True).is_other

    def _is_recorded(self, record: AuditRecord) -> bool:
        """Return whether an erasure's own record is in the log, or waits for it."""
        entry = Entry(EntryKind.EVENT, record.dataset_id, hash_of(record.sealed))
        leaf = self._check_leaf(entry, is_young=False, can_reseal=False)
        return leaf.problem is None and (leaf.is_decided or leaf.waits)

    def _check_leaf(self, entry: Entry, is_young: bool, *, can_reseal: bool = True) -> "_Leaf":
        """Check the leaf of an entry, which is added to those to seal if it does not even wait."""
        index = self.log.indices.get(entry.entry_id)
        tree = self.log.tree
        if index is None:
            since = self.log.pending.get(entry.entry_id)
            if is_young or (since is not None and self._is_young(since)):
                return _Leaf(is_decided=False, waits=True)
            if since is not None:
                return _Leaf("It has waited for the log for more than five minutes.")
            if can_reseal:
                self.reseals.append(entry)
            return _Leaf("It is not in the log and does not wait for it.")
        if tree is None:
            return _Leaf(is_decided=False)  # the checkpoint has a finding of its own
        if not 0 <= index < tree.size:
            return _Leaf(f"The newest checkpoint has no leaf {index}.")
        found = tree.leaf(index)
        if found is None:
            self._find_damaged_leaves(
                index // TILE_WIDTH, "Their tile is not part of the tree that the checkpoint signs."
            )
            return _Leaf(is_decided=False)
        if found != leaf_hash(entry.to_bytes()):
            return _Leaf(f"Leaf {index} of the log is of something else.", is_other=True)
        return _Leaf()

    def _is_young(self, since: datetime) -> bool:
        return abs(self.now - since) <= IN_FLIGHT

    def _can_be_covered(self, at: datetime | None) -> bool:
        """Return whether a manifest can still cover a time."""
        return at is not None and at <= self.now + IN_FLIGHT

    def _find_event(
        self, code: FindingCode, event: ManifestEvent, manifest: ReadManifest, detail: str
    ) -> None:
        finding = IntegrityFinding(
            code, event.event_id, detail, event.event_id, event.workflow_id, manifest.name
        )
        self._find(finding)

    def _find_leaf(self, code: FindingCode, entry: Entry, record: AuditRecord | None, detail: str) -> None:
        is_readable = record is not None and record.has_readable_event
        workflow_id = record.workflow_id if record is not None and is_readable else None
        self._find(IntegrityFinding(code, entry.entry_id, detail, entry.entry_id, workflow_id))

    def _find_damaged_leaves(self, group: int, problem: str) -> None:
        detail = f"Leaves from {group * TILE_WIDTH}: {problem}"
        self._find(IntegrityFinding(FindingCode.CHECKPOINT_INVALID, leaves_subject(group), detail))

    def _find(self, finding: IntegrityFinding) -> None:
        self.findings.setdefault(finding.key, finding)


@dataclass(frozen=True)
class _Leaf:
    """The result of checking a leaf.

    Attributes:
        problem: What is wrong with it.
        is_other: Whether the leaf is of something else; otherwise there is none.
        is_decided: Whether that is known.
        waits: Whether the entry can still be on its way.
    """

    problem: str | None = None
    is_other: bool = False
    is_decided: bool = True
    waits: bool = False


def is_explained_by(state: ManifestWorkflow, previous: Attestation | None) -> bool:
    """Return whether a state equals the previous attested one, which follows from an event."""
    return previous is not None and previous.is_explained and previous.state == state


def leaves_subject(group: int) -> str:
    """Return the subject of findings about the 256 leaves of a group."""
    return f"leaves/{group}"


def leaves_group(subject: str) -> int | None:
    """Return the group of a subject; None if it is something else."""
    number = subject.removeprefix("leaves/")
    return int(number) if number != subject and number.isdecimal() else None


def leaf_time(entry: Entry, record: AuditRecord | None) -> datetime | None:
    """Return when the event of a leaf happened: as its record says, else as its id says if that is a UUIDv7."""
    if record is not None:
        try:
            return record.occurred_at
        except UnreadableRecordError:
            pass
    try:
        uuid = UUID(entry.entry_id)
        return datetime.fromtimestamp((uuid.int >> 80) / 1000, UTC) if uuid.version == 7 else None
    except (OverflowError, ValueError):
        return None


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


def _state_problem(state: ManifestWorkflow, record: AuditRecord) -> str | None:
    """Return what differs between a state and the event that it follows from."""
    differences = []
    if state.head_hash != hash_of(record.sealed):
        differences.append("hash")
    elif record.has_readable_event and state.status != record.event.outcome:
        differences.append("status")
    content = record.content
    if content is not None and record.has_readable_event:
        is_recorded = content.opens("content", record.event.content_commitment)
        if is_recorded and state.data_hash not in (None, data_hash_of(content)):
            differences.append("data")
    if not differences:
        return None
    return f"another {' and '.join(differences)} than the event with this version has"
