"""The OpenSearch client: signed with credentials that may be replaced at any time."""

from typing import Any

from botocore.credentials import Credentials
from opensearchpy import OpenSearch, RequestsHttpConnection
from requests_aws4auth import AWS4Auth  # type: ignore[import-untyped]

TIMEOUT_SECONDS = 3
RETRIES = 1


class DirectConnection(RequestsHttpConnection):
    """A connection that goes where it is told: no proxy and no .netrc of the environment is looked for each time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session.trust_env = False


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
        http_auth=AWS4Auth(refreshable_credentials=credentials, region=region, service="es"),
        connection_class=DirectConnection,
        timeout=TIMEOUT_SECONDS,
        max_retries=RETRIES,
        # A request that took all its time is not sent again: the caller has none left to wait for it.
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504),
    )
