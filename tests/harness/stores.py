"""Eyes into tables and queues, as the account's root: what the API does not show."""

from dataclasses import dataclass, field
from typing import Any

import requests
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from workflow_service.adapters.event_items import event_from

from local_cloud.running import RunningCloud

_read = TypeDeserializer().deserialize
_write = TypeSerializer().serialize


@dataclass(frozen=True)
class Stores:
    """The tables and queues of one cloud."""

    cloud: RunningCloud
    _dead_letters: dict[str, list[str]] = field(default_factory=dict, repr=False)

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

    def messages_of(self, workflow_id: str, sequence: int) -> dict[str, str]:
        """The two messages that told of an event, made once more out of what is stored: queue → body."""
        table = self.cloud.outputs["workflow_table"]
        key = {"pk": {"S": f"WORKFLOW#{workflow_id}"}, "sk": {"S": f"EVENT#{sequence:010d}"}}
        item = self.cloud.client("dynamodb").get_item(TableName=table, Key=key)["Item"]
        messages = event_from(item).messages()
        return {"audit_trail": messages.audit_trail, "notifications": messages.notifications}

    def audit_records(self, workflow_id: str) -> list[dict[str, Any]]:
        """The workflow's records in the audit-trail table, by sequence."""
        return self._query(
            self.cloud.outputs["audit_trail_table"],
            IndexName="workflow",
            KeyConditionExpression="workflowId = :id",
            ExpressionAttributeValues={":id": {"S": workflow_id}},
        )

    def rewrite_record(self, dataset_id: str, **attributes: Any) -> None:
        """Change attributes of a record in the audit-trail table, as only root can; None takes one away."""
        self.cloud.client("dynamodb").update_item(
            TableName=self.cloud.outputs["audit_trail_table"],
            Key={"datasetId": {"S": dataset_id}},
            AttributeUpdates={
                name: {"Action": "DELETE"} if value is None else {"Action": "PUT", "Value": _write(value)}
                for name, value in attributes.items()
            },
        )

    def delete_record(self, dataset_id: str) -> None:
        """Take a record out of the audit-trail table, as only root can."""
        self.cloud.client("dynamodb").delete_item(
            TableName=self.cloud.outputs["audit_trail_table"], Key={"datasetId": {"S": dataset_id}}
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
        """The bodies that have come to a dead-letter queue so far; they are taken out of it.

        Args:
            queue: "audit_trail" or "notifications".
        """
        sqs, url = self.cloud.client("sqs"), self.cloud.outputs[f"{queue}_dlq_url"]
        seen = self._dead_letters.setdefault(queue, [])
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                seen.append(message["Body"])
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return seen

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

    def forget_searchable(self, dataset_id: str) -> None:
        """Take a record out of the search engine, whichever month's index has it."""
        query = {"query": {"ids": {"values": [dataset_id]}}}
        url = f"{self.cloud.opensearch_endpoint}/audit-trail"
        hits = requests.post(f"{url}/_search", json=query, timeout=10).json()["hits"]["hits"]
        for hit in hits:
            where = f"{self.cloud.opensearch_endpoint}/{hit['_index']}/_doc/{dataset_id}"
            requests.delete(where, params={"refresh": "true"}, timeout=10).raise_for_status()

    def _query(self, table: str, **query: Any) -> list[dict[str, Any]]:
        pages = self.cloud.client("dynamodb").get_paginator("query").paginate(TableName=table, **query)
        return [
            {name: _read(value) for name, value in item.items()} for page in pages for item in page["Items"]
        ]
