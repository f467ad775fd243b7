import json
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from countersign_common.aws.clients import sts_client

from notifications_service.adapters.sts_credential_issuer import StsCredentialIssuer
from notifications_service.domain.subscription import Credentials, Subscription

from ..builders import BO
from .tables import calls_of

PREFIX = "arn:aws:iot:eu-central-1:123456789012"
ROLE = "arn:aws:iam::123456789012:role/subscriber"

pytestmark = pytest.mark.usefixtures("aws")


def issue() -> tuple[Credentials, dict[str, Any]]:
    """Issue credentials to Bo; return them and the parameters of the one call."""
    client = sts_client()
    with calls_of(client) as calls:
        credentials = StsCredentialIssuer(client, ROLE, PREFIX).issue(Subscription(BO))
    [(operation, params)] = calls
    assert operation == "AssumeRole"
    return credentials, params


def test_the_session_policy_allows_three_actions_of_one_user():
    _, params = issue()
    policy = json.loads(params["Policy"])
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
    assert len(params["Policy"]) < 2_048  # the limit of STS


def test_the_subscriber_role_is_assumed_in_the_name_of_the_user():
    _, params = issue()
    assert (params["RoleArn"], params["RoleSessionName"]) == (ROLE, BO)


def test_the_credentials_are_those_of_the_role_session_for_an_hour():
    credentials, _ = issue()
    left = credentials.expiration - datetime.now(UTC)
    assert timedelta(minutes=59) < left <= timedelta(hours=1)
    identity = boto3.client(
        "sts",
        aws_access_key_id=credentials.access_key_id,
        aws_secret_access_key=credentials.secret_access_key,
        aws_session_token=credentials.session_token,
    ).get_caller_identity()
    assert identity["Arn"].endswith(f":assumed-role/subscriber/{BO}")
