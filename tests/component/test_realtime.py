"""Realtime: credentials for one user, and publishing to that user's topic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import boto3
import pytest

from engines.engine import Engine
from local_cloud.mqtt import Subscriber
from local_cloud.waiting import wait_until
from notifications_service import schemas
from notifications_service.adapters.iot_realtime import PAYLOAD_LIMIT, IotRealtime
from notifications_service.adapters.sts_broker import StsBroker
from notifications_service.domain.subscription import Subscription
from notifications_service.use_cases.ports import Credentials
from services.notifications.tests.builders import ANN, BO, a_notification

IOT = "arn:aws:iot:us-east-1:000000000000"


def as_json(notification: Any) -> Any:
    """A notification as the API answers it."""
    return schemas.Notification().dump(notification)


def a_role(engine: Engine) -> str:
    """The ARN of a role that may be assumed."""
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}],
    }
    arn: str = engine.client("iam").create_role(
        RoleName=f"subscriber-{uuid4().hex[:12]}", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]["Arn"]
    return arn


def lent(engine: Engine, user_id: str) -> Credentials:
    """The subscriber role, lent to a user."""
    return StsBroker(engine.client("sts"), a_role(engine), IOT).credentials_for(Subscription(user_id))


def test_credentials_are_lent_to_one_user_for_an_hour(sts: Engine) -> None:
    credentials = lent(sts, BO)
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


def test_each_session_has_credentials_of_its_own(sts: Engine) -> None:
    assert lent(sts, BO).access_key_id != lent(sts, BO).access_key_id


@pytest.fixture
def realtime(ministack: Engine) -> IotRealtime:
    """The adapter under test."""
    return IotRealtime(ministack.client("iot-data"), as_json)


@pytest.fixture
def bo(ministack: Engine) -> Iterator[Subscriber]:
    """Bo, listening."""
    subscription, credentials = Subscription(BO), lent(ministack, BO)
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


def test_what_is_published_arrives_as_the_api_answers_it(realtime: IotRealtime, bo: Subscriber) -> None:
    notification = a_notification()
    assert realtime.publish([notification]) == {}
    received = bo.wait_for(lambda _: True)
    assert received.notification_id == notification.notification_id
    assert received.notification == json.loads(json.dumps(as_json(notification)))


def test_each_recipient_is_told_on_the_topic_of_one_user_only(realtime: IotRealtime, bo: Subscriber) -> None:
    foreign = [a_notification(f"to Ann {n}", recipient=ANN) for n in range(5)]
    mine = [a_notification(f"to Bo {n}") for n in range(20)]
    assert realtime.publish([*foreign, *mine]) == {}
    wait_until(lambda: len(bo.received) >= len(mine), timeout=10.0, what="Bo's notifications")
    assert {each.notification_id for each in bo.received} == {each.notification_id for each in mine}


def test_one_that_cannot_be_published_does_not_hold_up_the_others(
    realtime: IotRealtime, bo: Subscriber
) -> None:
    oversized = replace(a_notification("too large"), comment="x" * PAYLOAD_LIMIT)
    nobody = a_notification("to nobody", recipient="not/a/user")
    fine = a_notification("fine")
    failures = realtime.publish([oversized, nobody, fine])
    assert set(failures) == {oversized.notification_id, nobody.notification_id}
    assert bo.wait_for(lambda _: True).notification_id == fine.notification_id
