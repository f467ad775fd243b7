"""Everything that a deployed cloud stores, as text, to check that a text is nowhere."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import requests
from countersign_common.aws.items import from_item
from countersign_common.compression import unpack_text

from local_cloud.running import RunningCloud

_PAGE = 1_000


@dataclass(frozen=True)
class Dump:
    """All items of all tables, documents of all indices, versions of all objects, and messages of all queues."""

    cloud: RunningCloud

    def places_of(self, texts: Iterable[str]) -> dict[str, set[str]]:
        """Return where each text is found: table and key, index and id, object, or queue. Texts that are nowhere are
        left out."""
        wanted, found = list(texts), dict[str, set[str]]()
        for place, content in self.everything():
            for text in wanted:
                if text in content:
                    found.setdefault(text, set()).add(place)
        return found

    def everything(self) -> Iterator[tuple[str, str]]:
        """Yield each item, document, object and message with its place."""
        yield from self._items()
        yield from self._documents()
        yield from self._objects()
        yield from self._messages()

    def _items(self) -> Iterator[tuple[str, str]]:
        dynamodb = self.cloud.client("dynamodb")
        for table in dynamodb.get_paginator("list_tables").paginate().search("TableNames[]"):
            for item in dynamodb.get_paginator("scan").paginate(TableName=table).search("Items[]"):
                key = next(
                    item[name]["S"] for name in ("pk", "datasetId", "notificationId", *item) if name in item
                )
                yield f"table {table}: {key}", readable(from_item(item))

    def _documents(self) -> Iterator[tuple[str, str]]:
        for index in self._search("GET", "_cat/indices?format=json"):
            after: list[Any] = []
            while True:
                body = {"size": _PAGE, "sort": [{"datasetId": "asc"}], "query": {"match_all": {}}}
                page = self._search(
                    "POST", f"{index['index']}/_search", body | ({"search_after": after} if after else {})
                )
                hits = page["hits"]["hits"]
                yield from ((f"index {index['index']}: {hit['_id']}", json.dumps(hit)) for hit in hits)
                if len(hits) < _PAGE:
                    break
                after = hits[-1]["sort"]

    def _search(self, method: str, path: str, body: Any = None) -> Any:
        response = requests.request(method, f"{self.cloud.opensearch_endpoint}/{path}", json=body, timeout=30)
        response.raise_for_status()
        return response.json()

    def _objects(self) -> Iterator[tuple[str, str]]:
        s3 = self.cloud.client("s3")
        for bucket in (each["Name"] for each in s3.list_buckets()["Buckets"]):
            pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket)
            for version in pages.search("Versions[]"):
                if version is None:
                    continue
                content: bytes = s3.get_object(
                    Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"]
                )["Body"].read()
                yield f"bucket {bucket}: {version['Key']}", content.decode("utf-8", "replace")

    def _messages(self) -> Iterator[tuple[str, str]]:
        """Yield the messages that can be received. They stay in their queues."""
        sqs = self.cloud.client("sqs")
        for url in sqs.list_queues().get("QueueUrls", []):
            attributes = sqs.get_queue_attributes(
                QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages", "RedrivePolicy"]
            )["Attributes"]
            # A message that is received stays visible, and can come again. A queue with a dead-letter queue counts how
            # often: a message that waits for its consumer must not be moved there.
            attempts = (
                1 if "RedrivePolicy" in attributes else 3 + int(attributes["ApproximateNumberOfMessages"])
            )
            seen: dict[str, str] = {}
            for _ in range(attempts):
                received = sqs.receive_message(
                    QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0, MessageAttributeNames=["All"]
                ).get("Messages", [])
                for message in received:
                    texts = {
                        name: attribute.get("BinaryValue", attribute.get("StringValue"))
                        for name, attribute in message.get("MessageAttributes", {}).items()
                    }
                    seen[message["MessageId"]] = message["Body"] + readable(texts)
            yield from ((f"queue {url.rsplit('/', 1)[1]}: {key}", text) for key, text in seen.items())


def readable(value: Any) -> str:
    """Return a value as JSON, with compressed texts as the texts that they are."""
    return json.dumps(_readable(value), ensure_ascii=False)


def _readable(value: Any) -> Any:
    match value:
        case bytes():
            try:
                return unpack_text(value)
            except ValueError:
                return value.hex()
        case dict():
            return {name: _readable(member) for name, member in value.items()}
        case list() | tuple() | set():
            return [_readable(member) for member in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
