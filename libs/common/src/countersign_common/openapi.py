"""openapi.json out of a route table. Needs the extra `openapi`; it is run when building, never in a function.

python -m countersign_common.openapi workflow_service.handlers.api:ROUTES --title … --out openapi.json [--check]
"""

import argparse
import importlib
import importlib.metadata
import json
import re
import sys
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

from countersign_common.fields import Id, Instant
from countersign_common.routes import Route, RouteTable

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "pointer", "detail"],
                "properties": {
                    "in": {"type": "string", "enum": ["body", "query", "path", "header"]},
                    "pointer": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}

_HEADERS: dict[str, dict[str, str]] = {
    "If-Match": {"type": "string", "pattern": r'^(\*|"[0-9]{1,15}")$'},
    "Idempotency-Key": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,128}$"},
}
"""What `Request` takes of each header that a route may heed."""

_UNAUTHORIZED: dict[str, Any] = {
    "description": "No valid token: the gateway's own answer, before any function is asked.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["message"],
                "properties": {"message": {"type": "string"}},
            }
        }
    },
}


def openapi_of(routes: RouteTable[Any], *, title: str, version: str) -> dict[str, Any]:
    """The OpenAPI 3.0.3 document of a route table."""
    plugin = MarshmallowPlugin(schema_name_resolver=_schema_name)
    spec = APISpec(title=title, version=version, openapi_version="3.0.3", plugins=[plugin])
    assert plugin.converter is not None
    plugin.converter.add_attribute_function(_format_of)  # type: ignore[no-untyped-call]
    spec.components.schema("Problem", component=_PROBLEM)
    spec.components.security_scheme("cognito", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for route in routes.values():
        method, path = route.key.split(" ", 1)
        spec.path(path=path, operations={method.lower(): _operation(route)})
    return spec.to_dict()


def _operation(route: Route[Any]) -> dict[str, Any]:
    summary = (route.action.__doc__ or "").strip().splitlines()
    answer = {"content": {"application/json": {"schema": route.answer}}} if route.answer else {}
    problem = {
        "description": "What is wrong, as RFC 9457 problem details.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    operation: dict[str, Any] = {
        "operationId": _camel(route.action.__name__),
        "summary": summary[0] if summary else "",
        "security": [] if route.public else [{"cognito": []}],
        "parameters": _parameters(route),
        "responses": {
            **{str(code): {"description": "Done.", **answer} for code in (route.status, *route.also)},
            **({} if route.public else {"401": _UNAUTHORIZED}),
            "default": problem,
        },
    }
    if route.body is not None:
        content = {"application/json": {"schema": route.body}}
        operation["requestBody"] = {"required": not route.optional_body, "content": content}
    return operation


def _parameters(route: Route[Any]) -> list[Any]:
    named = re.findall(r"{(\w+)}", route.key)
    declared: list[Any] = []
    if route.path is not None:
        declared.append({"in": "path", "schema": route.path})
    else:
        declared.extend(
            {"in": "path", "name": name, "required": True, "schema": {"type": "string"}} for name in named
        )
    declared.append({"in": "query", "schema": route.query})
    declared.extend({"in": "header", "name": name, "schema": _HEADERS[name]} for name in route.headers)
    return declared


def _format_of(self: Any, field: fields.Field[Any], **_: Any) -> dict[str, Any]:
    if isinstance(field, Instant):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, Id):
        return {"format": "uuid"}
    pattern = getattr(field, "PATTERN", None)
    if isinstance(field, fields.String) and isinstance(pattern, re.Pattern):
        # ECMA 262, which OpenAPI's patterns are in, has no \Z.
        return {"pattern": "^" + pattern.pattern.replace(r"\Z", "$")}
    return {}


def _schema_name(schema: type[Schema] | Schema | str) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return re.sub(r"Schema$", "", kind.__name__ if not isinstance(schema, str) else schema)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def main(arguments: list[str] | None = None) -> int:
    """Write openapi.json, or with --check only tell (exit 1) whether the committed one differs."""
    parser = argparse.ArgumentParser(description="openapi.json out of a route table")
    parser.add_argument("routes", help="module:NAME of the RouteTable")
    parser.add_argument("--distribution", required=True, help="whose version the document carries")
    parser.add_argument("--title", required=True)
    parser.add_argument("--out", type=Path, default=Path("openapi.json"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    module, name = options.routes.split(":")
    routes = getattr(importlib.import_module(module), name)
    version = importlib.metadata.version(options.distribution)
    text = json.dumps(openapi_of(routes, title=options.title, version=version), indent=2) + "\n"
    if not options.check:
        options.out.write_text(text)
        return 0
    if options.out.exists() and options.out.read_text() == text:
        return 0
    print(f"{options.out} differs from the route table: run `make openapi` and commit it", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
