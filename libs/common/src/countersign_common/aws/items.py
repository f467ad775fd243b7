"""DynamoDB items: conversion from and to Python values, projections."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer

Item = dict[str, Any]
"""An item as the low-level client reads and writes it: attribute name → `{type: value}`."""

_SERIALIZER = TypeSerializer()
_DESERIALIZER = TypeDeserializer()


def to_item(values: Mapping[str, Any]) -> Item:
    """Return the item of Python values (str, int, bytes, bool, list, dict, set), without those that are None."""
    return {name: to_value(value) for name, value in values.items() if value is not None}


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the Python values of an item."""
    return {name: _plain(_DESERIALIZER.deserialize(value)) for name, value in item.items()}


def to_value(value: Any) -> dict[str, Any]:
    """Return the attribute value of a Python value, for keys and expression values."""
    # boto3's serializer tries up to nine types for each value. Most values are texts or contain texts.
    if type(value) is str:
        return {"S": value}
    if type(value) is bytes:
        return {"B": value}
    if type(value) is dict:
        return {"M": {name: to_value(member) for name, member in value.items()}}
    if type(value) in (list, tuple):
        return {"L": [to_value(member) for member in value]}
    return dict(_SERIALIZER.serialize(value))


def _plain(value: Any) -> Any:
    """Return a deserialized value with int and bytes instead of boto3's Decimal and Binary."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Binary():
            return bytes(value)  # type: ignore[call-overload] # the stubs lack __bytes__
        case dict():
            return {name: _plain(member) for name, member in value.items()}
        case list():
            return [_plain(member) for member in value]
        case set():
            return {_plain(member) for member in value}
    return value


def projection(names: Iterable[str]) -> dict[str, Any]:
    """Return the arguments that limit a read to these attributes. Reserved words are allowed.

    Args:
        names: Names of attributes, or paths to members of maps such as `content.salt`.
    """
    paths = [[f"#{name}" for name in path.split(".")] for path in names]
    return {
        "ProjectionExpression": ", ".join(map(".".join, paths)),
        "ExpressionAttributeNames": {name: name[1:] for path in paths for name in path},
    }
