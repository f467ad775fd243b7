"""Verify files of records and bundles of any size, on all cores, with a bounded part of them in memory."""

import codecs
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import typer

from countersign_verify.erasures import ERASURE_OUTCOME, ErasedByEvent, ErasureStore, erasures_of
from countersign_verify.evidence import FORMAT, NotABundleError, check_page, read_bundle
from countersign_verify.external_sort import MAX_ROWS_IN_MEMORY, Row, Run, merge_runs, write_run
from countersign_verify.findings import Finding
from countersign_verify.manifest_folder import manifest_files
from countersign_verify.record_checks import check_record
from countersign_verify.records import NotARecordError, read_api_record, read_record, split_values
from countersign_verify.rows import manifest_rows, record_row
from countersign_verify.trust import Trust, VerifiedCheckpoint
from countersign_verify.verification import Verdict, verify_rows
from countersign_verify.workers import Workers

BLOCK_BYTES = 4 * 1024 * 1024
"""Bytes of a file that a worker reads at a time."""

BUFFER_BYTES = 256 * 1024
"""Bytes that are read at a time: lines can be long."""

MIN_PARALLEL_BYTES = 4 * BLOCK_BYTES
"""Input from which starting worker processes saves time."""

STANDARD_INPUT = "-"

_BUNDLE_MARK = f'"{FORMAT}"'.encode()


class UnusableFileError(Exception):
    """A file can't be read, or has no records."""


@dataclass(frozen=True)
class Block:
    """Values to check: a part of a file whose lines are values, or the values themselves.

    Attributes:
        path: of the file; None if the values are given.
        start, end: a line belongs to the block if its first byte is in this range.
        values: JSON texts.
    """

    path: str | None
    start: int = 0
    end: int = 0
    values: Sequence[bytes] = ()

    def read(self) -> Iterator[bytes]:
        """Yield the JSON texts."""
        if self.path is None:
            yield from self.values
            return
        with open(self.path, "rb", buffering=BUFFER_BYTES) as file:
            position = self.start
            if self.start:
                file.seek(self.start - 1)
                position += len(file.readline()) - 1  # the end of a line that belongs to the block before
            if position >= self.end:
                return
            for line in file:
                yield line
                position += len(line)
                if position >= self.end:
                    return


@dataclass
class Checked:
    """What was found in a block.

    Attributes:
        records: number of records.
        pages: number of pages of bundles.
        run: sorted rows of its records and manifests.
        erased: what its erasure events name.
        checkpoints: of its bundles.
        heads: the heads noted earlier that were found.
    """

    records: int = 0
    pages: int = 0
    run: Run | None = None
    erased: list[ErasedByEvent] = field(default_factory=list)
    checkpoints: list[VerifiedCheckpoint] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Job:
    """What a worker needs for every block."""

    trust: Trust
    heads: frozenset[str]
    now: datetime
    folder: Path

    def __call__(self, block: Block) -> Checked:
        """Check the values of a block.

        Raises:
            NotARecordError: A value is neither a record nor a bundle.
        """
        checked, rows = Checked(), list[Row]()
        for value in block.read():
            if raw := value.strip(b" \t\r\n").removeprefix(codecs.BOM_UTF8):
                self._check(raw, checked, rows)
        rows.sort()
        checked.run = write_run(self.folder, rows)
        return checked

    def _check(self, raw: bytes, into: Checked, rows: list[Row]) -> None:
        record = read_api_record(raw)
        if record is None:
            if _BUNDLE_MARK in raw and self._check_page(raw, into, rows):
                return
            record = read_record(raw)
        checked = check_record(record)
        rows.append(record_row(checked))
        into.records += 1
        if checked.outcome == ERASURE_OUTCOME:
            into.erased += erasures_of(record, checked)
        if checked.hash in self.heads:
            into.heads.add(checked.hash)

    def _check_page(self, raw: bytes, into: Checked, rows: list[Row]) -> bool:
        try:
            page = check_page(read_bundle(raw), self.trust, self.now)
        except NotABundleError as error:
            if raw.startswith(b'{"format"'):
                raise NotARecordError(str(error)) from error
            return False
        rows += page.rows
        into.records += len(page.hashes)
        into.pages += 1
        into.erased += page.erased
        into.heads |= self.heads.intersection(page.hashes)
        if page.checkpoint is not None:
            into.checkpoints.append(page.checkpoint)
        return True


_Workers = Workers[Block, Checked]


@dataclass
class Verification:
    """The verification of any number of files.

    Attributes:
        trust: keys that the auditor trusts.
        heads: hashes that must occur.
        now: when the auditor got the files.
        progress: called with the bytes and the records that were checked so far.
        records: number of records.
        pages: number of pages of bundles.
        checkpoints: the checkpoints of all bundles, the newest last.
        found_heads: of `heads`.
        manifest_findings: what is wrong with the manifests of a copy of their bucket.
    """

    trust: Trust
    heads: frozenset[str]
    now: datetime
    progress: Callable[[int, int], None] = lambda done, records: None
    records: int = 0
    pages: int = 0
    checkpoints: dict[tuple[str, int, bytes], VerifiedCheckpoint] = field(default_factory=dict)
    found_heads: set[str] = field(default_factory=set)
    manifest_findings: list[Finding] = field(default_factory=list)

    def verdicts(self, names: Sequence[str], manifests: Path | None = None) -> Iterator[Verdict]:
        """Check the files, and yield a verdict for each group of their records.

        Args:
            names: of the files.
            manifests: a copy of the manifest bucket.

        Raises:
            UnusableFileError: A file can't be read, is not one of records, or has none. Nothing was yielded.
        """
        with tempfile.TemporaryDirectory(prefix="countersign-verify-") as folder:
            erasures = ErasureStore()
            runs: list[Run] = []
            job = Job(self.trust, self.heads, self.now, Path(folder))
            with Workers(job, is_parallel=_size_of(names) >= MIN_PARALLEL_BYTES) as workers:
                for name in names:
                    runs += self._check_file(name, job.folder, workers, erasures)
            if manifests is not None:
                runs += self._read_manifests(manifests, job.folder)
            yield from verify_rows(merge_runs(Path(folder), runs), erasures)
            erasures.close()

    def _read_manifests(self, source: Path, folder: Path) -> Iterator[Run]:
        """Yield sorted rows of what the manifests in a folder say."""
        rows: list[Row] = []
        is_empty = True
        try:
            for file in manifest_files(source):
                is_empty = False
                self.manifest_findings += file.findings
                rows += manifest_rows(file.manifest) if file.manifest else ()
                if len(rows) > MAX_ROWS_IN_MEMORY:
                    yield write_run(folder, sorted(rows))
                    rows = []
        except OSError as error:
            raise UnusableFileError(f"--manifests: {error}") from error
        if is_empty:
            raise UnusableFileError(f"--manifests: {source} has no manifests.")
        yield write_run(folder, sorted(rows))

    def _check_file(self, name: str, folder: Path, workers: _Workers, erasures: ErasureStore) -> list[Run]:
        before = self.records + self.pages
        try:
            # Standard input is copied to a file, which workers can read, and more than once.
            path = _copy_of_standard_input(folder) if name == STANDARD_INPUT else Path(name)
            runs = self._check_lines_or_values(path, workers, erasures)
        # A RuntimeError is for a closed standard input.
        except (OSError, UnicodeDecodeError, NotARecordError, RuntimeError) as error:
            raise UnusableFileError(f"{name}: {error}") from error
        if self.records + self.pages == before:
            # Accepting it would make a failed download look valid.
            raise UnusableFileError(f"{name}: no records found.")
        return runs

    def _check_lines_or_values(self, path: Path, workers: _Workers, erasures: ErasureStore) -> list[Run]:
        before = self.records, self.pages
        try:
            return self._check_values(_blocks_of_lines(path), workers, erasures)
        except NotARecordError:
            # Values may take several lines, or be in an array.
            self.records, self.pages = before
            with path.open("rb") as file:
                return self._check_values(_blocks_of_values(file), workers, erasures)

    def _check_values(self, blocks: Iterable[Block], workers: _Workers, erasures: ErasureStore) -> list[Run]:
        runs = []
        done = 0
        for block, checked in workers.run(blocks):
            self.records += checked.records
            self.pages += checked.pages
            erasures.add(checked.erased)
            self.found_heads |= checked.heads
            for each in checked.checkpoints:
                checkpoint = each.checkpoint
                self.checkpoints[checkpoint.origin, checkpoint.size, checkpoint.root] = each
            if checked.run is not None and checked.run.blocks:
                runs.append(checked.run)
            done += block.end - block.start or sum(map(len, block.values))
            self.progress(done, self.records)
        return runs


def _size_of(names: Iterable[str]) -> int:
    """Return the bytes of all files; standard input counts as large."""
    size = 0
    for name in names:
        try:
            size += MIN_PARALLEL_BYTES if name == STANDARD_INPUT else Path(name).stat().st_size
        except OSError:
            continue  # reported when it is opened
    return size


def _copy_of_standard_input(folder: Path) -> Path:
    if sys.stdin is None:
        raise RuntimeError("standard input is closed")
    path = folder / "standard-input"
    with path.open("wb") as copy:
        shutil.copyfileobj(typer.get_binary_stream("stdin"), copy)
    return path


def _blocks_of_lines(path: Path) -> Iterator[Block]:
    size = path.stat().st_size
    for start in range(0, size, BLOCK_BYTES):
        yield Block(str(path), start, min(start + BLOCK_BYTES, size))


def _blocks_of_values(file: BinaryIO) -> Iterator[Block]:
    decoder = codecs.getincrementaldecoder("utf-8")()

    def texts() -> Iterator[str]:
        while part := file.read(BLOCK_BYTES // 4):
            yield decoder.decode(part)
        yield decoder.decode(b"", final=True)

    values: list[bytes] = []
    length = 0
    for value in split_values(text for text in texts() if text):
        values.append(value)
        length += len(value)
        if length >= BLOCK_BYTES:
            yield Block(None, values=values)
            values, length = [], 0
    yield Block(None, values=values)
