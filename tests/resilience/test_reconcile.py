"""After random loss of messages and deletion of records and documents, one cycle later nothing is missing.

`COUNTERSIGN_RECONCILE_EVENTS=10000` runs it with as many events; the durations are in the report of pytest.
"""

import json
import os
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from countersign_common.clock import to_rfc3339

from harness.functions import copy_of
from harness.integrity import Integrity
from harness.scenario import Scenario
from harness.sqs_stub import QueueBehavior, sqs_stub
from harness.stores import Stores
from harness.stuck_events import request_event
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until
from workflow_service.adapters.event_items import event_from_item

EVENTS = int(os.environ.get("COUNTERSIGN_RECONCILE_EVENTS", "300"))
LOST_MESSAGES = max(10, EVENTS // 50)

pytestmark = pytest.mark.waits


class Trail:
    """Tables and index, in batches."""

    def __init__(self, cloud: RunningCloud) -> None:
        self._cloud = cloud
        self._dynamodb = cloud.client("dynamodb")
        self._table = cloud.outputs["audit_trail_table"]

    def event_ids(self, workflow_ids: Sequence[str]) -> dict[str, str]:
        """Return workflow id → the id of its only event."""

        def event_id(workflow_id: str) -> str:
            key = {"pk": {"S": f"WORKFLOW#{workflow_id}"}, "sk": {"S": f"EVENT#{1:010d}"}}
            item = self._dynamodb.get_item(TableName=self._cloud.outputs["workflow_table"], Key=key)["Item"]
            return event_from_item(item).event_id

        return dict(zip(workflow_ids, in_parallel(event_id, workflow_ids), strict=True))

    def records(self, ids: Sequence[str]) -> dict[str, Any]:
        """Return stored items by datasetId."""

        def read(batch: Sequence[str]) -> list[Any]:
            keys = [{"datasetId": {"S": each}} for each in batch]
            found = self._dynamodb.batch_get_item(
                RequestItems={self._table: {"Keys": keys, "ConsistentRead": True}}
            )
            items: list[Any] = found["Responses"][self._table]
            return items

        batches = [ids[start : start + 100] for start in range(0, len(ids), 100)]
        return {item["datasetId"]["S"]: item for items in in_parallel(read, batches) for item in items}

    def delete_records(self, ids: Sequence[str]) -> None:
        """Delete stored items."""
        in_parallel(
            lambda each: self._dynamodb.delete_item(TableName=self._table, Key={"datasetId": {"S": each}}),
            ids,
        )


def in_parallel(call: Any, items: Sequence[Any]) -> list[Any]:
    with ThreadPoolExecutor(8) as executor:
        return list(executor.map(call, items))


def create(scenario: Scenario, count: int) -> list[str]:
    """Create workflows with one event each."""
    ids: list[str] = []
    for number in range(count):
        if number % 500 == 499:
            scenario = scenario.sign_in_again()  # tokens expire after 15 minutes
        ids.append(scenario.create_draft(title=f"Claim {number}", data={"amount": number}))
    return ids


def create_many(cloud: RunningCloud, count: int) -> list[str]:
    """Create workflows by several users at once."""
    scenarios = [Scenario.create(cloud) for _ in range(4)]
    shares = [count // 4 + (number < count % 4) for number in range(4)]
    with ThreadPoolExecutor(4) as executor:
        return [each for ids in executor.map(create, scenarios, shares) for each in ids]


def create_lost(cloud: RunningCloud, count: int) -> list[str]:
    """Create workflows whose messages no queue gets. Their sender got a response, so no outbox has the events."""
    scenario = Scenario.create(cloud)
    with (
        sqs_stub(None, QueueBehavior.LOSE, QueueBehavior.LOSE) as stub,
        copy_of(cloud, "workflow-api", AWS_ENDPOINT_URL_SQS=stub.url) as function,
    ):
        responses = [cloud.invoke(function, request_event(scenario)) for _ in range(count)]
    ids = [json.loads(response["body"])["workflowId"] for response in responses]
    assert not any(map(Stores(cloud).pending, ids))
    return ids


def test_one_cycle_after_random_deletions_nothing_is_missing(
    cloud: RunningCloud, stores: Stores, record_property: Any
):
    rng, trail = random.Random(8), Trail(cloud)
    workflows = create_many(cloud, EVENTS)
    lost = create_lost(cloud, LOST_MESSAGES)
    committed_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    ids = trail.event_ids([*workflows, *lost])
    wanted = set(ids.values())
    integrity = Integrity(cloud, cloud.sign_in("auditor"))
    integrity.wait_until_checked(committed_at)
    wait_until(lambda: set(trail.records(list(wanted))) == wanted, timeout=300, interval=2)
    before = trail.records(list(wanted))

    wait_until(lambda: all(in_parallel(stores.searchable, sorted(wanted))), timeout=300, interval=2)
    integrity.run()  # resolves what it had found of the lost events
    assert not {each["subject"] for each in integrity.findings()} & wanted
    deleted_at = to_rfc3339(datetime.now(UTC))
    deleted = rng.sample(sorted(wanted), EVENTS // 4)
    unindexed = rng.sample(sorted(wanted), EVENTS // 4)
    trail.delete_records(deleted)
    in_parallel(stores.delete_searchable, unindexed)
    started = time.monotonic()
    counts = integrity.run()
    cycle = time.monotonic() - started
    assert counts["isSwept"], "a small system is compared as a whole in each run"
    wait_until(lambda: set(trail.records(list(wanted))) == wanted, timeout=300, interval=0.5)
    repaired = time.monotonic() - started
    assert trail.records(list(wanted)) == before, "byte for byte the same records"
    started = time.monotonic()
    integrity.run()
    clean = time.monotonic() - started
    assert all(in_parallel(stores.searchable, unindexed))
    assert not {each["subject"] for each in integrity.findings()} & wanted
    resolved = [
        (each["subject"], each["code"])
        for each in integrity.findings("resolved")
        if each["subject"] in wanted and each["resolvedAt"] >= deleted_at
    ]
    assert sorted(resolved) == sorted((each, "missing") for each in deleted)
    figures = {
        "events": len(wanted),
        "deleted records": len(deleted),
        "deleted documents": len(unindexed),
        "first run [s]": round(cycle, 1),
        "everything back after [s]": round(repaired, 1),
        "second run [s]": round(clean, 1),
    }
    for name, value in figures.items():
        record_property(name, value)
    print(figures)
