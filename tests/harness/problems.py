"""How a bad request is told: the one shape that every refusal has."""

from typing import Any

from local_cloud.api import Answer


def error_pointers(answer: Answer, place: str) -> set[str]:
    """The pointers that a refusal names in one part of the request ("body", "query", "path", "header")."""
    return {error["pointer"] for error in answer.body.get("errors", []) if error["in"] == place}


def expect_problem(answer: Answer, status: int, slug: str | None = None) -> dict[str, Any]:
    """The problem of a refusal, whole: RFC 9457 members, the right media type, the right status twice.

    Args:
        answer: of the API.
        status: that it must have.
        slug: the end of its `type`; not looked at when None.
    """
    assert answer.status == status, f"{answer.status}: {answer.body}"
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.body
    assert problem["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(problem)
    assert problem["type"].startswith("urn:countersign:problem:")
    if slug is not None:
        assert problem["type"] == f"urn:countersign:problem:{slug}"
    return problem
