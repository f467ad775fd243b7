"""CPU time of one action: the handler of workflow-api against bare botocore that makes the same five calls."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from functools import partial
from typing import Any

from bench.recording import Call, bare_caller, recorded, renamed
from bench.rounds import compare

ROUNDS, PER_ROUND = 11, 40
SIZES = {"1 KB of data": 1_000, "100 KB of data": 100_000}
USER = "5f0c3f0e-0000-7000-8000-000000000001"


def main() -> None:
    """Print one JSON object: size → ratio and the calls."""
    from workflow_service.handlers.api import handler  # noqa: PLC0415 - the environment is set when main runs

    _put_scheme(handler)
    measured = {}
    for name, size in SIZES.items():
        with recorded() as calls:
            response = handler(_create(size), None)
        assert response["statusCode"] == 201, response
        ours = [[partial(_call, handler, _create(size)) for _ in range(PER_ROUND)] for _ in range(ROUNDS)]
        ratio = compare(ours, _replays(calls, json.loads(response["body"])["workflowId"]))
        measured[name] = {"calls": [call.operation for call in calls]} | asdict(ratio)
    print(json.dumps(measured))


def _replays(calls: list[Call], workflow_id: str) -> list[list[Any]]:
    """Return the recorded calls, each time for a new workflow, prepared before the measurement."""
    call = bare_caller({each.service for each in calls})

    def make_calls(prepared: list[Call]) -> None:
        for each in prepared:
            call(each)

    def replay() -> Any:
        names = {workflow_id: str(uuid.uuid4())}
        prepared = [Call(each.service, each.operation, renamed(each.parameters, names)) for each in calls]
        return partial(make_calls, prepared)

    return [[replay() for _ in range(PER_ROUND)] for _ in range(ROUNDS)]


def _call(handler: Any, event: dict[str, Any]) -> None:
    response = handler(event, None)
    assert response["statusCode"] == 201, response


def _create(size: int) -> dict[str, Any]:
    data = {"purpose": "bench", "lines": ["x" * 50 for _ in range(size // 53)]}
    return _event(
        "POST /workflows", {"actionType": "SAVE", "scheme": "bench", "title": "Bench", "data": data}
    )


def _put_scheme(handler: Any) -> None:
    steps = [{"stepId": "approval", "name": "Approval", "approvers": {"users": [], "groups": ["approvers"]}}]
    event = _event("PUT /schemes/{schemeId}", {"name": "Bench", "steps": steps}, {"schemeId": "bench"})
    assert handler(event, None)["statusCode"] in (200, 201)


def _event(route: str, body: Any, path: dict[str, str] | None = None) -> dict[str, Any]:
    claims = {
        "sub": USER,
        "token_use": "id",
        "name": "Bench",
        "email": "bench@example.com",
        "cognito:groups": "[admins]",
    }
    return {
        "routeKey": route,
        "headers": {"content-type": "application/json"},
        "pathParameters": path or {},
        "body": json.dumps(body),
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "authorizer": {"jwt": {"claims": claims}},
            "http": {"sourceIp": "192.0.2.1", "userAgent": "bench"},
        },
    }


if __name__ == "__main__":
    main()
