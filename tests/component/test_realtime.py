"""Realtime: credentials for one user, and publishing to that user's topic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import boto3
import pytest
from countersign_common.clock import system_clock
from countersign_common.telemetry import Telemetry

from engines.engine import Engine
from local_cloud.mqtt import Subscriber
from local_cloud.waiting import wait_until
from notifications_service.adapters.iot_realtime_publisher import PAYLOAD_LIMIT, IotRealtimePublisher
from notifications_service.adapters.sts_credential_issuer import StsCredentialIssuer
from notifications_service.domain.notification import Failures, Notification
from notifications_service.domain.subscription import Credentials, Subscription
from notifications_service.schemas.responses import notification_json
from services.notifications.tests.builders import ANN, BO, a_notification

IOT = "arn:aws:iot:us-east-1:000000000000"


def a_role(engine: Engine) -> str:
    """Create a role that can be assumed; return its ARN."""
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}],
    }
    arn: str = engine.client("iam").create_role(
        RoleName=f"subscriber-{uuid4().hex[:12]}", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]["Arn"]
    return arn


def issue(engine: Engine, user_id: str) -> Credentials:
    """Issue credentials to a user."""
    return StsCredentialIssuer(engine.client("sts"), a_role(engine), IOT).issue(Subscription(user_id))


def test_credentials_are_issued_to_one_user_for_an_hour(sts: Engine) -> None:
    credentials = issue(sts, BO)
    left = credentials.expiration - datetime.now(UTC)
    assert timedelta(minutes=55) < left <= timedelta(hours=1)
    identity = boto3.client(
        "sts",
        endpoint_url=sts.url,
        region_name=sts.region,
        aws_access_key_id=credentials.access_key_id,
        aws_secret_access_key=credentials.secret_access_key,
        aws_session_token=credentials.session_token,
    ).get_caller_identity()
    assert identity["Arn"].endswith(f"/{BO}")
    assert ":assumed-role/subscriber-" in identity["Arn"]


def test_each_session_has_its_own_credentials(sts: Engine) -> None:
    assert issue(sts, BO).access_key_id != issue(sts, BO).access_key_id


@pytest.fixture
def publisher(ministack: Engine) -> IotRealtimePublisher:
    return IotRealtimePublisher(
        ministack.client("iot-data"), notification_json, system_clock, Telemetry("test")
    )


@pytest.fixture
def bo(ministack: Engine) -> Iterator[Subscriber]:
    """Subscribe to the topic of Bo."""
    subscription, credentials = Subscription(BO), issue(ministack, BO)
    session = {
        "endpoint": f"countersign-ats.iot.{ministack.region}.localhost:{ministack.port}",
        "region": ministack.region,
        "topic": subscription.topic,
        "clientIdPrefix": subscription.client_id_prefix,
        "credentials": {
            "accessKeyId": credentials.access_key_id,
            "secretAccessKey": credentials.secret_access_key,
            "sessionToken": credentials.session_token,
        },
    }
    with Subscriber(session) as subscriber:
        yield subscriber


def publish(publisher: IotRealtimePublisher, *notifications: Notification) -> Failures:
    return publisher.publish(notifications, deadline=system_clock() + timedelta(seconds=30))


def test_a_published_notification_is_received_as_the_api_returns_it(
    publisher: IotRealtimePublisher, bo: Subscriber
) -> None:
    notification = a_notification()
    assert publish(publisher, notification) == {}
    received = bo.wait_for(lambda _: True)
    assert received.notification_id == notification.notification_id
    assert received.notification == json.loads(json.dumps(notification_json(notification)))


def test_a_user_receives_their_own_notifications_only(
    publisher: IotRealtimePublisher, bo: Subscriber
) -> None:
    others = [a_notification(f"to Ann {n}", recipient=ANN) for n in range(5)]
    mine = [a_notification(f"to Bo {n}") for n in range(20)]
    assert publish(publisher, *others, *mine) == {}
    wait_until(lambda: len(bo.received) >= len(mine), timeout=10.0, what="Bo's notifications")
    assert {each.notification_id for each in bo.received} == {each.notification_id for each in mine}


def test_a_notification_that_cannot_be_published_does_not_stop_the_others(
    publisher: IotRealtimePublisher, bo: Subscriber
) -> None:
    oversized = replace(a_notification("too large"), comment="x" * PAYLOAD_LIMIT)
    no_user = a_notification("to no user", recipient="not/a/user")
    valid = a_notification("valid")
    failures = publish(publisher, oversized, no_user, valid)
    assert set(failures) == {oversized.notification_id, no_user.notification_id}
    assert bo.wait_for(lambda _: True).notification_id == valid.notification_id
