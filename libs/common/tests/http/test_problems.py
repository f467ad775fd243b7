"""Errors as the API answers them."""

from countersign_common.problems import Fault, Problem, bad_request, faults_of, not_found, too_large


def test_a_problem_has_the_members_of_rfc_9457():
    assert Problem(409, "not-pending", "It is not pending.").to_json("r1") == {
        "type": "urn:countersign:problem:not-pending",
        "title": "Conflict",
        "status": 409,
        "detail": "It is not pending.",
        "instance": "urn:countersign:request:r1",
    }


def test_each_fault_names_its_place_and_pointer():
    body = bad_request([Fault("query", "/limit", "too large")]).to_json("r1")
    assert body["status"] == 400
    assert body["errors"] == [{"in": "query", "pointer": "/limit", "detail": "too large"}]


def test_what_is_not_found_and_what_is_too_large_have_their_status():
    assert not_found("workflow").status == 404
    assert (too_large("/data", "128 KB").status, too_large("/data", "128 KB").faults[0].pointer) == (
        413,
        "/data",
    )


def test_nested_messages_become_flat_faults_with_pointers():
    messages = {
        "title": ["Missing.", "Odd."],
        "steps": {0: {"approvers": {"users": {2: ["Not a UUID."]}}}},
        "a/b": {"_schema": ["Not an object."]},
        "_schema": ["Invalid."],
    }
    assert [(fault.pointer, fault.detail) for fault in faults_of(messages, "body")] == [
        ("/title", "Missing."),
        ("/title", "Odd."),
        ("/steps/0/approvers/users/2", "Not a UUID."),
        ("/a~1b", "Not an object."),
        ("", "Invalid."),
    ]


def test_a_message_by_itself_is_a_fault_of_the_whole():
    assert faults_of("Wrong.", "query") == [Fault("query", "", "Wrong.")]
