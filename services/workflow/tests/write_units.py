"""What DynamoDB bills for writes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/

"Item sizes and formats", "Read and write operations", and "Using global secondary indexes: provisioned throughput".
"""

from collections.abc import Iterable
from math import ceil
from typing import Any

from .aws import table_definition

Item = dict[str, Any]
Items = dict[tuple[str, str], Item]


def item_size(item: Item) -> int:
    """Return the size of an item in bytes: names and values of its attributes."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(attribute: dict[str, Any]) -> int:
    """Return the size of an attribute's value in bytes."""
    [(kind, value)] = attribute.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            digits = value.lstrip("-").replace(".", "").strip("0") or "0"
            return ceil(len(digits) / 2) + 1 + value.startswith("-")
        case "B":
            return len(value)
        case "BOOL" | "NULL":
            return 1
        case "L":
            return 3 + sum(1 + value_size(each) for each in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + value_size(each) for name, each in value.items())
    raise ValueError(f"unknown type {kind}")


def units(size: int) -> int:
    """Return the write units of an item or index entry: one for each started kilobyte."""
    return max(1, ceil(size / 1024))


def write_units(calls: Iterable[tuple[str, Any]], items: Items) -> int:
    """Return what the writes among these calls cost.

    Args:
        calls: Operations with their parameters, in order.
        items: The items of the table before them.
    """
    items, total = dict(items), 0
    for operation, parameters in calls:
        if operation == "TransactWriteItems":
            for write in parameters["TransactItems"]:
                total += _write(items, *_put_or_delete(write), units_per_kilobyte=2)
        elif operation == "UpdateItem":
            key = _key(parameters["Key"])
            after = _updated(items[key], parameters)
            total += _write(items, key, after, units_per_kilobyte=1)
    return total


def _put_or_delete(write: Any) -> tuple[tuple[str, str], Item | None]:
    if "Delete" in write:
        return _key(write["Delete"]["Key"]), None
    item = write["Put"]["Item"]
    return _key(item), item


def _updated(item: Item, parameters: Any) -> Item:
    """Return an item after the one kind of update of an action: `REMOVE one SET another = :value`."""
    match parameters["UpdateExpression"].split():
        case ["REMOVE", removed, "SET", name, "=", value]:
            kept = {each: item[each] for each in item if each != removed}
            return kept | {name: parameters["ExpressionAttributeValues"][value]}
    raise ValueError(f"unknown update {parameters['UpdateExpression']}")


def _key(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _write(items: Items, key: tuple[str, str], after: Item | None, *, units_per_kilobyte: int) -> int:
    before = items.pop(key, None)
    if after is not None:
        items[key] = after
    # A put or update is billed by the larger of the two items.
    table = units_per_kilobyte * units(max(item_size(each) for each in (before, after) if each is not None))
    return table + sum(
        _index_write(index, before, after) for index in table_definition()["GlobalSecondaryIndexes"]
    )


def _index_write(index: Any, before: Item | None, after: Item | None) -> int:
    old, new = _entry(index, before), _entry(index, after)
    if old == new:
        return 0
    keys = [key["AttributeName"] for key in index["KeySchema"]]
    if old is not None and new is not None and all(old[key] == new[key] for key in keys):
        return units(max(item_size(old), item_size(new)))
    # A changed key is a delete and a put.
    return sum(units(item_size(entry)) for entry in (old, new) if entry is not None)


def _entry(index: Any, item: Item | None) -> Item | None:
    """Return an item's entry in an index; None if it has none."""
    keys = [key["AttributeName"] for key in index["KeySchema"]]
    if item is None or any(key not in item for key in keys):
        return None
    projected = {"pk", "sk", *keys, *index["Projection"].get("NonKeyAttributes", [])}
    return {name: value for name, value in item.items() if name in projected}
