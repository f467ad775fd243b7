"""Settings and adapters that several functions of the service use."""

from dataclasses import dataclass

from countersign_common.aws.clients import sqs_client

from workflow_service.adapters.sqs_event_publisher import SqsEventPublisher


@dataclass(frozen=True)
class Settings:
    """Environment variables of a function that publishes events."""

    workflow_table: str
    audit_trail_queue_url: str
    notifications_queue_url: str


@dataclass(frozen=True)
class AuditTrailSettings:
    """Environment variables of a function that sends to the audit trail only."""

    workflow_table: str
    audit_trail_queue_url: str


def event_publisher(settings: Settings) -> SqsEventPublisher:
    return SqsEventPublisher(
        sqs_client(),
        audit_trail_queue_url=settings.audit_trail_queue_url,
        notifications_queue_url=settings.notifications_queue_url,
    )
