"""Assertions on problem responses (RFC 9457)."""

from typing import Any

from local_cloud.api import Response
from repository import ROOT


def problem_type(code: str) -> str:
    """Return the `type` of a problem: the path of its documentation page in this repository."""
    return f"/docs/problems/{code}.md"


def error_pointers(response: Response, place: str) -> set[str]:
    """Return the pointers of a problem in one part of the request ("body", "query", "path", "header")."""
    return {error["pointer"] for error in response.body.get("errors", []) if error["in"] == place}


def expect_problem(response: Response, status: int, code: str | None = None) -> dict[str, Any]:
    """Assert that a response is a complete problem with this status, and with this code if given. Return it."""
    assert response.status == status, f"{response.status}: {response.body}"
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.body
    assert problem["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(problem)
    assert (ROOT / problem["type"].lstrip("/")).is_file(), f"no documentation page: {problem['type']}"
    assert code is None or problem["type"] == problem_type(code)
    return problem
