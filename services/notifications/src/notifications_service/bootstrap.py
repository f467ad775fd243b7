"""Where the functions' services are put together: settings from the environment, clients, adapters, use cases."""

import os
from dataclasses import dataclass

import botocore.session
from countersign_common.clock import system_clock
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from notifications_service.adapters import clients
from notifications_service.adapters.cognito_groups import CognitoGroups
from notifications_service.adapters.dynamodb_inbox import DynamoDbInbox
from notifications_service.adapters.dynamodb_outgoing import DynamoDbOutgoing
from notifications_service.adapters.iot_realtime import AsJson, IotRealtime
from notifications_service.adapters.sts_broker import StsBroker
from notifications_service.use_cases.open_session import Gateway
from notifications_service.use_cases.services import Api, Sender, api_on, sender_on


@dataclass(frozen=True)
class Settings:
    """The functions' environment; `iot_data_endpoint` is empty where the SDK finds it by itself."""

    notifications_table: str
    user_pool_id: str
    iot_subscriber_endpoint: str
    subscriber_role_arn: str
    iot_topic_arn_prefix: str
    iot_data_endpoint: str = ""


def api() -> Api:
    """The service of `notifications/api`."""
    settings, session = read_settings(Settings, os.environ), botocore.session.get_session()
    dynamodb, sts = clients.dynamodb(session), clients.sts(session)
    return api_on(
        inbox=DynamoDbInbox(dynamodb, settings.notifications_table),
        broker=StsBroker(sts, settings.subscriber_role_arn, settings.iot_topic_arn_prefix),
        gateway=Gateway(settings.iot_subscriber_endpoint, region=dynamodb.meta.region_name),
        clock=system_clock,
    )


def sender(as_json: AsJson) -> Sender:
    """The service of `notifications/send_notifications`; `as_json` is how the API answers a notification."""
    settings, session = read_settings(Settings, os.environ), botocore.session.get_session()
    cognito, iot_data = clients.cognito(session), clients.iot_data(session, settings.iot_data_endpoint)
    return sender_on(
        groups=CognitoGroups(cognito, settings.user_pool_id, system_clock, Telemetry("send-notifications")),
        outgoing=DynamoDbOutgoing(clients.dynamodb(session), settings.notifications_table),
        realtime=IotRealtime(iot_data, as_json),
        clock=system_clock,
    )
