"""audit/api, from API Gateway's event to its answer."""

import base64
import dataclasses
import json
from types import SimpleNamespace

import pytest
from countersign_common.lambda_api import lambda_handler
from marshmallow import RAISE

from audit_service import schemas
from audit_service.handlers.api import REFUSALS, ROUTES
from audit_service.use_cases.ports import SearchUnavailable, StoreUnavailable
from audit_service.use_cases.service import service_on

from ..builders import (
    APPROVER,
    REQUESTER,
    STRANGER,
    WORKFLOW,
    a_chain,
    a_record,
    a_request,
    body_of,
    dataset_id,
)
from ..fakes import FakeIndex, FakeRecords

SEARCH, SHOW, VERIFY = ROUTES
CONTEXT = SimpleNamespace(aws_request_id="invocation")
CHAIN = a_chain(5)


def test_a_search_answers_full_records_newest_first_in_pages():
    api = an_api(CHAIN)
    first = body_of(api(a_request(SEARCH, query={"limit": "3"})))
    assert _sequences(first) == [5, 4, 3]
    second = body_of(api(a_request(SEARCH, query={"limit": "3", "cursor": first["cursor"]})))
    assert _sequences(second) == [2, 1]
    assert (second["cursor"], second["missing"]) == (None, [])


def test_an_answered_record_is_what_was_recorded_and_what_the_schema_says():
    answer = an_api(CHAIN)(a_request(SHOW, path={"datasetId": CHAIN[0].dataset_id}))
    assert answer["statusCode"] == 200
    body = body_of(answer)
    assert schemas.VerifiableAuditRecord(unknown=RAISE).validate(body) == {}
    assert body["sealed"] == CHAIN[0].facts
    assert body["person"] == CHAIN[0].person_facts
    assert body["content"] == CHAIN[0].content_facts
    assert body["canonical"]["sealed"] == CHAIN[0].sealed
    assert body["canonical"]["content"] == vars(CHAIN[0].content)


def test_a_page_is_what_the_schema_says():
    erased = dataclasses.replace(a_record(9), person=None, content=None)
    lost = a_record(10)
    answer = an_api([*CHAIN, erased], indexed=[*CHAIN, erased, lost])(
        a_request(SEARCH, query={"limit": "4"}, user="ada", groups=("auditors",))
    )
    body = body_of(answer)
    assert schemas.AuditTrailPage(unknown=RAISE).validate(body) == {}
    assert body["missing"] == [lost.dataset_id]
    assert (body["items"][0]["person"], body["items"][0]["content"]) == (None, None)


def test_text_outside_ascii_and_odd_characters_arrive_whole():
    title = 'é😀 "quoted" \\ \u2028 </script>'
    record = a_record(1, content={"title": title})
    body = body_of(an_api([record])(a_request(SHOW, path={"datasetId": record.dataset_id})))
    assert body["content"]["title"] == title
    assert json.loads(body["canonical"]["content"]["value"])["title"] == title


def test_a_verification_is_what_the_schema_says():
    api = an_api([*CHAIN[:2], *CHAIN[3:]])
    body = body_of(api(a_request(VERIFY, path={"workflowId": WORKFLOW})))
    assert schemas.Verification(unknown=RAISE).validate(body) == {}
    assert (body["verdict"], body["events"], body["headHash"]) == ("broken", 4, CHAIN[-1].hash)
    assert body["breaks"] == [
        {"sequence": 3, "datasetId": None, "reason": "missing", "detail": "no event has this place"}
    ]
    assert body_of(an_api(CHAIN)(a_request(VERIFY, path={"workflowId": WORKFLOW})))["verdict"] == "intact"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"color": "red"}, "/color"),
        ({"scheme": "Not A Slug"}, "/scheme"),
        ({"workflowId": "w"}, "/workflowId"),
        ({"stepId": "../x"}, "/stepId"),
        ({"actionType": "DELETE"}, "/actionType"),
        ({"actionOwner": ""}, "/actionOwner"),
        ({"actionOwner": "x" * 129}, "/actionOwner"),
        ({"outcome": "DONE"}, "/outcome"),
        ({"from": "yesterday"}, "/from"),
        ({"to": "2026-01-31T09:00:00"}, "/to"),
        ({"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}, "/from"),
        ({"text": ""}, "/text"),
        ({"text": "   "}, "/text"),
        ({"text": "x" * 201}, "/text"),
        ({"limit": "0"}, "/limit"),
        ({"limit": "101"}, "/limit"),
        ({"limit": "many"}, "/limit"),
        ({"cursor": "rubbish"}, "/cursor"),
        ({"cursor": "x" * 513}, "/cursor"),
    ],
)
def test_a_bad_query_is_400_and_names_the_parameter(query, pointer):
    index = FakeIndex(*CHAIN)
    answer = an_api(CHAIN, index=index)(a_request(SEARCH, query=query))
    assert answer["statusCode"] == 400
    assert answer["headers"]["content-type"] == "application/problem+json"
    assert [(each["in"], each["pointer"]) for each in body_of(answer)["errors"]] == [("query", pointer)]
    assert index.searched == []


@pytest.mark.parametrize(
    ("route", "path", "pointer"),
    [
        (SHOW, {"datasetId": "1"}, "/datasetId"),
        (SHOW, {"datasetId": dataset_id(10).upper()}, "/datasetId"),
        (VERIFY, {"workflowId": "../../etc"}, "/workflowId"),
    ],
)
def test_a_bad_id_in_the_path_is_400_and_named(route, path, pointer):
    answer = an_api(CHAIN)(a_request(route, path=path))
    assert answer["statusCode"] == 400
    assert [(each["in"], each["pointer"]) for each in body_of(answer)["errors"]] == [("path", pointer)]


def test_a_cursor_is_good_for_its_own_search_and_its_own_caller_only():
    api = an_api(CHAIN)
    cursor = body_of(api(a_request(SEARCH, query={"limit": "2"})))["cursor"]
    assert api(a_request(SEARCH, query={"limit": "1", "cursor": cursor}))["statusCode"] == 200
    assert api(a_request(SEARCH, query={"cursor": cursor, "outcome": "DRAFT"}))["statusCode"] == 400
    assert api(a_request(SEARCH, query={"cursor": cursor}, user=APPROVER))["statusCode"] == 400


@pytest.mark.parametrize("position", ["x", [1], ["1", dataset_id(1)], [1, "x"], [-1, dataset_id(1)], {}])
def test_a_cursor_with_another_position_written_into_it_is_400(position):
    api = an_api(CHAIN)
    cursor = body_of(api(a_request(SEARCH, query={"limit": "2"})))["cursor"]
    digest, _ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    forged = base64.urlsafe_b64encode(json.dumps([digest, position]).encode()).decode().rstrip("=")
    assert api(a_request(SEARCH, query={"cursor": forged}))["statusCode"] == 400


@pytest.mark.parametrize("user", [STRANGER, REQUESTER])
def test_what_a_stranger_may_not_see_is_404_and_the_same_404_as_what_is_not_there(user):
    api = an_api(CHAIN) if user == STRANGER else an_api([])
    show = api(a_request(SHOW, path={"datasetId": CHAIN[0].dataset_id}, user=user))
    verify = api(a_request(VERIFY, path={"workflowId": WORKFLOW}, user=user))
    assert [show["statusCode"], verify["statusCode"]] == [404, 404]
    assert {body_of(each)["type"] for each in (show, verify)} == {"urn:countersign:problem:not-found"}
    assert "record" in body_of(show)["detail"]


def test_a_stranger_who_searches_a_foreign_workflow_gets_an_empty_list():
    answer = an_api(CHAIN)(a_request(SEARCH, user=STRANGER, query={"workflowId": WORKFLOW}))
    assert (answer["statusCode"], body_of(answer)) == (200, {"items": [], "missing": [], "cursor": None})


@pytest.mark.parametrize("route", [SEARCH, SHOW, VERIFY])
def test_without_a_users_token_nothing_is_answered(route):
    path = {"datasetId": CHAIN[0].dataset_id} if route == SHOW else {"workflowId": WORKFLOW}
    path = {} if route == SEARCH else path
    assert an_api(CHAIN)(a_request(route, path=path, claims={}))["statusCode"] == 401
    access_token = {"sub": "machine", "token_use": "access", "scope": "audit/write"}
    assert an_api(CHAIN)(a_request(route, path=path, claims=access_token))["statusCode"] == 403


def test_a_search_engine_that_is_down_is_503_and_says_when_to_come_back():
    class Down(FakeIndex):
        def find(self, *_, **__):
            raise SearchUnavailable("The search engine does not answer.")

    answer = an_api(CHAIN, index=Down())(a_request(SEARCH, user="ada", groups=("auditors",)))
    assert answer["statusCode"] == 503
    assert int(answer["headers"]["retry-after"]) > 0
    assert body_of(answer)["type"] == "urn:countersign:problem:search-unavailable"


def test_a_store_that_is_busy_is_503():
    class Busy(FakeRecords):
        def get(self, dataset_id):
            raise StoreUnavailable("The store is busy.")

    api = lambda_handler(ROUTES, lambda: service_on(Busy(), FakeIndex()), refusals=REFUSALS)
    answer = api(a_request(SHOW, path={"datasetId": dataset_id(1)}), CONTEXT)
    assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "5")


def test_a_record_that_was_destroyed_in_the_store_is_told_apart_from_our_own_mistakes():
    destroyed = dataclasses.replace(CHAIN[0], content=dataclasses.replace(CHAIN[0].content, value="{"))
    answer = an_api([destroyed])(a_request(SHOW, path={"datasetId": destroyed.dataset_id}))
    assert answer["statusCode"] == 500
    assert body_of(answer)["type"] == "urn:countersign:problem:unreadable-record"


def an_api(stored, *, indexed=None, index=None):
    """The function as Lambda runs it, over fakes."""
    service = service_on(FakeRecords(*stored), index or FakeIndex(*(stored if indexed is None else indexed)))
    handler = lambda_handler(ROUTES, lambda: service, refusals=REFUSALS)
    return lambda event: handler(event, CONTEXT)


def _sequences(page):
    return [each["sealed"]["sequence"] for each in page["items"]]
