"""Requests and their bodies."""

import base64
import json
from contextlib import suppress

import pytest
from countersign_common.problems import Problem
from countersign_common.requests import Request, created, etag, json_body_of, ok
from hypothesis import given
from hypothesis import strategies as st

from .builders import USER, a_request, json_values

LIMIT = 1024


def body_of(body: str | None, *, base64_encoded: bool = False, limit: int = LIMIT):
    return json_body_of(a_request("POST /x", body=body, base64=base64_encoded), limit)


def refused(body: str, **options) -> Problem:
    with pytest.raises(Problem) as problem:
        body_of(body, **options)
    return problem.value


def a_loaded(headers=None, raw_body=None, path=None) -> Request:
    return Request(
        "POST /x/{id}", a_request("POST /x/{id}", headers=headers, path=path), "r", "c", raw_body=raw_body
    )


@given(json_values)
def test_a_body_is_read_as_json_plain_or_in_base64(value):
    text = json.dumps(value)
    packed = base64.b64encode(text.encode()).decode()
    assert body_of(text, limit=10**6) == body_of(packed, base64_encoded=True, limit=10**6) == value


@pytest.mark.parametrize("body", [None, ""])
def test_no_body_is_none(body):
    assert body_of(body) is None


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
def test_what_is_not_json_is_400_for_the_whole_body(body):
    problem = refused(body, limit=10**6)
    assert problem.status == 400
    assert [(fault.place, fault.pointer) for fault in problem.faults] == [("body", "")]


@pytest.mark.parametrize("body", ['{"a":1,"a":1}', '{"x":{"a":1,"a":2}}', '[{"a":1,"b":2,"a":3}]'])
def test_a_name_that_stands_twice_in_an_object_is_400(body):
    problem = refused(body)
    assert problem.status == 400
    assert "twice" in problem.faults[0].detail


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ('{"a":1.5}', "/a"),
        ('{"a":[1,1e2]}', "/a/1"),
        ('{"a":1e400}', "/a"),
        ('{"a":9007199254740992}', "/a"),
        ('{"a/b":"\\ud800"}', "/a~1b"),
    ],
)
def test_json_that_has_no_canonical_form_is_400_at_its_pointer(body, pointer):
    problem = refused(body)
    assert (problem.status, problem.faults[0].pointer) == (400, pointer)


def test_an_integer_of_thousands_of_digits_is_400():
    assert refused('{"a":' + "1" * 10_000 + "}", limit=10**6).status == 400


def test_nesting_over_the_limit_is_400_and_names_where():
    problem = refused("[" * 100 + "]" * 100)
    assert problem.status == 400
    assert problem.faults[0].pointer == "/0" * 65


@pytest.mark.parametrize("body", ["not base64!", "é", "AAA", "/w=="])
def test_base64_that_cannot_be_read_is_400(body):
    assert refused(body, base64_encoded=True).status == 400


def test_the_limit_counts_bytes_and_not_characters():
    assert body_of('"' + "x" * (LIMIT - 2) + '"')
    assert refused('"' + "x" * (LIMIT - 1) + '"').status == 413
    assert refused('"' + "ä" * (LIMIT // 2) + '"').status == 413


def test_the_limit_counts_what_base64_holds():
    whole = ('"' + "x" * (LIMIT - 2) + '"').encode()
    assert body_of(base64.b64encode(whole).decode(), base64_encoded=True)


def test_a_number_that_is_too_long_is_400_without_advice_for_programmers():
    with pytest.raises(Problem) as refused:
        json_body_of({"body": "9" * 5_000}, 8_192)
    assert refused.value.status == 400
    assert "sys." not in refused.value.faults[0].detail


@given(st.text(max_size=200), st.booleans())
def test_no_body_makes_the_reader_fail_with_anything_but_a_problem(body, base64_encoded):
    with suppress(Problem):
        body_of(body, base64_encoded=base64_encoded)


def test_headers_are_found_whatever_their_case():
    request = a_loaded(headers={"Idempotency-Key": "k"})
    assert (request.header("IDEMPOTENCY-KEY"), request.header("other")) == ("k", None)


@pytest.mark.parametrize(("value", "version"), [(None, None), ("*", None), ('"7"', 7), (' "7" ', 7)])
def test_if_match_names_a_version(value, version):
    assert a_loaded(headers={} if value is None else {"if-match": value}).if_match == version


@pytest.mark.parametrize(("value", "asks"), [(None, False), ("*", True), (" * ", True), ('"7"', False)])
def test_if_match_can_ask_for_any_version(value, asks):
    assert a_loaded(headers={} if value is None else {"if-match": value}).must_exist is asks


@pytest.mark.parametrize("value", ["", "7", 'W/"7"', '"x"', '"1", "2"', '"' + "1" * 16 + '"', '"-1"'])
def test_what_is_no_etag_of_this_api_is_400(value):
    with pytest.raises(Problem) as problem:
        _ = a_loaded(headers={"if-match": value}).if_match
    assert (problem.value.status, problem.value.faults[0].place) == (400, "header")


@pytest.mark.parametrize(("value", "key"), [(None, None), ("k", "k"), ("~" * 128, "~" * 128)])
def test_an_idempotency_key_is_taken_as_it_is(value, key):
    assert a_loaded(headers={} if value is None else {"idempotency-key": value}).idempotency_key == key


@pytest.mark.parametrize("value", ["", " ", "a b", "é", "x" * 129, "a\n"])
def test_an_idempotency_key_that_is_none_is_400(value):
    with pytest.raises(Problem) as problem:
        _ = a_loaded(headers={"idempotency-key": value}).idempotency_key
    assert problem.value.faults[0].pointer == "/Idempotency-Key"


def test_the_fingerprint_is_of_what_was_asked_and_not_of_how_it_was_written():
    asked = a_loaded(raw_body={"a": 1, "b": 2}, path={"id": "1"})
    assert asked.fingerprint == a_loaded(raw_body={"b": 2, "a": 1}, path={"id": "1"}).fingerprint
    assert (
        asked.fingerprint
        == a_loaded(raw_body={"a": 1, "b": 2}, path={"id": "1"}, headers={"x": "y"}).fingerprint
    )
    others = [
        a_loaded(raw_body={"a": 1}, path={"id": "1"}),
        a_loaded(raw_body={"a": 1, "b": 2}, path={"id": "2"}),
    ]
    assert len({asked.fingerprint, *(other.fingerprint for other in others)}) == 3


def test_the_caller_is_who_the_token_names():
    assert a_loaded().caller.user_id == USER


def test_answers_carry_their_status_location_and_version():
    assert (ok({}).status, ok({}).headers, ok({}, version=3).headers) == (200, {}, {"etag": '"3"'})
    made = created({}, location="/x/1", version=1)
    assert (made.status, made.headers) == (201, {"location": "/x/1", "etag": etag(1)})
