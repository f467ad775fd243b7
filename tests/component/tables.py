"""Tables for one test, created on any engine from Terraform's definitions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engines.definitions import Definitions
from engines.engine import Engine
from local_cloud.waiting import wait_until


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        client: A boto3 client for its engine.
        name: Name of the table.
    """

    client: Any
    name: str

    def put(self, item: dict[str, Any]) -> None:
        """Write an item directly, without an adapter."""
        self.client.put_item(TableName=self.name, Item=item)

    def items(self) -> list[dict[str, Any]]:
        """Return all items."""
        pages = self.client.get_paginator("scan").paginate(TableName=self.name, ConsistentRead=True)
        return [item for page in pages for item in page["Items"]]


@contextmanager
def new_table(engine: Engine, definitions: Definitions, kind: str) -> Iterator[Table]:
    """Create an empty table of a kind: `workflow`, `audit-trail` or `notifications`. Delete it at the end.

    It has no TTL, because the items of the tests have times in the past and an engine may delete them at any moment.
    """
    client = engine.client("dynamodb")
    name = f"{kind}-{uuid4().hex[:12]}"
    client.create_table(TableName=name, **definitions.tables[kind])
    wait_until(
        lambda: client.describe_table(TableName=name)["Table"]["TableStatus"] == "ACTIVE", timeout=10.0
    )
    try:
        yield Table(client, name)
    finally:
        client.delete_table(TableName=name)
