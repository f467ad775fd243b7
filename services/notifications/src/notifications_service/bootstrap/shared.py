"""Settings that both functions of the service use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The functions' environment.

    Attributes:
        iot_data_endpoint: Where notifications are published; empty for what the SDK resolves.
        iot_subscriber_endpoint: Where clients connect: host, or host:port.
        iot_topic_arn_prefix: `arn:aws:iot:<region>:<account>`.
    """

    notifications_table: str
    user_pool_id: str
    iot_subscriber_endpoint: str
    subscriber_role_arn: str
    iot_topic_arn_prefix: str
    iot_data_endpoint: str = ""
