"""The OpenSearch client: signed with credentials that may be replaced at any time."""

from collections.abc import Mapping
from typing import Any

from botocore.credentials import Credentials
from opensearchpy import ConnectionError as NoConnection
from opensearchpy import ConnectionTimeout, OpenSearch, Urllib3HttpConnection
from requests import PreparedRequest
from requests.structures import CaseInsensitiveDict
from requests_aws4auth import AWS4Auth  # type: ignore[import-untyped]
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

TIMEOUT_SECONDS = 3
RETRIES = 1


class Connection(Urllib3HttpConnection):
    """opensearch-py's, for which a connection that took all its time is no time-out. Here it is one like any other."""

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        """As there. Raises ConnectionTimeout, and not ConnectionError, which would be sent again."""
        try:
            return super().perform_request(*args, **kwargs)
        except NoConnection as error:
            # urllib3 derives from it what was refused at once, too.
            slow = isinstance(error.info, ConnectTimeoutError) and not isinstance(
                error.info, NewConnectionError
            )
            if slow:
                raise ConnectionTimeout("TIMEOUT", str(error.info), error.info) from error
            raise


class Signature:
    """AWS4Auth for opensearch-py's own connection, which asks for a request's headers.

    AWS4Auth is written for requests. Sending through requests as well would cost half a `_bulk` more in CPU time,
    and look for proxies and a .netrc in the environment each time.
    """

    def __init__(self, auth: AWS4Auth) -> None:
        self._auth = auth

    def __call__(self, method: str, url: str, body: bytes | None) -> Mapping[str, str]:
        """The headers that sign a request."""
        request = PreparedRequest()
        request.method, request.url, request.body = method, url, body
        request.headers = CaseInsensitiveDict()
        self._auth(request)
        return request.headers


def opensearch_client(endpoint: str, *, region: str, credentials: Credentials) -> OpenSearch:
    """A client of the domain at `endpoint`.

    Each request is signed for the service `es` with what the credentials are at that moment: AWS4Auth freezes them
    per request, which refreshes those that are about to expire. An engine that takes no signatures ignores them.

    Args:
        endpoint: URL with scheme.
        region: of the domain.
        credentials: static or refreshable.
    """
    return OpenSearch(
        hosts=[endpoint],
        http_auth=Signature(AWS4Auth(refreshable_credentials=credentials, region=region, service="es")),
        connection_class=Connection,
        timeout=TIMEOUT_SECONDS,
        max_retries=RETRIES,
        # A request that took all its time is not sent again: the caller has none left to wait for it.
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504),
    )
