"""Legal holds and retention periods over the API. `test_erasure.py` and `test_retention.py` test that a hold wins."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from harness.problems import error_pointers, expect_problem
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.api import Response
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import holds_for, wait_until

HOLDS, RETENTION = "/audit-trail/holds", "/audit-trail/retention"
REASON = {"reason": "Case 2026-17"}
RELEASED = {"reason": "Case 2026-17 is closed"}


@pytest.fixture
def workflow_id(scenario: Scenario, stores: Stores) -> str:
    """A workflow with a record."""
    workflow_id = scenario.create_pending()
    wait_until(lambda: stores.audit_records(workflow_id), timeout=20)
    return workflow_id


@pytest.fixture
def scheme() -> str:
    """The id of a scheme that no workflow has. Periods can be set for schemes that are gone."""
    return f"scheme-{uuid4().hex[:12]}"


def release(by: Person, workflow_id: str, body: Any = None) -> Response:
    return by.api.request("DELETE", f"{HOLDS}/{workflow_id}", json=RELEASED if body is None else body)


def recorded(by: Person, target: str) -> list[dict[str, Any]]:
    """Return the audit service's own records about something, oldest first."""
    found = by.api.get("/audit-trail", target=target, limit=100).expect(200).body["items"]
    own = [each for each in found if each["sealed"]["source"] == "/countersign/audit"]
    return sorted(own, key=lambda each: str(each["sealed"]["occurredAt"]))


def wait_until_recorded(by: Person, target: str, *actions: str) -> list[dict[str, Any]]:
    """Wait until these actions are recorded, and see that no other is."""

    def found() -> list[str]:
        return [each["sealed"]["actionType"] for each in recorded(by, target)]

    wait_until(lambda: len(found()) >= len(actions), timeout=30, interval=0.2)
    assert holds_for(2.0, lambda: found() == list(actions)), found()
    return recorded(by, target)


def test_a_hold_is_placed_read_and_released(workflow_id: str, admin: Person, auditor: Person):
    path = f"{HOLDS}/{workflow_id}"
    expect_problem(auditor.api.get(path), 404, "not-found")
    hold = admin.api.put(path, REASON).expect(200).body
    assert (hold["workflowId"], hold["reason"], hold["by"]) == (
        workflow_id,
        REASON["reason"],
        admin.user_id,
    )
    assert auditor.api.get(path).expect(200).body == hold
    assert hold in [each for page in auditor.api.pages(HOLDS, limit=100) for each in page["items"]]

    released = release(admin, workflow_id).expect(204)
    assert not released.body
    expect_problem(auditor.api.get(path), 404, "not-found")
    listed = [each["workflowId"] for page in auditor.api.pages(HOLDS, limit=100) for each in page["items"]]
    assert workflow_id not in listed
    placed, ended = wait_until_recorded(auditor, workflow_id, "HOLD", "RELEASE")
    assert placed["sealed"]["occurredAt"] == hold["at"]
    for record, comment in ((placed, REASON["reason"]), (ended, RELEASED["reason"])):
        assert record["sealed"]["actionOwner"] == {"type": "user", "id": admin.user_id}
        assert (record["content"]["comment"], record["person"]["email"]) == (comment, admin.email)


def test_repeated_requests_change_nothing_and_are_recorded_once(
    workflow_id: str, admin: Person, auditor: Person
):
    path = f"{HOLDS}/{workflow_id}"
    first = admin.api.put(path, REASON).expect(200).body
    assert admin.api.put(path, REASON).expect(200).body == first
    release(admin, workflow_id).expect(204)
    release(admin, workflow_id).expect(204)
    wait_until_recorded(auditor, workflow_id, "HOLD", "RELEASE")


def test_the_same_request_at_the_same_time_is_recorded_once(
    workflow_id: str, scheme: str, cloud: RunningCloud, auditor: Person
):
    admins = [cloud.sign_in("admin") for _ in range(4)]
    with ThreadPoolExecutor(len(admins)) as executor:

        def at_once(path: str, body: dict[str, Any]) -> list[Any]:
            sent = list(executor.map(lambda by: by.api.put(path, body), admins))
            # Of four at once, one can be rejected as busy; it can be repeated.
            assert {each.status for each in sent} <= {200, 503}
            return [each.body for each in sent if each.status == 200]

        holds = at_once(f"{HOLDS}/{workflow_id}", REASON)
        periods = at_once(f"{RETENTION}/{scheme}", {"days": 3_650, "reason": "Tax law"})
        assert {each.status for each in executor.map(lambda by: release(by, workflow_id), admins)} <= {
            204,
            503,
        }
    for bodies in (holds, periods):
        assert bodies
        assert all(each == bodies[0] for each in bodies)
    wait_until_recorded(auditor, workflow_id, "HOLD", "RELEASE")
    wait_until_recorded(auditor, scheme, "SET_RETENTION")


def test_another_reason_is_another_hold(workflow_id: str, admin: Person, auditor: Person):
    path = f"{HOLDS}/{workflow_id}"
    admin.api.put(path, REASON).expect(200)
    admin.api.put(path, {"reason": "Case 2026-18"}).expect(200)
    records = wait_until_recorded(auditor, workflow_id, "HOLD", "HOLD")
    assert [each["content"]["comment"] for each in records] == ["Case 2026-17", "Case 2026-18"]
    release(admin, workflow_id).expect(204)


def test_a_hold_needs_a_workflow_with_records(admin: Person):
    expect_problem(admin.api.put(f"{HOLDS}/{uuid4()}", REASON), 404, "not-found")
    assert release(admin, str(uuid4())).status == 204


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x", "days": 1}])
def test_an_invalid_hold_is_rejected(workflow_id: str, body: dict[str, Any], admin: Person):
    for response in (admin.api.put(f"{HOLDS}/{workflow_id}", body), release(admin, workflow_id, body)):
        expect_problem(response, 400, "bad-request")
    expect_problem(admin.api.get(f"{HOLDS}/{workflow_id}"), 404, "not-found")


def test_a_period_is_set_and_read(scheme: str, admin: Person, auditor: Person):
    body = {"days": 3_650, "reason": "Tax law"}
    period = admin.api.put(f"{RETENTION}/{scheme}", body).expect(200).body
    assert (period["scheme"], period["days"], period["by"]) == (scheme, 3_650, admin.user_id)
    assert admin.api.put(f"{RETENTION}/{scheme}", body).expect(200).body == period
    periods = auditor.api.get(RETENTION).expect(200).body
    assert periods["defaultDays"] == 2_555
    assert [each for each in periods["schemes"] if each["scheme"] == scheme] == [period]
    [record] = wait_until_recorded(auditor, scheme, "SET_RETENTION")
    assert record["sealed"]["target"] == {"type": "scheme", "id": scheme}
    assert (record["content"]["comment"], record["content"]["after"]) == ("Tax law", {"days": 3_650})


@pytest.mark.parametrize("days", [0, 36_501, "30", None])
def test_an_invalid_period_is_rejected(scheme: str, days: Any, admin: Person):
    response = admin.api.put(f"{RETENTION}/{scheme}", {"days": days, "reason": "x"})
    expect_problem(response, 400, "bad-request")
    assert error_pointers(response, "body") == {"/days"}


def test_only_admins_write_and_only_auditors_and_admins_read(
    workflow_id: str, scheme: str, scenario: Scenario, auditor: Person
):
    for by in (scenario.requester, scenario.approver, auditor):
        writes = [
            by.api.put(f"{HOLDS}/{workflow_id}", REASON),
            release(by, workflow_id),
            by.api.put(f"{RETENTION}/{scheme}", {"days": 1, "reason": "x"}),
        ]
        for response in writes:
            expect_problem(response, 403, "admins-only")
    for path in (HOLDS, f"{HOLDS}/{workflow_id}", RETENTION):
        expect_problem(scenario.requester.api.get(path), 403, "auditors-only")
        assert auditor.api.get(path).status in (200, 404)
        assert scenario.cloud.api().get(path).status == 401
