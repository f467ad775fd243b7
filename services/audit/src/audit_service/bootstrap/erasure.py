"""Wire the function that erases."""

import os
from dataclasses import dataclass, field

from countersign_common.aws.clients import dynamodb_client, sqs_client
from countersign_common.clock import system_clock
from countersign_common.ids import new_id
from countersign_common.parallel import MAX_THREADS
from countersign_common.proof.commitment import SALT_BYTES
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from audit_service.adapters.dynamodb_erasure_hints import DynamoDbErasureHints
from audit_service.adapters.dynamodb_erasure_jobs import DynamoDbErasureJobs
from audit_service.adapters.dynamodb_holds import DynamoDbHolds
from audit_service.adapters.dynamodb_record_parts import DynamoDbRecordParts
from audit_service.adapters.dynamodb_retention_policies import DynamoDbRetentionPolicies
from audit_service.adapters.opensearch_erased_documents import OpenSearchErasedDocuments
from audit_service.adapters.sqs_audit_requests import SqsAuditRequests
from audit_service.adapters.sqs_dead_letters import SqsDeadLetters
from audit_service.adapters.sqs_erasure_publisher import SqsErasurePublisher
from audit_service.bootstrap.search_engine import index_on, search_client
from audit_service.bootstrap.shared import (
    Settings,
    record_repository,
)
from audit_service.use_cases.erase_batch import EraseBatch
from audit_service.use_cases.find_erasable import FindErasable
from audit_service.use_cases.purge_dead_letters import PurgeDeadLetters
from audit_service.use_cases.record_own_event import RecordOwnEvent
from audit_service.use_cases.run_erasure import RunErasure


@dataclass(frozen=True)
class EraseSettings(Settings):
    """Environment variables of the function that erases.

    Attributes:
        audit_requests_queue_url: URL of the queue of its own requests.
        audit_trail_dead_letter_queue_url: URL of the dead-letter queue of audit events.
        erasure_recheck_seconds: How long an erasure waits for events in transit, at most 900.
        notifications_dead_letter_queue_url: URL of the dead-letter queue of workflow events.
        notifications_queue_url: URL of the notifications service's queue.
        workflow_requests_queue_url: URL of the workflow service's queue of requests.
    """

    audit_requests_queue_url: str = field(kw_only=True)
    audit_trail_dead_letter_queue_url: str = field(kw_only=True)
    erasure_recheck_seconds: str = field(kw_only=True)
    notifications_dead_letter_queue_url: str = field(kw_only=True)
    notifications_queue_url: str = field(kw_only=True)
    workflow_requests_queue_url: str = field(kw_only=True)


@dataclass(frozen=True)
class EraseService:
    """The use cases of the function that erases."""

    run_erasure: RunErasure
    record_own_event: RecordOwnEvent


def new_salt() -> bytes:
    """Return a random salt for a commitment."""
    return os.urandom(SALT_BYTES)


def build_erase() -> EraseService:
    """Return the erasing service that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(EraseSettings, os.environ)
    dynamodb = dynamodb_client(connections=MAX_THREADS)
    # Receiving waits a second for messages.
    sqs = sqs_client(read_timeout=5)
    opensearch = search_client(settings)
    records = record_repository(dynamodb, settings)
    documents = OpenSearchErasedDocuments(opensearch, index_on(opensearch, settings))
    jobs = DynamoDbErasureJobs(dynamodb, settings.audit_retention_table)
    holds = DynamoDbHolds(dynamodb, settings.audit_retention_table)
    erase_batch = EraseBatch(
        records=records,
        hints=DynamoDbErasureHints(dynamodb, settings.audit_log_table),
        parts=DynamoDbRecordParts(dynamodb, settings.audit_trail_table),
        documents=documents,
        publisher=SqsErasurePublisher(
            sqs, [settings.workflow_requests_queue_url, settings.notifications_queue_url], system_clock
        ),
        jobs=jobs,
        clock=system_clock,
        new_salt=new_salt,
    )
    letters = SqsDeadLetters(
        sqs, [settings.audit_trail_dead_letter_queue_url, settings.notifications_dead_letter_queue_url]
    )
    return EraseService(
        run_erasure=RunErasure(
            jobs=jobs,
            holds=holds,
            policies=DynamoDbRetentionPolicies(dynamodb, settings.audit_retention_table),
            records=records,
            find=FindErasable(records),
            erase_batch=erase_batch,
            purge_dead_letters=PurgeDeadLetters(letters, records, holds, erase_batch),
            requests=SqsAuditRequests(sqs, settings.audit_requests_queue_url, system_clock, new_id),
            clock=system_clock,
            warn=Telemetry("erase").warning,
            recheck_seconds=int(settings.erasure_recheck_seconds),
            default_retention_days=int(settings.retention_days),
        ),
        record_own_event=RecordOwnEvent(records, documents, new_salt),
    )
