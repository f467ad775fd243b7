"""Who is let in: nobody without a user's own, true, present token."""

import pytest

from harness import tokens
from harness.office import Office

_HOUR = 3_600


def _asked(office: Office, token: str | None) -> int:
    return office.cloud.api(token).get("/workflows").status


def test_the_true_token_is_let_in(office: Office):
    assert _asked(office, office.requester.token) == 200


@pytest.mark.parametrize("token", [None, "", "garbage", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_401(office: Office, token):
    assert _asked(office, token) == 401


def test_a_token_of_somebody_else_by_the_same_signature_is_401(office: Office):
    forged = tokens.with_other_claims(office.requester.token, sub=office.approver.user_id)
    assert _asked(office, forged) == 401


def test_groups_cannot_be_added_to_a_token(office: Office):
    forged = tokens.with_other_claims(office.requester.token, **{"cognito:groups": ["auditors", "admins"]})
    assert _asked(office, forged) == 401


def test_an_unsigned_token_is_401(office: Office):
    assert _asked(office, tokens.unsigned(office.requester.token)) == 401


def test_a_signature_cut_short_is_401(office: Office):
    assert _asked(office, office.requester.token[:-8]) == 401


def test_a_token_is_good_until_it_expires_and_401_after(office: Office):
    """The first half shows that the second is refused for its age alone."""
    young = tokens.issued(office.cloud, office.requester.token, seconds_ago=60)
    assert _asked(office, young) == 200
    old = tokens.issued(office.cloud, office.requester.token, seconds_ago=2 * _HOUR)
    assert _asked(office, old) == 401


def test_a_users_access_token_is_not_for_the_api(office: Office):
    assert _asked(office, office.requester.signed_in.access_token) in (401, 403)


def test_a_machines_token_is_no_users(office: Office):
    machine = office.cloud.machine_token("audit/write")
    answer = office.cloud.api(machine).get("/workflows")
    assert answer.status == 403
    assert answer.body["type"] == "urn:countersign:problem:id-token-required"


def test_a_wrong_password_signs_nobody_in(office: Office):
    cognito = office.cloud.client("cognito-idp")
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        cognito.initiate_auth(
            ClientId=office.cloud.outputs["user_pool_client_id"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": office.requester.email, "PASSWORD": "Wrong-horse-7"},
        )
