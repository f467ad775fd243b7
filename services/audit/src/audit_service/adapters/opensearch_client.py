"""The OpenSearch client: signs each request with credentials that can change at any time."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from opensearchpy import ConnectionError as OpenSearchConnectionError
from opensearchpy import ConnectionTimeout, OpenSearch, Urllib3HttpConnection
from requests import PreparedRequest
from requests.structures import CaseInsensitiveDict
from requests_aws4auth import AWS4Auth  # type: ignore[import-untyped]
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

if TYPE_CHECKING:
    from botocore.credentials import Credentials

TIMEOUT_SECONDS = 3
RETRIES = 1


class Connection(Urllib3HttpConnection):
    """opensearch-py's connection, for which a timeout while connecting is a timeout like any other."""

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request. Raises ConnectionTimeout, which is not retried, instead of ConnectionError, which is."""
        try:
            return super().perform_request(*args, **kwargs)
        except OpenSearchConnectionError as error:
            # In urllib3, a connection that is rejected at once is a kind of connect timeout, too.
            timed_out = isinstance(error.info, ConnectTimeoutError) and not isinstance(
                error.info, NewConnectionError
            )
            if timed_out:
                raise ConnectionTimeout("TIMEOUT", str(error.info), error.info) from error
            raise


class RequestSigner:
    """AWS4Auth for opensearch-py's own connection, which calls it for a request's headers.

    AWS4Auth is written for the requests library. Sending with requests as well would add half of a `_bulk`'s CPU time,
    and would look for proxies and a .netrc file for each request.
    """

    def __init__(self, auth: AWS4Auth) -> None:
        self._auth = auth

    def __call__(self, method: str, url: str, body: bytes | None) -> Mapping[str, str]:
        """Return the headers that sign a request."""
        request = PreparedRequest()
        request.method, request.url, request.body = method, url, body
        request.headers = CaseInsensitiveDict()
        self._auth(request)
        return request.headers


def opensearch_client(endpoint: str, *, region: str, credentials: "Credentials") -> OpenSearch:
    """Return a client of an OpenSearch domain.

    AWS4Auth reads the credentials for each request, which refreshes those that are about to expire. An engine that
    doesn't check signatures ignores them.

    Args:
        endpoint: URL with scheme.
        region: Of the domain.
        credentials: Static or refreshable.
    """
    return OpenSearch(
        hosts=[endpoint],
        http_auth=RequestSigner(AWS4Auth(refreshable_credentials=credentials, region=region, service="es")),
        connection_class=Connection,
        timeout=TIMEOUT_SECONDS,
        max_retries=RETRIES,
        # After a timeout, the caller has no time left to wait for another attempt.
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504),
    )
