"""Wire the function `workflow-relay-outbox`."""

import os

from countersign_common.aws.clients import dynamodb_client
from countersign_common.clock import system_clock
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from workflow_service.adapters.dynamodb_outbox import DynamoDbOutbox
from workflow_service.bootstrap.shared import Settings, event_publisher
from workflow_service.use_cases.publish_event import PublishEvent
from workflow_service.use_cases.relay_outbox import RelayOutbox


def build_relay_outbox() -> RelayOutbox:
    """Return the use case of the function `workflow-relay-outbox`."""
    settings = read_settings(Settings, os.environ)
    outbox = DynamoDbOutbox(dynamodb_client(), settings.workflow_table)
    warn = Telemetry("relay-outbox").warning
    return RelayOutbox(outbox, PublishEvent(event_publisher(settings), outbox, warn), system_clock, warn)
