"""Eyes into tables and queues, as the account's root: what the API does not show."""

from dataclasses import dataclass
from typing import Any

import requests
from boto3.dynamodb.types import TypeDeserializer

from embedded_cloud.running import RunningCloud

_read = TypeDeserializer().deserialize


@dataclass(frozen=True)
class Stores:
    """The tables and queues of one cloud."""

    cloud: RunningCloud

    def events(self, workflow_id: str) -> list[dict[str, Any]]:
        """The workflow's events as they are stored, by sequence."""
        return self._query(
            self.cloud.outputs["workflow_table"],
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues={":pk": {"S": f"WORKFLOW#{workflow_id}"}, ":sk": {"S": "EVENT#"}},
        )

    def pending(self, workflow_id: str) -> list[int]:
        """The sequences of the workflow's events that the outbox still has."""
        return [
            int(event["sk"].partition("#")[2])
            for event in self.events(workflow_id)
            if event.get("outbox") == "pending"
        ]

    def audit_records(self, workflow_id: str) -> list[dict[str, Any]]:
        """The workflow's records in the audit-trail table, by sequence."""
        return self._query(
            self.cloud.outputs["audit_trail_table"],
            IndexName="workflow",
            KeyConditionExpression="workflowId = :id",
            ExpressionAttributeValues={":id": {"S": workflow_id}},
        )

    def notifications(self, user_id: str) -> list[dict[str, Any]]:
        """The person's notifications in the table, oldest first."""
        return self._query(
            self.cloud.outputs["notifications_table"],
            IndexName="recipient",
            KeyConditionExpression="recipient = :id",
            ExpressionAttributeValues={":id": {"S": user_id}},
        )

    def workflows_of(self, user_id: str) -> list[dict[str, Any]]:
        """The workflows the person requested, as they are stored."""
        return self._query(
            self.cloud.outputs["workflow_table"],
            IndexName="mine",
            KeyConditionExpression="mineOf = :id",
            ExpressionAttributeValues={":id": {"S": user_id}},
        )

    def dead_letters(self, queue: str) -> list[str]:
        """The bodies in a dead-letter queue, left there.

        Args:
            queue: "audit_trail" or "notifications".
        """
        answer = self.cloud.client("sqs").receive_message(
            QueueUrl=self.cloud.outputs[f"{queue}_dlq_url"], MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        return [message["Body"] for message in answer.get("Messages", [])]

    def send(self, queue: str, body: str) -> None:
        """Put a message into a queue, as a producer would."""
        self.cloud.client("sqs").send_message(
            QueueUrl=self.cloud.outputs[f"{queue}_queue_url"], MessageBody=body
        )

    def searchable(self, dataset_id: str) -> dict[str, Any] | None:
        """What the search engine has of a record."""
        query = {"query": {"ids": {"values": [dataset_id]}}}
        answer = requests.post(
            f"{self.cloud.opensearch_endpoint}/audit-trail/_search", json=query, timeout=10
        )
        hits = answer.json().get("hits", {}).get("hits", []) if answer.status_code == 200 else []
        return hits[0]["_source"] if hits else None

    def _query(self, table: str, **query: Any) -> list[dict[str, Any]]:
        pages = self.cloud.client("dynamodb").get_paginator("query").paginate(TableName=table, **query)
        return [
            {name: _read(value) for name, value in item.items()} for page in pages for item in page["Items"]
        ]
