"""Ports kept in memory: small, and as strict about races as the real ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from countersign_common.ids import new_id

from workflow_service.domain.scheme import Scheme
from workflow_service.domain.workflow import Workflow
from workflow_service.use_cases.commit import Commit, Committer, Outrun
from workflow_service.use_cases.list_workflows import place_of
from workflow_service.use_cases.once import Answered, Once
from workflow_service.use_cases.relay_outbox import Unreadable
from workflow_service.use_cases.seal import Messages, SealedEvent, Sealer

from .builders import NOON, a_scheme


@dataclass
class TickingClock:
    """A clock that goes one second on whenever it is read."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class CountedSalts:
    """Salts that are all different and always the same."""

    made: int = 0

    def __call__(self) -> bytes:
        self.made += 1
        return self.made.to_bytes(32)


@dataclass
class MemoryStore:
    """Workflows, schemes, events, answers and the outbox.

    Attributes:
        meanwhile: what others do between a read and the commit that follows it, one for each commit.
    """

    workflows: dict[str, Workflow] = field(default_factory=dict)
    events: dict[str, list[SealedEvent]] = field(default_factory=dict)
    answers: dict[tuple[str, str], Answered] = field(default_factory=dict)
    schemes: dict[str, list[Scheme]] = field(default_factory=lambda: {"expenses": [a_scheme()]})
    waiting: dict[str, dict[str, Workflow]] = field(default_factory=dict)
    outbox: list[SealedEvent | Unreadable] = field(default_factory=list)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    commits_tried: int = 0

    def workflow(self, workflow_id: str) -> Workflow | None:
        return self.workflows.get(workflow_id)

    def workflow_and_answer(
        self, workflow_id: str, once: Once | None
    ) -> tuple[Workflow | None, Answered | None]:
        return self.workflows.get(workflow_id), self._answered(once)

    def scheme_and_answer(self, scheme_id: str, once: Once | None) -> tuple[Scheme | None, Answered | None]:
        return self.scheme(scheme_id), self._answered(once)

    def commit(self, commit: Commit) -> None:
        self.commits_tried += 1
        if self.meanwhile:
            self.meanwhile.pop(0)()
        transition, after = commit.transition, commit.transition.after
        current = self.workflows.get(after.workflow_id)
        if (current.version if current else 0) != transition.before.version:
            raise Outrun
        if commit.once is not None and commit.answered is not None:
            known = self._answered(commit.once)
            if known is not None and known.expires_at > commit.at:
                raise Outrun
            self.answers[commit.once.user_id, commit.once.key] = commit.answered
        self.workflows[after.workflow_id] = after
        self.events.setdefault(after.workflow_id, []).append(commit.event)
        self.outbox.append(commit.event)
        for principal in transition.asked:
            self.waiting.setdefault(principal, {})[after.workflow_id] = after
        for principal in transition.released:
            del self.waiting[principal][after.workflow_id]

    def clear(self, event: SealedEvent) -> None:
        self.outbox.remove(event)

    def pending(self, until: datetime) -> Iterator[SealedEvent | Unreadable]:
        return iter(list(self.outbox))

    def requested_by(self, user_id: str, *, before: str | None, page: int) -> Iterator[Workflow]:
        own = [each for each in self.workflows.values() if each.requester.user_id == user_id]
        return _newest_first(own, before)

    def waiting_for(self, principal: str, *, before: str | None, page: int) -> Iterator[Workflow]:
        return _newest_first(list(self.waiting.get(principal, {}).values()), before)

    def scheme(self, scheme_id: str, version: int | None = None) -> Scheme | None:
        versions = self.schemes.get(scheme_id, [])
        wanted = len(versions) if version is None else version
        return versions[wanted - 1] if 1 <= wanted <= len(versions) else None

    def add_version(self, scheme: Scheme) -> None:
        if self.meanwhile:
            self.meanwhile.pop(0)()
        versions = self.schemes.setdefault(scheme.scheme_id, [])
        if scheme.version != len(versions) + 1:
            raise Outrun
        versions.append(scheme)

    def _answered(self, once: Once | None) -> Answered | None:
        return None if once is None else self.answers.get((once.user_id, once.key))


def _newest_first(workflows: list[Workflow], before: str | None) -> Iterator[Workflow]:
    ordered = sorted(workflows, key=place_of, reverse=True)
    return iter([each for each in ordered if before is None or place_of(each) < before])


@dataclass
class FakeQueues:
    """Both queues. While `refusing`, they take nothing."""

    taken: list[Messages] = field(default_factory=list)
    refusing: bool = False

    def deliver(self, messages: Messages) -> None:
        if self.refusing:
            raise ConnectionError("the queue is not there")
        self.taken.append(messages)


@dataclass
class Log:
    """Warnings, as they were told."""

    lines: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def __call__(self, message: str, **keys: object) -> None:
        self.lines.append((message, keys))


@dataclass
class Office:
    """All ports together."""

    store: MemoryStore = field(default_factory=MemoryStore)
    queues: FakeQueues = field(default_factory=FakeQueues)
    log: Log = field(default_factory=Log)
    clock: TickingClock = field(default_factory=TickingClock)

    def new_id(self) -> str:
        return new_id()

    @property
    def committer(self) -> Committer:
        sealer = Sealer(new_id, CountedSalts())
        return Committer(self.store, self.store, sealer, self.queues, self.log)
