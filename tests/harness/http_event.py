"""The event that API Gateway passes to a function."""

import json
import time
from typing import Any
from uuid import uuid4


def http_event(claims: dict[str, Any], route: str, body: Any = None, **path: str) -> dict[str, Any]:
    """Return an HTTP API event, payload format 2.0, with a JWT authorizer; `path` are the route's parameters."""
    method, template = route.split(" ", 1)
    caller = {"sourceIp": "127.0.0.1", "userAgent": "countersign-tests"}
    # API Gateway passes every claim as text, an array as `[one two]`.
    texts = {
        name: f"[{' '.join(value)}]" if isinstance(value, list) else str(value)
        for name, value in claims.items()
    }
    return {
        "version": "2.0",
        "routeKey": route,
        "rawPath": template.format(**path),
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "user-agent": "countersign-tests"},
        "pathParameters": path,
        "requestContext": {
            "http": {"method": method, "path": template.format(**path), **caller},
            "requestId": uuid4().hex,
            "routeKey": route,
            "stage": "$default",
            "timeEpoch": int(time.time() * 1000),
            "authorizer": {"jwt": {"claims": texts, "scopes": None}},
        },
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }
