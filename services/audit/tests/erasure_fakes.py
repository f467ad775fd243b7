"""The ports of erasure in memory, a queue that delivers again what was not processed, and a run that is killed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from countersign_common.events.audit_event import PersonPart
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.erasure_event import ERASURE, Erasure
from countersign_common.ids import derived_id
from countersign_common.pagination import Page
from countersign_common.proof.commitment import PARTS, Part

from audit_service.adapters.documents import document_of
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.dead_letters import DeadLetter
from audit_service.domain.erasure import (
    ErasureActor,
    ErasureJob,
    ErasureKind,
    Hold,
    RetentionPolicy,
)
from audit_service.domain.errors import JobChangedError
from audit_service.domain.own_events import ERASE, OwnEvent, named_parts
from audit_service.use_cases.erase_batch import EraseBatch
from audit_service.use_cases.find_erasable import FindErasable
from audit_service.use_cases.purge_dead_letters import PurgeDeadLetters
from audit_service.use_cases.run_erasure import RunErasure

from .builders import REQUESTER
from .fakes import FakeHints, FakeRepository

ADMIN = "user-admin"
ERASURE_ID = "0190c000-0000-7000-8000-000000000001"
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
ACTOR = ErasureActor(
    PersonPart("Ada Admin", "ada@example.com", ("admins",), "192.0.2.9", "test"), "request-9"
)


class Killed(BaseException):
    """The function was killed. A BaseException, so that nothing catches it."""


class Killer:
    """Kills a run at a step. Each call of a port is two steps, before and after its effect.

    Attributes:
        at: The step; None to kill no run.
        steps: How many there were.
    """

    def __init__(self, at: int | None = None) -> None:
        self.at = at
        self.steps = 0

    def step(self) -> None:
        if self.steps == self.at:
            self.steps += 1
            raise Killed
        self.steps += 1


class KillablePort:
    """A port whose calls can be killed before and after their effect."""

    def __init__(self, port: Any, killer: Killer) -> None:
        self._port = port
        self._killer = killer

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)

        def call(*arguments: Any, **options: Any) -> Any:
            self._killer.step()
            result = method(*arguments, **options)
            self._killer.step()
            return result

        return call


class FakeJobs:
    """Jobs by id."""

    def __init__(self) -> None:
        self.jobs: dict[str, ErasureJob] = {}

    def add(self, job: ErasureJob) -> None:
        self.jobs.setdefault(job.erasure_id, job)

    def get(self, erasure_id: str) -> ErasureJob | None:
        return self.jobs.get(erasure_id)

    def list(self, *, before: str | None, limit: int) -> Page[ErasureJob, str]:
        ids = sorted((each for each in self.jobs if before is None or each < before), reverse=True)
        page = ids[:limit]
        return Page([self.jobs[each] for each in page], page[-1] if len(ids) > limit else None)

    def update(self, job: ErasureJob) -> ErasureJob:
        if self.jobs[job.erasure_id].version != job.version:
            raise JobChangedError(job.erasure_id)
        changed = dataclasses.replace(job, version=job.version + 1)
        self.jobs[job.erasure_id] = changed
        return changed


class FakeHolds:
    """Legal holds."""

    def __init__(self, *workflow_ids: str) -> None:
        self.holds = {each: Hold("a lawsuit", ADMIN, NOON) for each in workflow_ids}

    def all(self) -> Mapping[str, Hold]:
        return dict(self.holds)

    def get(self, workflow_id: str) -> Hold | None:
        return self.holds.get(workflow_id)

    def put(self, workflow_id: str, hold: Hold, *, replaces: Hold | None) -> bool:
        if self.holds.get(workflow_id) != replaces:
            return False
        self.holds[workflow_id] = hold
        return True

    def delete(self, workflow_id: str, hold: Hold) -> bool:
        if self.holds.get(workflow_id) != hold:
            return False
        del self.holds[workflow_id]
        return True


class FakePolicies:
    """Retention policies: scheme → days."""

    def __init__(self, **days: int) -> None:
        self.policies = {scheme: RetentionPolicy(each, ADMIN, NOON) for scheme, each in days.items()}

    def all(self) -> Mapping[str, RetentionPolicy]:
        return dict(self.policies)

    def put(self, scheme: str, policy: RetentionPolicy, *, replaces: RetentionPolicy | None) -> bool:
        if self.policies.get(scheme) != replaces:
            return False
        self.policies[scheme] = policy
        return True


class FakeParts:
    """Removes parts from the records of a repository, one after the other."""

    def __init__(self, repository: FakeRepository, killer: Killer) -> None:
        self._repository = repository
        self._killer = killer

    def remove(self, parts: Mapping[str, Sequence[Part]]) -> None:
        for dataset_id, named in parts.items():
            self._killer.step()
            record = self._repository.stored.get(dataset_id)
            if record is not None:
                self._repository.stored[dataset_id] = record.without(named)


class FakeDocuments:
    """Documents by id."""

    def __init__(self) -> None:
        self.documents: dict[str, Any] = {}

    def replace(self, records: Sequence[AuditRecord]) -> None:
        for record in records:
            self.documents[record.dataset_id] = document_of(record)


class FakePublisher:
    """Erasures that were sent; each must match its contract."""

    def __init__(self) -> None:
        self.sent: list[Erasure] = []

    def publish(self, erasure: Erasure) -> None:
        ERASURE.check(ERASURE.dump(erasure))
        self.sent.append(erasure)


class FakeDeadLetters:
    """Messages by handle, received two at a time, and hidden then until the pass ends, or for two minutes."""

    def __init__(self, killer: Killer, clock: Callable[[], datetime], *letters: DeadLetter) -> None:
        self.letters = {letter.handle: letter for letter in letters}
        self._killer = killer
        self._clock = clock
        self._hidden_until: dict[str, datetime] = {}

    def hide(self, handle: str, seconds: int) -> None:
        """Hide a message, as another pass does."""
        self._hidden_until[handle] = self._clock() + timedelta(seconds=seconds)

    def are_hidden(self) -> bool:
        return not all(map(self._is_visible, self.letters.values()))

    def receive(self) -> Generator[Sequence[DeadLetter], None, None]:
        hidden: list[str] = []
        try:
            while received := [each for each in self.letters.values() if self._is_visible(each)][:2]:
                for each in received:
                    self.hide(each.handle, 120)
                    hidden.append(each.handle)
                self._killer.step()
                yield received
        finally:
            for handle in hidden:
                self._hidden_until.pop(handle, None)

    def _is_visible(self, letter: DeadLetter) -> bool:
        return self._hidden_until.get(letter.handle, self._clock()) <= self._clock()

    def delete(self, letters: Sequence[DeadLetter]) -> None:
        for letter in letters:
            self._killer.step()
            self.letters.pop(letter.handle, None)


class FakeRequests:
    """The queue: erasureId and delay of each message."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, int]] = []
        self.recorded: list[OwnEvent] = []

    def request_erasure(self, erasure_id: str, *, delay_seconds: int = 0) -> None:
        self.messages.append((erasure_id, delay_seconds))

    def record(self, event: OwnEvent) -> None:
        self.recorded.append(event)


class ErasureWorld:
    """Everything that an erasure reads and changes.

    Attributes:
        between: Called before each delivery of a message, with its number.
    """

    def __init__(
        self,
        records: Iterable[AuditRecord],
        *,
        letters: Iterable[DeadLetter] = (),
        holds: Iterable[str] = (),
        policies: FakePolicies | None = None,
        kill_at: int | None = None,
        page: int = 3,
        default_days: int = 2_555,
        steps_per_run: int | None = None,
    ) -> None:
        self.killer = Killer(kill_at)
        self.now = NOON
        self.repository = FakeRepository(*records, page=page)
        self.original = dict(self.repository.stored)
        self.jobs = FakeJobs()
        self.holds = FakeHolds(*holds)
        self.policies = policies or FakePolicies()
        self.hints = FakeHints()
        self.documents = FakeDocuments()
        self.documents.replace(list(self.original.values()))
        self.publisher = FakePublisher()
        self.letters = FakeDeadLetters(self.killer, self.clock, *letters)
        self.requests = FakeRequests()
        self.between: Callable[[int], None] = lambda _: None
        self.runs = 0
        self.warnings: list[tuple[str, Any]] = []
        self._salts = 0
        self._steps_per_run = steps_per_run
        store = self._killable(self.repository)
        erase_batch = EraseBatch(
            records=store,
            hints=self._killable(self.hints),
            parts=FakeParts(self.repository, self.killer),
            documents=self._killable(self.documents),
            publisher=self._killable(self.publisher),
            jobs=self._killable(self.jobs),
            clock=self.clock,
            new_salt=self.new_salt,
        )
        self.run = RunErasure(
            jobs=self._killable(self.jobs),
            holds=self._killable(self.holds),
            policies=self._killable(self.policies),
            records=store,
            find=FindErasable(store),
            erase_batch=erase_batch,
            purge_dead_letters=PurgeDeadLetters(self.letters, store, self._killable(self.holds), erase_batch),
            requests=self._killable(self.requests),
            clock=self.clock,
            warn=lambda message, **keys: self.warnings.append((message, keys)),
            recheck_seconds=120,
            default_retention_days=default_days,
        )

    def _killable(self, port: Any) -> Any:
        return KillablePort(port, self.killer)

    def clock(self) -> datetime:
        return self.now

    def new_salt(self) -> bytes:
        self._salts += 1
        return self._salts.to_bytes(32, "big")

    @property
    def job(self) -> ErasureJob:
        return self.jobs.jobs[ERASURE_ID]

    def start(self, job: ErasureJob) -> None:
        self.jobs.add(job)
        self.requests.request_erasure(job.erasure_id)

    def finish(self) -> ErasureJob:
        """Deliver messages until there are none. One whose run was killed is delivered again, half an hour later."""
        while self.requests.messages:
            self.deliver()
        return self.job

    def deliver(self) -> None:
        """Deliver one message."""
        self.runs += 1
        assert self.runs < 500, "The job does not end."
        erasure_id, delay = self.requests.messages[0]
        self.now += timedelta(seconds=delay)
        self.between(self.runs)
        steps = iter(range(self._steps_per_run or 10**9))
        try:
            self.run(erasure_id, lambda: next(steps, None) is not None)
        except Killed:
            self.now += timedelta(minutes=30)
            self.check_nothing_unexplained()
            return
        self.requests.messages.pop(0)

    # What must be true

    def events(self) -> list[AuditRecord]:
        """Return the erasure events in the store."""
        return [each for each in self.repository.stored.values() if each.event.action_type == ERASE]

    def named(self) -> dict[tuple[str, Part], list[str]]:
        """Return (datasetId, part) → the erasure events that name it."""
        found: dict[tuple[str, Part], list[str]] = {}
        for event in self.events():
            for dataset_id, parts in named_parts(event):
                for part in parts:
                    found.setdefault((dataset_id, part), []).append(event.dataset_id)
        return found

    def missing(self) -> set[tuple[str, Part]]:
        """Return which parts the records of the beginning lack."""
        return {
            (dataset_id, part)
            for dataset_id in self.original
            for part in PARTS
            if getattr(self.repository.stored[dataset_id], part) is None
            and getattr(self.original[dataset_id], part) is not None
        }

    def check_nothing_unexplained(self) -> None:
        """Check that an erasure event names each part that is missing."""
        assert self.missing() <= set(self.named())

    def check_consistent(self) -> None:
        """Check that events, records, documents, hints and messages agree, once the job has ended."""
        self.check_nothing_unexplained()
        stored = self.repository.stored
        named = self.named()
        assert len(self.events()) == sum(job.batches for job in self.jobs.jobs.values())
        for (dataset_id, part), events in named.items():
            assert set(events) == {
                event for event, parts in self.hints.hints[dataset_id].items() if part in parts
            }
            if dataset_id in stored:
                assert len(events) == 1, "Two erasure events name the same part."
                assert getattr(stored[dataset_id], part) is None
        assert self.documents.documents == {each: document_of(record) for each, record in stored.items()}
        sent = {
            (erasure.event_id, each.dataset_id, part)
            for erasure in self.publisher.sent
            for each in erasure.datasets
            for part in each.parts
        }
        for (dataset_id, part), events in named.items():
            assert any((event, dataset_id, part) in sent for event in events)
        for erasure in self.publisher.sent:
            for each in erasure.datasets:
                if each.dataset_id in self.original:
                    record = self.original[each.dataset_id]
                    assert (each.workflow_id, each.owner_id) == (
                        record.workflow_id,
                        record.event.action_owner.id,
                    )


def user_job(*parts: Part, user_id: str = REQUESTER, requested_by: str = ADMIN) -> ErasureJob:
    """Return the request to erase a user."""
    return ErasureJob(
        erasure_id=ERASURE_ID,
        kind=ErasureKind.USER,
        user_id=user_id,
        parts=parts or PARTS,
        reason="asked for by letter",
        requested_by=requested_by,
        actor=ACTOR,
        created_at=NOON,
        updated_at=NOON,
    )


def retention_job() -> ErasureJob:
    """Return the request of the retention function."""
    return ErasureJob(
        erasure_id=ERASURE_ID,
        kind=ErasureKind.RETENTION,
        user_id=None,
        parts=PARTS,
        reason="retention",
        requested_by="retention",
        actor=None,
        created_at=NOON,
        updated_at=NOON,
    )


def letter_of(event: CloudEvent | None, handle: str, **changes: Any) -> DeadLetter:
    """Return an event as a dead letter."""
    text = "" if event is None else event.to_message().body
    letter = DeadLetter("audit-trail-dlq", handle, event, text, is_from_producer=True)
    return dataclasses.replace(letter, **changes)


def event_id(batch: int) -> str:
    """Return the id of the job's erasure event."""
    return derived_id(ERASURE_ID, f"{ERASURE_ID}/{batch}")
