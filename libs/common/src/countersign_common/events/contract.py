"""Event contracts: a dataclass, and the JSON Schema that its JSON form must match."""

import dataclasses
import types
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

import fastjsonschema

from countersign_common.clock import is_rfc3339
from countersign_common.events.cloud_event import InvalidEventError

DataT = TypeVar("DataT")

TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
NAME = {"type": "string", "minLength": 1, "maxLength": 64}
"""Action types and outcomes: any name, so that producers can be deployed before consumers."""
SLUG = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"}
UUID = {"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"}
SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
COUNT = {"type": "integer", "minimum": 1, "maximum": 2**53 - 1}
TIMESTAMP = {"type": "string", "format": "date-time"}
"""RFC 3339 with an offset."""


def nullable(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema that also accepts null."""
    return {**schema, "type": [schema["type"], "null"]}


def object_of(properties: Mapping[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of an object. Consumers ignore properties that it does not list."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": dict(properties)}


class Contract(Generic[DataT]):
    """The contract of one kind of JSON object between services.

    The JSON name of a field is its name in camelCase. Fields that are None and have a default are left out.
    """

    def __init__(self, shape: type[DataT], schema: Mapping[str, Any]) -> None:
        """
        Args:
            shape: A frozen dataclass of str, int, tuples and other dataclasses.
            schema: JSON Schema, draft 7.
        """
        self.shape = shape
        self.schema = dict(schema)

    def check(self, data: object) -> None:
        """Check a JSON object against the schema.

        Raises:
            InvalidEventError: It does not match. Names the first error.
        """
        try:
            self._validate(data)
        except fastjsonschema.JsonSchemaValueException as error:
            raise InvalidEventError(str(error.message)) from error

    def load(self, data: object) -> DataT:
        """Check a JSON object against the schema and return it as the dataclass.

        Raises:
            InvalidEventError: It does not match. Names the first error.
        """
        self.check(data)
        loaded: DataT = self._read(data)
        return loaded

    def dump(self, value: DataT) -> dict[str, Any]:
        """Return the JSON object of a value. It is not validated: the types of the dataclass guarantee its shape."""
        json_object: dict[str, Any] = _to_json(value)
        return json_object

    @cached_property
    def _read(self) -> Callable[[Any], DataT]:
        return _dataclass_reader(self.shape)

    @cached_property
    def _validate(self) -> Callable[[object], object]:
        # Compiled on first use (about 5 ms), which a producer never needs.
        validate: Callable[[object], object] = fastjsonschema.compile(
            # fastjsonschema's own check of date-time accepts the 99th of a month, which no store does.
            self.schema,
            formats={"date-time": is_rfc3339},
            use_default=False,
        )
        return validate


def _camel_case(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def _to_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_to_json(member) for member in value]
    if not dataclasses.is_dataclass(value):
        return value
    members: dict[str, Any] = {}
    shape: Any = type(value)
    for attribute, name, is_optional in _writer(shape):
        member = getattr(value, attribute)
        if member is not None or not is_optional:
            members[name] = _to_json(member)
    return members


@cache
def _writer(shape: type[Any]) -> list[tuple[str, str, bool]]:
    """Return attribute, JSON name and whether None is left out, for each field."""
    return [
        (field.name, _camel_case(field.name), field.default is None) for field in dataclasses.fields(shape)
    ]


Reader = Callable[[Any], Any]


@cache
def _reader(shape: Any) -> Reader | None:
    """Return a function that converts validated JSON to a type; None if the JSON is the value."""
    if get_origin(shape) is types.UnionType:
        inner = _reader(next(each for each in get_args(shape) if each is not type(None)))
        return inner and (lambda data: None if data is None else inner(data))
    if get_origin(shape) is tuple:
        member = _reader(get_args(shape)[0])
        return tuple if member is None else lambda data: tuple(map(member, data))
    if dataclasses.is_dataclass(shape):
        return _dataclass_reader(shape)  # type: ignore[arg-type]
    return int if shape is int else None  # JSON Schema's integers include 1.0


def _dataclass_reader(shape: type[Any]) -> Reader:
    hints = get_type_hints(shape)
    fields = [
        (field.name, _camel_case(field.name), _reader(hints[field.name]), field.default)
        for field in dataclasses.fields(shape)
    ]
    # The schema has checked that required members are there. By position, because names take twice the time.
    required = [(name, reader) for _, name, reader, default in fields if default is dataclasses.MISSING]
    optional = [
        (attribute, name, reader)
        for attribute, name, reader, default in fields
        if default is not dataclasses.MISSING
    ]

    def read(data: Mapping[str, Any]) -> Any:
        # Most members are texts, which need no call.
        values = [reader(data[name]) if reader else data[name] for name, reader in required]
        rest = {
            attribute: reader(data[name]) if reader else data[name]
            for attribute, name, reader in optional
            if name in data
        }
        return shape(*values, **rest)

    return read
