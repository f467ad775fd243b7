"""Who calls."""

import pytest
from countersign_common.caller import caller_of, groups_of
from countersign_common.problems import Problem

from .builders import USER, a_request


def test_the_caller_is_read_from_the_verified_claims_and_the_request():
    caller = caller_of(a_request("GET /x", claims={"cognito:groups": "[users approvers]"}))
    assert (caller.user_id, caller.name, caller.email) == (USER, "Bo", "bo@example.com")
    assert (caller.source_ip, caller.user_agent) == ("192.0.2.1", "a browser")
    assert caller.groups == {"users", "approvers"}
    assert caller.is_in("approvers")
    assert not caller.is_in("admins")


def test_a_caller_without_a_name_is_shown_by_the_e_mail_address():
    assert caller_of(a_request("GET /x", claims={"name": ""})).name == "bo@example.com"


def test_a_caller_can_be_named_as_a_user_and_by_each_group():
    caller = caller_of(a_request("GET /x", claims={"cognito:groups": "[a b]"}))
    assert caller.principals == {f"user:{USER}", "group:a", "group:b"}


@pytest.mark.parametrize("event", [{}, {"requestContext": {}}, a_request("GET /x", token=False)])
def test_without_claims_the_request_is_401(event):
    with pytest.raises(Problem) as refused:
        caller_of(event)
    assert (refused.value.status, refused.value.slug) == (401, "unauthenticated")


@pytest.mark.parametrize("use", ["access", "", "ID"])
def test_a_token_that_is_no_users_id_token_is_403(use):
    with pytest.raises(Problem) as refused:
        caller_of(a_request("GET /x", claims={"token_use": use}))
    assert (refused.value.status, refused.value.slug) == (403, "id-token-required")


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
def test_groups_are_read_however_the_gateway_hands_them_on(claim, groups):
    assert groups_of(claim) == groups
