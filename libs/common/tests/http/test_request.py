"""Requests: body, query, headers."""

import base64
import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign_common.http.problems import ProblemError
from countersign_common.http.request import Request, correlation_id_of, json_body_of, query_of

from ..builders import USER_ID, http_event, json_values

LIMIT = 1024


def load(
    body: str | None, *, base64_encoded: bool = False, limit: int = LIMIT, content_type: str | None = None
):
    headers = {} if content_type is None else {"Content-Type": content_type}
    return json_body_of(http_event("POST /x", body=body, base64=base64_encoded, headers=headers), limit)


def rejected(body: str, **options) -> ProblemError:
    with pytest.raises(ProblemError) as raised:
        load(body, **options)
    return raised.value


def request_with(headers=None, raw_body=None, path=None, route="POST /x/{id}") -> Request:
    return Request(route, http_event(route, headers=headers, path=path), "r", "c", raw_body=raw_body)


@given(json_values)
def test_body_is_decoded_from_plain_text_and_from_base64(value):
    text = json.dumps(value)
    packed = base64.b64encode(text.encode()).decode()
    assert load(text, limit=10**6) == load(packed, base64_encoded=True, limit=10**6) == value


@pytest.mark.parametrize("body", [None, ""])
def test_missing_body_is_none(body):
    assert load(body) is None
    assert load(body, content_type="text/plain") is None


@pytest.mark.parametrize(
    "body",
    [
        "x",
        "{",
        "{'a':1}",
        "[1,]",
        "NaN",
        '{"a":Infinity}',
        '{"a":-Infinity}',
        "\ud800",
        "[" * 100_000,
        '{"a":01}',
    ],
    ids=["text", "open", "quotes", "comma", "NaN", "Infinity", "-Infinity", "surrogate", "deep", "zero"],
)
def test_body_that_is_not_json_is_400(body):
    problem = rejected(body, limit=10**6)
    assert (problem.status, problem.code) == (400, "bad-request")
    assert [(error.location, error.pointer) for error in problem.errors] == [("body", "")]


@pytest.mark.parametrize("raw", [b"\xff", b'{"a":"\xe4"}', '{"a":"ä"}'.encode("utf-16"), b'"\xed\xa0\x80"'])
def test_body_that_is_not_utf_8_is_400(raw):
    problem = rejected(base64.b64encode(raw).decode(), base64_encoded=True)
    assert problem.status == 400
    assert [error.detail for error in problem.errors] == ["The body is not UTF-8."]


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        " application/json ",
        "application/merge-patch+json",
    ],
)
def test_json_content_types_are_accepted(content_type):
    assert load("{}", content_type=content_type) == {}


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=iso-8859-1",
        "application/jsonx",
        "application/json, text/plain",
        "xapplication/json",
        "application/xml",
    ],
)
def test_other_content_types_are_415(content_type):
    problem = rejected("{}", content_type=content_type)
    assert (problem.status, problem.code) == (415, "unsupported-media-type")
    assert [(error.location, error.pointer) for error in problem.errors] == [("header", "/Content-Type")]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('{"a":1,"a":1}', "'a'"),
        ('{"x":{"a":1,"a":2}}', "'a'"),
        ('[{"a":1,"b":2,"b":3}]', "'b'"),
        ('{"a":1,"\\u0061":2}', "'a'"),
    ],
)
def test_repeated_name_in_an_object_is_400(body, name):
    problem = rejected(body)
    assert problem.status == 400
    assert f"the name {name} is repeated" in problem.errors[0].detail


def test_repeated_name_among_thousands_is_found_in_linear_time():
    members = [f'"{number}":0' for number in range(100_000)]
    started = time.process_time()
    problem = rejected("{" + ",".join([*members, '"z":1', '"z":2']) + "}", limit=10**7)
    assert time.process_time() - started < 5
    assert "'z'" in problem.errors[0].detail


def test_same_name_in_different_objects_is_accepted():
    assert load('{"a":{"a":1},"b":[{"a":2},{"a":3}]}') == {"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ('{"a":1e400}', "/a"),
        ('{"a":[1,-1e400]}', "/a/1"),
        ('{"a":9007199254740993}', "/a"),
        ('{"a":-9007199254740993}', "/a"),
        ('{"n":' + "1" * 400 + "}", "/n"),
        ('{"a/b":"\\ud800"}', "/a~1b"),
    ],
)
def test_json_without_a_canonical_form_is_400_with_its_pointer(body, pointer):
    problem = rejected(body)
    assert (problem.status, problem.errors[0].pointer) == (400, pointer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.50", "12.5"), ("1.0", "1"), ("-0", "0"), ("-0.0", "0"), ("1e-7", "1e-07"), ("1e21", "1e+21")],
)
def test_every_double_is_accepted(text, expected):
    assert json.dumps(load(text)) == expected


def test_integer_of_thousands_of_digits_is_400_without_advice_for_python_programmers():
    problem = rejected("9" * 5_000, limit=8_192)
    assert problem.status == 400
    assert "sys." not in problem.errors[0].detail


def test_nesting_deeper_than_the_limit_is_400_with_its_pointer():
    problem = rejected("[" * 100 + "]" * 100)
    assert problem.status == 400
    assert problem.errors[0].pointer == "/0" * 64


@pytest.mark.parametrize("body", ["not base64!", "é", "AAA", "/w==", "e30=!", "e!30=", "e30=\n"])
def test_invalid_base64_is_400(body):
    assert rejected(body, base64_encoded=True).status == 400


def test_limit_counts_bytes_instead_of_characters():
    assert load('"' + "x" * (LIMIT - 2) + '"')
    assert rejected('"' + "x" * (LIMIT - 1) + '"').status == 413
    assert rejected('"' + "ä" * (LIMIT // 2) + '"').status == 413


def test_limit_counts_the_decoded_bytes_of_base64():
    body = ('"' + "x" * (LIMIT - 2) + '"').encode()
    assert load(base64.b64encode(body).decode(), base64_encoded=True)


@given(st.text(max_size=200), st.booleans())
def test_any_body_is_decoded_or_rejected_with_a_problem(body, base64_encoded):
    with suppress(ProblemError):
        load(body, base64_encoded=base64_encoded)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", {}),
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=1,2", {"a": "1,2"}),
        ("a=1%2C2", {"a": "1,2"}),
        ("a=&b", {"a": "", "b": ""}),
        ("a=x+y%20z", {"a": "x y z"}),
        ("from=2026-01-31T09%3A00%3A00%2B01%3A00", {"from": "2026-01-31T09:00:00+01:00"}),
        ("t=%C3%A4", {"t": "ä"}),
    ],
)
def test_query_is_parsed_from_the_raw_query(raw, expected):
    assert query_of(http_event("GET /x", raw_query=raw)) == expected


def test_query_without_a_raw_query_is_taken_from_the_parsed_parameters():
    assert query_of({"queryStringParameters": {"a": "1"}}) == {"a": "1"}
    assert query_of({}) == {}


@pytest.mark.parametrize(
    ("raw", "pointers"),
    [
        ("a=1&a=2", ["/a"]),
        ("a=1&a=1", ["/a"]),
        ("a=&a=", ["/a"]),
        ("a=1&%61=2", ["/a"]),
        ("b=1&a=1&b=2&a=3&c=4&b=5", ["/b", "/a"]),
    ],
)
def test_repeated_query_parameter_is_400(raw, pointers):
    event = http_event("GET /x", raw_query=raw) | {"queryStringParameters": {"a": "1,2"}}
    with pytest.raises(ProblemError) as raised:
        query_of(event)
    assert (raised.value.status, raised.value.code) == (400, "bad-request")
    assert [(error.location, error.pointer) for error in raised.value.errors] == [
        ("query", pointer) for pointer in pointers
    ]


@pytest.mark.parametrize("raw", ["a=%ff", "%ff=a", "a=%ED%A0%80"])
def test_query_that_is_not_utf_8_is_400(raw):
    with pytest.raises(ProblemError) as raised:
        query_of(http_event("GET /x", raw_query=raw))
    assert raised.value.status == 400
    assert [error.location for error in raised.value.errors] == ["query"]


def test_headers_are_found_in_any_case():
    request = request_with(headers={"Idempotency-Key": "k"})
    assert (request.header("IDEMPOTENCY-KEY"), request.header("other")) == ("k", None)


@pytest.mark.parametrize(("value", "version"), [(None, None), ("*", None), ('"7"', 7), (' "7" ', 7)])
def test_if_match_is_parsed_as_a_version(value, version):
    assert request_with(headers={} if value is None else {"if-match": value}).if_match == version


@pytest.mark.parametrize(("value", "expected"), [(None, False), ("*", True), (" * ", True), ('"7"', False)])
def test_if_match_star_requires_the_item_to_exist(value, expected):
    assert request_with(headers={} if value is None else {"if-match": value}).must_exist is expected


@pytest.mark.parametrize("value", ["", "7", 'W/"7"', '"x"', '"1", "2"', '"' + "1" * 16 + '"', '"-1"'])
def test_if_match_that_is_not_an_etag_of_this_api_is_400(value):
    with pytest.raises(ProblemError) as raised:
        _ = request_with(headers={"if-match": value}).if_match
    assert (raised.value.status, raised.value.errors[0].location) == (400, "header")


@pytest.mark.parametrize(("value", "key"), [(None, None), ("k", "k"), ("~" * 128, "~" * 128)])
def test_idempotency_key_is_returned_unchanged(value, key):
    assert request_with(headers={} if value is None else {"idempotency-key": value}).idempotency_key == key


@pytest.mark.parametrize("value", ["", " ", "a b", "é", "x" * 129, "a\n"])
def test_invalid_idempotency_key_is_400(value):
    with pytest.raises(ProblemError) as raised:
        _ = request_with(headers={"idempotency-key": value}).idempotency_key
    assert raised.value.errors[0].pointer == "/Idempotency-Key"


def test_fingerprint_is_equal_for_a_retry():
    first = request_with(raw_body={"a": 1, "b": 2.5}, path={"id": "1"})
    reordered = request_with(raw_body={"b": 2.5, "a": 1}, path={"id": "1"})
    other_headers = request_with(raw_body={"a": 1, "b": 2.5}, path={"id": "1"}, headers={"x": "y"})
    assert first.fingerprint == reordered.fingerprint == other_headers.fingerprint


def test_fingerprint_differs_by_body_path_and_route():
    fingerprints = {
        request_with(raw_body={"a": 1}, path={"id": "1"}).fingerprint,
        request_with(raw_body={"a": 2}, path={"id": "1"}).fingerprint,
        request_with(raw_body={"a": 1}, path={"id": "2"}).fingerprint,
        request_with(raw_body={"a": 1}, path={"id": "1"}, route="PUT /x/{id}").fingerprint,
    }
    assert len(fingerprints) == 4


def test_caller_is_the_user_of_the_token():
    assert request_with().caller.user_id == USER_ID


@pytest.mark.parametrize("sent", ["abc", "A.b_c-1", "x" * 64])
def test_valid_correlation_id_is_used(sent):
    assert correlation_id_of(http_event("GET /x", headers={"X-Correlation-Id": sent})) == sent


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", "a\n", "é", '{"a":1}'])
def test_invalid_correlation_id_is_replaced_by_the_request_id(sent):
    assert correlation_id_of(http_event("GET /x", headers={"x-correlation-id": sent})) == "a-request"
    assert correlation_id_of({}) == "unknown"
