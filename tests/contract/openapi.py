"""Reading and checking the committed OpenAPI documents."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

_METHODS = {"get", "put", "post", "delete", "patch", "head"}

Operation = dict[str, Any]


def operations_of(document: dict[str, Any]) -> dict[str, Operation]:
    """Return the operations of a document by route, such as `POST /workflows`."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    }


def schema_errors(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    """Return how a JSON value differs from a schema of the document."""
    whole = {"components": _as_json_schema(document["components"]), **_as_json_schema(schema)}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    errors = validator.iter_errors(value)
    return [f"/{'/'.join(map(str, error.instance_path))}: {error.message}" for error in errors]


def examples_of(operation: Operation) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield the examples of an operation: where they are, their schema, and the value."""
    for media_type in operation.get("requestBody", {}).get("content", {}).values():
        if "example" in media_type:
            yield "request", media_type["schema"], media_type["example"]
    for status, response in operation["responses"].items():
        for media_type in response.get("content", {}).values():
            if "example" in media_type:
                yield status, media_type["schema"], media_type["example"]
    for parameter in operation["parameters"]:
        for owner in (parameter, parameter["schema"]):
            if "example" in owner:
                yield parameter["name"], parameter["schema"], owner["example"]


def _as_json_schema(schema: Any) -> Any:
    """Return a schema of OpenAPI 3.0 as JSON Schema, which has no `nullable`."""
    if isinstance(schema, list):
        return [_as_json_schema(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    converted = {key: _as_json_schema(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [converted, {"type": "null"}]} if schema.get("nullable") is True else converted
