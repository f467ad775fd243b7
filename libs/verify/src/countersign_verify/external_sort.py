"""Sort rows that don't fit in memory: sorted runs in temporary files, which are merged while they are read.

Workers write the runs, each to a file of its own, and the main process merges them.
"""

import heapq
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

ROWS_PER_BLOCK = 64
"""Rows of a run that are in memory while runs are merged."""

MAX_RUNS = 256
"""Runs that are merged at a time: together they need about 10 MB."""


MAX_ROWS_IN_MEMORY = 20_000
"""Rows that are collected before they are written as a run."""


class Row(NamedTuple):
    """Something that belongs to a position in a chain. Rows are sorted by their fields from the first on.

    Attributes:
        group: what the row belongs to: a workflow, all records outside workflows, or all unreadable records.
        sequence: position in the chain; 0 without one.
        kind: what the row is.
        id: of the record, or the name of the manifest.
        hash: 64 hex digits; empty without one.
        previous_hash: of a record with a position.
        closed: bits of the parts that a record doesn't have.
        codes: codes of findings with spaces between.
        extra: more, as JSON; empty without.
    """

    group: str
    sequence: int
    kind: int
    id: str
    hash: str
    previous_hash: str
    closed: int
    codes: str
    extra: str


class Run(NamedTuple):
    """Sorted rows in a file.

    Attributes:
        path: of the file.
        blocks: offset and length of each block of rows.
    """

    path: str
    blocks: tuple[tuple[int, int], ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[tuple[str, int, int, str, str, str, int, str, str]]).decode


def write_run(folder: Path, rows: Iterable[Row]) -> Run:
    """Append sorted rows to this process's file in a folder."""
    path = folder / f"{os.getpid()}.run"
    blocks, rows = [], iter(rows)
    with path.open("ab") as file:
        offset = file.tell()
        while block := list(islice(rows, ROWS_PER_BLOCK)):
            encoded = _encode(block)
            file.write(encoded)
            blocks.append((offset, len(encoded)))
            offset += len(encoded)
    return Run(str(path), tuple(blocks))


def read_run(run: Run) -> Iterator[tuple[str, int, int, str, str, str, int, str, str]]:
    """Yield the rows of a run, with one block of them in memory."""
    with open(run.path, "rb", buffering=0) as file:
        for offset, length in run.blocks:
            file.seek(offset)
            yield from _decode(file.read(length))


def merge_runs(folder: Path, runs: list[Run]) -> Iterator[Row]:
    """Yield the rows of all runs in order."""
    while len(runs) > MAX_RUNS:
        merged = write_run(folder, map(Row._make, heapq.merge(*map(read_run, runs[:MAX_RUNS]))))
        runs = [*runs[MAX_RUNS:], merged]
    return map(Row._make, heapq.merge(*map(read_run, runs)))
