"""The caller of a request."""

import pytest

from countersign_common.actors import may_read
from countersign_common.http.caller import caller_of, groups_from
from countersign_common.http.problems import ProblemError

from ..builders import USER_ID, http_event


def test_caller_is_read_from_the_verified_claims_and_the_request():
    caller = caller_of(http_event("GET /x", claims={"cognito:groups": "[users approvers]"}))
    assert (caller.user_id, caller.name, caller.email) == (USER_ID, "Bo", "bo@example.com")
    assert (caller.source_ip, caller.user_agent) == ("192.0.2.1", "a browser")
    assert caller.groups == {"users", "approvers"}


def test_caller_without_a_name_has_the_email_address_as_name():
    assert caller_of(http_event("GET /x", claims={"name": ""})).name == "bo@example.com"


def test_caller_is_an_actor():
    caller = caller_of(http_event("GET /x", claims={"cognito:groups": "[approvers]"}))
    assert may_read(caller, [f"user:{USER_ID}"])
    assert may_read(caller, ["group:approvers"])
    assert not may_read(caller, ["group:users"])


@pytest.mark.parametrize(
    "event",
    [{}, {"requestContext": {}}, http_event("GET /x", token=False), http_event("GET /x", claims={"sub": ""})],
)
def test_request_without_claims_is_401(event):
    with pytest.raises(ProblemError) as raised:
        caller_of(event)
    assert (raised.value.status, raised.value.code) == (401, "unauthenticated")


@pytest.mark.parametrize("use", ["access", "", "ID"])
def test_token_other_than_an_id_token_is_403(use):
    with pytest.raises(ProblemError) as raised:
        caller_of(http_event("GET /x", claims={"token_use": use}))
    assert (raised.value.status, raised.value.code) == (403, "id-token-required")


@pytest.mark.parametrize(
    ("claim", "groups"),
    [
        (None, set()),
        ("", set()),
        ("[]", set()),
        ("[users]", {"users"}),
        ("[users approvers]", {"users", "approvers"}),
        ("[sales,admins approvers]", {"sales,admins", "approvers"}),
        ("users", {"users"}),
        (["users", "approvers"], {"users", "approvers"}),
    ],
)
def test_groups_are_read_from_every_form_of_the_claim(claim, groups):
    assert groups_from(claim) == groups
