"""HTTP responses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Response:
    """The response of a route's function.

    Attributes:
        status: HTTP status.
        body: An object for the route's response schema; None for no body.
        headers: Added to the headers that every response has.
        json_text: JSON text that is sent unchanged, instead of `body`.
    """

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    json_text: str | None = None


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def ok(body: Any, *, version: int | None = None) -> Response:
    """Return a 200 response, with an ETag if the item has a version."""
    return Response(200, body, {} if version is None else {"etag": etag(version)})


def created(body: Any, *, location: str | None = None, version: int | None = None) -> Response:
    """Return a 201 response with the item's location, and an ETag if the item has a version."""
    headers = {} if location is None else {"location": location}
    return Response(201, body, headers | ({} if version is None else {"etag": etag(version)}))


def accepted(body: Any, *, location: str) -> Response:
    """Return a 202 response with the location that shows how far the work has come."""
    return Response(202, body, {"location": location})


def no_content() -> Response:
    """Return a 204 response."""
    return Response(204)
