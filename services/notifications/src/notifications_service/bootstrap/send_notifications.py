"""Wire the function `notifications-send-notifications`."""

import os
from dataclasses import dataclass

from countersign_common.aws import clients
from countersign_common.clock import Clock, system_clock
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from notifications_service.adapters import (
    dynamodb_notification_writer,
    iot_realtime_publisher,
)
from notifications_service.adapters.cognito_group_directory import CognitoGroupDirectory
from notifications_service.adapters.dynamodb_approval_rounds import DynamoDbApprovalRounds
from notifications_service.adapters.dynamodb_erasable_notifications import DynamoDbErasableNotifications
from notifications_service.adapters.dynamodb_erased_events import DynamoDbErasedEvents
from notifications_service.adapters.dynamodb_notification_writer import DynamoDbNotificationWriter
from notifications_service.adapters.dynamodb_publish_checkpoints import DynamoDbPublishCheckpoints
from notifications_service.adapters.iot_realtime_publisher import IotRealtimePublisher
from notifications_service.bootstrap.shared import Settings
from notifications_service.schemas.responses import notification_json
from notifications_service.use_cases.erase_copies import EraseCopies
from notifications_service.use_cases.resolve_requests import ResolveRequests
from notifications_service.use_cases.send_notifications import SendNotifications


@dataclass(frozen=True)
class QueueService:
    """The use cases of the queue's consumer."""

    send_notifications: SendNotifications
    erase_copies: EraseCopies
    clock: Clock


def build_queue_service() -> QueueService:
    """Return the service of `notifications/send_notifications`."""
    settings = read_settings(Settings, os.environ)
    telemetry = Telemetry("send-notifications")
    dynamodb = clients.dynamodb_client(read_timeout=2, connections=dynamodb_notification_writer.CONNECTIONS)
    iot_data = clients.iot_data_client(
        settings.iot_data_endpoint or None, connections=iot_realtime_publisher.CONNECTIONS
    )
    table = settings.notifications_table
    erased_events = DynamoDbErasedEvents(dynamodb, table, system_clock)
    notifications = DynamoDbErasableNotifications(dynamodb, table, system_clock)
    send_notifications = SendNotifications(
        groups=CognitoGroupDirectory(
            clients.cognito_client(), settings.user_pool_id, system_clock, telemetry.warning
        ),
        writer=DynamoDbNotificationWriter(dynamodb, table, system_clock, telemetry),
        resolve_requests=ResolveRequests(DynamoDbApprovalRounds(dynamodb, table, system_clock)),
        publisher=IotRealtimePublisher(iot_data, notification_json, system_clock, telemetry),
        checkpoints=DynamoDbPublishCheckpoints(dynamodb, table, system_clock, telemetry.warning),
        erased_events=erased_events,
        notifications=notifications,
        clock=system_clock,
    )
    erase_copies = EraseCopies(erased_events, notifications, notifications, system_clock)
    return QueueService(send_notifications, erase_copies, system_clock)
