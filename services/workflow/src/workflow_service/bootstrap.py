"""The composition root: settings from the environment, adapters, and the service that stands on them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from botocore.session import Session
from countersign_common.canonical import SALT_BYTES
from countersign_common.clock import system_clock
from countersign_common.ids import new_id
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from workflow_service.adapters.clients import aws_session, dynamodb_client, sqs_client
from workflow_service.adapters.dynamodb_outbox import DynamoDbOutbox
from workflow_service.adapters.dynamodb_schemes import DynamoDbSchemes
from workflow_service.adapters.dynamodb_workflows import DynamoDbWorkflows
from workflow_service.adapters.sqs_delivery import SqsDelivery
from workflow_service.use_cases.relay_outbox import Relayed, relay_outbox
from workflow_service.use_cases.service import Ports, Service, service_on


@dataclass(frozen=True)
class Settings:
    """What the service's functions read from their environment."""

    workflow_table: str
    audit_trail_queue_url: str
    notifications_queue_url: str


def api_service() -> Service:
    """The service for workflow/api."""
    settings, session = read_settings(Settings, os.environ), aws_session()
    client = dynamodb_client(session)
    ports = Ports(
        workflows=DynamoDbWorkflows(client, settings.workflow_table),
        schemes=DynamoDbSchemes(client, settings.workflow_table),
        outbox=DynamoDbOutbox(client, settings.workflow_table),
        delivery=_delivery(settings, session),
        warn=Telemetry("api").warning,
        clock=system_clock,
        new_id=new_id,
        new_salt=partial(os.urandom, SALT_BYTES),
    )
    return service_on(ports)


def relay() -> Callable[[Callable[[], float]], Relayed]:
    """The use case of workflow/relay_outbox: takes how many seconds are left, asked again and again."""
    settings, session = read_settings(Settings, os.environ), aws_session()
    outbox = DynamoDbOutbox(dynamodb_client(session), settings.workflow_table)
    delivery, warn = _delivery(settings, session), Telemetry("relay-outbox").warning
    return partial(relay_outbox, outbox=outbox, delivery=delivery, clock=system_clock, warn=warn)


def _delivery(settings: Settings, session: Session) -> SqsDelivery:
    return SqsDelivery(sqs_client(session), settings.audit_trail_queue_url, settings.notifications_queue_url)
