"""Erasures over HTTP, from API Gateway's event to the response."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from countersign_common.errors import StoreUnavailableError
from countersign_common.http.handler import api_handler
from marshmallow import RAISE

from audit_service.bootstrap.api import api_service_with
from audit_service.domain.erasure import ErasureState
from audit_service.domain.own_events import OWN_SOURCE
from audit_service.handlers.api import ROUTES
from audit_service.schemas import erasure_responses

from ..builders import (
    APPROVER,
    OTHER_WORKFLOW,
    REQUESTER,
    WORKFLOW,
    api_request,
    dataset_id,
    json_of,
    make_chain,
    make_record,
)
from ..erasure_fakes import FakeHolds, FakeJobs, FakeRequests, retention_job
from ..fakes import FakeIndex, FakeRepository
from ..integrity_fakes import FakeIntegrity
from ..log_fakes import World
from ..retention_fakes import FakeKeys, retention_ports

POST, LIST = "POST /audit-trail/erasures", "GET /audit-trail/erasures"
GET = "GET /audit-trail/erasures/{erasureId}"
BODY = {"userId": REQUESTER, "parts": ["content", "person"], "reason": "  Request 4711  "}

OWN = make_chain(2)
"""Two records of a workflow that the requester requested, both their own."""
DECISION = make_record(3, number=3, actionType="APPROVE", actionOwner={"type": "user", "id": APPROVER})
"""Of the same workflow, by someone else."""
ELSEWHERE = make_record(2, number=4, workflow_id=OTHER_WORKFLOW)
"""By the requester, in a workflow that someone else requested."""
OTHERS = make_record(1, number=5, workflow_id=OTHER_WORKFLOW, actionOwner={"type": "user", "id": APPROVER})
OWN_EVENT = make_record(number=6, has_workflow=False, source=OWN_SOURCE, target={"type": "user", "id": "x"})
"""By the requester as an admin: the proof needs its content."""
STORED = [*OWN, DECISION, ELSEWHERE, OTHERS, OWN_EVENT]


class Api:
    """The API over fakes."""

    def __init__(self, *stored: Any, holds: FakeHolds | None = None) -> None:
        self.jobs, self.requests, self.keys = FakeJobs(), FakeRequests(), FakeKeys()
        self.index = FakeIndex(*stored)
        self.world = World(FakeRepository(*stored))
        self.world.now = datetime.fromisoformat("2026-02-01T12:00:00+00:00")
        ports = retention_ports(
            jobs=self.jobs, keys=self.keys, requests=self.requests, holds=holds or FakeHolds()
        )
        service = api_service_with(
            self.world.records,
            self.index,
            self.world.reader,
            self.world.finder,
            self.world.clock,
            FakeIntegrity(),
            ports,
        )
        self._handler = api_handler(ROUTES, lambda: service)

    def __call__(
        self,
        route: str,
        *,
        user: str = "ada",
        groups: tuple[str, ...] = ("admins",),
        key: str | None = None,
        **request: Any,
    ) -> dict[str, Any]:
        event = api_request(route, user=user, groups=groups, **request)
        if key is not None:
            event["headers"]["idempotency-key"] = key
        return self._handler(event, SimpleNamespace(aws_request_id="invocation"))


@pytest.fixture
def api() -> Api:
    return Api(*STORED)


def body(response: dict[str, Any], schema: type[Any] = erasure_responses.Erasure, status: int = 200) -> Any:
    assert response["statusCode"] == status, response.get("body")
    decoded = json_of(response)
    assert schema(unknown=RAISE).validate(decoded) == {}
    return decoded


def problem(response: dict[str, Any]) -> tuple[int, str]:
    return response["statusCode"], json_of(response)["type"].rpartition("/")[2].removesuffix(".md")


def test_a_request_stores_a_job_and_starts_it(api: Api):
    response = api(POST, body=BODY)
    erasure = body(response, status=202)
    assert response["headers"]["location"] == f"/audit-trail/erasures/{erasure['erasureId']}"
    assert erasure | {"erasureId": "x"} == {
        "erasureId": "x",
        "kind": "user",
        "userId": REQUESTER,
        "parts": ["person", "content"],
        "reason": "Request 4711",
        "requestedBy": "ada",
        "state": "REQUESTED",
        "error": None,
        "erased": {"person": 0, "content": 0},
        "held": {"count": 0, "workflowIds": []},
        "createdAt": "2026-02-01T12:00:00.000Z",
        "updatedAt": "2026-02-01T12:00:00.000Z",
    }
    assert api.requests.messages == [(erasure["erasureId"], 0)]
    actor = api.jobs.jobs[erasure["erasureId"]].actor
    assert actor is not None
    assert (actor.request_id, actor.person.email) == ("request-of-the-test", "ada@example.com")
    assert (actor.person.source_ip, actor.person.groups) == ("192.0.2.7", ("admins",))


@pytest.mark.parametrize("groups", [(), ("approvers",), ("auditors",)])
@pytest.mark.parametrize("dry_run", [False, True])
def test_only_admins_erase_and_preview(api: Api, groups: tuple[str, ...], dry_run: bool):
    response = api(POST, groups=groups, body=BODY | {"dryRun": dry_run})
    assert problem(response) == (403, "admins-only")
    assert (api.jobs.jobs, api.requests.messages) == ({}, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"parts": []},
        {"parts": ["person", "person"]},
        {"parts": ["sealed"]},
        {"reason": " "},
        {"reason": "x" * 501},
        {"userId": ""},
        {"dryRun": "yes"},
        {"force": True},
    ],
)
def test_other_bodies_are_rejected(api: Api, changes: dict[str, Any]):
    assert problem(api(POST, body=BODY | changes)) == (400, "bad-request")
    assert api.jobs.jobs == {}


def test_a_user_is_erased_by_one_erasure_at_a_time(api: Api):
    first = body(api(POST, body=BODY), status=202)
    response = api(POST, body=BODY)
    assert problem(response) == (409, "erasure-running")
    assert first["erasureId"] in json_of(response)["detail"]
    assert body(api(POST, body=BODY | {"userId": APPROVER}), status=202)
    job = api.jobs.jobs[first["erasureId"]]
    api.jobs.jobs[first["erasureId"]] = SimpleNamespace(**vars(job) | {"state": ErasureState.DONE})
    assert body(api(POST, body=BODY), status=202)["erasureId"] != first["erasureId"]


def test_a_retention_job_does_not_keep_a_user_from_being_erased(api: Api):
    api.jobs.add(retention_job())
    assert body(api(POST, body=BODY), status=202)


def test_a_retry_with_the_same_key_returns_the_same_erasure(api: Api):
    first = body(api(POST, body=BODY, key="k"), status=202)
    again = body(api(POST, body=BODY, key="k"), status=202)
    assert again == first
    assert len(api.jobs.jobs) == 1
    assert api.requests.messages == 2 * [(first["erasureId"], 0)], "it may not have been started"


def test_a_retry_of_an_erasure_that_runs_does_not_start_it_again(api: Api):
    first = body(api(POST, body=BODY, key="k"), status=202)
    job = api.jobs.jobs[first["erasureId"]]
    api.jobs.jobs[first["erasureId"]] = SimpleNamespace(**vars(job) | {"state": ErasureState.RUNNING})
    assert body(api(POST, body=BODY, key="k"), status=202)["state"] == "RUNNING"
    assert len(api.requests.messages) == 1


def test_a_key_of_another_request_is_rejected_and_one_of_another_user_or_day_is_not(api: Api):
    body(api(POST, body=BODY, key="k"), status=202)
    other = BODY | {"userId": APPROVER}
    assert problem(api(POST, body=other, key="k")) == (422, "idempotency-key-reused")
    body(api(POST, user="adam", body=other, key="k"), status=202)
    api.world.now += timedelta(hours=24)
    body(api(POST, body=BODY | {"userId": "third"}, key="k"), status=202)


def test_a_key_that_got_409_can_be_used_again(api: Api):
    first = body(api(POST, body=BODY), status=202)
    assert problem(api(POST, body=BODY, key="k")) == (409, "erasure-running")
    del api.jobs.jobs[first["erasureId"]]
    assert body(api(POST, body=BODY, key="k"), status=202)


def test_a_job_whose_message_was_not_sent_is_started_by_a_retry(api: Api, monkeypatch: pytest.MonkeyPatch):
    def fail(erasure_id: str, *, delay_seconds: int = 0) -> None:
        raise StoreUnavailableError("busy")

    with monkeypatch.context() as patch:
        patch.setattr(api.requests, "request_erasure", fail)
        assert problem(api(POST, body=BODY, key="k")) == (503, "store-unavailable")
    (stored,) = api.jobs.jobs
    assert body(api(POST, body=BODY, key="k"), status=202)["erasureId"] == stored
    assert api.requests.messages == [(stored, 0)]


def test_a_dry_run_counts_what_would_be_erased_and_erases_nothing(api: Api):
    preview = body(api(POST, body=BODY | {"dryRun": True}, key="k"), erasure_responses.DryRun)
    named = [*OWN, DECISION, ELSEWHERE, OWN_EVENT]
    assert set(preview.pop("datasetIds")) == {each.dataset_id for each in named}
    assert preview == {
        "erasureId": None,
        "state": "DRY_RUN",
        "records": 5,
        "person": 4,
        "content": 4,
        "held": {"count": 0, "workflowIds": []},
        "workflows": 2,
        "complete": True,
    }
    assert (api.jobs.jobs, api.requests.messages, api.keys.records) == ({}, [], {})


@pytest.mark.parametrize(
    ("parts", "person", "content"), [(["person"], 4, 0), (["content"], 0, 4), (["person", "content"], 4, 4)]
)
def test_a_dry_run_counts_the_wanted_parts_only(api: Api, parts: list[str], person: int, content: int):
    preview = body(api(POST, body=BODY | {"parts": parts, "dryRun": True}), erasure_responses.DryRun)
    assert (preview["person"], preview["content"]) == (person, content)


def test_a_dry_run_counts_what_a_hold_keeps():
    api = Api(*STORED, holds=FakeHolds(WORKFLOW))
    preview = body(api(POST, body=BODY | {"dryRun": True}), erasure_responses.DryRun)
    assert preview["held"] == {"count": 3, "workflowIds": [WORKFLOW]}
    assert (preview["records"], preview["workflows"]) == (2, 1)


def test_a_dry_run_of_many_records_reads_all_pages_and_names_the_first():
    api = Api(*make_chain(250))
    preview = body(api(POST, body=BODY | {"dryRun": True}), erasure_responses.DryRun)
    assert (preview["records"], preview["person"], preview["complete"]) == (250, 250, True)
    assert len(preview["datasetIds"]) == 100
    assert [filters.action_owner for filters, _ in api.index.searches] == 3 * [REQUESTER]
    assert api.index.limits == 3 * [100]


def test_a_dry_run_that_takes_too_long_says_so():
    api = Api(*make_chain(250))
    found = api.world.records.get_many

    def slowly(ids: Any) -> Any:
        api.world.now += timedelta(seconds=3)
        return found(ids)

    api.world.records.get_many = slowly  # type: ignore[method-assign]
    preview = body(api(POST, body=BODY | {"dryRun": True}), erasure_responses.DryRun)
    assert preview["complete"] is False
    assert 0 < preview["records"] < 250


def test_a_dry_run_counts_nothing_more_once_five_seconds_are_over(monkeypatch: pytest.MonkeyPatch):
    api = Api(*STORED)
    take_five_seconds(api, monkeypatch, "get_many")
    preview = body(api(POST, body=BODY | {"dryRun": True}), erasure_responses.DryRun)
    assert (preview["records"], preview["complete"]) == (0, False)


def test_a_dry_run_stops_in_the_middle_of_a_page(monkeypatch: pytest.MonkeyPatch):
    api = Api(*STORED)
    take_five_seconds(api, monkeypatch, "list_positions")
    preview = body(api(POST, body=BODY | {"dryRun": True}), erasure_responses.DryRun)
    # The first record of the workflow, and then the workflow was listed.
    assert (preview["records"], preview["complete"]) == (2, False)


def take_five_seconds(api: Api, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let each call of a method of the store take five seconds."""
    method = getattr(api.world.records, name)

    def slowly(*arguments: Any, **options: Any) -> Any:
        api.world.now += timedelta(seconds=5)
        return method(*arguments, **options)

    monkeypatch.setattr(api.world.records, name, slowly)


def test_erasures_are_listed_newest_first_in_pages(api: Api):
    users = ["a", "b", "c"]
    ids = [body(api(POST, body=BODY | {"userId": user}), status=202)["erasureId"] for user in users]
    first = body(api(LIST, groups=("auditors",), query="limit=2"), erasure_responses.ErasurePage)
    query = f"limit=2&cursor={first['cursor']}"
    second = body(api(LIST, groups=("auditors",), query=query), erasure_responses.ErasurePage)
    listed = [each["erasureId"] for each in (*first["items"], *second["items"])]
    assert (listed, second["cursor"]) == (ids[::-1], None)


def test_an_erasure_by_retention_is_of_no_user(api: Api):
    api.jobs.add(retention_job())
    (erasure,) = body(api(LIST), erasure_responses.ErasurePage)["items"]
    assert (erasure["kind"], erasure["userId"], erasure["requestedBy"]) == ("retention", None, "retention")


def test_an_erasure_can_be_followed(api: Api):
    erasure = body(api(POST, body=BODY), status=202)
    path = {"erasureId": erasure["erasureId"]}
    assert body(api(GET, groups=("auditors",), path=path)) == erasure
    unknown = api(GET, path={"erasureId": dataset_id(1)})
    assert problem(unknown) == (404, "not-found")
    assert json_of(unknown)["detail"] == "There is no such erasure."


@pytest.mark.parametrize("groups", [(), ("approvers",)])
@pytest.mark.parametrize("route", [LIST, GET])
def test_other_users_read_no_erasures(api: Api, groups: tuple[str, ...], route: str):
    path = {"erasureId": dataset_id(1)} if route == GET else {}
    assert problem(api(route, groups=groups, path=path)) == (403, "auditors-only")
