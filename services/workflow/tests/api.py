"""workflow/api, asked as API Gateway asks it."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from countersign_common.caller import Caller
from countersign_common.lambda_api import lambda_handler

from workflow_service.handlers.api import REFUSALS, ROUTES
from workflow_service.use_cases.service import Ports, service_on

from .builders import ADAM, RITA


@dataclass(frozen=True)
class Answer:
    """What API Gateway would send back."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def problem(self) -> str:
        """The kind of problem, or nothing for a good answer."""
        return str(self.body.get("type", "")).removeprefix("urn:countersign:problem:")

    @property
    def faults(self) -> set[tuple[str, str]]:
        """What is wrong where: part of the request, and pointer."""
        return {(fault["in"], fault["pointer"]) for fault in self.body.get("errors", [])}


class Context:
    """Lambda's context, as far as it is read."""

    aws_request_id = "invocation-1"


class Api:
    """The API's function."""

    def __init__(self, ports: Ports) -> None:
        self._handler = lambda_handler(ROUTES, lambda: service_on(ports), refusals=REFUSALS)

    def ask(
        self,
        by: Caller | None,
        method: str,
        url: str,
        body: Any = None,
        *,
        raw: str | None = None,
        **headers: str,
    ) -> Answer:
        """Ask by method and URL; headers by their names with underscores. `raw` is a body as it is."""
        path, _, query = url.partition("?")
        key, parameters = _matched(method, path)
        text = raw if raw is not None else (None if body is None else json.dumps(body, ensure_ascii=False))
        event = {
            "version": "2.0",
            "routeKey": key,
            "headers": {name.replace("_", "-"): value for name, value in headers.items()},
            "pathParameters": parameters,
            "queryStringParameters": dict(parse_qsl(query, keep_blank_values=True)),
            "body": text,
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "request-1",
                "http": {"sourceIp": "192.0.2.1", "userAgent": "tests"},
                **({} if by is None else {"authorizer": {"jwt": {"claims": _claims(by)}}}),
            },
        }
        answered = self._handler(event, Context())
        return Answer(answered["statusCode"], answered["headers"], json.loads(answered.get("body", "null")))

    def has_scheme(self, scheme_id: str = "expenses", **approvers: list[str]) -> None:
        """Write a one-step scheme, by default with the group `approvers`."""
        step = {"stepId": "approval", "name": "Approval", "approvers": approvers or {"groups": ["approvers"]}}
        body = {"name": "Expenses", "steps": [step]}
        assert self.ask(ADAM, "PUT", f"/schemes/{scheme_id}", body).status in (200, 201)

    def creates(self, action_type: str = "REQUEST", by: Caller = RITA, **more: Any) -> str:
        """Create a workflow; its id."""
        body = {"actionType": action_type, "scheme": "expenses", "title": "Train", "data": {"amount": 12}}
        answer = self.ask(by, "POST", "/workflows", body | more)
        assert answer.status == 201, answer.body
        return str(answer.body["workflowId"])

    def acts(
        self, by: Caller, workflow_id: str, action_type: str, headers: Any = None, **more: Any
    ) -> Answer:
        """Act on a workflow."""
        body = {"actionType": action_type} | more
        return self.ask(by, "POST", f"/workflows/{workflow_id}/actions", body, **(headers or {}))


def _claims(by: Caller) -> dict[str, str]:
    groups = {"cognito:groups": f"[{' '.join(sorted(by.groups))}]"} if by.groups else {}
    return {"sub": by.user_id, "name": by.name, "email": by.email, "token_use": "id", **groups}


def _matched(method: str, path: str) -> tuple[str, dict[str, str]]:
    """The route that API Gateway would find, and the path's parameters."""
    asked = urlsplit(path).path.split("/")
    for key in ROUTES:
        route_method, route_path = key.split(" ")
        parts = route_path.split("/")
        if route_method == method and len(parts) == len(asked):
            pairs = list(zip(parts, asked, strict=True))
            if all(part == given or part.startswith("{") for part, given in pairs):
                return key, {part[1:-1]: given for part, given in pairs if part.startswith("{")}
    return f"{method} {path}", {}
