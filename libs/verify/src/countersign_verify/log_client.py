"""The public API of a log over HTTP."""

from urllib.parse import urlsplit

import urllib3
from urllib3.util import Retry

from countersign_verify.witness import WitnessError

TIMEOUT = 30.0
RETRIES = 3
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class HttpLogClient:
    """Requests to the API of a deployment."""

    def __init__(self, url: str, token: str | None) -> None:
        """Use an API.

        Args:
            url: its address, `https://…`.
            token: ID token of a member of the group `auditors` or `admins`, which the log needs for cosignatures.

        Raises:
            WitnessError: The address is not one, or would send the token without encryption.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise WitnessError(f"--url: not an address: {url}")
        if token and parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise WitnessError("--url: a token is sent over https only")
        self._url = url.rstrip("/")
        self._token = token
        # Redirects are not followed: they could send the token to another host.
        retries = Retry(RETRIES, redirect=False, backoff_factor=0.2, status_forcelist=(502, 503, 504))
        self._pool = urllib3.PoolManager(timeout=TIMEOUT, retries=retries)

    def get(self, path: str) -> bytes:
        """Return the body of a response."""
        return self._request("GET", path)

    def post_cosignature(self, size: int, line: str) -> None:
        """Send a cosignature to the log."""
        path = "/audit-trail/checkpoint/cosignatures"
        self._request("POST", path, {"size": size, "line": line}, {"authorization": f"Bearer {self._token}"})

    def _request(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> bytes:
        try:
            response = self._pool.request(
                method, self._url + path, json=body, headers=headers, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise WitnessError(f"{method} {self._url}{path}: {error}") from error
        if not 200 <= response.status < 300:
            detail = response.data[:500].decode(errors="replace")
            raise WitnessError(f"{method} {self._url}{path}: {response.status} {detail}")
        return response.data
