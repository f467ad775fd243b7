"""Error responses of the API: RFC 9457 problem details."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from countersign_common.errors import DomainError
from countersign_common.proof.canonical import escape_pointer

TYPE_BASE = "/docs/problems"
"""Where the repository documents each problem type: `<base>/<code>.md`."""

Location = Literal["body", "query", "path", "header"]

ErrorStatus = Mapping[type[DomainError], int]
"""HTTP status of each domain error class of a service. A subclass has the status of its base class."""


@dataclass(frozen=True)
class FieldError:
    """One error in a request.

    Attributes:
        location: The part of the request.
        pointer: RFC 6901 pointer within that part, such as `/title` or `/steps/0/stepId`; empty for the whole part.
        detail: A sentence.
    """

    location: Location
    pointer: str
    detail: str


class ProblemError(Exception):
    """An error response.

    Attributes:
        status: HTTP status.
        code: Name of the problem type in kebab-case.
        detail: A sentence about this occurrence.
        errors: The errors in the request, with their locations.
        retry_after: Value of the `Retry-After` header in seconds; None for a response without the header.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Iterable[FieldError] = (),
        *,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.retry_after = retry_after

    def to_json(self, request_id: str) -> dict[str, Any]:
        """Return the RFC 9457 members."""
        body: dict[str, Any] = {
            "type": problem_type(self.code),
            "title": problem_title(self.code),
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:countersign:request:{request_id}",
        }
        if self.errors:
            body["errors"] = [
                {"in": error.location, "pointer": error.pointer, "detail": error.detail}
                for error in self.errors
            ]
        return body


def problem_type(code: str) -> str:
    """Return the `type` of a problem: the path of its documentation page."""
    return f"{TYPE_BASE}/{code}.md"


def problem_title(code: str) -> str:
    """Return the `title` of a problem: its code as words."""
    return code.replace("-", " ").capitalize()


def status_of(error: type[DomainError], statuses: ErrorStatus) -> int | None:
    """Return the HTTP status of a domain error class; None if neither it nor a base class is in the table."""
    return next((statuses[kind] for kind in error.__mro__ if kind in statuses), None)


def problem_from(error: DomainError, status: int) -> ProblemError:
    """Return the error response to a domain error."""
    errors: list[FieldError] = []
    if error.header is not None:
        errors.append(FieldError("header", f"/{error.header}", str(error)))
    if error.pointer is not None:
        errors.append(FieldError("body", error.pointer, str(error)))
    return ProblemError(status, error.code, str(error), errors, retry_after=error.retry_after)


def bad_request(errors: Iterable[FieldError], detail: str = "The request is not valid.") -> ProblemError:
    """Return a 400 that lists each error."""
    return ProblemError(400, "bad-request", detail, errors)


def invalid_cursor() -> ProblemError:
    """Return a 400 for a cursor that the list did not create."""
    detail = "Invalid cursor: request the first page again."
    return ProblemError(400, "invalid-cursor", detail, [FieldError("query", "/cursor", detail)])


def precondition_required(header: str) -> ProblemError:
    """Return a 428 for a request without a header that it must have, such as `If-Match` (RFC 6585 section 3)."""
    detail = f"Send the header {header}."
    return ProblemError(428, "precondition-required", detail, [FieldError("header", f"/{header}", detail)])


def too_large(pointer: str, limit: str, location: Location = "body") -> ProblemError:
    """Return a 413 for a part of the request that exceeds its limit."""
    detail = f"Larger than the limit of {limit}."
    return ProblemError(413, "too-large", detail, [FieldError(location, pointer, detail)])


def field_errors(messages: Any, location: Location, pointer: str = "") -> list[FieldError]:
    """Flatten marshmallow's nested error messages.

    Args:
        messages: `ValidationError.messages`: a list of texts, or a dict of field or index to the same.
        location: The part of the request that was loaded.
    """
    if isinstance(messages, dict):
        found: list[FieldError] = []
        for key, inner in messages.items():
            # marshmallow uses `_schema` for errors of the object as a whole.
            here = pointer if key == "_schema" else f"{pointer}/{escape_pointer(str(key))}"
            found.extend(field_errors(inner, location, here))
        return found
    texts = messages if isinstance(messages, list) else [messages]
    return [FieldError(location, pointer, str(text)) for text in texts]
