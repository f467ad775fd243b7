"""Problem details."""

import pytest
from countersign_common.errors import DomainError
from countersign_common.http.problems import (
    FieldError,
    ProblemError,
    bad_request,
    field_errors,
    invalid_cursor,
    precondition_required,
    problem_from,
    status_of,
    too_large,
)


class RuleError(DomainError):
    code = "some-rule"


class NarrowRuleError(RuleError):
    code = "narrow-rule"
    retry_after = 2


class HeaderError(DomainError):
    code = "header-rule"
    header = "If-Match"


class OtherError(DomainError):
    code = "other-rule"


def test_problem_has_the_members_of_rfc_9457():
    assert ProblemError(409, "not-pending", "The workflow is not pending.").to_json("r1") == {
        "type": "/docs/problems/not-pending.md",
        "title": "Not pending",
        "status": 409,
        "detail": "The workflow is not pending.",
        "instance": "urn:countersign:request:r1",
    }


def test_each_error_has_its_location_and_pointer():
    body = bad_request([FieldError("query", "/limit", "Too large.")]).to_json("r1")
    assert (body["status"], body["type"]) == (400, "/docs/problems/bad-request.md")
    assert body["errors"] == [{"in": "query", "pointer": "/limit", "detail": "Too large."}]


@pytest.mark.parametrize(
    ("problem", "status", "code", "error"),
    [
        (too_large("/data", "128 KB"), 413, "too-large", ("body", "/data")),
        (too_large("", "8 KB", "query"), 413, "too-large", ("query", "")),
        (invalid_cursor(), 400, "invalid-cursor", ("query", "/cursor")),
        (precondition_required("If-Match"), 428, "precondition-required", ("header", "/If-Match")),
    ],
    ids=["too large", "too large query", "invalid cursor", "precondition required"],
)
def test_problem_has_its_status_code_and_location(problem, status, code, error):
    assert (problem.status, problem.code) == (status, code)
    assert [(each.location, each.pointer) for each in problem.errors] == [error]


def test_nested_messages_are_flattened_with_pointers():
    messages = {
        "title": ["Missing.", "Odd."],
        "steps": {0: {"approvers": {"users": {2: ["Not a UUID."]}}}},
        "a/b": {"_schema": ["Not an object."]},
        "_schema": ["Invalid."],
    }
    assert [(error.pointer, error.detail) for error in field_errors(messages, "body")] == [
        ("/title", "Missing."),
        ("/title", "Odd."),
        ("/steps/0/approvers/users/2", "Not a UUID."),
        ("/a~1b", "Not an object."),
        ("", "Invalid."),
    ]


def test_single_message_is_an_error_of_the_whole_part():
    assert field_errors("Wrong.", "query") == [FieldError("query", "", "Wrong.")]


@pytest.mark.parametrize(
    ("error", "statuses", "expected"),
    [
        (RuleError, {RuleError: 409}, 409),
        (NarrowRuleError, {RuleError: 409}, 409),
        (NarrowRuleError, {RuleError: 409, NarrowRuleError: 403}, 403),
        (RuleError, {NarrowRuleError: 403}, None),
        (OtherError, {RuleError: 409}, None),
        (OtherError, {DomainError: 422}, 422),
        (OtherError, {}, None),
    ],
)
def test_status_is_of_the_closest_class_in_the_table(error, statuses, expected):
    assert status_of(error, statuses) == expected


def test_problem_of_a_domain_error_has_its_code_detail_and_retry():
    problem = problem_from(NarrowRuleError("Try it later."), 409)
    assert (problem.status, problem.code, problem.detail, problem.retry_after, problem.errors) == (
        409,
        "narrow-rule",
        "Try it later.",
        2,
        (),
    )


def test_header_of_a_domain_error_is_in_the_errors():
    problem = problem_from(HeaderError("Send the header."), 428)
    assert problem.errors == (FieldError("header", "/If-Match", "Send the header."),)


def test_pointer_of_a_domain_error_points_into_the_body():
    problem = problem_from(RuleError("A rejection needs a comment.", "/comment"), 422)
    assert problem.errors == (FieldError("body", "/comment", "A rejection needs a comment."),)
