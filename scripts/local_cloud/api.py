"""A small client of Countersign's API, for the demo and the tests."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from local_cloud.errors import CloudError

_PATIENCE = 30


@dataclass(frozen=True)
class Answer:
    """What the API said.

    Attributes:
        status: HTTP status.
        body: the decoded JSON, or the text where it is none.
        headers: names without regard to case.
        seconds: from the request's first byte to the answer's last.
    """

    status: int
    body: Any
    headers: Mapping[str, str]
    seconds: float

    def expect(self, *statuses: int) -> Answer:
        """This answer, when its status is one of `statuses`.

        Raises:
            CloudError: it is another; the message has what the API said.
        """
        if self.status not in statuses:
            wanted = " or ".join(map(str, statuses))
            raise CloudError(f"The API answered {self.status} instead of {wanted}: {self.body}")
        return self


class Api:
    """The API as one caller sees it.

    Args:
        url: the API's root.
        token: the caller's; None to come without one.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        # A proxy of the machine has no business between loopback and loopback, nor has a .netrc.
        self._session.trust_env = False
        if token is not None:
            self._session.headers["authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: str | int) -> Answer:
        """GET `path` with `query`."""
        return self.request("GET", path, params=query)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        """POST `body` as JSON; header names are given with underscores for hyphens."""
        return self.request("POST", path, json=body, headers=_header_names(headers))

    def put(self, path: str, body: Any, **headers: str) -> Answer:
        """PUT `body` as JSON; header names are given with underscores for hyphens."""
        return self.request("PUT", path, json=body, headers=_header_names(headers))

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        """PATCH `body` as JSON; header names are given with underscores for hyphens."""
        return self.request("PATCH", path, json=body, headers=_header_names(headers))

    def request(self, method: str, path: str, **options: Any) -> Answer:
        """Any request; `options` are those of requests.

        Raises:
            CloudError: the API cannot be reached, or says nothing for 30 s.
        """
        began = time.monotonic()
        try:
            response = self._session.request(
                method, self._url + path, timeout=options.pop("timeout", _PATIENCE), **options
            )
        except requests.Timeout as error:
            raise CloudError(f"{method} {path}: no answer within {_PATIENCE} s.") from error
        except requests.ConnectionError as error:
            raise CloudError(f"The API at {self._url} cannot be reached: {error}", fix="make up") from error
        seconds = time.monotonic() - began
        return Answer(response.status_code, _decoded(response), response.headers, seconds)


def _header_names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _decoded(response: requests.Response) -> Any:
    try:
        return response.json()
    except requests.JSONDecodeError:
        return response.text
