"""The API's function, called as API Gateway calls it."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from countersign_common.http.caller import Caller
from countersign_common.http.handler import api_handler

from workflow_service.bootstrap.api import Service
from workflow_service.handlers.api import ROUTES

from .builders import ADAM, RITA

USER_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)


@dataclass(frozen=True)
class ApiResponse:
    """What API Gateway returns."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def problem(self) -> str:
        """The code of the problem type; empty for a success."""
        return str(self.body.get("type", "")).removeprefix("/docs/problems/").removesuffix(".md")

    @property
    def errors(self) -> set[tuple[str, str]]:
        """What is wrong where: part of the request, and pointer."""
        return {(error["in"], error["pointer"]) for error in self.body.get("errors", [])}


class Context:
    """Lambda's context, as far as it is read."""

    aws_request_id = "invocation-1"


class Api:
    """The API's function."""

    def __init__(self, service: Service) -> None:
        self._handler = api_handler(ROUTES, lambda: service)

    def send(
        self,
        caller: Caller | None,
        method: str,
        url: str,
        body: Any = None,
        *,
        raw: str | None = None,
        **headers: str,
    ) -> ApiResponse:
        """Send a request. Headers are keywords with underscores; `raw` is a body as it is."""
        path, _, query = url.partition("?")
        key, parameters = _match(method, path)
        text = raw if raw is not None else (None if body is None else json.dumps(body, ensure_ascii=False))
        event = {
            "version": "2.0",
            "routeKey": key,
            "headers": {name.replace("_", "-"): value for name, value in headers.items()},
            "pathParameters": parameters,
            "rawQueryString": query,
            "queryStringParameters": dict(parse_qsl(query, keep_blank_values=True)),
            "body": text,
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "JKJaXmPLvHcESHA=",
                "http": {"sourceIp": "192.0.2.1", "userAgent": USER_AGENT},
                **({} if caller is None else {"authorizer": {"jwt": {"claims": _claims(caller)}}}),
            },
        }
        response = self._handler(event, Context())
        return ApiResponse(response["statusCode"], response["headers"], response.get("body", "null"))

    def put_scheme(self, scheme_id: str = "expenses", **approvers: list[str]) -> None:
        """Write a one-step scheme, by default with the group `approvers`."""
        step = {"stepId": "approval", "name": "Approval", "approvers": approvers or {"groups": ["approvers"]}}
        body = {"name": "Expenses", "steps": [step]}
        assert self.send(ADAM, "PUT", f"/schemes/{scheme_id}", body).status in (200, 201)

    def create(self, action_type: str = "REQUEST", by: Caller = RITA, **fields: Any) -> str:
        """Create a workflow and return its id."""
        response = self.post(by, action_type, **fields)
        assert response.status == 201, response.body
        return str(response.body["workflowId"])

    def post(self, by: Caller, action_type: str, headers: Any = None, **fields: Any) -> ApiResponse:
        """Send a valid `POST /workflows`, with these fields changed."""
        body = {"actionType": action_type, "scheme": "expenses", "title": "Train", "data": {"amount": 12}}
        return self.send(by, "POST", "/workflows", body | fields, **(headers or {}))

    def act(
        self,
        by: Caller,
        workflow_id: str,
        action_type: str,
        version: int | None = None,
        headers: Any = None,
        **fields: Any,
    ) -> ApiResponse:
        """Act on a workflow; with a version, as `If-Match`."""
        body = {"actionType": action_type} | fields
        match = {} if version is None else {"If_Match": f'"{version}"'}
        return self.send(by, "POST", f"/workflows/{workflow_id}/actions", body, **(headers or {}), **match)


def _claims(caller: Caller) -> dict[str, str]:
    groups = {"cognito:groups": f"[{' '.join(sorted(caller.groups))}]"} if caller.groups else {}
    return {
        "sub": caller.user_id,
        "name": caller.name,
        "email": caller.email,
        "token_use": "id",
        **groups,
    }


def _match(method: str, path: str) -> tuple[str, dict[str, str]]:
    """Return the route that API Gateway finds, and the parameters in the path."""
    segments = urlsplit(path).path.split("/")
    for key in ROUTES:
        route_method, route_path = key.split(" ")
        parts = route_path.split("/")
        if route_method == method and len(parts) == len(segments):
            pairs = list(zip(parts, segments, strict=True))
            if all(part == segment or part.startswith("{") for part, segment in pairs):
                return key, {part[1:-1]: segment for part, segment in pairs if part.startswith("{")}
    return f"{method} {path}", {}
