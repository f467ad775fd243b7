"""Who is let in: nobody without a user's own, true, present token."""

import pytest

from harness import tokens
from harness.scenario import Scenario

_HOUR = 3_600


def _asked(scenario: Scenario, token: str | None) -> int:
    return scenario.cloud.api(token).get("/workflows").status


def test_the_true_token_is_let_in(scenario: Scenario):
    assert _asked(scenario, scenario.requester.id_token) == 200


@pytest.mark.parametrize("token", [None, "", "garbage", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_401(scenario: Scenario, token):
    assert _asked(scenario, token) == 401


def test_a_token_of_somebody_else_by_the_same_signature_is_401(scenario: Scenario):
    forged = tokens.with_other_claims(scenario.requester.id_token, sub=scenario.approver.user_id)
    assert _asked(scenario, forged) == 401


def test_groups_cannot_be_added_to_a_token(scenario: Scenario):
    forged = tokens.with_other_claims(
        scenario.requester.id_token, **{"cognito:groups": ["auditors", "admins"]}
    )
    assert _asked(scenario, forged) == 401


def test_an_unsigned_token_is_401(scenario: Scenario):
    assert _asked(scenario, tokens.unsigned(scenario.requester.id_token)) == 401


def test_a_signature_cut_short_is_401(scenario: Scenario):
    assert _asked(scenario, scenario.requester.id_token[:-8]) == 401


def test_a_token_is_good_until_it_expires_and_401_after(scenario: Scenario):
    """The first half shows that the second is refused for its age alone."""
    young = tokens.issued(scenario.cloud, scenario.requester.id_token, seconds_ago=60)
    assert _asked(scenario, young) == 200
    old = tokens.issued(scenario.cloud, scenario.requester.id_token, seconds_ago=2 * _HOUR)
    assert _asked(scenario, old) == 401


def test_a_users_access_token_is_not_for_the_api(scenario: Scenario):
    assert _asked(scenario, scenario.requester.access_token) in (401, 403)


def test_a_machines_token_is_no_users(scenario: Scenario):
    machine = scenario.cloud.machine_token("audit/write")
    answer = scenario.cloud.api(machine).get("/workflows")
    assert answer.status == 403
    assert answer.body["type"] == "urn:countersign:problem:id-token-required"


def test_a_wrong_password_signs_nobody_in(scenario: Scenario):
    cognito = scenario.cloud.client("cognito-idp")
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        cognito.initiate_auth(
            ClientId=scenario.cloud.outputs["user_pool_client_id"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": scenario.requester.email, "PASSWORD": "Wrong-horse-7"},
        )
