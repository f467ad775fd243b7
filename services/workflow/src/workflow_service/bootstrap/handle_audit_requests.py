"""Wire the function `workflow-handle-audit-requests`."""

import os
from dataclasses import dataclass

from countersign_common.aws.clients import dynamodb_client, sqs_client
from countersign_common.clock import Clock, system_clock
from countersign_common.parallel import MAX_THREADS
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from workflow_service.adapters.dynamodb_erasable_copies import DynamoDbErasableCopies
from workflow_service.adapters.dynamodb_event_reader import DynamoDbEventReader
from workflow_service.adapters.sqs_audit_trail_publisher import SqsAuditTrailPublisher
from workflow_service.bootstrap.shared import AuditTrailSettings
from workflow_service.use_cases.erase_copies import EraseCopies
from workflow_service.use_cases.resend_event import ResendEvent


@dataclass(frozen=True)
class AuditRequests:
    """What the audit service requests."""

    resend_event: ResendEvent
    erase_copies: EraseCopies
    clock: Clock


def build_audit_requests() -> AuditRequests:
    """Return the use cases of the function `workflow-handle-audit-requests`."""
    settings = read_settings(AuditTrailSettings, os.environ)
    client, table = dynamodb_client(connections=MAX_THREADS), settings.workflow_table
    warn = Telemetry("handle-audit-requests").warning
    return AuditRequests(
        ResendEvent(
            DynamoDbEventReader(client, table),
            SqsAuditTrailPublisher(sqs_client(), settings.audit_trail_queue_url),
        ),
        EraseCopies(DynamoDbErasableCopies(client, table), system_clock, warn),
        system_clock,
    )
