"""Adapters of the functions that use the search engine."""

from typing import TYPE_CHECKING

from countersign_common.aws.clients import credentials

from audit_service.adapters.opensearch_client import opensearch_client
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.bootstrap.shared import Settings

if TYPE_CHECKING:
    from opensearchpy import OpenSearch


def audit_index(settings: Settings) -> OpenSearchAuditIndex:
    return index_on(search_client(settings), settings)


def index_on(client: "OpenSearch", settings: Settings) -> OpenSearchAuditIndex:
    return OpenSearchAuditIndex(client, replicas=int(settings.opensearch_replicas))


def search_client(settings: Settings) -> "OpenSearch":
    return opensearch_client(
        settings.opensearch_endpoint, region=settings.aws_region, credentials=credentials()
    )
