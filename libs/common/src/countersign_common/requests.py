"""An HTTP request and its response, as a route's function sees them."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from countersign_common.caller import Caller, caller_of
from countersign_common.canonical import NotCanonical, canonical_text, check_canonical
from countersign_common.problems import Fault, Problem, bad_request, too_large

_ETAG = re.compile(r'"([0-9]{1,15})"\Z')
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,128}\Z")


@dataclass(frozen=True)
class Request:
    """One request, loaded and checked by its route's schemas.

    Attributes:
        route: the route's key: `POST /workflows`.
        event: API Gateway's event, payload format 2.0.
        request_id: API Gateway's id of this request.
        correlation_id: travels with everything that follows from it.
        path, query, body: as the route's schemas loaded them.
        raw_body: the body as JSON gave it, before the schema.
    """

    route: str
    event: Mapping[str, Any]
    request_id: str
    correlation_id: str
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    raw_body: Any = None

    @cached_property
    def caller(self) -> Caller:
        """Who calls. Raises Problem 401 or 403 when the token is no user's."""
        return caller_of(self.event)

    def header(self, name: str) -> str | None:
        """A header's value, whatever the case of its name."""
        return headers_of(self.event).get(name.lower())

    @property
    def if_match(self) -> int | None:
        """The version in `If-Match`; None without it, and for `*` (see `must_exist`).

        Raises:
            Problem: 400, for what is no ETag of this API.
        """
        value = self.header("if-match")
        if value is None or value.strip() == "*":
            return None
        match = _ETAG.match(value.strip())
        if match is None:
            raise bad_request([Fault("header", "/If-Match", 'must be one ETag of this API, such as "3"')])
        return int(match.group(1))

    @property
    def must_exist(self) -> bool:
        """Whether `If-Match: *` asks for something to be there, in whichever version (RFC 9110 §13.1.1)."""
        return (self.header("if-match") or "").strip() == "*"

    @property
    def idempotency_key(self) -> str | None:
        """The `Idempotency-Key`; None without it.

        Raises:
            Problem: 400, for one that is not 1 to 128 printable ASCII characters.
        """
        value = self.header("idempotency-key")
        if value is not None and not _IDEMPOTENCY_KEY.match(value):
            detail = "must be 1 to 128 printable ASCII characters without spaces"
            raise bad_request([Fault("header", "/Idempotency-Key", detail)])
        return value

    @property
    def fingerprint(self) -> str:
        """What was asked, as 64 hex digits: equal for a retry, different for another request."""
        path = dict(self.event.get("pathParameters") or {})
        asked = [self.route, path, self.raw_body]
        return hashlib.sha256(canonical_text(asked).encode()).hexdigest()


@dataclass(frozen=True)
class Response:
    """What a route's function answers.

    Attributes:
        status: the HTTP status.
        body: an object for the route's answer schema; None for no body.
        headers: beside those every answer has.
        rendered: a body that is JSON text already, given back as it is instead of `body`.
    """

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    rendered: str | None = None


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def ok(body: Any, *, version: int | None = None) -> Response:
    """200 with a body, and its ETag where it has a version."""
    return Response(200, body, {} if version is None else {"etag": etag(version)})


def created(body: Any, *, location: str, version: int | None = None) -> Response:
    """201 with a body, where it can be found, and its ETag where it has a version."""
    headers = {"location": location} | ({} if version is None else {"etag": etag(version)})
    return Response(201, body, headers)


def headers_of(event: Mapping[str, Any]) -> dict[str, str]:
    """The request's headers under lower-case names."""
    return {name.lower(): value for name, value in (event.get("headers") or {}).items()}


def json_body_of(event: Mapping[str, Any], limit: int) -> Any:
    """The body of a request as JSON; None when there is none.

    Args:
        event: API Gateway's event.
        limit: in bytes.

    Raises:
        Problem: 413 over the limit; 400 when it is not JSON, or is JSON without a canonical form (floats,
            integers of 2^53 or more, lone surrogates, deep nesting), with the pointer of each fault.
    """
    text = event.get("body")
    if text is None or text == "":
        return None
    try:
        raw = base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
    except (binascii.Error, ValueError) as error:
        raise _not_json("the body cannot be decoded") from error
    if len(raw) > limit:
        raise too_large("", f"{limit // 1024} KB for a body")
    try:
        body = json.loads(raw, parse_constant=_refuse_constant, object_pairs_hook=_without_duplicates)
    except RecursionError as error:
        raise _not_json("the body is nested too deeply") from error
    except ValueError as error:
        # Python's advice on its limit for digits, after a semicolon, is none for who wrote the body.
        raise _not_json(f"the body is not JSON: {str(error).partition(';')[0]}") from error
    try:
        check_canonical(body)
    except NotCanonical as error:
        raise bad_request([Fault("body", pointer, detail) for pointer, detail in error.faults]) from error
    return body


def _not_json(detail: str) -> Problem:
    return bad_request([Fault("body", "", detail)], "The body must be JSON.")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """RFC 8785 §3.1 allows no duplicate names: which one was meant could not be told."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found
