"""Tables, queues and the search engine as the root user: what the API doesn't show."""

import json
from dataclasses import dataclass, field
from typing import Any

import requests
from boto3.dynamodb.types import TypeSerializer
from countersign_common.aws.items import from_item
from countersign_common.aws.sqs import send_arguments
from countersign_common.compression import unpack_text
from countersign_common.events.cloud_event import EventMessage

from harness.producers import producer_sqs
from local_cloud.running import RunningCloud
from workflow_service.adapters.event_items import event_from_item
from workflow_service.adapters.keys import commit_key

_serialize = TypeSerializer().serialize

DEAD_LETTERS_TIMEOUT = 150
"""How long to wait for dead letters (s): an erasure that another test has requested hides them until
its pass ends, or for two minutes if it is killed."""


@dataclass(frozen=True)
class Stores:
    """The stores of one cloud."""

    cloud: RunningCloud
    _dead_letters: dict[str, list[dict[str, Any]]] = field(default_factory=dict, repr=False)

    def events(self, workflow_id: str) -> list[dict[str, Any]]:
        """Return the stored events of a workflow, by sequence."""
        return self._query(
            "workflow_table",
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues={":pk": {"S": f"WORKFLOW#{workflow_id}"}, ":sk": {"S": "EVENT#"}},
        )

    def pending(self, workflow_id: str) -> list[int]:
        """Return the sequences of the workflow's events in the outbox."""
        pending = (event for event in self.events(workflow_id) if self._is_pending(workflow_id, event))
        return [int(event["sk"].partition("#")[2]) for event in pending]

    def _is_pending(self, workflow_id: str, event: dict[str, Any]) -> bool:
        sealed = json.loads(event["sealed"])
        key = commit_key(sealed["occurredAt"], sealed["eventId"], workflow_id)
        found = self._dynamodb("get_item", "workflow_table", Key=key, ConsistentRead=True)
        return "outboxShard" in found.get("Item", {})

    def messages_of(self, workflow_id: str, sequence: int) -> dict[str, EventMessage]:
        """Return the two messages of an event, from the stored item, by queue."""
        key = {"pk": {"S": f"WORKFLOW#{workflow_id}"}, "sk": {"S": f"EVENT#{sequence:010d}"}}
        event = event_from_item(self._dynamodb("get_item", "workflow_table", Key=key)["Item"])
        messages = event.messages()
        return {"audit_trail": messages.audit_trail, "notifications": messages.notifications}

    def audit_records(self, workflow_id: str) -> list[dict[str, Any]]:
        """Return the workflow's records in the audit-trail table, by sequence."""
        return self._query_index("audit_trail_table", "workflow", "workflowId", workflow_id, key="datasetId")

    def notifications(self, user_id: str) -> list[dict[str, Any]]:
        """Return the user's notifications in the table, oldest first."""
        return self._query_index(
            "notifications_table", "recipient", "recipient", user_id, key="notificationId"
        )

    def workflows_of(self, user_id: str) -> list[dict[str, Any]]:
        """Return the stored workflows that the user requested."""
        return self._query_index("workflow_table", "mine", "mineOf", user_id)

    def rewrite_record(self, dataset_id: str, **attributes: Any) -> None:
        """Change attributes of an audit record; None removes one."""
        updates = {
            name: {"Action": "DELETE"} if value is None else {"Action": "PUT", "Value": _serialize(value)}
            for name, value in attributes.items()
        }
        key = {"datasetId": {"S": dataset_id}}
        self._dynamodb("update_item", "audit_trail_table", Key=key, AttributeUpdates=updates)

    def delete_record(self, dataset_id: str) -> None:
        """Delete an audit record."""
        self._dynamodb("delete_item", "audit_trail_table", Key={"datasetId": {"S": dataset_id}})

    def dead_letters(self, queue: str) -> list[str]:
        """Take the messages out of a dead-letter queue, "audit_trail" or "notifications". Return all bodies so far."""
        return [message["Body"] for message in self.dead_letter_messages(queue)]

    def dead_letter_messages(self, queue: str) -> list[dict[str, Any]]:
        """Take the messages out of a dead-letter queue. Return all so far, with their attributes."""
        sqs, url = self.cloud.client("sqs"), self.cloud.outputs[f"{queue}_dlq_url"]
        taken = self._dead_letters.setdefault(queue, [])
        while messages := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages"):
            for message in messages:
                taken.append(message)
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return taken

    def send(self, queue: str, message: str | EventMessage) -> None:
        """Send a message, or its body, to a queue, "audit_trail" or "notifications", as a producer."""
        url = self.cloud.outputs[f"{queue}_queue_url"]
        arguments = send_arguments(EventMessage(message) if isinstance(message, str) else message)
        producer_sqs(self.cloud).send_message(QueueUrl=url, **arguments)

    def searchable(self, dataset_id: str) -> dict[str, Any] | None:
        """Return a record's document in the search engine."""
        return next((hit["_source"] for hit in self._search(dataset_id)), None)

    def delete_searchable(self, dataset_id: str) -> None:
        """Delete a record's document from the search engine."""
        for hit in self._search(dataset_id):
            url = f"{self.cloud.opensearch_endpoint}/{hit['_index']}/_doc/{dataset_id}"
            requests.delete(url, params={"refresh": "true"}, timeout=10).raise_for_status()

    def indices(self) -> set[str]:
        """Return the names of the search indices."""
        url = f"{self.cloud.opensearch_endpoint}/_cat/indices"
        found = requests.get(url, params={"format": "json"}, timeout=10)
        found.raise_for_status()
        return {each["index"] for each in found.json()}

    def _search(self, dataset_id: str) -> list[dict[str, Any]]:
        url = f"{self.cloud.opensearch_endpoint}/audit-trail/_search"
        query = {"query": {"ids": {"values": [dataset_id]}}}
        found = requests.post(url, json=query, timeout=10).json()
        hits: list[dict[str, Any]] = found.get("hits", {}).get("hits", [])
        return hits

    def _dynamodb(self, call: str, table: str, **arguments: Any) -> Any:
        return getattr(self.cloud.client("dynamodb"), call)(TableName=self.cloud.outputs[table], **arguments)

    def _query_index(
        self, table: str, index: str, partition_key: str, value: str, *, key: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the items of an index; with the table's `key`, the whole items of an index that has only keys."""
        query = {"KeyConditionExpression": f"{partition_key} = :value", "IndexName": index}
        found = self._query(table, **query, ExpressionAttributeValues={":value": {"S": value}})
        if key is None:
            return found
        items = [self._dynamodb("get_item", table, Key={key: {"S": each[key]}}).get("Item") for each in found]
        return [_plain(item) for item in items if item is not None]

    def _query(self, table: str, **query: Any) -> list[dict[str, Any]]:
        paginator = self.cloud.client("dynamodb").get_paginator("query")
        items = paginator.paginate(TableName=self.cloud.outputs[table], **query).search("Items[]")
        return [_plain(item) for item in items]


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an item, with its compressed texts as texts."""
    return {name: _unpacked(name, value) for name, value in from_item(item).items()}


def _unpacked(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {member: _unpacked(member, each) for member, each in value.items()}
    # Salts and hashes are bytes, too.
    return unpack_text(value) if isinstance(value, bytes) and name not in ("salt", "hash") else value
