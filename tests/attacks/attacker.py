"""What an attacker can do to the deployed system. Every change is undone at the end of an attack."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import requests
from countersign_common.aws.sqs import send_arguments
from countersign_common.events.cloud_event import EventMessage

from harness.producers import producer_sqs
from local_cloud.running import RunningCloud

Item = dict[str, Any]
"""An item as DynamoDB stores it: attribute → type → value."""


@dataclass(frozen=True)
class Table:
    """A table that the attacker can write to.

    Attributes:
        client: A boto3 client for DynamoDB.
        name: Of the table.
        keys: Names of its key attributes.
    """

    client: Any
    name: str
    keys: tuple[str, ...]

    def key_of(self, item: Item) -> Item:
        """Return the key of an item."""
        return {name: item[name] for name in self.keys}

    def get(self, key: Item) -> Item | None:
        """Return an item."""
        item: Item | None = self.client.get_item(
            TableName=self.name, Key=self.key_of(key), ConsistentRead=True
        ).get("Item")
        return item

    def query(self, partition: str) -> list[Item]:
        """Return the items of a partition."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression=f"{self.keys[0]} = :value",
            ExpressionAttributeValues={":value": {"S": partition}},
            ConsistentRead=True,
        )
        return list(pages.search("Items[]"))


@dataclass
class Attacker:
    """An attacker with the root user's rights, who can do everything but sign with the log's key.

    Attributes:
        audit, workflow, log: The tables.
    """

    cloud: RunningCloud
    audit: Table = field(init=False)
    workflow: Table = field(init=False)
    log: Table = field(init=False)
    _undo: list[Callable[[], None]] = field(default_factory=list)
    _changed: dict[tuple[str, str], tuple[Table, Item, Item | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        client, outputs = self.cloud.client("dynamodb"), self.cloud.outputs
        self.audit = Table(client, outputs["audit_trail_table"], ("datasetId",))
        self.workflow = Table(client, outputs["workflow_table"], ("pk", "sk"))
        self.log = Table(client, outputs["audit_log_table"], ("pk", "sk"))

    def put(self, table: Table, item: Item) -> None:
        """Write an item over whatever is there."""
        self._remember(table, item, item)
        table.client.put_item(TableName=table.name, Item=item)

    def delete(self, table: Table, item: Item) -> None:
        """Delete an item."""
        self._remember(table, item, None)
        table.client.delete_item(TableName=table.name, Key=table.key_of(item))

    def delete_at_the_end(self, table: Table, key: Item) -> None:
        """Delete an item at the end that the deployment writes because of the attack."""
        self._undo.append(partial(table.client.delete_item, TableName=table.name, Key=table.key_of(key)))

    def send(self, message: EventMessage) -> None:
        """Send an event to the queue `audit-trail` with a producer's stolen credentials. It can't be undone."""
        url = self.cloud.outputs["audit_trail_queue_url"]
        producer_sqs(self.cloud).send_message(QueueUrl=url, **send_arguments(message))

    def find_document(self, dataset_id: str) -> tuple[str, dict[str, Any]] | None:
        """Return the URL of a record's document in the search engine, and the document; None if there is none."""
        response = requests.post(
            f"{self.cloud.opensearch_endpoint}/audit-trail/_search",
            json={"query": {"ids": {"values": [dataset_id]}}},
            timeout=10,
        )
        for hit in response.json()["hits"]["hits"]:
            return f"{self.cloud.opensearch_endpoint}/{hit['_index']}/_doc/{dataset_id}", hit["_source"]
        return None

    def document(self, dataset_id: str) -> tuple[str, dict[str, Any]]:
        """Return the URL of a record's document, and the document."""
        found = self.find_document(dataset_id)
        assert found is not None, f"{dataset_id} is not in the index"
        return found

    def delete_document(self, dataset_id: str) -> None:
        """Delete a record's document from the search engine."""
        url, document = self.document(dataset_id)
        self._undo.append(partial(_put_document, url, document))
        requests.delete(url, params={"refresh": "true"}, timeout=10).raise_for_status()

    def change_document(self, dataset_id: str, **members: Any) -> None:
        """Change members of a record's document in the search engine."""
        url, document = self.document(dataset_id)
        self._undo.append(partial(_put_document, url, document))
        _put_document(url, {**document, **members})

    @property
    def is_in_place(self) -> bool:
        """Whether no one has repaired what the attacker changed in the tables: reconciliation runs every minute."""
        return all(table.get(key) == item for table, key, item in self._changed.values())

    def restore(self) -> None:
        """Undo all changes, the newest first."""
        while self._undo:
            self._undo.pop()()
        self._changed.clear()

    def _remember(self, table: Table, item: Item, written: Item | None) -> None:
        original, key = table.get(item), table.key_of(item)
        if original is None:
            undo = partial(table.client.delete_item, TableName=table.name, Key=key)
        else:
            undo = partial(table.client.put_item, TableName=table.name, Item=original)
        self._undo.append(undo)
        self._changed[table.name, json.dumps(key, sort_keys=True)] = table, key, written


@contextmanager
def attacking(cloud: RunningCloud) -> Iterator[Attacker]:
    """Yield an attacker whose changes are undone at the end."""
    attacker = Attacker(cloud)
    try:
        yield attacker
    finally:
        attacker.restore()


def _put_document(url: str, document: dict[str, Any]) -> None:
    requests.put(url, json=document, params={"refresh": "true"}, timeout=10).raise_for_status()
