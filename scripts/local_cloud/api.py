"""A client of Countersign's HTTP API for the demo and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partialmethod
from typing import Any

import requests

from local_cloud.errors import CloudError

_TIMEOUT = 30


@dataclass(frozen=True)
class Response:
    """A response of the API.

    Attributes:
        body: The decoded JSON, or the text if it isn't JSON.
        headers: Case-insensitive.
        seconds: From sending the request to receiving the response's headers.
    """

    status: int
    body: Any
    headers: Mapping[str, str]
    seconds: float

    def expect(self, *statuses: int) -> Response:
        """Return this response if its status is one of `statuses`.

        Raises:
            CloudError: It has another status; the message has the body.
        """
        if self.status not in statuses:
            expected = " or ".join(map(str, statuses))
            raise CloudError(f"The API returned {self.status} instead of {expected}: {self.body}")
        return self


class Api:
    """The API as one caller.

    Args:
        token: Bearer token; None for a caller without one.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no .netrc for a loopback address
        if token is not None:
            self._session.headers["authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: str | int) -> Response:
        """Send GET with query parameters."""
        return self.request("GET", path, params=query)

    def pages(self, path: str, part: str | None = None, **query: str | int) -> Iterator[dict[str, Any]]:
        """Yield all pages of a list, or of the list that is a part of a response."""
        while True:
            body = self.get(path, **query).expect(200).body
            page = body[part] if part else body
            yield page
            if page["cursor"] is None:
                return
            query["cursor"] = page["cursor"]

    def _send(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        """Send a JSON body. Write header names with underscores for hyphens."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request(method, path, json=body, headers=names)

    post: partialmethod[Response] = partialmethod(_send, "POST")
    put: partialmethod[Response] = partialmethod(_send, "PUT")
    patch: partialmethod[Response] = partialmethod(_send, "PATCH")

    def request(self, method: str, path: str, **options: Any) -> Response:
        """Send any request; `options` are those of requests.

        Raises:
            CloudError: The API can't be reached or doesn't respond within 30 s.
        """
        try:
            response = self._session.request(method, self._url + path, **{"timeout": _TIMEOUT, **options})
        except requests.Timeout as error:
            raise CloudError(f"{method} {path}: no response within {_TIMEOUT} s.") from error
        except requests.ConnectionError as error:
            raise CloudError(f"The API at {self._url} can't be reached: {error}", fix="make up") from error
        try:
            body = response.json()
        except requests.JSONDecodeError:
            body = response.text
        return Response(response.status_code, body, response.headers, response.elapsed.total_seconds())
