"""Generates openapi.json from a route table. Needs the extra `openapi`; it runs in builds, never in a function.

python -m countersign_common.http.openapi workflow_service.handlers.api:ROUTES --title … --distribution … [--check]
"""

import argparse
import importlib
import importlib.metadata
import json
import re
import sys
from http import HTTPStatus
from inspect import cleandoc
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields

from countersign_common.http.fields import Id, Timestamp, camel_case
from countersign_common.http.problems import problem_title, problem_type, status_of
from countersign_common.http.routes import Route, RouteTable

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 problem details. `type` is the path of the problem's documentation page.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {
            "type": "string",
            "description": "Contains the request id; quote it when you report a problem.",
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "pointer", "detail"],
                "properties": {
                    "in": {"type": "string", "enum": ["body", "query", "path", "header"]},
                    "pointer": {"type": "string", "description": "RFC 6901 pointer within that part."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}

_REQUEST_HEADERS: dict[str, dict[str, Any]] = {
    "If-Match": {
        "description": "The ETag that you last read. If the item has changed since, the response is 412.",
        "schema": {"type": "string", "pattern": r'^(\*|"[0-9]{1,15}")$'},
        "example": '"3"',
    },
    "Idempotency-Key": {
        "description": "A key of your own. A retry with the same key within 24 hours returns the first response.",
        "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,128}$"},
        "example": "4b1c0d6e-0f2a-4d0e-9d3b-2f6f1c1f9f10",
    },
}

_CORRELATION_ID: dict[str, Any] = {
    "description": "Appears in logs and events: the `x-correlation-id` of the request, or the request id.",
    "schema": {"type": "string"},
}
_ETAG: dict[str, Any] = {"description": "Version of the item, for `If-Match`.", "schema": {"type": "string"}}
_LOCATION: dict[str, Any] = {"description": "Path of the new item.", "schema": {"type": "string"}}
_WITH_LOCATION = (HTTPStatus.CREATED, HTTPStatus.ACCEPTED)
_RETRY_AFTER: dict[str, Any] = {
    "description": "Seconds after which you can send the request again.",
    "schema": {"type": "integer"},
}

_UNAUTHORIZED: dict[str, Any] = {
    "description": "The request has no valid token. This response comes from API Gateway.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["message"],
                "properties": {"message": {"type": "string"}},
            },
            "example": {"message": "Unauthorized"},
        }
    },
}


class _Converter(OpenAPIConverter):
    def field2nullable(self, field: fields.Field[Any], ret: Any) -> dict[str, Any]:
        attributes: dict[str, Any] = super().field2nullable(field, ret)
        for alternative in attributes.get("anyOf", []):
            if alternative.get("nullable"):
                # Without it, apispec's alternative for null accepts every object.
                alternative["enum"] = [None]
        return attributes


class _Plugin(MarshmallowPlugin):
    Converter = _Converter


def openapi_of(routes: RouteTable[Any], *, title: str, version: str, description: str = "") -> dict[str, Any]:
    """Return the OpenAPI 3.0.3 document of a route table."""
    plugin = _Plugin(schema_name_resolver=_schema_name)
    info = {"description": description} if description else {}
    spec = APISpec(title=title, version=version, openapi_version="3.0.3", plugins=[plugin], info=info)
    assert plugin.converter is not None
    plugin.converter.add_attribute_function(_format_of)  # type: ignore[no-untyped-call]
    spec.components.schema("Problem", component=_PROBLEM)
    spec.components.security_scheme(
        "cognito",
        {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The user's Cognito ID token (not the access token).",
        },
    )
    for route in routes.values():
        method, path = route.key.split(" ", 1)
        spec.path(path=path, operations={method.lower(): _operation(route, routes)})
    return spec.to_dict()


def _operation(route: Route[Any], routes: RouteTable[Any]) -> dict[str, Any]:
    summary, _, description = cleandoc(route.function.__doc__ or "").partition("\n")
    operation: dict[str, Any] = {
        "operationId": camel_case(route.function.__name__),
        "summary": summary,
        "security": [] if route.public else [{"cognito": []}],
        "parameters": _parameters(route),
        "responses": _success_responses(route) | _error_responses(route, routes),
    }
    if description.strip():
        operation["description"] = description.strip()
    if route.body is not None:
        content: dict[str, Any] = {"schema": route.body}
        if route.request_example is not None:
            content["example"] = route.request_example
        operation["requestBody"] = {
            "required": not route.optional_body,
            "description": f"At most {route.body_limit // 1024} KB.",
            "content": {"application/json": content},
        }
    return operation


def _success_responses(route: Route[Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    bodies = dict.fromkeys((route.status, *route.other_statuses), (route.response, route.response_example))
    bodies |= {other.status: (other.schema, other.example) for other in route.other_responses}
    for status, (schema, example) in bodies.items():
        headers: dict[str, Any] = {"x-correlation-id": _CORRELATION_ID}
        if "If-Match" in route.headers or "ETag" in route.headers:
            headers["etag"] = _ETAG
        if status in _WITH_LOCATION and "Location" in route.headers:
            headers["location"] = _LOCATION
        response: dict[str, Any] = {"description": HTTPStatus(status).phrase + ".", "headers": headers}
        if schema is not None:
            content: dict[str, Any] = {"schema": schema}
            if example is not None:
                content["example"] = example
            response["content"] = {"application/json": content}
        responses[str(status)] = response
    return responses


def _error_responses(route: Route[Any], routes: RouteTable[Any]) -> dict[str, Any]:
    """Return the error responses of a route: those of the HTTP layer, and its domain errors by status."""
    codes: dict[int, set[str]] = {400: {"bad-request"}}
    if not route.public:
        codes[403] = {"id-token-required"}
    if route.body is not None:
        codes |= {413: {"too-large"}, 415: {"unsupported-media-type"}}
    if "cursor" in route.query().fields:
        codes[400].add("invalid-cursor")
    retried: set[int] = set()
    for error in route.errors:
        status = status_of(error, routes.error_status)
        assert status is not None  # checked by the table
        codes.setdefault(status, set()).add(error.code)
        if error.retry_after is not None:
            retried.add(status)
    if route.required_headers:
        codes.setdefault(428, set()).add("precondition-required")
    responses = {str(status): _problem(status, codes[status], status in retried) for status in sorted(codes)}
    if not route.public:
        responses["401"] = _UNAUTHORIZED
    return responses | {"default": _problem(500, {"internal-error"}, retried=False)}


def _problem(status: int, codes: set[str], retried: bool) -> dict[str, Any]:
    listed = sorted(codes)
    example = {
        "type": problem_type(listed[0]),
        "title": problem_title(listed[0]),
        "status": status,
        "detail": "A sentence about this occurrence.",
        "instance": "urn:countersign:request:JKJaXmPLvHcESHA=",
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    headers = {"x-correlation-id": _CORRELATION_ID} | ({"retry-after": _RETRY_AFTER} if retried else {})
    return {
        "description": "Problem types: " + ", ".join(f"`{problem_type(code)}`" for code in listed) + ".",
        "headers": headers,
        "content": {"application/problem+json": {"schema": schema, "example": example}},
    }


def _parameters(route: Route[Any]) -> list[Any]:
    declared: list[Any] = []
    if route.path is not None:
        declared.append({"in": "path", "schema": route.path})
    else:
        declared.extend(
            {"in": "path", "name": name, "required": True, "schema": {"type": "string"}}
            for name in re.findall(r"{(\w+)}", route.key)
        )
    declared.append({"in": "query", "schema": route.query})
    declared.extend(
        {
            "in": "header",
            "name": name,
            "required": name in route.required_headers,
            **_REQUEST_HEADERS[name],
        }
        for name in route.headers
        if name in _REQUEST_HEADERS
    )
    return declared


def _format_of(self: Any, field: fields.Field[Any], **_: Any) -> dict[str, Any]:
    if isinstance(field, Timestamp):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, Id):
        return {"format": "uuid"}
    pattern = getattr(field, "PATTERN", None)
    if isinstance(field, fields.String) and isinstance(pattern, re.Pattern):
        # ECMA 262, the dialect of OpenAPI's patterns, has no \Z.
        return {"pattern": "^" + pattern.pattern.replace(r"\Z", "$")}
    return {}


def _schema_name(schema: type[Schema] | Schema | str) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return re.sub(r"Schema$", "", kind.__name__ if not isinstance(schema, str) else schema)


def main(arguments: list[str] | None = None) -> int:
    """Write openapi.json, or with --check exit with 1 if the committed file is outdated."""
    parser = argparse.ArgumentParser(description="Generate openapi.json from a route table.")
    parser.add_argument("routes", help="module:NAME of the RouteTable")
    parser.add_argument("--distribution", required=True, help="package whose version the document has")
    parser.add_argument("--title", required=True)
    parser.add_argument("--description", default="")
    parser.add_argument("--out", type=Path, default=Path("openapi.json"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    module, name = options.routes.split(":")
    routes = getattr(importlib.import_module(module), name)
    version = importlib.metadata.version(options.distribution)
    document = openapi_of(routes, title=options.title, version=version, description=options.description)
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if not options.check:
        options.out.write_text(text)
        return 0
    if options.out.exists() and options.out.read_text() == text:
        return 0
    print(f"{options.out} is outdated. Fix: make openapi, and commit the file.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
