"""Wire the function `notifications-api`."""

import os
from dataclasses import dataclass

from countersign_common.aws import clients
from countersign_common.clock import system_clock
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from notifications_service.adapters import (
    dynamodb_notification_repository,
)
from notifications_service.adapters.dynamodb_notification_repository import DynamoDbNotificationRepository
from notifications_service.adapters.sts_credential_issuer import StsCredentialIssuer
from notifications_service.bootstrap.shared import Settings
from notifications_service.domain.subscription import RealtimeEndpoint
from notifications_service.use_cases.list_notifications import ListNotifications
from notifications_service.use_cases.mark_all_notifications import MarkAllNotifications
from notifications_service.use_cases.mark_notification import MarkNotification
from notifications_service.use_cases.open_session import OpenSession


@dataclass(frozen=True)
class Service:
    """The use cases of the API."""

    list_notifications: ListNotifications
    mark_notification: MarkNotification
    mark_all_notifications: MarkAllNotifications
    open_session: OpenSession


def build_service() -> Service:
    """Return the service of `notifications/api`."""
    settings = read_settings(Settings, os.environ)
    dynamodb = clients.dynamodb_client(
        read_timeout=2, connections=dynamodb_notification_repository.CONNECTIONS
    )
    notifications = DynamoDbNotificationRepository(dynamodb, settings.notifications_table, Telemetry("api"))
    issuer = StsCredentialIssuer(
        clients.sts_client(), settings.subscriber_role_arn, settings.iot_topic_arn_prefix
    )
    endpoint = RealtimeEndpoint(settings.iot_subscriber_endpoint, region=dynamodb.meta.region_name)
    return Service(
        list_notifications=ListNotifications(notifications),
        mark_notification=MarkNotification(notifications),
        mark_all_notifications=MarkAllNotifications(notifications, system_clock),
        open_session=OpenSession(issuer, endpoint),
    )
