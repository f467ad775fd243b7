"""HTTP requests: body, query, headers."""

import base64
import binascii
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from countersign_common.http.caller import Caller, caller_of
from countersign_common.http.problems import FieldError, ProblemError, bad_request, too_large
from countersign_common.proof.canonical import (
    NotCanonicalError,
    canonical_text,
    check_canonical,
    escape_pointer,
    parse_number,
)

_ETAG = re.compile(r'"([0-9]{1,15})"\Z')
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,128}\Z")
_CORRELATION_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")
_JSON_TYPE = re.compile(
    r"application/(?:[a-z0-9.+-]+\+)?json\s*(?:;\s*charset=\"?utf-8\"?\s*)?\Z", re.IGNORECASE
)


@dataclass(frozen=True)
class Request:
    """A request that was loaded and validated by its route's schemas.

    Attributes:
        route: Key of the route, such as `POST /workflows`.
        event: API Gateway's event, payload format 2.0.
        request_id: API Gateway's id of this request.
        correlation_id: Id in the logs and events of this request: the client's, or the request id.
        path, query, body: As the route's schemas loaded them.
        raw_body: The decoded JSON body before the schema.
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
        """The caller.

        Raises:
            ProblemError: 401 or 403 if the token is not a user's ID token.
        """
        return caller_of(self.event)

    def header(self, name: str) -> str | None:
        """Return the value of a header. Names are case-insensitive."""
        return headers_of(self.event).get(name.lower())

    @property
    def if_match(self) -> int | None:
        """The version in `If-Match`; None without the header, and for `*` (see `must_exist`).

        Raises:
            ProblemError: 400 if it is not an ETag of this API.
        """
        value = self.header("if-match")
        if value is None or value.strip() == "*":
            return None
        match = _ETAG.match(value.strip())
        if match is None:
            raise bad_request(
                [FieldError("header", "/If-Match", 'Must be an ETag of this API, such as "3".')]
            )
        return int(match.group(1))

    @property
    def must_exist(self) -> bool:
        """Whether `If-Match: *` requires the item to exist, in any version (RFC 9110 section 13.1.1)."""
        return (self.header("if-match") or "").strip() == "*"

    @property
    def idempotency_key(self) -> str | None:
        """The `Idempotency-Key`; None without the header.

        Raises:
            ProblemError: 400 if it is not 1 to 128 printable ASCII characters.
        """
        value = self.header("idempotency-key")
        if value is not None and not _IDEMPOTENCY_KEY.match(value):
            detail = "Must be 1 to 128 printable ASCII characters without spaces."
            raise bad_request([FieldError("header", "/Idempotency-Key", detail)])
        return value

    @property
    def fingerprint(self) -> str:
        """A hash of route, path and body: equal for a retry, different for another request."""
        path = dict(self.event.get("pathParameters") or {})
        return hashlib.sha256(canonical_text([self.route, path, self.raw_body]).encode()).hexdigest()


def headers_of(event: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers of an event with their names in lower case."""
    return {name.lower(): value for name, value in (event.get("headers") or {}).items()}


def request_id_of(event: Mapping[str, Any]) -> str:
    """Return API Gateway's id of the request."""
    return str(event.get("requestContext", {}).get("requestId") or "unknown")


def correlation_id_of(event: Mapping[str, Any]) -> str:
    """Return the client's `x-correlation-id` if it is valid (1 to 64 of A-Z a-z 0-9 . _ -), else the request id."""
    sent = headers_of(event).get("x-correlation-id", "")
    return sent if _CORRELATION_ID.match(sent) else request_id_of(event)


def query_of(event: Mapping[str, Any]) -> dict[str, str]:
    """Return the query parameters of an event.

    API Gateway joins the values of a repeated parameter with commas, so this parses the raw query.

    Raises:
        ProblemError: 400 for a parameter that is repeated or not UTF-8.
    """
    raw = event.get("rawQueryString")
    if not raw:
        return dict(event.get("queryStringParameters") or {})
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise bad_request([FieldError("query", "", "The query is not valid UTF-8.")]) from error
    if repeated := _repeated_names(pairs):
        raise bad_request(
            FieldError("query", f"/{escape_pointer(name)}", "Send this parameter only once.")
            for name in repeated
        )
    return dict(pairs)


def json_body_of(event: Mapping[str, Any], limit: int) -> Any:
    """Return the decoded JSON body of an event; None if there is none. The content type may be missing.

    Args:
        event: API Gateway's event.
        limit: Maximum size in bytes.

    Raises:
        ProblemError: 415 for a content type other than JSON; 413 over the limit; 400 if the body is not JSON in UTF-8,
            or is JSON without a canonical form (numbers that a double can't hold, lone surrogates, deep nesting).
    """
    raw = _body_bytes(event)
    if not raw:
        return None
    content_type = headers_of(event).get("content-type")
    if content_type is not None and not _JSON_TYPE.match(content_type.strip()):
        detail = "Send the body as application/json in UTF-8."
        errors = [FieldError("header", "/Content-Type", detail)]
        raise ProblemError(415, "unsupported-media-type", detail, errors)
    if len(raw) > limit:
        raise too_large("", f"{limit // 1024} KB for a body")
    try:
        body = json.loads(
            raw.decode(),
            parse_float=parse_number,
            parse_constant=_reject_constant,
            object_pairs_hook=_object_with_unique_names,
        )
    except UnicodeDecodeError as error:
        raise _not_json("The body is not UTF-8.") from error
    except RecursionError as error:
        raise _not_json("The body is nested too deeply.") from error
    except ValueError as error:
        # After the semicolon comes advice for Python programmers (its limit for the digits of an int).
        raise _not_json(f"The body is not JSON: {str(error).partition(';')[0]}.") from error
    try:
        check_canonical(body)
    except NotCanonicalError as error:
        raise bad_request(
            [FieldError("body", pointer, detail) for pointer, detail in error.errors]
        ) from error
    return body


def _body_bytes(event: Mapping[str, Any]) -> bytes:
    text = event.get("body") or ""
    try:
        return base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
    except (binascii.Error, ValueError) as error:
        raise _not_json("The body can't be decoded.") from error


def _not_json(detail: str) -> ProblemError:
    return bad_request([FieldError("body", "", detail)], "The body must be JSON.")


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _object_with_unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Reject repeated names, which RFC 8785 section 3.1 doesn't allow: parsers differ in which value they use."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(f"the name {_repeated_names(pairs)[0]!r} is repeated in one object")
    return members


def _repeated_names(pairs: list[tuple[str, Any]]) -> list[str]:
    """Return the names that occur more than once, in order of their first occurrence."""
    return [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
