"""Manifests: intervals, content, and runs that end between two steps or overlap."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from countersign_common.clock import from_rfc3339
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.events.manifest import (
    FIRST_PREVIOUS_SHA256,
    Manifest,
    ManifestWorkflow,
    manifest_name,
)
from countersign_common.events.manifest_event import (
    MANIFEST_EVENT,
    MANIFEST_EVENT_TYPE,
    ManifestPublished,
    manifest_event_id,
)

from workflow_service.domain.errors import ManifestConflictError, VersionConflictError
from workflow_service.domain.manifests import CommittedEvent, ManifestState, UnreadableEntry
from workflow_service.use_cases import publish_manifest
from workflow_service.use_cases.publish_manifest import PublishManifest, PublishResult

from ..fakes import (
    FakeAuditTrail,
    InMemoryCommits,
    InMemoryManifests,
    InMemoryProgress,
    InMemoryStates,
    RecordedWarnings,
)

HASH = "ab" * 32
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PORTS = ("commits", "states", "progress", "manifests", "publisher")


def workflow_id(number: int) -> str:
    return f"01950000-0000-7000-8000-{number:012d}"


def event_id(number: int) -> str:
    return f"01960000-0000-7000-8000-{number:012d}"


@dataclass
class Setup:
    """The ports, at 9:00 with manifests until 9:00."""

    commits: InMemoryCommits = field(default_factory=InMemoryCommits)
    states: InMemoryStates = field(default_factory=InMemoryStates)
    progress: InMemoryProgress = field(default_factory=lambda: InMemoryProgress(ManifestState(NINE)))
    manifests: InMemoryManifests = field(default_factory=InMemoryManifests)
    publisher: FakeAuditTrail = field(default_factory=FakeAuditTrail)
    warnings: RecordedWarnings = field(default_factory=RecordedWarnings)
    now: datetime = NINE

    def commit(self, number: int, at: datetime, workflow: int | None = None) -> None:
        """Commit an event of a workflow, by default of its own."""
        of = workflow_id(number if workflow is None else workflow)
        version = self.states.workflows[of].version + 1 if of in self.states.workflows else 1
        self.states.workflows[of] = ManifestWorkflow(of, version, HASH, "PENDING", "cd" * 32)
        self.commits.entries.append((at, CommittedEvent(event_id(number), of, version, HASH, at)))

    def use_case(self, **ports: Any) -> PublishManifest:
        ports = {name: getattr(self, name) for name in PORTS} | ports
        return PublishManifest(**ports, clock=lambda: self.now, warn=self.warnings)

    def run(self, at: datetime | None = None, sweep: int = 0, **ports: Any) -> PublishResult:
        self.now = at or self.now
        return self.use_case(**ports)(lambda: 100.0, sweep=sweep)

    @property
    def published(self) -> list[Manifest]:
        return [Manifest.from_text(text) for _, text in sorted(self.manifests.texts.items())]

    @property
    def announced(self) -> list[CloudEvent]:
        return [CloudEvent.from_message(message) for message in self.publisher.published]


def at(minutes: float, seconds: float = 0) -> datetime:
    return NINE + timedelta(minutes=minutes, seconds=seconds)


def test_a_closed_minute_gets_a_manifest_with_its_events_and_their_workflows():
    setup = Setup()
    setup.commit(2, at(0))
    setup.commit(1, at(0, 59.999))
    setup.commit(3, at(1))
    result = setup.run(at(1, 30))
    [manifest] = setup.published
    assert (manifest.from_, manifest.to) == ("2026-03-02T09:00:00Z", "2026-03-02T09:01:00Z")
    assert [event.event_id for event in manifest.events] == [event_id(1), event_id(2)]
    assert [workflow.workflow_id for workflow in manifest.workflows] == [workflow_id(1), workflow_id(2)]
    assert result == PublishResult(manifests=1, events=2, workflows=2, unreadable=0, lag_seconds=30)


def test_a_minute_is_closed_thirty_seconds_after_its_end():
    setup = Setup()
    assert setup.run(at(1, 29.999)).manifests == 0
    assert setup.run(at(1, 30)).manifests == 1
    assert setup.run(at(1, 30)).manifests == 0
    assert setup.run(at(2, 29)).manifests == 0


def test_a_minute_without_events_also_gets_a_manifest():
    setup = Setup()
    setup.run(at(1, 30))
    [manifest] = setup.published
    assert (manifest.events, manifest.workflows) == ((), ())


def test_manifests_are_numbered_and_linked_by_their_hashes():
    setup = Setup()
    for minute in range(1, 4):
        setup.commit(minute, at(minute - 1))
        setup.run(at(minute, 30))
    first, second, third = setup.published
    assert [each.sequence for each in setup.published] == [1, 2, 3]
    assert first.previous_sha256 == FIRST_PREVIOUS_SHA256
    for before, after in ((first, second), (second, third)):
        assert after.from_ == before.to
        assert after.previous_sha256 == hashlib.sha256(before.to_text().encode()).hexdigest()


def test_each_manifest_is_announced_to_the_audit_trail():
    setup = Setup()
    setup.commit(1, at(0))
    setup.run(at(1, 30))
    [event], [text] = setup.announced, setup.manifests.texts.values()
    assert (event.type, event.source) == (MANIFEST_EVENT_TYPE, "/countersign/workflow")
    assert event.id == manifest_event_id("2026-03-02T09:01:00Z")
    assert (event.subject, event.time) == ("manifest/2026-03-02T09:01:00Z", "2026-03-02T09:01:00.000Z")
    assert MANIFEST_EVENT.load(event.data) == ManifestPublished(
        name="2026-03-02T09:01:00Z",
        from_="2026-03-02T09:00:00Z",
        to="2026-03-02T09:01:00Z",
        sequence=1,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        previous_sha256=FIRST_PREVIOUS_SHA256,
        events=1,
    )


def test_the_first_manifest_covers_the_hour_before():
    setup = Setup(progress=InMemoryProgress())
    setup.commit(1, at(-59))
    setup.run(at(0, 45))
    [manifest] = setup.published
    assert (manifest.from_, manifest.to) == ("2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z")
    assert len(manifest.events) == 1


def test_after_an_outage_one_run_publishes_several_manifests_of_up_to_an_hour():
    setup = Setup()
    for hour in range(3):
        setup.commit(hour, at(60 * hour + 29))
    result = setup.run(at(150, 30))
    ends = [manifest.to[11:16] for manifest in setup.published]
    assert ends == ["10:00", "11:00", "11:30"]
    assert [len(manifest.events) for manifest in setup.published] == [1, 1, 1]
    assert (result.manifests, result.lag_seconds) == (3, 30)


def test_a_run_starts_no_manifest_without_time_for_it():
    setup = Setup()
    setup.now = at(150, 30)
    remaining = iter([100.0, 59.9])
    assert setup.use_case()(lambda: next(remaining), sweep=0).manifests == 1
    assert setup.run().manifests == 2


def test_a_manifest_ends_with_the_minute_that_reaches_the_limit_of_events(monkeypatch):
    monkeypatch.setattr(publish_manifest, "EVENT_LIMIT", 3)
    setup = Setup()
    for number, minute in enumerate([0, 1, 2, 2, 2, 5, 40]):
        setup.commit(number, at(minute, number))
    setup.run(at(60, 30))
    assert [(manifest.to[11:16], len(manifest.events)) for manifest in setup.published] == [
        ("09:05", 5),
        ("10:00", 2),
    ]


def test_a_workflow_with_several_events_is_named_once_with_its_newest_state():
    setup = Setup()
    setup.commit(1, at(0), workflow=7)
    setup.commit(2, at(0), workflow=7)
    setup.commit(3, at(2), workflow=7)
    setup.run(at(1, 30))
    [workflow] = setup.published[0].workflows
    assert workflow.version == 3


def test_the_sweep_names_every_workflow_in_turn_and_starts_over():
    setup = Setup()
    for number in range(5):
        setup.commit(number, at(-90))
    swept = []
    for minute in range(1, 5):
        setup.run(at(minute, 30), sweep=2)
        swept.append([int(each.workflow_id[-3:]) for each in setup.published[-1].workflows])
    assert swept == [[0, 1], [2, 3], [4], [0, 1]]


def test_a_workflow_with_an_event_is_not_named_again_by_the_sweep():
    setup = Setup()
    setup.commit(1, at(0))
    setup.run(at(1, 30), sweep=10)
    assert len(setup.published[0].workflows) == 1


def test_only_the_first_manifest_of_a_run_sweeps():
    setup = Setup()
    for number in range(4):
        setup.commit(number, at(-90))
    setup.run(at(150, 30), sweep=2)
    assert [len(manifest.workflows) for manifest in setup.published] == [2, 0, 0]
    setup.run(at(151, 30), sweep=2)
    assert [each.workflow_id for each in setup.published[-1].workflows] == [workflow_id(2), workflow_id(3)]


def test_unreadable_entries_are_left_out_counted_and_named_in_the_log():
    setup = Setup()
    setup.commit(1, at(0))
    setup.commits.entries.append((at(0, 1), UnreadableEntry("COMMITS#x y", "no hash")))
    setup.commit(2, at(0, 2))
    del setup.states.workflows[workflow_id(2)]
    result = setup.run(at(1, 30))
    [manifest] = setup.published
    assert [event.event_id for event in manifest.events] == [event_id(1), event_id(2)]
    assert [workflow.workflow_id for workflow in manifest.workflows] == [workflow_id(1)]
    assert result.unreadable == 2
    assert setup.warnings.lines == [
        ("entry left out of the manifest", {"key": "COMMITS#x y", "reason": "no hash"}),
        ("entry left out of the manifest", {"key": workflow_id(2), "reason": "no such item"}),
    ]


def test_the_log_names_only_some_of_many_unreadable_entries():
    setup = Setup()
    setup.commits.entries = [(at(0), UnreadableEntry(f"COMMITS#{n}", "no hash")) for n in range(100)]
    assert setup.run(at(1, 30)).unreadable == 100
    assert len(setup.warnings.lines) == publish_manifest.NAMED_ENTRIES


def test_nothing_is_lost_while_the_queue_is_down():
    setup = Setup()
    setup.publisher.is_down = True
    for minute in (1, 2):
        with pytest.raises(ConnectionError):
            setup.run(at(minute, 30))
    assert len(setup.published) == 1
    setup.publisher.is_down = False
    setup.run(at(3, 30))
    assert [event.subject[-9:] for event in setup.announced] == ["09:01:00Z", "09:03:00Z"]
    check_whole(setup, at(3))


def check_whole(setup: Setup, until: datetime) -> None:
    """Check that the manifests cover the time without gaps and overlaps, name each event once, and are announced."""
    manifests = setup.published
    assert manifests[0].from_ == manifest_name(NINE)
    assert manifests[-1].to == manifest_name(until)
    for number, manifest in enumerate(manifests, start=1):
        assert manifest.sequence == number
        assert from_rfc3339(manifest.from_) < from_rfc3339(manifest.to)
        expected = sorted(
            (entry for when, entry in setup.commits.entries if covers(manifest, when)),
            key=lambda entry: entry.event_id,
        )
        assert [each.event_id for each in manifest.events] == [entry.event_id for entry in expected]
    for before, after in pairwise(manifests):
        assert after.from_ == before.to
        assert after.previous_sha256 == hashlib.sha256(before.to_text().encode()).hexdigest()
    hashes = {
        manifest.name: hashlib.sha256(manifest.to_text().encode()).hexdigest() for manifest in manifests
    }
    announced = {event.data["name"]: event.data["sha256"] for event in setup.announced}
    assert announced == hashes


def covers(manifest: Manifest, when: datetime) -> bool:
    return from_rfc3339(manifest.from_) <= when < from_rfc3339(manifest.to)


class Observed:
    """A port whose calls are reported before and after they are made."""

    def __init__(self, port: Any, report: Callable[[str], None], name: str) -> None:
        self._port, self._report, self._name = port, report, name

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self._report(f"before {self._name}.{method}")
            result = getattr(self._port, method)(*arguments)
            self._report(f"after {self._name}.{method}")
            return result

        return call


def observed(setup: Setup, report: Callable[[str], None]) -> dict[str, Any]:
    return {name: Observed(getattr(setup, name), report, name) for name in PORTS}


def busy_setup(*, started: bool) -> Setup:
    setup = Setup(progress=InMemoryProgress(ManifestState(NINE) if started else None))
    for number in range(12):
        setup.commit(number, at(number / 4), workflow=number % 5)
    return setup


def moments(*, started: bool) -> list[str]:
    """Return each moment before and after a call in a run, in order."""
    found: list[str] = []
    setup = busy_setup(started=started)
    setup.run(at(1, 30), sweep=2, **observed(setup, found.append))
    return found


class Killed(BaseException):
    """The function ends here."""


@pytest.mark.parametrize("started", [True, False], ids=["started", "first run"])
def test_a_run_that_ends_between_any_two_steps_is_continued_by_the_next(started):
    names = moments(started=started)
    assert len(names) > 20
    for number, name in enumerate(names):
        setup = busy_setup(started=started)
        left = iter(range(number))

        def end_here(_: str, left: Any = left) -> None:
            if next(left, None) is None:
                raise Killed

        with pytest.raises(Killed):
            setup.run(at(1, 30), sweep=2, **observed(setup, end_here))
        texts = dict(setup.manifests.texts)
        # What the state is in the next run must not change what is published already.
        setup.commit(99, at(2, 31), workflow=0)
        setup.run(at(2, 30), sweep=2)
        setup.run(at(3, 30), sweep=2)
        assert texts.items() <= setup.manifests.texts.items(), name
        if started:
            check_whole(setup, at(3))
        else:
            assert setup.published[-1].to == manifest_name(at(3))
            assert sum(len(each.events) for each in setup.published) == len(setup.commits.entries)
        state = setup.progress.state
        assert state is not None
        assert (state.pinned_to, state.sequence) == (None, len(setup.published))


@pytest.mark.parametrize("later", [0, 1, 75], ids="{} minutes later".format)
def test_runs_that_overlap_at_any_step_publish_the_same_manifests(later):
    names = moments(started=True)
    for number, name in enumerate(names):
        setup = busy_setup(started=True)
        calls = iter(range(number))

        def run_another(_: str, setup: Setup = setup, calls: Any = calls) -> None:
            if next(calls, None) is None and not setup.warnings.lines:
                setup.warnings("another run")
                before, setup.now = setup.now, setup.now + timedelta(minutes=later)
                # Between the runs, a workflow changes: they would write different texts.
                setup.commit(50, at(200), workflow=1)
                setup.use_case()(lambda: 100.0, sweep=3)
                setup.now = before

        setup.run(at(1, 30), sweep=2, **observed(setup, run_another))
        assert setup.warnings.lines, name
        setup.commits.entries.pop()
        check_whole(setup, max(at(1), at(1 + later)))


def test_a_run_that_finds_the_text_of_another_one_sweeps_the_same_workflows_again():
    setup = Setup()
    for number in range(4):
        setup.commit(number, at(-90))

    class Overtaken(InMemoryManifests):
        def add(self, name: str, text: str) -> str:
            without = replace(Manifest.from_text(text), workflows=())
            return super().add(name, without.to_text())

    setup.run(at(1, 30), sweep=2, manifests=Overtaken(setup.manifests.texts))
    setup.run(at(2, 30), sweep=2)
    swept = [[int(each.workflow_id[-3:]) for each in manifest.workflows] for manifest in setup.published]
    assert swept == [[], [0, 1]]


def test_a_run_ends_if_other_runs_always_commit_first():
    setup = Setup()

    class Busy(InMemoryProgress):
        attempts = 0

        def replace(self, *_: Any) -> None:
            Busy.attempts += 1
            raise VersionConflictError

    result = setup.run(at(1, 30), progress=Busy(ManifestState(NINE)))
    assert (result.manifests, Busy.attempts) == (0, publish_manifest.MAX_CONFLICTS)


def test_after_the_state_was_rolled_back_the_stored_manifests_are_followed_and_announced_again():
    setup = busy_setup(started=True)
    setup.run(at(1, 30))
    old = setup.progress.state
    setup.run(at(2, 30))
    setup.run(at(3, 30))
    texts = dict(setup.manifests.texts)
    setup.progress.state = old
    setup.publisher.published.clear()
    setup.run(at(4, 30))
    assert texts.items() <= setup.manifests.texts.items()
    assert [event.data["sequence"] for event in setup.announced] == [2, 3, 4]


def test_after_the_state_was_lost_it_starts_with_the_first_stored_manifest():
    setup = busy_setup(started=True)
    setup.run(at(1, 30))
    setup.run(at(2, 30))
    setup.progress.state = None
    setup.publisher.published.clear()
    setup.run(at(300, 30))
    check_whole(setup, at(300))


@pytest.mark.parametrize(
    "change",
    [
        {"sequence": 7},
        {"previous_sha256": HASH},
        {"from_": "2026-03-02T08:59:00Z"},
        {"to": "not a time"},
    ],
    ids=str,
)
def test_a_stored_manifest_that_does_not_follow_is_an_error_and_nothing_is_announced(change):
    setup = Setup()
    foreign = replace(ManifestState(NINE).manifest(at(1), (), ()), **change)
    setup.manifests.texts["2026-03-02T09:01:00Z"] = foreign.to_text()
    with pytest.raises(ManifestConflictError):
        setup.run(at(1, 30))
    assert (setup.publisher.published, setup.progress.state) == ([], ManifestState(NINE))


def test_a_text_that_no_run_would_accept_is_never_stored():
    setup = Setup()
    setup.commits.entries.append((at(0), CommittedEvent("no id", workflow_id(1), 1, HASH, at(0))))
    with pytest.raises(ManifestConflictError):
        setup.run(at(1, 30))
    assert setup.manifests.texts == {}
