"""The event that API Gateway hands to a function, for calling the function without API Gateway."""

import json
import time
from typing import Any
from uuid import uuid4

from harness.people import Person
from harness.tokens import claims_of


def http_event(who: Person, route: str, body: Any = None, **path: str) -> dict[str, Any]:
    """An HTTP API event, payload format 2.0, as the JWT authorizer passes it on.

    Args:
        who: whose verified claims it carries.
        route: such as "POST /workflows/{workflowId}/actions".
        body: JSON value.
        path: values of the route's path parameters.
    """
    method, template = route.split(" ", 1)
    return {
        "version": "2.0",
        "routeKey": route,
        "rawPath": template.format(**path),
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "user-agent": "countersign-tests"},
        "pathParameters": path,
        "requestContext": {
            "http": {"method": method, "path": template.format(**path), "sourceIp": "127.0.0.1"},
            "requestId": uuid4().hex,
            "routeKey": route,
            "stage": "$default",
            "timeEpoch": int(time.time() * 1000),
            "authorizer": {"jwt": {"claims": _claims(who), "scopes": None}},
        },
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }


def _claims(who: Person) -> dict[str, str]:
    """API Gateway passes every claim on as text, an array as `[one two]`."""
    return {
        name: f"[{' '.join(value)}]" if isinstance(value, list) else str(value)
        for name, value in claims_of(who.token).items()
    }
