"""The verification of a workflow: what was recorded is compared with the chain, the log and the manifests.

A long workflow is verified in pages. `verify_page` decides from facts alone; the use case reads them.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from countersign_common.clock import from_rfc3339
from countersign_common.events.manifest import ManifestEvent
from countersign_common.proof.commitment import PARTS
from countersign_common.proof.hash_chain import (
    MAX_MISSING_FINDINGS,
    ChainPosition,
    Finding,
    Link,
    end_of,
    event_findings,
    link_findings,
    read_link,
    sort_links,
    unreadable,
)

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.log_facts import IN_FLIGHT, LogFacts
from audit_service.domain.log.merkle import leaf_hash
from audit_service.domain.log.tiles import TILE_WIDTH
from audit_service.domain.manifests import ManifestExcerpt, ManifestFacts, data_hash_of, usual_manifest
from audit_service.domain.own_events import erased_parts
from audit_service.domain.verification_result import (
    CHECK_OF_CODE,
    AttestedState,
    Check,
    CheckResult,
    PageVerdict,
)


@dataclass(frozen=True)
class PageFacts:
    """The facts that a page is verified with.

    Attributes:
        start: Where the chain continues with this page.
        links: The readable records of the page, with their decoded sealed parts.
        usual_manifests: datasetId → `usual_manifest_of` the record.
        unreadable: The others.
        is_last: Whether the page ends with the newest record.
        erasures: Records of erasure events that can name the page's records.
        now: In UTC.
    """

    workflow_id: str
    start: ChainPosition
    links: Sequence[Link]
    usual_manifests: Mapping[str, str | None]
    unreadable: Sequence[AuditRecord]
    is_last: bool
    log: LogFacts
    manifests: ManifestFacts
    erasures: Sequence[AuditRecord]
    now: datetime

    def is_in_flight(self, since: datetime) -> bool:
        """Return whether an event of this time can still be in transit. What is dated ahead is not."""
        return abs(self.now - since) <= IN_FLIGHT


def read_records(records: Iterable[AuditRecord]) -> tuple[list[Link], list[AuditRecord]]:
    """Return the links of readable records, and the records that are not readable."""
    links: list[Link] = []
    others: list[AuditRecord] = []
    for record in records:
        link = read_link(record)
        if link is None:
            others.append(record)
        else:
            links.append(link)
    return links, others


def usual_manifest_of(link: Link) -> str | None:
    """Return the usual name of the manifest that covers an event; None if its time can't be read."""
    occurred_at = link.sealed.get("occurredAt")
    if not isinstance(occurred_at, str):
        return None
    if len(occurred_at) == 24 and occurred_at.endswith("Z"):  # as countersign_common.clock formats times
        return _usual_manifest(occurred_at[:16] + ":00Z")
    return _usual_manifest(occurred_at)


@lru_cache(maxsize=1024)
def _usual_manifest(occurred_at: str) -> str | None:
    try:
        return usual_manifest(from_rfc3339(occurred_at))
    except (OverflowError, ValueError):
        return None


def occurred_at_of(link: Link) -> datetime | None:
    """Return when an event happened; None if it can't be read."""
    try:
        return from_rfc3339(link.sealed["occurredAt"])
    except (AttributeError, KeyError, ValueError):
        return None


def verify_page(facts: PageFacts) -> PageVerdict:
    """Verify a page of a workflow's records."""
    return _Page(facts).verdict()


class _Page:
    """The verification of one page."""

    def __init__(self, facts: PageFacts) -> None:
        self._facts = facts
        self._log = facts.log
        self._findings: list[Finding] = [unreadable(record) for record in facts.unreadable]
        self._links: list[Link] = []
        self._sealed = 0
        self._pending = 0
        self._has_used_manifests = False
        self._unproven_tiles: set[int] = set()

    def verdict(self) -> PageVerdict:
        facts = self._facts
        if self._log.problem is not None:
            self._find(0, None, "checkpoint-invalid", self._log.problem)
        for link in facts.links:
            self._add(link)
        sort_links(self._links)
        trusted = self._trusted_manifests()
        self._check_chain(trusted)
        self._check_erasures()
        self._check_manifests(trusted)
        states = [each for each in trusted.all if each.state is not None]
        self._check_states(states)
        self._check_set_back(trusted)
        if facts.is_last:
            self._check_tail(trusted)
        for tile in sorted(self._unproven_tiles):
            detail = f"The stored tile {tile} is not part of the tree that the checkpoint signs."
            self._find(0, None, "checkpoint-invalid", detail)
        self._findings.sort(key=lambda finding: finding.sequence)
        return PageVerdict(
            events=len(facts.links) + len(facts.unreadable),
            sealed=self._sealed,
            pending=self._pending,
            head_hash=self._links[-1].event.hash if self._links else None,
            first=self._links[0].sequence if self._links else None,
            last=self._links[-1].sequence if self._links else None,
            end=end_of(self._links, facts.start),
            checked=self._checked(),
            attested=_newest_state(states),
            findings=tuple(self._findings),
        )

    def _find(self, sequence: int, dataset_id: str | None, code: str, detail: str) -> None:
        self._findings.append(Finding(sequence, dataset_id, code, detail))

    # The log

    def _add(self, link: Link) -> None:
        """Check that a record is in the log, and that it can be read."""
        event_id = link.event.dataset_id
        index = self._log.indices.get(event_id)
        leaf_finding: tuple[str, str] | None = None
        is_proven = False
        if index is None:
            leaf_finding = self._unsealed(event_id, occurred_at_of(link))
        elif self._log.tree is not None:
            leaf = _event_leaf(event_id, link.hash)
            is_proven, leaf_finding = self._compare_leaf(index, leaf)
        # A text whose hash is in the log is what was recorded, and only canonical texts are recorded.
        if not is_proven and not link.is_canonical:
            self._findings.append(unreadable(link.event))
            return
        self._sealed += is_proven
        if leaf_finding is not None:
            self._findings.append(link.finding(*leaf_finding))
        self._links.append(link)

    def _compare_leaf(self, index: int, expected: bytes) -> tuple[bool, tuple[str, str] | None]:
        """Return whether a leaf is proven to be the expected one, and the finding if it is another one."""
        tree = self._log.tree
        assert tree is not None
        if index >= tree.size:
            return False, ("not-sealed", f"The log has no leaf {index} in the newest checkpoint's tree.")
        leaf = tree.leaf(index)
        if leaf is None:
            self._unproven_tiles.add(index // TILE_WIDTH)
            return False, None
        if leaf != expected:
            return False, ("rewritten", f"Leaf {index} of the log has another hash than the stored record.")
        return True, None

    def _unsealed(self, entry_id: str, committed_at: datetime | None) -> tuple[str, str] | None:
        """Count an entry that is not sealed as pending, or return the finding if it should be sealed by now."""
        since = self._log.pending.get(entry_id)
        if since is None:
            if committed_at is not None and self._facts.is_in_flight(committed_at):
                self._pending += 1
                return None
            return "not-sealed", "The record is not in the log and does not wait for it."
        if self._facts.is_in_flight(since):
            self._pending += 1
            return None
        minutes = IN_FLIGHT // timedelta(minutes=1)
        return "not-sealed", f"The record has waited more than {minutes} minutes for the log."

    # The chain

    def _check_chain(self, manifests: ManifestFacts) -> None:
        for link in self._links:
            self._findings.extend(event_findings(self._facts.workflow_id, link))
        for finding in link_findings(self._links, self._facts.start):
            if finding.code == "missing":
                follower = next(link for link in self._links if link.sequence > finding.sequence)
                committed = _event_at(finding.sequence, manifests)
                self._check_missing(finding, committed, occurred_at_of(follower))
            else:
                self._findings.append(finding)

    def _check_missing(
        self, finding: Finding, committed: ManifestEvent | None, before: datetime | None
    ) -> None:
        """Report a missing event unless it can be on its way: it is not in the log, and was committed just now.

        Args:
            finding: What to report.
            committed: The event as a manifest names it.
            before: When it had been committed at the latest.
        """
        if committed is not None and committed.event_id in self._log.indices:
            detail = f"{finding.detail} The log has event {committed.event_id}."
            self._find(finding.sequence, committed.event_id, finding.code, detail)
        elif before is not None and self._facts.is_in_flight(before):
            self._pending += 1
        else:
            self._findings.append(finding)

    # Erasures

    def _check_erasures(self) -> None:
        removed = [
            (link, part)
            for link in self._links
            if link.event.person is None or link.event.content is None
            for part in PARTS
            if getattr(link.event, part) is None
        ]
        if not removed:
            return
        erased: dict[str, set[str]] = {}
        for record in self._facts.erasures:
            if self._is_recorded(record):
                for dataset_id, parts in erased_parts(record):
                    erased.setdefault(dataset_id, set()).update(parts)
        for link, part in removed:
            if part not in erased.get(link.event.dataset_id, ()):
                detail = f"The {part} part is gone, and no erasure in the log names it."
                self._findings.append(link.finding("removed-without-erasure", detail))

    def _is_recorded(self, record: AuditRecord) -> bool:
        """Return whether an erasure's own record is in the log, or waits for it."""
        index = self._log.indices.get(record.dataset_id)
        if index is None:
            since = self._log.pending.get(record.dataset_id)
            return since is not None and self._facts.is_in_flight(since)
        tree = self._log.tree
        if tree is None or index >= tree.size:
            return False
        digest = hashlib.sha256(record.sealed.encode()).hexdigest()
        return tree.leaf(index) == _event_leaf(record.dataset_id, digest)

    # Manifests

    def _trusted_manifests(self) -> ManifestFacts:
        """Return the manifests without those that are not what the log has."""
        manifests = self._facts.manifests
        problems = dict(manifests.problems)
        for manifest in manifests.all:
            problem = self._problem_of(manifest)
            if problem is not None:
                problems[manifest.name] = problem
        for name, problem in sorted(problems.items()):
            self._find(0, None, "manifest-mismatch", f"Manifest {name}: {problem}")
        return ManifestFacts(
            {
                minute: each
                for minute, each in manifests.covering.items()
                if (minute if each is None else each.name) not in problems
            },
            [each for each in manifests.others if each.name not in problems],
            problems,
        )

    def _problem_of(self, manifest: ManifestExcerpt) -> str | None:
        index = self._log.indices.get(manifest.name)
        if index is None:
            since = self._log.pending.get(manifest.name, manifest.known_at)
            return None if self._facts.is_in_flight(since) else "it is not in the log."
        tree = self._log.tree
        if tree is None:
            return None  # there is nothing to compare it with
        leaf = leaf_hash(Entry(EntryKind.MANIFEST, manifest.name, manifest.hash).to_bytes())
        is_proven, finding = self._compare_leaf(index, leaf)
        return None if is_proven or finding is None else "the log has another hash for it."

    def _check_manifests(self, manifests: ManifestFacts) -> None:
        """Check that manifests name the records."""
        limit = self._facts.now + IN_FLIGHT
        for link in self._links:
            name = self._facts.usual_manifests[link.event.dataset_id]
            if name is None:
                self._unattested(link, "The time of the event can't be read.")
                continue
            if name not in manifests.covering:
                continue
            manifest = manifests.covering[name]
            if manifest is None:
                occurred_at = occurred_at_of(link)
                if occurred_at is not None and occurred_at > limit:
                    self._unattested(link, "The event is dated in the future.")
                continue
            self._has_used_manifests = True
            event = manifest.events.get(link.event.dataset_id)
            if event is None:
                self._unattested(link, f"The manifest of its time, {manifest.name}, does not name it.")
            elif event.hash != link.hash:
                detail = f"Manifest {manifest.name} names another hash."
                self._findings.append(link.finding("rewritten", detail))

    def _unattested(self, link: Link, detail: str) -> None:
        self._findings.append(link.finding("unattested", detail))

    def _check_states(self, manifests: Sequence[ManifestExcerpt]) -> None:
        """Check that the attested states follow from the events."""
        links = {link.sequence: link for link in reversed(self._links)}  # the first one at each position
        for manifest in manifests:
            state = manifest.state
            link = None if state is None else links.get(state.version)
            if state is None or link is None:
                continue
            self._has_used_manifests = True
            differences = []
            if state.head_hash != link.hash:
                differences.append("hash")
            if state.status != link.sealed.get("outcome"):
                differences.append("status")
            content = link.event.content
            if content is not None and state.data_hash != data_hash_of(content):
                differences.append("data")
            if differences:
                detail = f"Manifest {manifest.name} attests another {' and '.join(differences)}."
                self._findings.append(link.finding("state-mismatch", detail))

    def _check_set_back(self, manifests: ManifestFacts) -> None:
        """Check that no manifest attests an older version than one that was committed before: a table was set back."""
        committed = 0
        found: set[int] = set()
        for manifest in manifests.all:
            committed = max(committed, *(event.sequence for event in manifest.events.values()), 0)
            version = committed if manifest.state is None else manifest.state.version
            if version < committed and version not in found:
                found.add(version)
                detail = f"Manifest {manifest.name} attests version {version}, and version {committed} was committed."
                self._find(version, None, "state-mismatch", detail)

    def _check_tail(self, manifests: ManifestFacts) -> None:
        """Check that no event is missing after the newest record."""
        last = end_of(self._links, self._facts.start).sequence - 1
        known = [each.state.version for each in manifests.all if each.state is not None]
        known += [event.sequence for each in manifests.all for event in each.events.values()]
        newest = max(known, default=0)
        detail = f"The newest attested version is {newest}; no event has this position."
        for sequence in range(last + 1, min(newest, last + MAX_MISSING_FINDINGS) + 1):
            finding = Finding(sequence, None, "missing-tail", detail)
            self._check_missing(
                finding, _event_at(sequence, manifests), _committed_before(sequence, manifests)
            )
            self._has_used_manifests = True

    def _checked(self) -> dict[Check, CheckResult]:
        tree = self._log.tree
        has_material = {
            Check.CHAIN: True,
            Check.COMMITMENTS: True,
            Check.INCLUSION: tree is not None,
            Check.CHECKPOINT: tree is not None,
            Check.ATTESTED_STATE: self._has_used_manifests,
        }
        checked = {
            check: CheckResult.VALID if has_it else CheckResult.NOT_CHECKED
            for check, has_it in has_material.items()
        }
        for finding in self._findings:
            checked[CHECK_OF_CODE[finding.code]] = CheckResult.INVALID
        return checked


def _event_leaf(event_id: str, digest: str) -> bytes:
    # The same as `leaf_hash(Entry(…).to_bytes())`, for each event.
    return hashlib.sha256(f"\x00countersign/v1/event\n{event_id}\n{digest}\n".encode()).digest()


def _event_at(sequence: int, manifests: ManifestFacts) -> ManifestEvent | None:
    """Return the event that a manifest names at a position."""
    events = (event for manifest in manifests.all for event in manifest.events.values())
    return next((event for event in events if event.sequence == sequence), None)


def _committed_before(sequence: int, manifests: ManifestFacts) -> datetime:
    """Return the latest time at which the event can have been committed: that of the first manifest that names it.

    One of the manifests does.
    """
    known = (
        manifest.known_at
        for manifest in manifests.all
        if (manifest.state is not None and manifest.state.version >= sequence)
        or any(event.sequence >= sequence for event in manifest.events.values())
    )
    return min(known)


def _newest_state(manifests: Sequence[ManifestExcerpt]) -> AttestedState | None:
    found = [
        AttestedState(
            manifest.state.version,
            manifest.state.head_hash,
            manifest.state.status,
            manifest.name,
            manifest.published_at,
        )
        for manifest in manifests
        if manifest.state is not None
    ]
    return max(found, key=lambda state: (state.version, state.manifest), default=None)
