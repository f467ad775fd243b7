"""Erasure: which parts of which records are removed, why, and how far it has come."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from countersign_common.events.audit_event import PersonPart
from countersign_common.events.erasure_event import MAX_DATASETS, ErasedDataset
from countersign_common.proof.commitment import PARTS, Part

MAX_HELD_WORKFLOWS = 100
"""Most workflows that a job names of those that a legal hold kept."""

DELAY_LIMIT_SECONDS = 900
"""Longest delay of a message (SQS quota)."""


class ErasureKind(StrEnum):
    """Why parts are erased."""

    USER = "user"
    RETENTION = "retention"


class ErasureState(StrEnum):
    """How far a job is.

    A job in `RECHECKING` waits for events that were in transit while it scanned, and then scans again.
    """

    REQUESTED = "REQUESTED"
    RUNNING = "RUNNING"
    RECHECKING = "RECHECKING"
    DONE = "DONE"
    FAILED = "FAILED"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens."""
        return self in (ErasureState.DONE, ErasureState.FAILED)


class ErasurePhase(StrEnum):
    """What a pass does, in this order. The first pass starts with the scan."""

    CHECK = "CHECK"
    SCAN = "SCAN"
    PURGE = "PURGE"


@dataclass(frozen=True)
class ErasureActor:
    """Who requested an erasure: recorded with each of its events, and removed from the job at its end.

    Attributes:
        person: From the token and the request.
        request_id: Of the HTTP request.
    """

    person: PersonPart
    request_id: str


@dataclass(frozen=True)
class ErasedCounts:
    """How many parts were erased."""

    person: int = 0
    content: int = 0

    def plus(self, datasets: Iterable[ErasedDataset]) -> "ErasedCounts":
        """Return the counts with the parts of these datasets."""
        person, content = self.person, self.content
        for dataset in datasets:
            person += dataset.person
            content += dataset.content
        return ErasedCounts(person, content)


@dataclass(frozen=True)
class HeldRecords:
    """What a legal hold kept.

    Attributes:
        count: Records that keep a part which would have been erased.
        workflow_ids: Their workflows, the first 100 of them.
    """

    count: int = 0
    workflow_ids: tuple[str, ...] = ()

    def plus(self, workflow_ids: Iterable[str]) -> "HeldRecords":
        """Return it with more records, each as its workflow's id."""
        count, known = self.count, dict.fromkeys(self.workflow_ids)
        for workflow_id in workflow_ids:
            count += 1
            if len(known) < MAX_HELD_WORKFLOWS:
                known[workflow_id] = None
        return HeldRecords(count, tuple(known))


@dataclass(frozen=True)
class ErasureJob:
    """A request to erase, and how far it has come.

    Attributes:
        erasure_id: UUIDv7. The ids of the job's erasure events are derived from it.
        user_id: Who is erased; None for retention.
        parts: `person`, `content` or both.
        reason: As the admin gave it.
        requested_by: Id of the admin; `retention` for a job of the retention function.
        actor: None for retention, and once the job has ended.
        pass_number: The scan of the whole store that runs, from 1; 0 before the first.
        pass_erased: How many records this pass has erased parts of.
        cursor: The last datasetId of this pass that is done; None at its start.
        phase: What this pass does: compare what earlier passes erased with the index again, scan the store, or purge
            the dead-letter queues.
        checked_batches: How many batches of earlier passes were compared with the index again.
        batches: How many erasure events are done; the next one has this number.
        erased: Parts that were erased so far.
        held: What a legal hold kept in this pass.
        error: Why the job failed; None if it has not.
        created_at, updated_at: In UTC.
        version: Increases with each update.
    """

    erasure_id: str
    kind: ErasureKind
    user_id: str | None
    parts: tuple[Part, ...]
    reason: str
    requested_by: str
    actor: ErasureActor | None
    created_at: datetime
    updated_at: datetime
    state: ErasureState = ErasureState.REQUESTED
    pass_number: int = 0
    pass_erased: int = 0
    cursor: str | None = None
    phase: ErasurePhase = ErasurePhase.SCAN
    checked_batches: int = 0
    batches: int = 0
    erased: ErasedCounts = ErasedCounts()
    held: HeldRecords = HeldRecords()
    error: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Hold:
    """A legal hold on a workflow: nothing of it is erased.

    Attributes:
        by: Id of the admin who placed it.
        at: When, in UTC.
    """

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RetentionPolicy:
    """How long the records of a scheme's workflows are kept.

    Attributes:
        days: Counted from the newest record of a workflow.
        by: Id of the admin who set it.
        at: When, in UTC.
    """

    days: int
    by: str
    at: datetime


@dataclass(frozen=True)
class UserSelection:
    """What is erased of a user: their own records, and of workflows that they requested, the content of all records."""

    user_id: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class RetentionSelection:
    """What is erased because it is old: all records of a workflow whose newest record is older than its scheme allows.

    Attributes:
        default_days: For schemes without a policy, and for records without a workflow.
        days: By scheme.
        now: In UTC.
    """

    default_days: int
    days: Mapping[str, int]
    now: datetime


Selection = UserSelection | RetentionSelection


@dataclass(frozen=True)
class Candidate:
    """A record with parts to erase.

    Attributes:
        dataset: The record, with the parts that it still has of those to erase.
        is_held: Whether its workflow is under a legal hold, so that it keeps them.
    """

    dataset: ErasedDataset
    is_held: bool


def ordered_parts(parts: Iterable[str]) -> tuple[Part, ...]:
    """Return parts in the order in which they are always named."""
    wanted = set(parts)
    return tuple(part for part in PARTS if part in wanted)


BATCH_BYTES = 220_000
"""An erasure with this many bytes of datasets fits in a message, which has 262,144."""

_DATASET_BYTES = 175
"""The most that a dataset has in the JSON of a message, without the id of its owner. With UUIDs, 1,000 fit."""


class ErasureBatch:
    """Datasets of one erasure event: at most 1,000, and few enough to fit in a message."""

    def __init__(self) -> None:
        self._datasets: dict[str, ErasedDataset] = {}
        self._bytes = 0

    def add(self, dataset: ErasedDataset) -> None:
        """Add a dataset. One that is in the batch gets the parts of both."""
        known = self._datasets.get(dataset.dataset_id)
        if known is None:
            self._bytes += _DATASET_BYTES + len(json.dumps(dataset.owner_id))
        parts = dataset.parts if known is None else ordered_parts((*known.parts, *dataset.parts))
        self._datasets[dataset.dataset_id] = ErasedDataset(
            dataset.dataset_id, dataset.workflow_id, dataset.sequence, dataset.owner_id, parts
        )

    @property
    def is_full(self) -> bool:
        """Whether one more dataset may be too much."""
        return len(self._datasets) >= MAX_DATASETS or self._bytes >= BATCH_BYTES

    @property
    def datasets(self) -> Sequence[ErasedDataset]:
        """The datasets in the order in which they were added."""
        return tuple(self._datasets.values())

    def __len__(self) -> int:
        return len(self._datasets)

    def __iter__(self) -> Iterator[ErasedDataset]:
        return iter(self._datasets.values())
