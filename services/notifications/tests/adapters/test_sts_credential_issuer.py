"""Credentials for one user."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from notifications_service.adapters import clients
from notifications_service.adapters.sts_broker import StsBroker
from notifications_service.domain.subscription import Subscription

from ..aws import Answer, FakeAws
from ..builders import BO

PREFIX = "arn:aws:iot:eu-central-1:123456789012"
ROLE = "arn:aws:iam::123456789012:role/subscriber"

ASSUMED = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>a secret</SecretAccessKey>
<SessionToken>a token</SessionToken><Expiration>2026-01-31T13:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>"""


@pytest.fixture(autouse=True)
def assumed(aws: FakeAws) -> None:
    aws.answers("AssumeRole", Answer(ASSUMED))


def asked_of(aws: FakeAws) -> dict[str, str]:
    StsBroker(clients.sts(aws.session), ROLE, PREFIX).credentials_for(Subscription(BO))
    return {name: values[0] for name, values in parse_qs(aws.calls[0].body.decode()).items()}


def test_the_session_policy_allows_three_things_of_one_user(aws):
    policy = json.loads(asked_of(aws)["Policy"])
    assert policy["Version"] == "2012-10-17"
    assert policy["Statement"] == [
        {"Effect": "Allow", "Action": "iot:Connect", "Resource": f"{PREFIX}:client/{BO}-*"},
        {
            "Effect": "Allow",
            "Action": "iot:Subscribe",
            "Resource": f"{PREFIX}:topicfilter/notifications-{BO}",
        },
        {"Effect": "Allow", "Action": "iot:Receive", "Resource": f"{PREFIX}:topic/notifications-{BO}"},
    ]


def test_the_subscriber_role_is_assumed_for_an_hour_in_the_users_name(aws):
    asked = asked_of(aws)
    assert (asked["RoleArn"], asked["RoleSessionName"]) == (ROLE, BO)
    assert asked["DurationSeconds"] == "3600"


def test_the_policy_stays_below_what_sts_takes(aws):
    assert len(asked_of(aws)["Policy"]) < 2048


def test_the_credentials_are_answered_as_sts_gave_them(aws):
    lent = StsBroker(clients.sts(aws.session), ROLE, PREFIX).credentials_for(Subscription(BO))
    assert (lent.access_key_id, lent.secret_access_key, lent.session_token) == (
        "ASIAEXAMPLE",
        "a secret",
        "a token",
    )
    assert lent.expiration == datetime(2026, 1, 31, 13, tzinfo=UTC)


def test_one_session_takes_one_call(aws):
    asked_of(aws)
    assert len(aws.calls) == 1
