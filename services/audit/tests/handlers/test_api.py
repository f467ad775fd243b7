"""audit/api, from API Gateway's event to the response."""

import base64
import dataclasses
import json
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from countersign_common.errors import StoreUnavailableError
from countersign_common.http.handler import api_handler
from marshmallow import RAISE

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.bootstrap.api import api_service_with
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import SearchUnavailableError
from audit_service.handlers.api import ROUTES
from audit_service.schemas import responses

from ..adapters.table import LOG_TABLE, TABLE, Table, failing
from ..builders import (
    APPROVER,
    REQUESTER,
    STRANGER,
    WORKFLOW,
    api_request,
    dataset_id,
    json_of,
    make_chain,
    make_draft,
    make_erasure,
    make_record,
)
from ..fakes import FakeIndex, FakeRepository
from ..integrity_fakes import FakeIntegrity
from ..log_fakes import World
from ..retention_fakes import retention_ports

SEARCH, GET = "GET /audit-trail", "GET /audit-trail/{datasetId}"
VERIFY, EVIDENCE = "GET /workflows/{workflowId}/verification", "GET /workflows/{workflowId}/evidence"
PROOF = "GET /audit-trail/{datasetId}/proof"
PATHS = {
    SEARCH: {},
    GET: {"datasetId": dataset_id(1)},
    PROOF: {"datasetId": dataset_id(1)},
    VERIFY: {"workflowId": WORKFLOW},
    EVIDENCE: {"workflowId": WORKFLOW},
}
CONTEXT = SimpleNamespace(aws_request_id="invocation")
CHAIN = make_chain(5)

Api = Callable[[dict[str, Any]], dict[str, Any]]


def make_api(
    stored: list[AuditRecord],
    *,
    index: FakeIndex | None = None,
    records: Any = None,
    erasures: Mapping[str, AuditRecord] | None = None,
) -> Api:
    """Return the function as Lambda runs it, over fakes. `erasures` are the records of events by erased datasetId."""
    world = World(records or FakeRepository(*stored))
    world.log.erasures = {erased: [event.dataset_id] for erased, event in (erasures or {}).items()}
    world.publish_and_seal(
        [record for record in stored if record.is_readable and record.content and record.workflow_id]
    )
    service = api_service_with(
        world.records,
        index or FakeIndex(*stored),
        world.reader,
        world.finder,
        world.clock,
        FakeIntegrity(),
        retention_ports(),
    )
    handler = api_handler(ROUTES, lambda: service)
    return lambda event: handler(event, CONTEXT)


def search(api: Api, user: str = REQUESTER, groups: tuple[str, ...] = (), **query: Any) -> dict[str, Any]:
    return api(api_request(SEARCH, user=user, groups=groups, query=urlencode(query)))


def sequences(page: dict[str, Any]) -> list[int]:
    return [each["sealed"]["workflow"]["sequence"] for each in page["items"]]


def test_a_search_returns_records_newest_first_in_pages():
    api = make_api(CHAIN)
    first = json_of(search(api, limit=3))
    assert sequences(first) == [5, 4, 3]
    second = json_of(search(api, limit=3, cursor=first["cursor"]))
    assert sequences(second) == [2, 1]
    assert (second["cursor"], second["missing"]) == (None, [])


@pytest.mark.parametrize("group", ["admins", "auditors"])
def test_admins_and_auditors_see_who_acted_in_full(group: str):
    record = CHAIN[0]
    response = make_api(CHAIN)(
        api_request(GET, user="ada", groups=(group,), path={"datasetId": record.dataset_id})
    )
    assert response["statusCode"] == 200
    body = json_of(response)
    assert responses.VerifiableAuditRecord(unknown=RAISE).validate(body) == {}
    assert body["sealed"] == json.loads(record.sealed)
    assert body["person"] == json.loads(record.person.value)
    assert body["content"] == json.loads(record.content.value)
    assert body["redacted"] == []
    assert body["canonical"] == {
        "sealed": record.sealed,
        "person": record.person.to_json(),
        "content": record.content.to_json(),
    }


def test_participants_see_the_name_of_who_acted_and_what_is_withheld():
    record = CHAIN[0]
    response = make_api(CHAIN)(api_request(GET, path={"datasetId": record.dataset_id}))
    body = json_of(response)
    assert responses.VerifiableAuditRecord(unknown=RAISE).validate(body) == {}
    assert (body["person"], body["redacted"]) == ({"name": "Rita Requester"}, ["person"])
    assert body["canonical"]["person"] is None
    assert body["canonical"]["content"] == record.content.to_json()
    for secret in ("@example.com", "192.0.2.7", "userAgent", '"users"'):
        assert secret not in response["body"]


def test_a_page_has_names_titles_and_comments_and_no_data():
    secret = {"before": {"salary": "Secret"}, "after": {"salary": "Secret"}}
    chain = make_chain(2, content={"comment": "Go ahead.", **secret})
    for groups, redacted in (((), ["person"]), (("auditors",), [])):
        response = search(make_api(chain), groups=groups)
        page = json_of(response)
        assert responses.AuditTrailPage(unknown=RAISE).validate(page) == {}
        assert [each["sealed"] for each in page["items"]] == [json.loads(each.sealed) for each in chain[::-1]]
        for item, record in zip(page["items"], chain[::-1], strict=True):
            assert {name: value for name, value in item.items() if name != "sealed"} == {
                "datasetId": record.dataset_id,
                "hash": record.hash,
                "person": {"name": "Rita Requester"},
                "content": {"title": "Buy a laptop", "comment": "Go ahead."},
                "redacted": redacted,
                "erased": [],
            }
        for hidden in ("Secret", "@example.com", "192.0.2.7", "userAgent"):
            assert hidden not in response["body"]


def test_a_page_says_which_parts_were_erased_and_by_which_event():
    erased = dataclasses.replace(CHAIN[0], person=None, content=None)
    event = make_erasure(10, {erased.dataset_id: ["content"]})
    [item] = json_of(
        search(make_api([erased, event], index=FakeIndex(erased), erasures={erased.dataset_id: event}))
    )["items"]
    assert (item["person"], item["content"], item["redacted"]) == (None, None, [])
    assert item["erased"] == [{"part": "content", "erasedBy": event.dataset_id}]


def test_an_erased_part_is_null_and_not_redacted():
    erased = dataclasses.replace(CHAIN[0], person=None, content=None)
    body = json_of(make_api([erased])(api_request(GET, path={"datasetId": erased.dataset_id})))
    assert responses.VerifiableAuditRecord(unknown=RAISE).validate(body) == {}
    assert (body["person"], body["content"], body["redacted"]) == (None, None, [])
    assert body["canonical"] == {"sealed": erased.sealed, "person": None, "content": None}


def test_a_page_matches_its_schema_and_lists_what_is_missing():
    lost = make_record(10)
    page = json_of(search(make_api(CHAIN, index=FakeIndex(*CHAIN, lost)), groups=("auditors",), limit=4))
    assert responses.AuditTrailPage(unknown=RAISE).validate(page) == {}
    assert page["missing"] == [lost.dataset_id]


def test_one_damaged_record_does_not_fail_a_page():
    damaged = dataclasses.replace(CHAIN[2], sealed="")
    for groups in ((), ("auditors",)):
        response = search(make_api([*CHAIN[:2], damaged, *CHAIN[3:]], index=FakeIndex(*CHAIN)), groups=groups)
        assert response["statusCode"] == 200
        assert sequences(json_of(response)) == [5, 4, 2, 1]
        assert json_of(response)["missing"] == [damaged.dataset_id]


def test_drafts_are_shown_to_their_owner_admins_and_auditors():
    draft = make_draft(6)
    api = make_api([*CHAIN, draft])
    seen = {
        (user, *groups): 6 in sequences(json_of(search(api, user=user, groups=groups, workflowId=WORKFLOW)))
        for user, groups in ((REQUESTER, ()), (APPROVER, ()), (STRANGER, ("admins",)), ("ada", ("auditors",)))
    }
    assert seen == {
        (REQUESTER,): True,
        (APPROVER,): False,
        (STRANGER, "admins"): True,
        ("ada", "auditors"): True,
    }
    assert api(api_request(GET, user=APPROVER, path={"datasetId": draft.dataset_id}))["statusCode"] == 404


def test_text_and_numbers_arrive_as_they_were_hashed():
    title = 'é😀 "quoted" \\ \u2028 </script>'
    record = make_record(1, content={"title": title, "after": {"amount": 12.5, "tiny": 1e-7, "huge": 1e21}})
    response = make_api([record])(api_request(GET, path={"datasetId": record.dataset_id}))
    assert '{"amount":12.5,"huge":1e+21,"tiny":1e-7}' in response["body"]
    body = json_of(response)
    assert body["content"]["title"] == title
    assert body["canonical"]["content"]["value"] == record.content.value


def test_an_unknown_action_type_is_shown_and_can_be_searched():
    record = make_record(1, actionType="ARCHIVE", outcome="ON_HOLD", risk=0.5)
    index = FakeIndex(record)
    page = json_of(search(make_api([record], index=index), actionType="ARCHIVE", outcome="ON_HOLD"))
    assert [(each["sealed"]["actionType"], each["sealed"]["risk"]) for each in page["items"]] == [
        ("ARCHIVE", 0.5)
    ]
    assert (index.searches[0][0].action_type, index.searches[0][0].outcome) == ("ARCHIVE", "ON_HOLD")


def test_every_parameter_becomes_its_filter():
    query = {
        "scheme": "expense",
        "workflowId": WORKFLOW,
        "stepId": "approval",
        "target": "target-id",
        "actionType": "APPROVE",
        "actionOwner": "owner",
        "outcome": "APPROVED",
        "from": "2026-01-01T00:00:00Z",
        "to": "2026-01-02T00:00:00+01:00",
        "text": " two words ",
    }
    index = FakeIndex()
    assert search(make_api([], index=index), groups=("auditors",), **query)["statusCode"] == 200
    ((filters, _),) = index.searches
    found = {name: str(value) for name, value in vars(filters).items()}
    assert found == {
        "scheme": "expense",
        "workflow_id": WORKFLOW,
        "step_id": "approval",
        "target": "target-id",
        "action_type": "APPROVE",
        "action_owner": "owner",
        "outcome": "APPROVED",
        "occurred_from": "2026-01-01 00:00:00+00:00",
        "occurred_to": "2026-01-01 23:00:00+00:00",
        "text": "two words",
    }


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"color": "red"}, "/color"),
        ({"scheme": "Not A Slug"}, "/scheme"),
        ({"workflowId": "w"}, "/workflowId"),
        ({"stepId": "../x"}, "/stepId"),
        ({"target": ""}, "/target"),
        ({"actionType": ""}, "/actionType"),
        ({"actionType": "X" * 65}, "/actionType"),
        ({"actionOwner": ""}, "/actionOwner"),
        ({"actionOwner": "x" * 201}, "/actionOwner"),
        ({"outcome": "\x00"}, "/outcome"),
        ({"from": "yesterday"}, "/from"),
        ({"to": "2026-01-31T09:00:00"}, "/to"),
        ({"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}, "/from"),
        ({"text": ""}, "/text"),
        ({"text": "   "}, "/text"),
        ({"text": "x" * 201}, "/text"),
        ({"limit": "0"}, "/limit"),
        ({"limit": "101"}, "/limit"),
        ({"limit": "many"}, "/limit"),
        ({"cursor": "not a cursor"}, "/cursor"),
        ({"cursor": "x" * 1001}, "/cursor"),
    ],
)
def test_an_invalid_query_is_400_and_names_the_parameter(query: dict[str, str], pointer: str):
    index = FakeIndex(*CHAIN)
    response = search(make_api(CHAIN, index=index), **query)
    assert response["statusCode"] == 400
    assert response["headers"]["content-type"] == "application/problem+json"
    assert [(each["in"], each["pointer"]) for each in json_of(response)["errors"]] == [("query", pointer)]
    assert index.searches == []


@pytest.mark.parametrize(
    ("route", "path", "pointer"),
    [
        (GET, {"datasetId": "1"}, "/datasetId"),
        (GET, {"datasetId": dataset_id(10).upper()}, "/datasetId"),
        (VERIFY, {"workflowId": "../../etc"}, "/workflowId"),
    ],
)
def test_an_invalid_id_in_the_path_is_400(route: str, path: dict[str, str], pointer: str):
    response = make_api(CHAIN)(api_request(route, path=path))
    assert response["statusCode"] == 400
    assert [(each["in"], each["pointer"]) for each in json_of(response)["errors"]] == [("path", pointer)]


def test_a_cursor_works_for_its_own_search_and_caller_only():
    api = make_api(CHAIN)
    cursor = json_of(search(api, limit=2))["cursor"]
    assert search(api, limit=1, cursor=cursor)["statusCode"] == 200
    for response in (
        search(api, cursor=cursor, outcome="DRAFT"),
        search(api, cursor=cursor, user=APPROVER),
        search(api, cursor=cursor, groups=("auditors",)),
    ):
        assert response["statusCode"] == 400
        assert json_of(response)["type"] == "/docs/problems/invalid-cursor.md"


@pytest.mark.parametrize(
    "position",
    [
        "x",
        {},
        [],
        [1],
        ["1", dataset_id(1)],
        [True, False],
        [True, dataset_id(1)],
        [1.5, dataset_id(1)],
        [None, dataset_id(1)],
        [2**63, dataset_id(1)],
        [-(2**63), dataset_id(1)],
        [10**400, dataset_id(1)],
        [1, "x"],
        [1, None],
        [1, dataset_id(10).upper()],
        [1, dataset_id(1), 1],
    ],
    ids=repr,
)
def test_a_hand_made_cursor_is_400(position: Any):
    index = FakeIndex(*CHAIN)
    api = make_api(CHAIN, index=index)
    cursor = json_of(search(api, limit=2))["cursor"]
    digest, _ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    forged = base64.urlsafe_b64encode(json.dumps([digest, position]).encode()).decode().rstrip("=")
    index.searches.clear()
    response = search(api, cursor=forged)
    assert response["statusCode"] == 400
    assert json_of(response)["type"] == "/docs/problems/invalid-cursor.md"
    assert index.searches == []


def test_what_a_stranger_may_not_see_is_the_same_404_as_what_does_not_exist():
    details = set()
    for api, user in ((make_api(CHAIN), STRANGER), (make_api([]), REQUESTER)):
        get = api(api_request(GET, path={"datasetId": CHAIN[0].dataset_id}, user=user))
        verify = api(api_request(VERIFY, path={"workflowId": WORKFLOW}, user=user))
        assert [get["statusCode"], verify["statusCode"]] == [404, 404]
        details.add((json_of(get)["detail"], json_of(verify)["detail"], json_of(get)["type"]))
    assert details == {
        ("There is no such record.", "There is no such workflow.", "/docs/problems/not-found.md")
    }


def test_a_stranger_who_searches_a_workflow_gets_an_empty_list():
    response = search(make_api(CHAIN), user=STRANGER, workflowId=WORKFLOW)
    assert (response["statusCode"], json_of(response)) == (200, {"items": [], "missing": [], "cursor": None})


@pytest.mark.parametrize("route", PATHS)
def test_a_request_without_a_users_id_token_is_rejected(route: str):
    api = make_api(CHAIN)
    assert api(api_request(route, path=PATHS[route], claims={}))["statusCode"] == 401
    access_token = {"sub": "machine", "token_use": "access", "scope": "audit/write"}
    assert api(api_request(route, path=PATHS[route], claims=access_token))["statusCode"] == 403


def test_a_search_engine_that_is_down_is_503_with_retry_after():
    class Down(FakeIndex):
        def find(self, *_: Any, **__: Any) -> Any:
            raise SearchUnavailableError("The search engine does not respond.")

    response = search(make_api(CHAIN, index=Down()), groups=("auditors",))
    assert (response["statusCode"], response["headers"]["retry-after"]) == (503, "5")
    assert json_of(response)["type"] == "/docs/problems/search-unavailable.md"


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("user", ["ada", REQUESTER])
@pytest.mark.parametrize("route", PATHS)
def test_a_store_that_stays_busy_is_503_with_retry_after_on_every_route(route: str, user: str, table: Table):
    records = DynamoDbAuditRecordRepository(table.client, TABLE, LOG_TABLE, pause=lambda _: None)
    table.responses = [failing("ThrottlingException")] * 9
    query = f"workflowId={WORKFLOW}" if route == SEARCH else ""
    groups = ("auditors",) if user == "ada" else ()
    api = make_api([], records=records, index=FakeIndex(*CHAIN))
    response = api(api_request(route, path=PATHS[route], query=query, user=user, groups=groups))
    assert (response["statusCode"], response["headers"]["retry-after"]) == (503, "5")
    assert json_of(response)["type"] == "/docs/problems/store-unavailable.md"
    assert StoreUnavailableError.retry_after == 5
    table.responses = [failing("ThrottlingException")]
    assert api(api_request(route, path=PATHS[route], query=query, user=user, groups=groups))[
        "statusCode"
    ] in (200, 404)


def test_a_damaged_record_is_an_error_of_its_own():
    damaged = dataclasses.replace(CHAIN[0], content=dataclasses.replace(CHAIN[0].content, value="{"))
    response = make_api([damaged])(api_request(GET, path={"datasetId": damaged.dataset_id}))
    assert response["statusCode"] == 500
    assert json_of(response)["type"] == "/docs/problems/unreadable-record.md"
