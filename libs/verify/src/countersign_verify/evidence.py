"""Evidence bundles: all records of a workflow with their proofs, a checkpoint, and the manifests that name them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec

from countersign_verify.canonical import DECODER, is_unambiguous
from countersign_verify.entries import EVENT, MANIFEST, entry_bytes
from countersign_verify.erasures import ErasedByEvent, erasures_of
from countersign_verify.external_sort import Row
from countersign_verify.findings import Finding
from countersign_verify.manifests import ManifestError, manifest_hash, read_manifest
from countersign_verify.merkle import includes, leaf_hash
from countersign_verify.notes import Checkpoint, NoteError
from countersign_verify.record_checks import CheckedRecord, check_record
from countersign_verify.records import PARTS, Opening, Record
from countersign_verify.rows import (
    PAGE,
    STATE,
    PageFacts,
    RecordFacts,
    decode_state,
    encode_facts,
    manifest_rows,
    record_row,
    workflow_group,
)
from countersign_verify.trust import Trust, VerifiedCheckpoint

FORMAT = "countersign.evidence.v1"

WORKFLOW_SOURCE = "/countersign/workflow"
"""`source` of the events that manifests name."""

TRANSPORT_TIME = timedelta(hours=1)
"""How long after it was made a bundle is taken as new. `createdAt` is only what the API says: by the auditor's clock, a
record that stays without proof longer than that is not proven."""

SEAL_DELAY = timedelta(minutes=5)
"""How long after an event its leaf and its manifest may be missing. Normally both are there after two minutes."""


MAX_INTERVAL = timedelta(hours=1)
"""The longest interval of a manifest."""

MANIFESTS = "manifests"
"""In `withheld` of a bundle: its reader may not see manifests, which name the events of other workflows."""


class NotABundleError(ValueError):
    """A value is not a page of an evidence bundle."""


class _BundleRecord(msgspec.Struct, rename="camel"):
    dataset_id: str
    hash: str | None = None
    sealed: str | None = None
    person: Opening | None = None
    content: Opening | None = None
    withheld: list[str] = []

    def to_record(self) -> Record:
        is_person_withheld, is_content_withheld = (part in self.withheld for part in PARTS)
        return Record(
            self.dataset_id,
            self.hash or "",
            self.sealed,
            self.person,
            self.content,
            is_person_withheld,
            None,
            is_content_withheld,
        )


class _Proof(msgspec.Struct, rename="camel"):
    entry_id: str
    index: Annotated[int, msgspec.Meta(ge=0)]
    hashes: list[Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]]


class _ManifestText(msgspec.Struct):
    name: str
    text: str


class Bundle(msgspec.Struct, rename="camel"):
    """A page of an evidence bundle, as `GET /workflows/{workflowId}/evidence` returns it."""

    format: str
    workflow_id: str
    created_at: str
    records: list[_BundleRecord]
    public_key: str | None = None
    checkpoint: str | None = None
    cursor: str | None = None
    proofs: list[_Proof] = []
    manifests: list[_ManifestText] = []
    erasures: list[_BundleRecord] = []
    omitted_manifests: list[str] = []
    withheld: list[str] = []


_decode = msgspec.json.Decoder(Bundle).decode


def read_bundle(raw: bytes) -> Bundle:
    """Read a page of a bundle.

    Raises:
        NotABundleError: The JSON text is not one, or has a name twice.
    """
    try:
        bundle = _decode(raw)
    except (ValueError, RecursionError) as error:
        raise NotABundleError(f"not an evidence bundle: {error}") from error
    if bundle.format != FORMAT:
        raise NotABundleError(f"not an evidence bundle of the format {FORMAT}")
    if not is_unambiguous(raw):
        try:
            DECODER.decode(raw.decode())
        except (ValueError, RecursionError) as error:
            raise NotABundleError(f"not an evidence bundle: {error}") from error
    return bundle


@dataclass
class CheckedPage:
    """A page of a bundle after the checks that need no other page.

    Attributes:
        workflow_id: the workflow.
        rows: of its records and manifests.
        hashes: the recomputed hashes of its records.
        erased: what its erasure events name.
        checkpoint: the verified checkpoint; None if there is none, or it is not valid.
    """

    workflow_id: str
    rows: list[Row] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    erased: list[ErasedByEvent] = field(default_factory=list)
    checkpoint: VerifiedCheckpoint | None = None


def check_page(bundle: Bundle, trust: Trust, now: datetime) -> CheckedPage:
    """Check the checkpoint, the proofs, the manifests and each record of a page.

    Args:
        bundle: the page.
        trust: keys that the auditor trusts.
        now: when the auditor got it.
    """
    created = max(parse_time(bundle.created_at), now - TRANSPORT_TIME)
    page = CheckedPage(bundle.workflow_id)
    group = workflow_group(bundle.workflow_id)
    is_last = encode_facts(PageFacts(is_last=bundle.cursor is None)).decode()
    page.rows.append(Row(group, 0, PAGE, "", "", "", 0, "", is_last))
    is_usable = True
    if bundle.checkpoint is not None:
        try:
            page.checkpoint = trust.open_checkpoint(bundle.checkpoint, bundle.public_key)
        except NoteError as error:
            is_usable = False
            page.rows.append(_finding_row(group, Finding(0, None, "checkpoint-invalid", f"{error}.")))
    log = _Proofs(bundle.proofs, page.checkpoint.checkpoint if page.checkpoint else None)
    newest = _check_manifests(bundle, group, log, page, created if is_usable else None)
    omitted = [parse_time(name) for name in bundle.omitted_manifests]
    ages = _Ages(created, newest, omitted, is_usable, MANIFESTS in bundle.withheld)
    erased_in = _erased_states(page.rows)
    page.rows += (_note_row(group, note) for note in _notes(bundle))
    for bundled in bundle.records:
        record = bundled.to_record()
        checked = check_record(record)
        if checked.workflow_id not in (bundle.workflow_id, ""):
            codes = f"{checked.codes or ''} wrong-workflow".strip()
            checked = checked._replace(codes=codes)
        facts = _facts(record, checked, log, ages)
        if facts.data_hash:
            facts.erased_in = erased_in.get((checked.sequence, checked.hash), "")
        page.rows.append(record_row(checked, group, facts))
        page.hashes.append(checked.hash)
    for bundled in bundle.erasures:
        record = bundled.to_record()
        checked = check_record(record)
        facts = _facts(record, checked, log, ages)
        page.rows.append(record_row(checked, None, facts))
        if facts.is_included or (facts.is_included is None and not facts.is_seal_due):
            page.erased += erasures_of(record, checked)
    return page


@dataclass(frozen=True)
class _Ages:
    """How old a record must be so that it has to be in the log, and in a manifest.

    Attributes:
        created: when the bundle was made.
        newest_manifest: the end of the newest interval whose manifest is in the log.
        omitted: ends of the intervals whose manifests are not in the bundle, because they are too large.
        is_usable: whether the checkpoint is one of the log.
        is_withheld: whether the reader may not see manifests.
    """

    created: datetime
    newest_manifest: datetime
    omitted: list[datetime]
    is_usable: bool
    is_withheld: bool

    def is_seal_due(self, occurred: datetime) -> bool:
        return self.is_usable and occurred < max(self.created, self.newest_manifest) - SEAL_DELAY

    def is_naming_due(self, occurred: datetime) -> bool:
        if not self.is_usable or self.is_withheld:
            return False
        is_omitted = any(end - MAX_INTERVAL <= occurred < end for end in self.omitted)
        return not is_omitted and (occurred < self.created - SEAL_DELAY or self.is_covered(occurred))

    def is_covered(self, occurred: datetime) -> bool:
        # Intervals have no gaps: an event before the newest manifest must be named by an earlier one.
        return occurred < self.newest_manifest


class _Proofs:
    """The proofs of a page, against its checkpoint."""

    def __init__(self, proofs: list[_Proof], checkpoint: Checkpoint | None) -> None:
        self._checkpoint = checkpoint
        self._proofs: dict[str, list[_Proof]] = {}
        for proof in proofs:
            self._proofs.setdefault(proof.entry_id, []).append(proof)

    def includes(self, kind: str, entry_id: str, hash_: str) -> bool | None:
        """Return whether an entry is in the log; None without proof or checkpoint."""
        proofs, checkpoint = self._proofs.get(entry_id), self._checkpoint
        if proofs is None or checkpoint is None:
            return None
        leaf = leaf_hash(entry_bytes(kind, entry_id, hash_))
        return all(
            includes(
                proof.index, checkpoint.size, leaf, list(map(bytes.fromhex, proof.hashes)), checkpoint.root
            )
            for proof in proofs
        )


def _facts(record: Record, checked: CheckedRecord, log: _Proofs, ages: _Ages) -> RecordFacts:
    """Return what the page says of a record."""
    if not checked.hash:
        return RecordFacts()
    is_content_known = record.content is not None and "content-" not in (checked.codes or "")
    occurred = parse_time(checked.occurred_at)
    return RecordFacts(
        is_included=log.includes(EVENT, checked.dataset_id, checked.hash),
        is_seal_due=ages.is_seal_due(occurred),
        is_naming_due=checked.source == WORKFLOW_SOURCE and ages.is_naming_due(occurred),
        is_covered=ages.is_covered(occurred),
        outcome=checked.outcome,
        data_hash=data_hash(record.content) if record.content and is_content_known else "",
    )


class _Content(msgspec.Struct):
    after: msgspec.Raw


_decode_content = msgspec.json.Decoder(_Content).decode


def data_hash(content: Opening) -> str:
    """Return the salted hash of the data after an action, which manifests attest; empty if there is none.

    It is SHA-256("countersign/v1/data" ‖ 0x00 ‖ salt of the content ‖ data).
    """
    try:
        after = bytes(_decode_content(content.value.encode()).after)
    except (ValueError, RecursionError):
        return ""
    return hashlib.sha256(b"countersign/v1/data\x00" + content.salt_bytes() + after).hexdigest()


def _check_manifests(
    bundle: Bundle, group: str, log: _Proofs, page: CheckedPage, created: datetime | None
) -> datetime:
    """Add rows for what the manifests of a page say; return the end of the newest one that is in the log.

    Args:
        bundle, group, log, page: the page.
        created: when the bundle was made; None if its checkpoint is not valid.
    """
    newest = _NO_TIME
    for each in bundle.manifests:
        raw = each.text.encode()
        is_included = log.includes(MANIFEST, each.name, manifest_hash(raw)) if created else None
        try:
            manifest = read_manifest(raw, each.name)
        except ManifestError as error:
            page.rows.append(
                _finding_row(group, Finding(0, None, "manifest-mismatch", f"{each.name}: {error}"))
            )
            continue
        if is_included:
            newest = max(newest, parse_time(manifest.to))
            page.rows += (row for row in manifest_rows(manifest) if row.group == group)
        elif is_included is False:
            detail = f"{each.name}: its proof doesn't lead to the root of the checkpoint."
            page.rows.append(_finding_row(group, Finding(0, None, "manifest-mismatch", detail)))
        elif created is not None and parse_time(manifest.to) < created - SEAL_DELAY:
            detail = f"It is the manifest {each.name}."
            page.rows.append(_finding_row(group, Finding(0, None, "not-sealed", detail)))
    return newest


def _erased_states(rows: list[Row]) -> dict[tuple[int, str], str]:
    """Return what the manifests of a page attest without data: version and head hash → name of the manifest.

    The content of the event at that version was erased before the manifest was written, so before the page was.
    """
    states = ((row, decode_state(row.extra)) for row in rows if row.kind == STATE)
    return {(row.sequence, row.hash): state.manifest for row, state in states if state.data_hash is None}


def _notes(bundle: Bundle) -> Iterator[str]:
    """Yield what can't be verified with a page."""
    if MANIFESTS in bundle.withheld:
        yield (
            "Manifests are withheld from the reader of this bundle: it doesn't show whether the workflow service "
            "wrote these records, and whether newer ones are missing."
        )
    for name in bundle.omitted_manifests:
        yield f"The manifest {name} is too large for the bundle: records of its interval are not compared with it."


def _note_row(group: str, note: str) -> Row:
    return Row(group, 0, PAGE, "", "", "", 0, "", encode_facts(PageFacts(note=note)).decode())


def _finding_row(group: str, finding: Finding) -> Row:
    detail = encode_facts(PageFacts(detail=finding.detail)).decode()
    return Row(group, 0, PAGE, finding.dataset_id or "", "", "", 0, finding.code, detail)


_NO_TIME = datetime(2, 1, 1, tzinfo=UTC)
"""Before every event, and so late that what is subtracted from it is a time."""


def parse_time(text: str) -> datetime:
    """Return a time; the earliest one if the text is not a time, so that nothing about it is excused."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _NO_TIME
    return max(at, _NO_TIME) if at.tzinfo is not None and at.year > _NO_TIME.year else _NO_TIME


def times(cosigned: Mapping[str, int | None]) -> dict[str, str | None]:
    """Return times in seconds since 1970 as RFC 3339."""
    return {name: None if at is None else _rfc3339(at) for name, at in cosigned.items()}


def _rfc3339(seconds: int) -> str:
    # A witness can sign any number.
    newest = datetime.max.replace(tzinfo=UTC, microsecond=0)
    return (
        datetime.fromtimestamp(min(seconds, int(newest.timestamp())), UTC).isoformat().replace("+00:00", "Z")
    )
