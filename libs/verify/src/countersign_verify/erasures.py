"""Erasure events: which parts of which records were erased on request."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from countersign_verify.canonical import decode
from countersign_verify.record_checks import CheckedRecord
from countersign_verify.records import PARTS, Record

ERASURE_SOURCE, ERASURE_OUTCOME = "/countersign/audit", "ERASED"
"""`source` and `outcome` of the events that name erased parts."""


class ErasedByEvent(NamedTuple):
    """A part that an erasure event names.

    Attributes:
        dataset_id: the record that had the part.
        part: person or content.
        event_id: of the erasure.
    """

    dataset_id: str
    part: str
    event_id: str


def erasures_of(record: Record, checked: CheckedRecord) -> Iterator[ErasedByEvent]:
    """Yield what a record names, if it is a valid erasure event.

    Its `content.after` is `{"reason", "parts", "erased": [{"datasetId", "parts"}, …]}`.
    """
    is_erasure = checked.outcome == ERASURE_OUTCOME and checked.source == ERASURE_SOURCE
    if not is_erasure or checked.codes or record.content is None:
        return
    content = decode(record.content.value)
    after = content.get("after") if isinstance(content, dict) else None
    erased = after.get("erased") if isinstance(after, dict) else None
    for each in erased if isinstance(erased, list) else ():
        yield from _named_parts(each, record.dataset_id)


def _named_parts(erased: Any, event_id: str) -> Iterator[ErasedByEvent]:
    dataset_id = erased.get("datasetId") if isinstance(erased, dict) else None
    parts = erased.get("parts") if isinstance(erased, dict) else None
    if isinstance(dataset_id, str) and isinstance(parts, list):
        for part in PARTS:
            if part in parts:
                yield ErasedByEvent(dataset_id, part, event_id)


class ErasureStore:
    """All erasures of a run, in a temporary database on disk: there can be any number."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a private file that SQLite deletes
        self._database.execute("PRAGMA cache_size=-4000")
        self._database.execute(
            "CREATE TABLE erased (dataset TEXT, part TEXT, event TEXT, PRIMARY KEY (dataset, part)) WITHOUT ROWID"
        )

    def add(self, erased: Iterable[ErasedByEvent]) -> None:
        """Add what erasure events name. The first event for a part counts."""
        self._database.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?, ?)", erased)

    def event_for(self, dataset_id: str, part: str) -> str | None:
        """Return the ID of the erasure event that names a part of a record, or None."""
        query = "SELECT event FROM erased WHERE dataset = ? AND part = ?"
        found = self._database.execute(query, (dataset_id, part)).fetchone()
        return found and str(found[0])

    def close(self) -> None:
        """Delete the database."""
        self._database.close()
