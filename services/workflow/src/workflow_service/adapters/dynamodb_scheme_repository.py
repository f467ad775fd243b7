"""Schemes and their versions, in the DynamoDB table `workflow`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from countersign_common.aws.errors import store_errors
from countersign_common.aws.items import Item, to_value
from countersign_common.aws.reads import query_items
from countersign_common.aws.transactions import conflicts

from workflow_service.adapters.keys import (
    SCHEMES,
    newest_scheme_key,
    scheme_list_key,
    scheme_version_key,
)
from workflow_service.adapters.scheme_items import scheme_from_item, scheme_item
from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.scheme import Scheme

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbSchemeRepository:
    """A `SchemeRepository`. Versions are added and never changed."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def get(self, scheme_id: str, version: int | None = None) -> Scheme | None:
        key = newest_scheme_key(scheme_id) if version is None else scheme_version_key(scheme_id, version)
        with store_errors():
            item = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        return None if item is None else scheme_from_item(item)

    def list_newest(self, *, after: str | None, page_size: int) -> Iterator[Scheme]:
        start = {} if after is None else {":after": to_value(after)}
        query = {
            "TableName": self._table,
            "ConsistentRead": True,
            "Limit": page_size,
            "KeyConditionExpression": "pk = :schemes" + (" AND sk > :after" if start else ""),
            "ExpressionAttributeValues": {":schemes": to_value(SCHEMES), **start},
        }
        return map(scheme_from_item, query_items(self._client, query))

    def add_version(self, scheme: Scheme) -> None:
        with conflicts(VersionConflictError):
            self._client.transact_write_items(TransactItems=self._writes(scheme))

    def _writes(self, scheme: Scheme) -> list[Any]:
        is_new = {"ConditionExpression": "attribute_not_exists(pk)"}
        follows = {
            "ConditionExpression": "#version = :previous",
            "ExpressionAttributeNames": {"#version": "version"},
            "ExpressionAttributeValues": {":previous": to_value(scheme.version - 1)},
        }
        scheme_id, version = scheme.scheme_id, scheme.version
        return [
            self._put(newest_scheme_key(scheme_id), scheme, is_new if version == 1 else follows),
            self._put(scheme_version_key(scheme_id, version), scheme, is_new),
            self._put(scheme_list_key(scheme_id), scheme, {}),
        ]

    def _put(self, key: Item, scheme: Scheme, condition: dict[str, Any]) -> dict[str, Any]:
        return {"Put": {"TableName": self._table, "Item": scheme_item(key, scheme), **condition}}
