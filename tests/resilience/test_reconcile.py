"""After random deletion of messages, outbox entries, records and documents, one cycle later nothing is missing.

`COUNTERSIGN_RECONCILE_EVENTS=10000` runs it with as many events; the durations are in the report of pytest.
"""

import os
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from harness.functions import deployed
from harness.integrity import Integrity
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until
from workflow_service.adapters.event_items import event_from_item

EVENTS = int(os.environ.get("COUNTERSIGN_RECONCILE_EVENTS", "300"))
LOST_MESSAGES = max(10, EVENTS // 50)


@contextmanager
def stopped_consumer(cloud: RunningCloud) -> Iterator[None]:
    """Stop the consumer of the audit-trail queue."""
    client = cloud.client("lambda")
    name = deployed(cloud, "audit-create-audit-trail")
    # The one of the dead-letter queue is not enabled.
    mappings = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    (mapping,) = (each for each in mappings if each["State"] == "Enabled")
    client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    try:
        yield
    finally:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)


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

    def lose_messages(self) -> int:
        """Take all messages out of the audit-trail queue, and return their number."""
        sqs, url, count = self._cloud.client("sqs"), self._cloud.outputs["audit_trail_queue_url"], 0
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            count += len(messages)
        return count

    def forget_outbox(self, workflow_ids: Sequence[str]) -> None:
        """Remove the events of workflows from the outbox."""
        for workflow_id in workflow_ids:
            self._dynamodb.update_item(
                TableName=self._cloud.outputs["workflow_table"],
                Key={"pk": {"S": f"WORKFLOW#{workflow_id}"}, "sk": {"S": f"EVENT#{1:010d}"}},
                AttributeUpdates={"outboxShard": {"Action": "DELETE"}},
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


def test_one_cycle_after_random_deletions_nothing_is_missing(
    cloud: RunningCloud, stores: Stores, record_property: Any
):
    rng, trail = random.Random(8), Trail(cloud)
    workflows = create_many(cloud, EVENTS)
    with stopped_consumer(cloud):
        # Their messages are lost, and the outbox no longer has the events either.
        lost = create_many(cloud, LOST_MESSAGES)
        trail.forget_outbox(lost)
        wait_until(lambda: trail.lose_messages() == 0, timeout=60)
    committed_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    ids = trail.event_ids([*workflows, *lost])
    wanted = set(ids.values())
    integrity = Integrity(cloud, cloud.sign_in("auditor"))
    integrity.wait_until_checked(committed_at)
    wait_until(lambda: set(trail.records(list(wanted))) == wanted, timeout=300, interval=2)
    before = trail.records(list(wanted))

    def settled() -> bool:
        counts = integrity.run()
        return counts["documents"] == 0 and counts["resends"] == 0 and counts["isSwept"]

    wait_until(settled, timeout=600, interval=1)
    deleted = rng.sample(sorted(wanted), EVENTS // 4)
    unindexed = rng.sample(sorted(wanted), EVENTS // 4)
    trail.delete_records(deleted)
    in_parallel(stores.delete_searchable, unindexed)
    started = time.monotonic()
    counts = integrity.run()
    cycle = time.monotonic() - started
    assert counts["isSwept"], "a small system is compared as a whole in each run"
    assert counts["resends"] == len(deleted)
    wait_until(lambda: set(trail.records(list(wanted))) == wanted, timeout=300, interval=0.5)
    repaired = time.monotonic() - started
    assert trail.records(list(wanted)) == before, "byte for byte the same records"
    started = time.monotonic()
    second = integrity.run()
    clean = time.monotonic() - started
    assert all(in_parallel(stores.searchable, unindexed))
    assert not {each["subject"] for each in integrity.findings()} & wanted
    assert second["resolved"] >= len(deleted)
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
