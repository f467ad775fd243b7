"""The API accepts a user's own valid ID token and nothing else."""

import time
from typing import Any

import jwt
import pytest
import requests

from harness.problems import expect_problem
from harness.scenario import Scenario
from local_cloud.people import claims_of
from local_cloud.running import RunningCloud
from repository import STATE

# How long a user's token is valid.
_LIFETIME = 15 * 60


def with_other_claims(token: str, **claims: Any) -> str:
    """Return the token with other claims and its old signature."""
    header, _, signature = token.split(".")
    changed = jwt.encode({**claims_of(token), **claims}, "", algorithm="none")
    return ".".join((header, changed.split(".")[1], signature))


def unsigned(token: str) -> str:
    """Return the token with `alg: none`: the same claims and no signature."""
    header = {**jwt.get_unverified_header(token), "alg": "none"}
    return jwt.encode(claims_of(token), "", algorithm="none", headers=header)


def issued(cloud: RunningCloud, token: str, *, seconds_ago: int) -> str:
    """Return the token as if the user pool had issued it that long ago, with a valid signature.

    No token of Cognito expires during a test, so this one is signed with the emulator's key of the pool.
    """
    claims, at = claims_of(token), int(time.time()) - seconds_ago
    times = {"iat": at, "auth_time": at, "exp": at + claims["exp"] - claims["iat"]}
    keys = STATE / cloud.record.name / "ministack" / "state" / "cognito-pool-keys"
    key = (keys / f"{cloud.outputs['user_pool_id']}-id.pem").read_bytes()
    return jwt.encode({**claims, **times}, key, algorithm="RS256", headers=jwt.get_unverified_header(token))


def machine_token(cloud: RunningCloud, scope: str) -> str:
    """Return an access token of the machine client (client credentials)."""
    response = requests.post(
        f"{cloud.endpoint}/oauth2/token",
        data={"grant_type": "client_credentials", "scope": scope},
        auth=(cloud.outputs["machine_client_id"], cloud.outputs["machine_client_secret"]),
        timeout=10,
    )
    response.raise_for_status()
    return str(response.json()["access_token"])


def _status_with(scenario: Scenario, token: str | None) -> int:
    return scenario.cloud.api(token).get("/workflows").status


def test_a_users_id_token_is_accepted(scenario: Scenario):
    assert _status_with(scenario, scenario.requester.id_token) == 200


@pytest.mark.parametrize("token", [None, "", "garbage", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_a_missing_or_malformed_token_is_401(scenario: Scenario, token):
    assert _status_with(scenario, token) == 401


def test_a_token_with_another_users_id_is_401(scenario: Scenario):
    forged = with_other_claims(scenario.requester.id_token, sub=scenario.approver.user_id)
    assert _status_with(scenario, forged) == 401


def test_a_token_with_added_groups_is_401(scenario: Scenario):
    forged = with_other_claims(scenario.requester.id_token, **{"cognito:groups": ["auditors", "admins"]})
    assert _status_with(scenario, forged) == 401


def test_an_unsigned_token_is_401(scenario: Scenario):
    assert _status_with(scenario, unsigned(scenario.requester.id_token)) == 401


def test_a_truncated_signature_is_401(scenario: Scenario):
    assert _status_with(scenario, scenario.requester.id_token[:-8]) == 401


def test_a_token_is_valid_for_15_minutes(scenario: Scenario):
    claims = claims_of(scenario.requester.id_token)
    assert claims["exp"] - claims["iat"] == _LIFETIME


def test_an_expired_token_is_401(scenario: Scenario):
    """The valid token shows that the other one is rejected because of its age only."""
    valid = issued(scenario.cloud, scenario.requester.id_token, seconds_ago=60)
    assert _status_with(scenario, valid) == 200
    expired = issued(scenario.cloud, scenario.requester.id_token, seconds_ago=2 * _LIFETIME)
    assert _status_with(scenario, expired) == 401


def test_a_users_access_token_is_rejected(scenario: Scenario):
    assert _status_with(scenario, scenario.requester.access_token) in (401, 403)


def test_a_machines_access_token_is_403(scenario: Scenario):
    token = machine_token(scenario.cloud, "audit/write")
    expect_problem(scenario.cloud.api(token).get("/workflows"), 403, "id-token-required")


def test_a_wrong_password_is_rejected(scenario: Scenario):
    cognito = scenario.cloud.client("cognito-idp")
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        cognito.initiate_auth(
            ClientId=scenario.cloud.outputs["user_pool_client_id"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": scenario.requester.email, "PASSWORD": "Wrong-horse-7"},
        )
