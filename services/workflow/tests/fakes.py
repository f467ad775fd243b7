"""Ports in memory, with the same conditions as the real ones."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from countersign_common.clock import from_rfc3339, to_rfc3339
from countersign_common.events.cloud_event import EventMessage
from countersign_common.events.manifest import ManifestWorkflow
from countersign_common.http.caller import Caller
from countersign_common.ids import new_id
from countersign_common.pagination import Page
from countersign_common.proof.canonical import canonical_text

from workflow_service.bootstrap.api import Service, wire_service
from workflow_service.domain.directory import DirectoryPerson, Group, Search
from workflow_service.domain.errors import InvalidPositionError, PeopleUnavailableError, VersionConflictError
from workflow_service.domain.events import EventMessages, HistoryEntry, Round, SealedEvent, UnreadableEvent
from workflow_service.domain.idempotency import IdempotencyKey, IdempotencyRecord
from workflow_service.domain.manifests import CommittedEvent, ManifestState, SweepPage, UnreadableEntry
from workflow_service.domain.people import Person
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.transition import Commit
from workflow_service.domain.workflow import DECISIONS, ListedWorkflow, Workflow, WorkflowSummary
from workflow_service.use_cases.publish_event import PublishEvent
from workflow_service.use_cases.relay_outbox import RelayOutbox

from .builders import EVERYONE, NOON, a_scheme

T = TypeVar("T")


@dataclass
class TickingClock:
    """A clock that advances by one second with each reading."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class CountedSalts:
    """Salts that are all different and the same in every run."""

    count: int = 0

    def __call__(self) -> bytes:
        self.count += 1
        return self.count.to_bytes(32)


@dataclass
class InMemoryOutbox:
    """Pending events, in the order of their commits."""

    entries: list[SealedEvent | UnreadableEvent] = field(default_factory=list)

    def pending(self, before: datetime) -> Iterator[SealedEvent | UnreadableEvent]:
        return iter([entry for entry in self.entries if entry.occurred_at < to_rfc3339(before)])

    def remove(self, event: SealedEvent) -> None:
        self.entries.remove(event)


@dataclass
class InMemorySchemes:
    """Schemes by id, with their versions in order.

    Attributes:
        concurrent: What others do before a write, one for each write.
        page_sizes: Of each list that was read.
    """

    versions: dict[str, list[Scheme]] = field(default_factory=lambda: {"expenses": [a_scheme()]})
    concurrent: list[Callable[[], object]] = field(default_factory=list)
    page_sizes: list[int] = field(default_factory=list)

    def get(self, scheme_id: str, version: int | None = None) -> Scheme | None:
        assert isinstance(scheme_id, str)
        versions = self.versions.get(scheme_id, [])
        number = len(versions) if version is None else version
        return versions[number - 1] if 1 <= number <= len(versions) else None

    def list_newest(self, *, after: str | None, page_size: int) -> Iterator[Scheme]:
        self.page_sizes.append(page_size)
        return (self.versions[each][-1] for each in sorted(self.versions) if after is None or each > after)

    def add_version(self, scheme: Scheme) -> None:
        if self.concurrent:
            self.concurrent.pop(0)()
        versions = self.versions.setdefault(scheme.scheme_id, [])
        if scheme.version != len(versions) + 1:
            raise VersionConflictError
        versions.append(scheme)


@dataclass
class InMemoryWorkflows:
    """Workflows with their events and idempotency records.

    Attributes:
        waiting: Pending workflows by principal.
        decided: Positions by user and workflow.
        concurrent: What others do between a read and the commit that follows it, one for each commit.
        attempts: Number of commits that were tried.
        page_sizes: Of each list that was read.
    """

    schemes: InMemorySchemes
    outbox: InMemoryOutbox
    states: dict[str, Workflow] = field(default_factory=dict)
    events: dict[str, list[SealedEvent]] = field(default_factory=dict)
    records: dict[tuple[str, str], IdempotencyRecord] = field(default_factory=dict)
    waiting: dict[str, dict[str, Workflow]] = field(default_factory=dict)
    decided: dict[str, dict[str, str]] = field(default_factory=dict)
    concurrent: list[Callable[[], object]] = field(default_factory=list)
    attempts: int = 0
    page_sizes: list[int] = field(default_factory=list)

    def get(self, workflow_id: str) -> Workflow | None:
        return self.states.get(workflow_id)

    def get_for_update(
        self, workflow_id: str, key: IdempotencyKey | None
    ) -> tuple[Workflow | None, IdempotencyRecord | None]:
        return self.states.get(workflow_id), self._record(key)

    def get_for_creation(
        self, scheme_id: str, key: IdempotencyKey | None
    ) -> tuple[Scheme | None, IdempotencyRecord | None]:
        return self.schemes.get(scheme_id), self._record(key)

    def get_with_event(self, workflow_id: str, sequence: int) -> tuple[Workflow, SealedEvent] | None:
        if workflow_id not in self.states:
            return None
        return self.states[workflow_id], self.events[workflow_id][sequence - 1]

    def commit(self, commit: Commit) -> None:
        self.attempts += 1
        if self.concurrent:
            self.concurrent.pop(0)()
        transition, after = commit.transition, commit.transition.after
        current = self.states.get(after.workflow_id)
        before = transition.before
        if current is None and before.version != 0:
            raise VersionConflictError
        if current and (current.version, current.erasures) != (before.version, before.erasures):
            raise VersionConflictError
        key, record = commit.idempotency_key, commit.idempotency_record
        if key is not None and record is not None:
            existing = self._record(key)
            if existing is not None and existing.expires_at > commit.at:
                raise VersionConflictError
            self.records[key.user_id, key.key] = record
        self.states[after.workflow_id] = after
        self.events.setdefault(after.workflow_id, []).append(commit.event)
        self.outbox.entries.append(commit.event)
        for principal in transition.added_approvers:
            self.waiting.setdefault(principal, {})[after.workflow_id] = after
        for principal in transition.removed_approvers:
            del self.waiting[principal][after.workflow_id]
        if transition.event.action_type in DECISIONS:
            owner = self.decided.setdefault(transition.event.action_owner.user_id, {})
            owner[after.workflow_id] = after.sort_key

    def history(self, workflow_id: str, *, after: int, page_size: int) -> Iterator[HistoryEntry]:
        self.page_sizes.append(page_size)
        return (_history_entry(event) for event in self.events[workflow_id] if event.sequence > after)

    def requested_by(self, user_id: str, *, before: str | None, page_size: int) -> Iterator[WorkflowSummary]:
        self.page_sizes.append(page_size)
        own = (each for each in self.states.values() if each.requester.user_id == user_id)
        return _newest_first(own, before)

    def waiting_for(self, principal: str, *, before: str | None, page_size: int) -> Iterator[WorkflowSummary]:
        self.page_sizes.append(page_size)
        return _newest_first(self.waiting.get(principal, {}).values(), before)

    def decided_by(self, user_id: str, *, before: str | None, page_size: int) -> Iterator[ListedWorkflow]:
        self.page_sizes.append(page_size)
        positions = {position: each for each, position in self.decided.get(user_id, {}).items()}
        for position in sorted(positions, reverse=True):
            if before is None or position < before:
                workflow = self.states[positions[position]]
                assert workflow.requested is not None
                yield ListedWorkflow(workflow.with_content(workflow.requested), position)

    def rounds(self, workflow_id: str, sequences: Sequence[int]) -> Sequence[Round]:
        return [_round(self.events[workflow_id][sequence - 1]) for sequence in sequences]

    def _record(self, key: IdempotencyKey | None) -> IdempotencyRecord | None:
        return None if key is None else self.records.get((key.user_id, key.key))


def _newest_first(workflows: Iterable[Workflow], before: str | None) -> Iterator[WorkflowSummary]:
    ordered = sorted(workflows, key=lambda each: each.sort_key, reverse=True)
    return (each for each in ordered if before is None or each.sort_key < before)


def _history_entry(event: SealedEvent) -> HistoryEntry:
    published = event.workflow_event
    return HistoryEntry(
        event_id=event.event_id,
        sequence=event.sequence,
        action_type=published.action_type,
        outcome=published.outcome,
        round=published.round,
        step_id=published.step_id,
        action_owner=published.action_owner,
        title=published.title,
        comment=published.comment,
        occurred_at=from_rfc3339(event.occurred_at),
        hash=event.hash,
        previous_hash="0" * 64,
    )


def _round(event: SealedEvent) -> Round:
    published = event.workflow_event
    assert event.content is not None
    return Round(
        round=published.round,
        version=event.sequence,
        requested_at=from_rfc3339(event.occurred_at),
        requested_by=Person(published.action_owner.id, published.action_owner.name),
        title=published.title,
        data=canonical_text(json.loads(event.content.value)["after"]),
        content_erased=False,
    )


@dataclass
class InMemoryDirectory:
    """People and groups. A token is the number of items before a page.

    Attributes:
        people_by_id: Enabled and disabled people.
        groups_by_name: Groups with the ids of their members.
        disabled: Ids of disabled people.
        is_down: Whether it doesn't respond.
        page_size: Most items of a page.
        read: Ids of the people that were read for their names.
    """

    people_by_id: dict[str, DirectoryPerson] = field(default_factory=dict)
    groups_by_name: dict[str, list[str]] = field(default_factory=dict)
    disabled: set[str] = field(default_factory=set)
    is_down: bool = False
    page_size: int = 60
    read: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def add(self, *callers: Caller) -> None:
        """Add people with their groups."""
        for caller in callers:
            self.people_by_id[caller.user_id] = DirectoryPerson(caller.user_id, caller.name, caller.email)
            for group in caller.groups:
                self.groups_by_name.setdefault(group, []).append(caller.user_id)

    def names_of(self, user_ids: Iterable[str]) -> Mapping[str, str]:
        wanted = dict.fromkeys(user_ids)
        if not self.is_down:
            self.read += [each for each in wanted if each not in self.known]
            self.known |= set(wanted)
        return self.known_names(wanted)

    def known_names(self, user_ids: Iterable[str]) -> Mapping[str, str]:
        found = [
            self.people_by_id[each] for each in user_ids if each in self.people_by_id.keys() & self.known
        ]
        return {person.user_id: person.name for person in found if person.name is not None}

    def get(self, user_id: str) -> DirectoryPerson | None:
        self._check()
        return self.people_by_id.get(user_id)

    def people(
        self, search: Search | None, prefix: str, *, token: str | None, limit: int
    ) -> Page[DirectoryPerson, str]:
        assert limit > 0, "Cognito accepts no limit of 0."
        assert (search is None) == (prefix == "")
        found = [
            person
            for person in self.people_by_id.values()
            if search is None or (getattr(person, search) or "").lower().startswith(prefix.lower())
        ]
        return self._page([each for each in found if each.user_id not in self.disabled], token, limit)

    def groups(self, *, token: str | None, limit: int) -> Page[Group, str]:
        return self._page([Group(name, f"The {name}") for name in sorted(self.groups_by_name)], token, limit)

    def members(self, group: str, *, token: str | None, limit: int) -> Page[DirectoryPerson, str] | None:
        self._check()
        if group not in self.groups_by_name:
            return None
        members = [
            self.people_by_id[each] for each in self.groups_by_name[group] if each not in self.disabled
        ]
        return self._page(members, token, limit)

    def _page(self, items: list[T], token: str | None, limit: int) -> Page[T, str]:
        self._check()
        if token is not None and not token.isdigit():
            raise InvalidPositionError
        start = int(token or 0)
        end = start + min(limit, self.page_size)
        return Page(items[start:end], str(end) if end < len(items) else None)

    def _check(self) -> None:
        if self.is_down:
            raise PeopleUnavailableError


@dataclass
class FakePublisher:
    """Both queues. While `is_down`, they accept nothing."""

    published: list[EventMessages] = field(default_factory=list)
    is_down: bool = False

    def publish(self, messages: EventMessages) -> None:
        if self.is_down:
            raise ConnectionError("the queue is down")
        self.published.append(messages)


@dataclass
class RecordedWarnings:
    """Warnings with their keys."""

    lines: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def __call__(self, message: str, **keys: object) -> None:
        self.lines.append((message, keys))


class InMemoryPorts:
    """All ports, and the use cases on them."""

    def __init__(self) -> None:
        self.schemes = InMemorySchemes()
        self.outbox = InMemoryOutbox()
        self.workflows = InMemoryWorkflows(self.schemes, self.outbox)
        self.publisher = FakePublisher()
        self.directory = InMemoryDirectory()
        self.directory.add(*EVERYONE)
        self.warnings = RecordedWarnings()
        self.clock = TickingClock()

    @property
    def service(self) -> Service:
        return wire_service(
            workflows=self.workflows,
            schemes=self.schemes,
            outbox=self.outbox,
            publisher=self.publisher,
            directory=self.directory,
            warn=self.warnings,
            clock=self.clock,
            new_id=new_id,
            new_salt=CountedSalts(),
        )

    @property
    def relay_outbox(self) -> RelayOutbox:
        publish_event = PublishEvent(self.publisher, self.outbox, self.warnings)
        return RelayOutbox(self.outbox, publish_event, self.clock, self.warnings)


@dataclass
class InMemoryCommits:
    """Entries of the commit index with their times, in order."""

    entries: list[tuple[datetime, CommittedEvent | UnreadableEntry]] = field(default_factory=list)

    def between(self, start: datetime, end: datetime) -> Iterator[CommittedEvent | UnreadableEntry]:
        return iter([entry for at, entry in self.entries if start <= at < end])


@dataclass
class InMemoryStates:
    """States of workflows. A sweep goes by id."""

    workflows: dict[str, ManifestWorkflow] = field(default_factory=dict)

    def attested(self, workflow_ids: Sequence[str]) -> Iterator[ManifestWorkflow | UnreadableEntry]:
        assert len(set(workflow_ids)) == len(workflow_ids)
        return iter(
            [self.workflows.get(each, UnreadableEntry(each, "no such item")) for each in workflow_ids]
        )

    def sweep(self, cursor: str | None, limit: int) -> SweepPage:
        left = sorted(each for each in self.workflows if cursor is None or each > cursor)
        page = tuple(left[:limit])
        return SweepPage(page, page[-1] if len(left) > limit else None)


@dataclass
class InMemoryProgress:
    """The state of manifests."""

    state: ManifestState | None = None

    def get(self) -> ManifestState | None:
        return self.state

    def replace(self, before: ManifestState | None, after: ManifestState) -> None:
        if before != self.state:
            raise VersionConflictError
        self.state = after


@dataclass
class InMemoryManifests:
    """Texts of manifests by name."""

    texts: dict[str, str] = field(default_factory=dict)

    def first_after(self, name: str) -> str | None:
        later = [each for each in sorted(self.texts) if each > name]
        return self.texts[later[0]] if later else None

    def add(self, name: str, text: str) -> str:
        return self.texts.setdefault(name, text)


@dataclass
class FakeAuditTrail:
    """The audit trail's queue. While `is_down`, it accepts nothing."""

    published: list[EventMessage] = field(default_factory=list)
    is_down: bool = False

    def publish(self, message: EventMessage) -> None:
        if self.is_down:
            raise ConnectionError("the queue is down")
        self.published.append(message)
