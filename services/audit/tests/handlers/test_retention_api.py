"""Legal holds and retention periods over HTTP, from API Gateway's event to the response."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from countersign_common.clock import to_rfc3339
from countersign_common.errors import StoreUnavailableError
from countersign_common.events.audit_event import Reference
from countersign_common.http.handler import api_handler
from marshmallow import RAISE

from audit_service.bootstrap.api import api_service_with
from audit_service.domain.erasure import Hold
from audit_service.domain.own_events import OWN_EVENT
from audit_service.handlers.api import ROUTES
from audit_service.schemas import erasure_responses

from ..builders import OTHER_WORKFLOW, WORKFLOW, api_request, json_of, make_chain, make_record
from ..erasure_fakes import FakeHolds, FakePolicies, FakeRequests
from ..fakes import FakeIndex, FakeRepository
from ..integrity_fakes import FakeIntegrity
from ..log_fakes import World
from ..retention_fakes import retention_ports

PUT_HOLD, DELETE_HOLD = "PUT /audit-trail/holds/{workflowId}", "DELETE /audit-trail/holds/{workflowId}"
GET_HOLD = "GET /audit-trail/holds/{workflowId}"
HOLDS, RETENTION = "GET /audit-trail/holds", "GET /audit-trail/retention"
PUT_RETENTION = "PUT /audit-trail/retention/{scheme}"
PATH = {"workflowId": WORKFLOW}
SCHEME = {"scheme": "expense"}
NOON = "2026-02-01T12:00:00.000Z"


class Api:
    """The API over fakes."""

    def __init__(self) -> None:
        self.holds, self.policies, self.requests = FakeHolds(), FakePolicies(), FakeRequests()
        elsewhere = make_record(1, number=9, workflow_id=OTHER_WORKFLOW)
        self.world = World(FakeRepository(*make_chain(2), elsewhere))
        self.world.now = datetime.fromisoformat(NOON)
        ports = retention_ports(holds=self.holds, policies=self.policies, requests=self.requests)
        service = api_service_with(
            self.world.records,
            FakeIndex(),
            self.world.reader,
            self.world.finder,
            self.world.clock,
            FakeIntegrity(),
            ports,
        )
        self._handler = api_handler(ROUTES, lambda: service)

    def __call__(
        self, route: str, *, user: str = "ada", groups: tuple[str, ...] = ("admins",), **request: Any
    ) -> dict[str, Any]:
        event = api_request(route, user=user, groups=groups, **request)
        return self._handler(event, SimpleNamespace(aws_request_id="invocation"))

    @property
    def recorded(self) -> list[Any]:
        """The events that were sent, each as the queue's consumer gets it."""
        return [OWN_EVENT.load(OWN_EVENT.dump(event)) for event in self.requests.recorded]


@pytest.fixture
def api() -> Api:
    return Api()


def body(response: dict[str, Any], schema: type[Any]) -> Any:
    assert response["statusCode"] == 200, response.get("body")
    decoded = json_of(response)
    assert schema(unknown=RAISE).validate(decoded) == {}
    return decoded


def problem(response: dict[str, Any]) -> tuple[int, str]:
    return response["statusCode"], json_of(response)["type"].rpartition("/")[2].removesuffix(".md")


def place(api: Api, reason: str = "Case 17", **request: Any) -> Any:
    return body(api(PUT_HOLD, path=PATH, body={"reason": reason}, **request), erasure_responses.LegalHold)


def test_a_hold_is_in_force_and_recorded(api: Api):
    hold = place(api, " Case 17 ")
    assert hold == {"workflowId": WORKFLOW, "reason": "Case 17", "by": "ada", "at": NOON}
    assert set(api.holds.all()) == {WORKFLOW}
    (event,) = api.recorded
    assert (event.action_type, event.outcome, event.target) == (
        "HOLD",
        "HELD",
        Reference("workflow", WORKFLOW),
    )
    assert (event.action_owner, event.occurred_at) == (Reference("user", "ada"), NOON)
    assert (event.title, event.comment, event.after) == ("Legal hold", "Case 17", None)
    assert (event.request_id, event.person.email) == ("request-of-the-test", "ada@example.com")


def test_the_same_hold_again_changes_nothing_and_is_the_same_event(api: Api):
    first = place(api)
    api.world.now += timedelta(minutes=1)
    assert place(api) == first
    assert len({event.event_id for event in api.recorded}) == 1


@pytest.mark.parametrize("change", [{"reason": "Case 18"}, {"user": "adam"}])
def test_another_hold_replaces_the_first_and_is_another_event(api: Api, change: dict[str, Any]):
    place(api)
    api.world.now += timedelta(minutes=1)
    hold = place(api, **change)
    assert (hold["reason"], hold["by"]) == (change.get("reason", "Case 17"), change.get("user", "ada"))
    assert len({event.event_id for event in api.recorded}) == 2


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, target: Any, method: str, request: Callable[[], Any], *, times: int = 1
) -> None:
    """Have another request processed right before a call of a port, as often as given."""
    call, left = getattr(target, method), iter(range(times))

    def called(*arguments: Any, **options: Any) -> Any:
        if next(left, None) is not None:
            request()
        return call(*arguments, **options)

    monkeypatch.setattr(target, method, called)


def test_the_same_hold_twice_at_the_same_time_is_one_hold_and_one_event(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    def later() -> None:
        api.world.now += timedelta(seconds=1)
        place(api)

    meanwhile(monkeypatch, api.holds, "put", later)
    hold = place(api)
    assert [hold["at"]] == [to_rfc3339(each.at) for each in api.holds.all().values()]
    assert (
        [event.action_type for event in api.recorded],
        len({event.event_id for event in api.recorded}),
    ) == (
        ["HOLD", "HOLD"],
        1,
    )


def test_two_holds_within_a_millisecond_are_two_events(api: Api):
    place(api)
    hold = place(api, "Case 18")
    assert hold["at"] == "2026-02-01T12:00:00.001Z"
    assert len({event.event_id for event in api.recorded}) == 2


def test_a_hold_that_replaces_another_during_its_release_is_released_with_an_event_of_its_own(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    place(api)
    meanwhile(monkeypatch, api.holds, "delete", lambda: place(api, "Case 18"))
    assert api(DELETE_HOLD, path=PATH, body={"reason": "x"})["statusCode"] == 204
    assert api.holds.all() == {}
    released = [event.event_id for event in api.recorded if event.action_type == "RELEASE"]
    assert len(set(released)) == 2


def test_a_hold_that_others_keep_changing_is_a_503(api: Api, monkeypatch: pytest.MonkeyPatch):
    reasons = (f"Case {number}" for number in range(100))
    put = api.holds.put

    def other(workflow_id: str, *_: Any, **__: Any) -> bool:
        hold = Hold(next(reasons), "adam", api.world.now)
        put(workflow_id, hold, replaces=api.holds.get(workflow_id))
        return False

    monkeypatch.setattr(api.holds, "put", other)
    response = api(PUT_HOLD, path=PATH, body={"reason": "Case 17"})
    assert problem(response) == (503, "store-unavailable")
    assert api.recorded == []


def test_a_hold_whose_event_was_not_sent_is_recorded_by_a_retry(api: Api, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(api.requests, "record", _fail)
        response = api(PUT_HOLD, path=PATH, body={"reason": "Case 17"})
        assert problem(response) == (503, "store-unavailable")
    assert set(api.holds.all()) == {WORKFLOW}, "it protects all the same"
    place(api)
    assert [event.action_type for event in api.recorded] == ["HOLD"]


def test_a_workflow_without_records_has_no_hold(api: Api):
    path = {"workflowId": "0190a000-0000-7000-8000-00000000000c"}
    assert problem(api(PUT_HOLD, path=path, body={"reason": "x"})) == (404, "not-found")
    assert (api.holds.all(), api.recorded) == ({}, [])


def test_a_release_ends_the_hold_and_is_recorded(api: Api):
    place(api)
    api.world.now += timedelta(minutes=1)
    response = api(DELETE_HOLD, user="adam", path=PATH, body={"reason": "Closed"})
    assert (response["statusCode"], response.get("body")) == (204, None)
    assert api.holds.all() == {}
    event = api.recorded[-1]
    assert (event.action_type, event.outcome, event.target) == (
        "RELEASE",
        "RELEASED",
        Reference("workflow", WORKFLOW),
    )
    assert (event.action_owner.id, event.comment) == ("adam", "Closed")
    assert event.occurred_at == "2026-02-01T12:01:00.000Z"


def test_a_release_without_a_hold_changes_nothing(api: Api):
    assert api(DELETE_HOLD, path=PATH, body={"reason": "Closed"})["statusCode"] == 204
    assert api.recorded == []


def test_a_hold_ends_only_once_its_end_will_be_recorded(api: Api, monkeypatch: pytest.MonkeyPatch):
    place(api)
    with monkeypatch.context() as patch:
        patch.setattr(api.requests, "record", _fail)
        assert problem(api(DELETE_HOLD, path=PATH, body={"reason": "x"})) == (503, "store-unavailable")
    assert set(api.holds.all()) == {WORKFLOW}


def test_a_release_that_was_recorded_and_failed_is_the_same_event_again(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    place(api)
    with monkeypatch.context() as patch:
        patch.setattr(api.holds, "delete", _fail)
        api(DELETE_HOLD, path=PATH, body={"reason": "x"})
    api.world.now += timedelta(minutes=1)
    api(DELETE_HOLD, path=PATH, body={"reason": "x"})
    ids = [event.event_id for event in api.recorded if event.action_type == "RELEASE"]
    assert (len(ids), len(set(ids)), api.holds.all()) == (2, 1, {})


def test_a_second_hold_has_a_release_of_its_own(api: Api):
    for _ in range(2):
        place(api)
        api(DELETE_HOLD, path=PATH, body={"reason": "x"})
        api.world.now += timedelta(minutes=1)
    assert len({event.event_id for event in api.recorded}) == 4


def test_holds_are_listed_in_pages(api: Api):
    for workflow_id in (OTHER_WORKFLOW, WORKFLOW):
        api(PUT_HOLD, path={"workflowId": workflow_id}, body={"reason": "x"})
    first = body(api(HOLDS, groups=("auditors",), query="limit=1"), erasure_responses.LegalHoldPage)
    query = f"limit=1&cursor={first['cursor']}"
    second = body(api(HOLDS, groups=("auditors",), query=query), erasure_responses.LegalHoldPage)
    listed = [each["workflowId"] for each in (*first["items"], *second["items"])]
    assert (listed, second["cursor"]) == ([WORKFLOW, OTHER_WORKFLOW], None)


def test_the_hold_on_a_workflow_is_read(api: Api):
    hold = place(api)
    assert body(api(GET_HOLD, groups=("auditors",), path=PATH), erasure_responses.LegalHold) == hold
    path = {"workflowId": OTHER_WORKFLOW}
    assert problem(api(GET_HOLD, groups=("auditors",), path=path)) == (404, "not-found")


def set_days(api: Api, days: int = 30, **request: Any) -> Any:
    sent = {"days": days, "reason": "Law"}
    return body(api(PUT_RETENTION, path=SCHEME, body=sent, **request), erasure_responses.SchemeRetention)


def test_a_retention_period_is_in_force_and_recorded(api: Api):
    policy = {"scheme": "expense", "days": 30, "by": "ada", "at": NOON}
    assert set_days(api) == policy
    assert body(api(RETENTION, groups=("auditors",)), erasure_responses.Retention) == {
        "defaultDays": 2555,
        "schemes": [policy],
    }
    (event,) = api.recorded
    assert (event.action_type, event.outcome, event.target) == (
        "SET_RETENTION",
        "SET",
        Reference("scheme", "expense"),
    )
    assert (event.title, event.comment, event.after) == ("Retention period", "Law", {"days": 30})


def test_the_same_period_again_is_the_same_event_and_another_one_is_not(api: Api):
    first = set_days(api)
    api.world.now += timedelta(minutes=1)
    assert set_days(api) == first
    assert set_days(api, 31)["days"] == 31
    ids = [event.event_id for event in api.recorded]
    assert ids[0] == ids[1] != ids[2]


def test_the_same_period_twice_at_the_same_time_is_one_event(api: Api, monkeypatch: pytest.MonkeyPatch):
    def later() -> None:
        api.world.now += timedelta(seconds=1)
        set_days(api)

    meanwhile(monkeypatch, api.policies, "put", later)
    policy = set_days(api)
    assert [policy["at"]] == [to_rfc3339(each.at) for each in api.policies.all().values()]
    assert (len(api.recorded), len({event.event_id for event in api.recorded})) == (2, 1)


def test_two_periods_within_a_millisecond_are_two_events(api: Api):
    set_days(api)
    set_days(api, 31)
    assert len({event.event_id for event in api.recorded}) == 2


def test_periods_of_two_schemes_at_one_time_are_two_events(api: Api):
    for scheme in ("expense", "travel"):
        api(PUT_RETENTION, path={"scheme": scheme}, body={"days": 30, "reason": "Law"})
    assert len({event.event_id for event in api.recorded}) == 2
    listed = body(api(RETENTION), erasure_responses.Retention)["schemes"]
    assert [each["scheme"] for each in listed] == ["expense", "travel"]


@pytest.mark.parametrize("days", [0, 36_501, 1.5, "30"])
def test_a_period_has_1_to_36500_days(api: Api, days: Any):
    response = api(PUT_RETENTION, path=SCHEME, body={"days": days, "reason": "x"})
    assert problem(response) == (400, "bad-request")
    assert api.policies.all() == {}


WRITES: list[Callable[..., dict[str, Any]]] = [
    lambda api, **by: api(PUT_HOLD, path=PATH, body={"reason": "x"}, **by),
    lambda api, **by: api(DELETE_HOLD, path=PATH, body={"reason": "x"}, **by),
    lambda api, **by: api(PUT_RETENTION, path=SCHEME, body={"days": 1, "reason": "x"}, **by),
]


@pytest.mark.parametrize("groups", [(), ("approvers",), ("auditors",)])
@pytest.mark.parametrize("write", WRITES, ids=["hold", "release", "retention"])
def test_only_admins_write(api: Api, groups: tuple[str, ...], write: Callable[..., dict[str, Any]]):
    place(api)
    api.requests.recorded.clear()
    assert problem(write(api, groups=groups)) == (403, "admins-only")
    assert (set(api.holds.all()), api.policies.all(), api.recorded) == ({WORKFLOW}, {}, [])


@pytest.mark.parametrize("route", [HOLDS, GET_HOLD, RETENTION])
def test_other_users_read_neither_holds_nor_periods(api: Api, route: str):
    place(api)
    assert problem(api(route, groups=("approvers",), path=PATH)) == (403, "auditors-only")


def _fail(*_: Any, **__: Any) -> None:
    raise StoreUnavailableError("busy")
