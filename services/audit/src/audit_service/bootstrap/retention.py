"""Wire the function that applies retention."""

import os
from dataclasses import dataclass, field

from countersign_common.aws.clients import dynamodb_client
from countersign_common.clock import system_clock
from countersign_common.ids import new_id
from countersign_common.parallel import MAX_THREADS
from countersign_common.settings import read_settings

from audit_service.adapters.dynamodb_erasure_jobs import DynamoDbErasureJobs
from audit_service.adapters.monthly_indices import MonthlyIndices
from audit_service.adapters.opensearch_months import OpenSearchMonths
from audit_service.bootstrap.search_engine import search_client
from audit_service.bootstrap.shared import (
    Settings,
    audit_requests,
    expected_records,
    record_repository,
)
from audit_service.use_cases.apply_retention import ApplyRetention
from audit_service.use_cases.drop_expired_indices import DropExpiredIndices


@dataclass(frozen=True)
class RetentionSettings(Settings):
    """Environment variables of the function that applies retention.

    Attributes:
        audit_requests_queue_url: URL of the queue of the function that erases.
    """

    audit_requests_queue_url: str = field(kw_only=True)


@dataclass(frozen=True)
class RetentionService:
    """The use cases of the function that applies retention."""

    apply_retention: ApplyRetention
    drop_expired_indices: DropExpiredIndices


def build_retention() -> RetentionService:
    """Return the service of the function that applies retention, as the environment describes it.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(RetentionSettings, os.environ)
    dynamodb = dynamodb_client(connections=MAX_THREADS)
    opensearch = search_client(settings)
    return RetentionService(
        ApplyRetention(
            DynamoDbErasureJobs(dynamodb, settings.audit_retention_table),
            audit_requests(settings.audit_requests_queue_url),
            system_clock,
            new_id,
        ),
        DropExpiredIndices(
            OpenSearchMonths(opensearch, MonthlyIndices(opensearch, int(settings.opensearch_replicas))),
            record_repository(dynamodb, settings),
            expected_records(dynamodb, settings),
        ),
    )
