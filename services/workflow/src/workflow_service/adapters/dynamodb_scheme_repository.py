"""Schemes and their versions, in the DynamoDB table `workflow`."""

from collections.abc import Iterator
from typing import Any

from workflow_service.adapters.attributes import Item, drawn, number, text
from workflow_service.adapters.dynamodb_workflows import lost_a_race
from workflow_service.adapters.scheme_items import (
    CATALOGUE,
    catalogue_key,
    newest_key,
    scheme_attributes,
    scheme_from,
    version_key,
)
from workflow_service.domain.scheme import Scheme
from workflow_service.use_cases.commit import Outrun


class DynamoDbSchemes:
    """Versions are added and never changed."""

    def __init__(self, client: Any, table: str) -> None:
        """
        Args:
            client: a DynamoDB client.
            table: the table's name.
        """
        self._client = client
        self._table = table

    def scheme(self, scheme_id: str, version: int | None = None) -> Scheme | None:
        """A version of a scheme; without one, the newest as last committed."""
        wanted = newest_key(scheme_id) if version is None else version_key(scheme_id, version)
        item = self._client.get_item(TableName=self._table, Key=wanted, ConsistentRead=True).get("Item")
        return None if item is None else scheme_from(item)

    def newest_schemes(self, *, after: str | None, page: int) -> Iterator[Scheme]:
        """Schemes in their newest versions after an id, by id."""
        start = {} if after is None else {":after": text(after)}
        query = {
            "TableName": self._table,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :catalogue" + (" AND sk > :after" if start else ""),
            "ExpressionAttributeValues": {":catalogue": text(CATALOGUE), **start},
        }
        return map(scheme_from, drawn(self._client, query, page=page))

    def add_version(self, scheme: Scheme) -> None:
        """Write a version, make it the newest and show it in the catalogue, or nothing of it.

        Raises:
            Outrun: the version before it is not the newest any more.
        """
        scheme_id, attributes = scheme.scheme_id, scheme_attributes(scheme)
        is_new = {"ConditionExpression": "attribute_not_exists(pk)"}
        follows = {
            "ConditionExpression": "#version = :before",
            "ExpressionAttributeNames": {"#version": "version"},
            "ExpressionAttributeValues": {":before": number(scheme.version - 1)},
        }
        writes = [
            self._put(newest_key(scheme_id) | attributes, is_new if scheme.version == 1 else follows),
            self._put(version_key(scheme_id, scheme.version) | attributes, is_new),
            self._put(catalogue_key(scheme_id) | attributes, {}),
        ]
        try:
            self._client.transact_write_items(TransactItems=writes)
        except self._client.exceptions.TransactionCanceledException as error:
            if lost_a_race(error):
                raise Outrun from error
            raise

    def _put(self, item: Item, condition: dict[str, Any]) -> Item:
        return {"Put": {"TableName": self._table, "Item": item, **condition}}
