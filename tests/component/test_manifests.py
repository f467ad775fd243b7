"""Manifests on the workflow table and a bucket with Object Lock."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from countersign_common.events.cloud_event import CloudEvent, EventMessage
from countersign_common.events.manifest import Manifest, manifest_key
from countersign_common.proof.commitment import data_hash

from component.buckets import Bucket
from component.calls import calls_of
from component.tables import Table
from services.workflow.tests.builders import BO, NOON, a_creation, an_action_on, approve, request, save
from services.workflow.tests.fakes import FakeAuditTrail, InMemoryManifests, RecordedWarnings
from workflow_service.adapters.commit_items import commit_item
from workflow_service.adapters.dynamodb_commit_index import DynamoDbCommitIndex
from workflow_service.adapters.dynamodb_event_reader import DynamoDbEventReader
from workflow_service.adapters.dynamodb_manifest_progress import DynamoDbManifestProgress
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.adapters.dynamodb_workflow_states import DynamoDbWorkflowStates
from workflow_service.adapters.event_items import event_item
from workflow_service.adapters.s3_manifest_store import S3ManifestStore
from workflow_service.adapters.workflow_items import state_item
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.manifests import ManifestState
from workflow_service.domain.transition import Commit
from workflow_service.ports import ManifestStore
from workflow_service.use_cases.publish_manifest import PublishManifest

MINUTE = timedelta(minutes=1)
NAMES = [f"2026-03-02T12:0{minute}:00Z" for minute in range(1, 4)]


@pytest.fixture
def workflows(workflow_table: Table) -> DynamoDbWorkflowRepository:
    """Commits events."""
    return DynamoDbWorkflowRepository(workflow_table.client, workflow_table.name)


@pytest.fixture
def states(workflow_table: Table) -> DynamoDbWorkflowStates:
    """The adapter for states."""
    return DynamoDbWorkflowStates(workflow_table.client, workflow_table.name)


@pytest.fixture
def progress(workflow_table: Table) -> DynamoDbManifestProgress:
    """The adapter for the state of manifests."""
    return DynamoDbManifestProgress(workflow_table.client, workflow_table.name)


@pytest.fixture
def manifests(manifest_bucket: Bucket) -> S3ManifestStore:
    """The adapter for the bucket."""
    return S3ManifestStore(manifest_bucket.client, manifest_bucket.name)


def publisher_of(
    table: Table, at: datetime, audit_trail: FakeAuditTrail, store: ManifestStore
) -> PublishManifest:
    """Return the use case at a time."""
    return PublishManifest(
        commits=DynamoDbCommitIndex(table.client, table.name),
        states=DynamoDbWorkflowStates(table.client, table.name),
        progress=DynamoDbManifestProgress(table.client, table.name),
        manifests=store,
        publisher=audit_trail,
        clock=lambda: at,
        warn=RecordedWarnings(),
    )


def test_the_manifest_of_a_minute_has_its_commits_and_the_newest_states(
    workflows: DynamoDbWorkflowRepository, workflow_table: Table, progress: DynamoDbManifestProgress
) -> None:
    progress.replace(None, ManifestState(NOON))
    creation = a_creation(request(data='{"amount":12}'), at=NOON)
    decision = an_action_on(creation.transition.after, approve(), actor=BO, at=NOON + MINUTE)
    other = a_creation(save(data=json.dumps({"text": "a" * 5_000}, separators=(",", ":"))), at=NOON)
    for commit in (creation, decision, other):
        workflows.commit(commit)
    audit_trail, store = FakeAuditTrail(), InMemoryManifests()
    result = publisher_of(workflow_table, NOON + MINUTE * 1.5, audit_trail, store)(lambda: 100.0)
    assert (result.manifests, result.events, result.workflows, result.unreadable) == (1, 2, 2, 0)
    manifest = Manifest.from_text(store.texts[NAMES[0]])
    assert {each.event_id: each.hash for each in manifest.events} == {
        commit.event.event_id: commit.event.hash for commit in (creation, other)
    }
    attested = {each.workflow_id: each for each in manifest.workflows}
    for newest in (decision, other):
        after, found = newest.transition.after, attested[newest.event.workflow_id]
        assert (found.version, found.head_hash, found.status) == (
            after.version,
            newest.event.hash,
            after.status,
        )
        assert found.data_hash == data_hash(newest.event.content.salt, after.data)
    [message] = audit_trail.published
    assert CloudEvent.from_message(message).data["events"] == 2


def test_a_sweep_reads_every_workflow_once(
    workflows: DynamoDbWorkflowRepository, states: DynamoDbWorkflowStates
) -> None:
    created = [a_creation() for _ in range(23)]
    for commit in created:
        workflows.commit(commit)
    found: list[str] = []
    cursor = None
    while True:
        page = states.sweep(cursor, 5)
        found += page.workflow_ids
        cursor = page.cursor
        if cursor is None:
            break
    assert sorted(found) == sorted(commit.event.workflow_id for commit in created)


def test_an_invalid_cursor_starts_the_sweep_over(
    workflows: DynamoDbWorkflowRepository, states: DynamoDbWorkflowStates
) -> None:
    workflows.commit(a_creation())
    for cursor in ("no JSON", '{"pk":{"S":"x"}}'):
        assert len(states.sweep(cursor, 5).workflow_ids) == 1


def test_of_many_writers_of_the_progress_one_succeeds(progress: DynamoDbManifestProgress) -> None:
    state = ManifestState(NOON)
    progress.replace(None, state)

    def succeeds(minute: int) -> bool:
        try:
            progress.replace(state, state.pinned(NOON + minute * MINUTE))
        except VersionConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as executor:
        assert list(executor.map(succeeds, range(1, 9))).count(True) == 1


def test_an_event_is_read_with_its_messages(
    workflows: DynamoDbWorkflowRepository, workflow_table: Table
) -> None:
    commit = a_creation(save(title="Zürich ↔ 東京"))
    workflows.commit(commit)
    reader = DynamoDbEventReader(workflow_table.client, workflow_table.name)
    assert reader.read(commit.event.workflow_id, 1) == commit.event
    assert reader.read(commit.event.workflow_id, 2) is None


def test_a_manifest_is_stored_once_and_locked(manifests: S3ManifestStore, manifest_bucket: Bucket) -> None:
    assert manifests.add(NAMES[0], "first") == "first"
    assert manifests.add(NAMES[0], "second") == "first"
    [(key, version)] = manifest_bucket.versions()
    assert key == manifest_key(NAMES[0])
    with pytest.raises(ClientError, match="AccessDenied"):
        manifest_bucket.client.delete_object(Bucket=manifest_bucket.name, Key=key, VersionId=version)


def test_of_many_writers_of_a_manifest_all_get_the_same_text(manifests: S3ManifestStore) -> None:
    def stored(text: str) -> str | None:
        try:
            return manifests.add(NAMES[0], text)
        except VersionConflictError:
            return None

    with ThreadPoolExecutor(8) as executor:
        found = set(executor.map(stored, map(str, range(8)))) - {None}
    assert found == {manifests.first_after("")}


def test_the_first_manifest_after_a_name_is_found(manifests: S3ManifestStore) -> None:
    assert manifests.first_after("") is None
    for name in NAMES:
        manifests.add(name, f"Zürich {name}")
    assert manifests.first_after("") == f"Zürich {NAMES[0]}"
    assert manifests.first_after(NAMES[0]) == f"Zürich {NAMES[1]}"
    assert manifests.first_after(NAMES[2]) is None


def test_ten_thousand_commits_of_one_minute_are_in_one_manifest_of_one_run(
    workflow_table: Table, progress: DynamoDbManifestProgress
) -> None:
    progress.replace(None, ManifestState(NOON))
    hashes = dict(write_commits(workflow_table, 10_000))
    audit_trail, store = FakeAuditTrail(), InMemoryManifests()
    publish = publisher_of(workflow_table, NOON + MINUTE * 1.5, audit_trail, store)
    started = time.perf_counter()
    cpu = time.process_time()
    with calls_of(workflow_table.client) as calls:
        result = publish(lambda: 100.0)
    print(
        f"10,000 commits: {time.perf_counter() - started:.1f} s, {time.process_time() - cpu:.1f} s CPU, "
        f"{dict(Counter(calls))}, {len(store.texts[NAMES[0]]):,} characters"
    )
    assert (result.manifests, result.events, result.workflows) == (1, 10_000, 10_000)
    assert {each.event_id: each.hash for each in Manifest.from_text(store.texts[NAMES[0]]).events} == hashes
    # 100 batches of states and of salts, at least one query for each partition, and a few for the progress.
    assert len(calls) <= 240
    [message] = audit_trail.published
    assert isinstance(message, EventMessage)


def write_commits(table: Table, count: int) -> Iterator[tuple[str, str]]:
    """Write what as many commits of new workflows write, and yield the ids and hashes of their events."""
    requests: list[dict[str, Any]] = []
    for number in range(count):
        commit = a_creation(
            save(data=json.dumps({"amount": number, "text": "x" * 200}, separators=(",", ":")))
        )
        requests += [{"PutRequest": {"Item": item}} for item in items_of(commit)]
        yield commit.event.event_id, commit.event.hash
    batches = [requests[start : start + 25] for start in range(0, len(requests), 25)]
    with ThreadPoolExecutor(4) as executor:
        for response in executor.map(lambda batch: write_batch(table, batch), batches):
            assert not response["UnprocessedItems"]


def write_batch(table: Table, batch: list[dict[str, Any]]) -> Any:
    return table.client.batch_write_item(RequestItems={table.name: batch})


def items_of(commit: Commit) -> tuple[dict[str, Any], ...]:
    return state_item(commit.transition.after), event_item(commit.event), commit_item(commit.event)
