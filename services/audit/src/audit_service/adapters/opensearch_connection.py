"""The OpenSearch client: signed with credentials that may be replaced at any time."""

import boto3
from opensearchpy import OpenSearch, RequestsHttpConnection
from requests_aws4auth import AWS4Auth  # type: ignore[import-untyped]

TIMEOUT_SECONDS = 3
RETRIES = 1


def opensearch_client(endpoint: str, session: boto3.Session) -> OpenSearch:
    """A client of the domain at `endpoint`.

    Each request is signed for the service `es` with the session's credentials of that moment: AWS4Auth asks them
    to refresh themselves when they are about to expire. An engine that takes no signatures ignores them.

    Args:
        endpoint: URL with scheme.
        session: knows the region and the credentials.

    Raises:
        RuntimeError: the session finds no credentials.
    """
    credentials = session.get_credentials()
    if credentials is None:
        raise RuntimeError("no AWS credentials were found to sign OpenSearch requests with")
    signature = AWS4Auth(refreshable_credentials=credentials, region=session.region_name, service="es")
    return OpenSearch(
        hosts=[endpoint],
        http_auth=signature,
        connection_class=RequestsHttpConnection,
        timeout=TIMEOUT_SECONDS,
        max_retries=RETRIES,
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504),
    )
