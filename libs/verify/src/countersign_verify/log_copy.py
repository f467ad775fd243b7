"""Verify a copy of the whole log: every entry, tile and manifest, and the checkpoint."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from countersign_verify.entries import EVENT, MANIFEST, TILE_WIDTH, read_bundle, read_entry, tile_path
from countersign_verify.evidence import SEAL_DELAY, parse_time
from countersign_verify.external_sort import MAX_ROWS_IN_MEMORY, Row, Run, merge_runs, write_run
from countersign_verify.findings import Finding
from countersign_verify.manifest_folder import manifest_files
from countersign_verify.merkle import HASH_LENGTH, RootBuilder, leaf_hash, root_of
from countersign_verify.notes import Checkpoint, NoteError, read_checkpoint
from countersign_verify.report import Totals
from countersign_verify.trust import Trust
from countersign_verify.workers import Workers

BUNDLES_PER_TASK = 64
MIN_PARALLEL_ENTRIES = 200_000
MAX_FINDINGS = 10_000
"""Most findings that are listed. All of them are counted."""

MAX_UNREAD_BUNDLES = 1_000
"""After so many bundles that are missing, the rest of a log is not read."""

LEAF, NAMED, FILE = 0, 1, 2
"""Kinds of rows: an entry of the log, an event that a manifest names, and a manifest."""


class LogCopyError(Exception):
    """A folder is not a copy of a log."""


@dataclass(frozen=True)
class _Leaves:
    """The entries of consecutive bundles.

    Attributes:
        hashes: leaf hashes of each bundle; None if it can't be known.
        run: a row for each entry.
        findings: what is wrong.
        size: bytes of the bundles.
    """

    hashes: list[list[bytes] | None]
    run: Run
    findings: list[Finding]
    size: int


@dataclass(frozen=True)
class _ReadBundles:
    """Reads bundles, and compares them with the tiles of level 0. The job of the workers.

    Attributes:
        folder: copy of the log.
        size: leaves of the log.
        runs: folder for sorted rows.
    """

    folder: Path
    size: int
    runs: Path

    def __call__(self, numbers: range) -> _Leaves:
        rows: list[Row] = []
        findings: list[Finding] = []
        hashes: list[list[bytes] | None] = []
        total = 0
        for number in numbers:
            width = min(TILE_WIDTH, self.size - number * TILE_WIDTH)
            raw, entries = read_entries(self.folder, number, width)
            tile = read_tile(self.folder, 0, number, width)
            if tile is None:
                findings.append(_missing(tile_path(0, number, width)))
            if entries is None:
                findings.append(_missing(tile_path("entries", number, width)))
                hashes.append(tile)
                continue
            total += len(raw)
            leaves = [leaf_hash(entry) for entry in entries]
            findings += _compare_with_tile(number, entries, leaves, tile)
            hashes.append(leaves)
            for index, entry in enumerate(entries, number * TILE_WIDTH):
                _add_row(index, entry, rows, findings)
        rows.sort()
        return _Leaves(hashes, write_run(self.runs, rows), findings, total)


def _add_row(index: int, raw: bytes, rows: list[Row], findings: list[Finding]) -> None:
    entry = read_entry(raw)
    if entry is None:
        findings.append(Finding(0, None, "unreadable", f"It is entry {index} of the log."))
    else:
        rows.append(Row(f"{entry.kind} {entry.id}", index, LEAF, entry.id, entry.hash, "", 0, "", ""))


def _compare_with_tile(
    number: int, entries: list[bytes], leaves: list[bytes], tile: list[bytes] | None
) -> Iterator[Finding]:
    for offset, (entry, leaf, stored) in enumerate(zip(entries, leaves, tile or leaves, strict=True)):
        if leaf != stored:
            read = read_entry(entry)
            detail = f"Entry {number * TILE_WIDTH + offset} isn't the one whose hash is in the tile."
            yield Finding(0, read.id if read else None, "rewritten", detail)


def _missing(path: str) -> Finding:
    return Finding(0, None, "file-missing", f"It is {path}.")


def read_entries(folder: Path, number: int, width: int) -> tuple[bytes, list[bytes] | None]:
    """Return the bytes of a bundle and its first entries; None for entries if it hasn't as many as its name says."""
    raw, stored = read_widest(folder, "entries", number, width)
    try:
        entries = list(read_bundle(raw))
    except ValueError:
        return raw, None
    return raw, entries[:width] if stored and len(entries) == stored else None


def read_widest(folder: Path, level: int | str, number: int, width: int) -> tuple[bytes, int]:
    """Return a tile or bundle with at least a number of entries, and the number in its name; 0 if there is none.

    It is the full one, or the narrowest partial one.
    """
    full = folder / tile_path(level, number)
    partial = full.with_name(full.name + ".p")
    # Not only isdigit(): "²" is a digit, too.
    widths = sorted(
        int(each.name) for each in partial.glob("*") if each.name.isascii() and each.name.isdigit()
    )
    candidates = {TILE_WIDTH: full} | {each: partial / str(each) for each in widths if each >= width}
    for stored, path in candidates.items():
        if path.is_file():
            return path.read_bytes(), stored
    return b"", 0


def read_tile(folder: Path, level: int, number: int, width: int) -> list[bytes] | None:
    """Return the first hashes of a tile; None if it hasn't as many as its name says."""
    raw, stored = read_widest(folder, level, number, width)
    if not stored or len(raw) != stored * HASH_LENGTH:
        return None
    return [raw[start : start + HASH_LENGTH] for start in range(0, width * HASH_LENGTH, HASH_LENGTH)]


class _Tiles:
    """Computes the tiles above level 0, and compares each with the stored one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._levels: list[list[bytes]] = []
        self._numbers: list[int] = []
        self.findings: list[Finding] = []

    def add(self, root: bytes) -> None:
        """Add the root of a full tile of level 0."""
        self._add(0, root)

    def close(self) -> None:
        """Compare the partial tiles."""
        for index, hashes in enumerate(self._levels):
            if hashes:
                self._compare(index + 1, self._numbers[index], hashes)

    def _add(self, index: int, root: bytes) -> None:
        if index == len(self._levels):
            self._levels.append([])
            self._numbers.append(0)
        hashes = self._levels[index]
        hashes.append(root)
        if len(hashes) == TILE_WIDTH:
            self._compare(index + 1, self._numbers[index], hashes)
            self._numbers[index] += 1
            self._add(index + 1, root_of(hashes))
            hashes.clear()

    def _compare(self, level: int, number: int, hashes: list[bytes]) -> None:
        stored = read_tile(self._folder, level, number, len(hashes))
        path = tile_path(level, number, len(hashes))
        if stored is None:
            self.findings.append(_missing(path))
        elif stored != hashes:
            self.findings.append(Finding(0, None, "tile-mismatch", f"It is {path}."))


@dataclass
class _Log:
    """What was read of a log.

    Attributes:
        roots: of the trees whose size was wanted.
        runs: rows of its entries.
        findings: what is wrong.
        is_complete: whether all leaf hashes are known.
    """

    roots: dict[int, bytes] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    is_complete: bool = True


def verify_log(
    folder: Path,
    manifests: Path | None,
    trust: Trust,
    older: Sequence[str],
    progress: Callable[[int, int], None],
) -> Totals:
    """Verify a copy of a log.

    Args:
        folder: copy of the proof bucket.
        manifests: copy of the manifest bucket.
        trust: keys that the auditor trusts.
        older: checkpoints that the auditor kept.
        progress: called with bytes and entries.

    Raises:
        LogCopyError: The folder is not a copy of a log, or a kept checkpoint isn't one.
    """
    totals = Totals()
    note, offered_key = _read_checkpoint_files(folder)
    try:
        checkpoint = read_checkpoint(note)
    except NoteError as error:
        raise LogCopyError(f"{folder / 'checkpoint'}: {error}") from error
    try:
        totals.checkpoint = trust.open_checkpoint(note, offered_key)
    except NoteError as error:
        totals.findings.append(Finding(0, None, "checkpoint-invalid", f"{error}."))
    kept = _read_kept(older, trust, offered_key)
    with tempfile.TemporaryDirectory(prefix="countersign-verify-") as runs:
        sizes = {checkpoint.size, *(each.size for each in kept)}
        log = _read_log(folder, Path(runs), checkpoint.size, sizes, progress)
        totals.findings += log.findings
        totals.findings += _compare_roots(log, checkpoint, kept)
        totals.records = checkpoint.size
        newest = None
        if manifests is not None:
            newest = _read_manifests(manifests, Path(runs), log, totals)
        _compare_entries(merge_runs(Path(runs), log.runs), newest, totals)
    totals.count = max(0, len(totals.findings) - MAX_FINDINGS)
    del totals.findings[MAX_FINDINGS:]
    return totals


def _read_checkpoint_files(folder: Path) -> tuple[str, bytes | None]:
    try:
        note = (folder / "checkpoint").read_bytes().decode()
        key = folder / "public-key.der"
        return note, key.read_bytes() if key.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise LogCopyError(f"{folder} is not a copy of the proof bucket: {error}") from error


def _read_kept(older: Sequence[str], trust: Trust, offered_key: bytes | None) -> list[Checkpoint]:
    try:
        return [trust.open_checkpoint(note, offered_key).checkpoint for note in older]
    except NoteError as error:
        raise LogCopyError(f"--checkpoint: {error}") from error


def _read_log(
    folder: Path, runs: Path, size: int, sizes: set[int], progress: Callable[[int, int], None]
) -> _Log:
    """Read all bundles of a log, and compute roots and tiles."""
    log, builder, tiles = _Log(), RootBuilder(), _Tiles(folder)
    bundles = -(-size // TILE_WIDTH)
    tasks = (
        range(start, min(start + BUNDLES_PER_TASK, bundles)) for start in range(0, bundles, BUNDLES_PER_TASK)
    )
    done = unread = 0
    job = _ReadBundles(folder, size, runs)
    with Workers(job, is_parallel=size >= MIN_PARALLEL_ENTRIES) as workers:
        for numbers, leaves in workers.run(tasks):
            log.findings += leaves.findings
            log.runs.append(leaves.run)
            done += leaves.size
            unread += leaves.hashes.count(None)
            if unread > MAX_UNREAD_BUNDLES:
                # A forged checkpoint can state any size.
                detail = f"So are too many others: entries from {numbers.stop * TILE_WIDTH} on were not read."
                log.findings.append(Finding(0, None, "file-missing", detail))
                log.is_complete = False
                break
            for number, hashes in zip(numbers, leaves.hashes, strict=True):
                if hashes is None:
                    log.is_complete = False
                if not log.is_complete or hashes is None:
                    continue
                _note_roots(log, builder, number, hashes, sizes)
                if len(hashes) == TILE_WIDTH:
                    root = root_of(hashes)
                    builder.append(root, TILE_WIDTH)
                    tiles.add(root)
            progress(done, min(numbers.stop * TILE_WIDTH, size))
    if log.is_complete:
        tiles.close()
        if size % TILE_WIDTH == 0 and size in sizes:
            log.roots[size] = builder.root()
    log.findings += tiles.findings
    return log


def _note_roots(
    log: _Log, builder: RootBuilder, number: int, hashes: list[bytes], sizes: Iterable[int]
) -> None:
    """Note the roots of trees that end before or within a bundle."""
    start = number * TILE_WIDTH
    for size in sizes:
        if start <= size < start + TILE_WIDTH and size - start <= len(hashes):
            tree = builder.copy()
            for hash_ in hashes[: size - start]:
                tree.append(hash_)
            log.roots[size] = tree.root()


def _compare_roots(log: _Log, checkpoint: Checkpoint, kept: Sequence[Checkpoint]) -> Iterator[Finding]:
    if log.is_complete and log.roots.get(checkpoint.size, RootBuilder().root()) != checkpoint.root:
        detail = "The entries of the log lead to another root."
        yield Finding(0, None, "checkpoint-invalid", detail)
    for old in kept:
        if old.size > checkpoint.size:
            detail = f"It has {checkpoint.size} entries, fewer than the {old.size} of the checkpoint that you kept."
            yield Finding(0, None, "checkpoint-invalid", detail)
        elif log.is_complete and log.roots[old.size] != old.root:
            detail = f"The log was rewritten: its first {old.size} entries aren't those of the checkpoint you kept."
            yield Finding(0, None, "checkpoint-invalid", detail)


def _read_manifests(folder: Path, runs: Path, log: _Log, totals: Totals) -> str:
    """Read all manifests in order; return the name of the newest."""
    newest = None
    rows: list[Row] = []
    for file in manifest_files(folder):
        newest = file.name
        totals.findings += file.findings
        rows.append(Row(f"{MANIFEST} {file.name}", 0, FILE, file.name, file.hash, "", 0, "", file.name))
        rows += (
            Row(f"{EVENT} {each.event_id}", 0, NAMED, each.event_id, each.hash, "", 0, "", file.name)
            for each in (file.manifest.events if file.manifest else ())
        )
        if len(rows) > MAX_ROWS_IN_MEMORY:
            log.runs.append(write_run(runs, sorted(rows)))
            rows = []
    log.runs.append(write_run(runs, sorted(rows)))
    if newest is None:
        raise LogCopyError(f"{folder} is not a copy of the manifest bucket: it has no manifests.")
    return newest


def _compare_entries(rows: Iterable[Row], newest: str | None, totals: Totals) -> None:
    """Compare the entries of the log with each other and with the manifests."""
    due = None if newest is None else parse_time(newest) - SEAL_DELAY
    unnamed = 0
    for group, members in groupby(rows, attrgetter("group")):
        found = list(members)
        leaves = [row for row in found if row.kind == LEAF]
        others = [row for row in found if row.kind != LEAF]
        is_event = group.startswith(EVENT)
        subject = found[0].id if is_event else None
        what = "" if is_event else f"It is the manifest {found[0].id}."
        if len(leaves) > 1:
            indexes = ", ".join(str(row.sequence) for row in leaves[:10])
            detail = f"{what} Its entries are {indexes}.".strip()
            totals.findings.append(Finding(0, subject, "entry-repeated", detail))
        for other in others:
            if leaves and any(leaf.hash != other.hash for leaf in leaves):
                code = "rewritten" if is_event else "manifest-mismatch"
                detail = f"Manifest {other.extra} names it with another hash." if is_event else what
                totals.findings.append(Finding(0, subject, code, detail))
            elif not leaves and due is not None and parse_time(other.extra) <= due:
                detail = f"Manifest {other.extra} names it." if is_event else what
                totals.findings.append(Finding(0, subject, "not-sealed", detail))
        if newest is not None and not others:
            if is_event:
                unnamed += 1
            else:
                detail = f"The manifest {found[0].id} is in the log, and its file isn't in the copy."
                totals.findings.append(Finding(0, None, "file-missing", detail))
    if newest is None:
        totals.notes.append("Manifests were not checked: give a copy of their bucket with --manifests.")
    elif unnamed:
        totals.notes.append(
            f"{unnamed} entries are not named by a manifest: events of other sources than the workflow service, such "
            "as erasures, and events newer than the newest manifest."
        )
