"""Simultaneous actions: none is lost, none is applied twice, and the hash chain has no gap and no fork."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from harness.problems import expect_problem
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.api import Response
from local_cloud.people import Person
from local_cloud.waiting import wait_until


def _send_together(requests: list[Callable[[], Response]]) -> list[Response]:
    """Send all requests at the same moment. Returns their responses in the same order."""
    start = Barrier(len(requests))

    def send(request: Callable[[], Response]) -> Response:
        start.wait()
        return request()

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def _wait_until_verified(auditor: Person, workflow_id: str, events: int) -> None:
    """Wait until this many events are recorded, and assert that their chain is intact."""

    def is_intact() -> bool:
        response = auditor.api.get(f"/workflows/{workflow_id}/verification")
        if response.status != 200 or response.body["events"] != events:
            return False
        assert response.body["verdict"] == "valid", response.body["findings"]
        return True

    wait_until(is_intact, timeout=20)


@pytest.mark.parametrize("attempt", range(3))
def test_one_of_two_simultaneous_decisions_is_applied_and_the_other_returns_412(
    attempt: int, scenario: Scenario, stores: Stores, auditor: Person
):
    second_approver, workflow_id = scenario.add_approver(), scenario.create_pending()

    def approve() -> Response:
        return scenario.approver.act(workflow_id, "APPROVE", if_match=1)

    def reject() -> Response:
        return second_approver.act(workflow_id, "REJECT", if_match=1, comment="Too expensive")

    responses = _send_together([approve, reject])
    applied, rejected = sorted(responses, key=lambda response: response.status)
    assert applied.status == 200
    expect_problem(rejected, 412, "version-stale")
    assert len(stores.events(workflow_id)) == 2
    assert scenario.requester.get_workflow(workflow_id)["status"] == applied.body["status"]
    _wait_until_verified(auditor, workflow_id, 2)

    person, action_type = (
        (scenario.approver, "APPROVE") if responses[0] is rejected else (second_approver, "REJECT")
    )
    code = "already-approved" if applied.body["status"] == "APPROVED" else "not-pending"
    expect_problem(person.act(workflow_id, action_type, comment="Too expensive"), 409, code)
    assert len(stores.events(workflow_id)) == 2


def test_simultaneous_saves_are_all_applied_one_after_another(
    scenario: Scenario, stores: Stores, auditor: Person
):
    """Four at a time: each may lose to three others, and an action is tried five times."""
    workflow_id = scenario.create_draft()

    def save(title: str) -> Callable[[], Response]:
        api = scenario.cloud.api(scenario.requester.id_token)
        body = {"actionType": "SAVE", "title": title}
        return lambda: api.post(f"/workflows/{workflow_id}/actions", body)

    titles = [f"Title {number}" for number in range(12)]
    responses = [
        response
        for start in (0, 4, 8)
        for response in _send_together([save(title) for title in titles[start : start + 4]])
    ]

    assert {response.status for response in responses} == {200}
    assert sorted(response.body["version"] for response in responses) == list(range(2, 14))
    events = stores.events(workflow_id)
    assert [event["sk"] for event in events] == [f"EVENT#{n:010d}" for n in range(1, 14)]
    history = scenario.requester.api.get(f"/workflows/{workflow_id}/history").expect(200).body["items"]
    assert {entry["title"] for entry in history[1:]} == set(titles)
    _wait_until_verified(auditor, workflow_id, 13)


def test_too_many_simultaneous_saves_return_409_with_retry_after_and_lose_nothing(
    scenario: Scenario, stores: Stores
):
    workflow_id = scenario.create_draft()
    apis = [scenario.cloud.api(scenario.requester.id_token) for _ in range(12)]
    body = {"actionType": "SAVE", "title": "Again"}
    responses = _send_together(
        [lambda api=api: api.post(f"/workflows/{workflow_id}/actions", body) for api in apis]
    )

    applied = [response for response in responses if response.status == 200]
    for response in responses:
        if response.status != 200:
            expect_problem(response, 409, "too-busy")
            assert response.headers["retry-after"] == "1"
    assert sorted(response.body["version"] for response in applied) == list(range(2, 2 + len(applied)))
    assert len(stores.events(workflow_id)) == 1 + len(applied)


def test_only_one_of_two_simultaneous_saves_of_the_same_version_is_applied(
    scenario: Scenario, stores: Stores
):
    workflow_id = scenario.create_draft()
    apis = [scenario.cloud.api(scenario.requester.id_token) for _ in range(2)]

    def save(number: int) -> Response:
        body = {"actionType": "SAVE", "title": f"Title {number}"}
        return apis[number].post(f"/workflows/{workflow_id}/actions", body, If_Match='"1"')

    responses = _send_together([lambda: save(0), lambda: save(1)])
    assert sorted(response.status for response in responses) == [200, 412]
    assert len(stores.events(workflow_id)) == 2
