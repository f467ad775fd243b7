"""Errors as the API answers them: RFC 9457 problem details."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from countersign_common.canonical import escape_pointer

TYPE_PREFIX = "urn:countersign:problem:"

Place = Literal["body", "query", "path", "header"]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a request.

    Attributes:
        place: which part of the request.
        pointer: RFC 6901, within that part: `/title`, `/steps/0/stepId`, or empty for the whole.
        detail: a sentence for people.
    """

    place: Place
    pointer: str
    detail: str


class Problem(Exception):
    """A request that is answered with an error.

    Attributes:
        status: the HTTP status.
        slug: names the kind of problem; the end of its `type`.
        detail: a sentence about this occurrence.
        faults: what is wrong where, for a bad request.
    """

    def __init__(self, status: int, slug: str, detail: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.slug = slug
        self.detail = detail
        self.faults = tuple(faults)

    def to_json(self, instance: str) -> dict[str, Any]:
        """The RFC 9457 members; `instance` is the request's id."""
        body: dict[str, Any] = {
            "type": TYPE_PREFIX + self.slug,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:countersign:request:{instance}",
        }
        if self.faults:
            body["errors"] = [{"in": f.place, "pointer": f.pointer, "detail": f.detail} for f in self.faults]
        return body


def bad_request(faults: Sequence[Fault], detail: str = "The request is not valid.") -> Problem:
    """400: the request itself is wrong, each fault named."""
    return Problem(400, "bad-request", detail, faults)


def not_found(what: str) -> Problem:
    """404: not there, or not for this caller to see; nobody can tell which."""
    return Problem(404, "not-found", f"There is no such {what}.")


def too_large(pointer: str, limit: str, place: Place = "body") -> Problem:
    """413: a part of the request is over its limit."""
    detail = f"larger than the limit of {limit}"
    return Problem(413, "too-large", f"The request is {detail}.", [Fault(place, pointer, detail)])


def faults_of(messages: Any, place: Place, pointer: str = "") -> list[Fault]:
    """Marshmallow's nested error messages as flat faults with pointers.

    Args:
        messages: `ValidationError.messages`: a list of texts, or a dict of field or index to the same.
        place: which part of the request was loaded.
    """
    if isinstance(messages, dict):
        found: list[Fault] = []
        for key, inner in messages.items():
            # `_schema` is marshmallow's name for "the object as a whole".
            here = pointer if key == "_schema" else f"{pointer}/{escape_pointer(str(key))}"
            found.extend(faults_of(inner, place, here))
        return found
    texts = messages if isinstance(messages, list) else [messages]
    return [Fault(place, pointer, str(text)) for text in texts]
