"""People acting at the same moment: none is lost, none is applied twice, and the chain has no gap and no fork."""

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


def _at_once(acts: list[Callable[[], Response]]) -> list[Response]:
    """Let all of them go at the same moment."""
    start = Barrier(len(acts))

    def go(act: Callable[[], Response]) -> Response:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(go, acts))


def _intact(auditor: Person, workflow_id: str, events: int) -> bool:
    answer = auditor.api.get(f"/workflows/{workflow_id}/verification")
    if answer.status != 200 or answer.body["events"] != events:
        return False
    assert answer.body["verdict"] == "intact", answer.body["breaks"]
    return True


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_approvers_at_once_one_decides_and_the_other_is_refused_by_the_rule(
    attempt: int, scenario: Scenario, stores: Stores, auditor: Person
):
    colleague, workflow_id = scenario.add_approver(), scenario.create_pending()
    answers = _at_once(
        [
            lambda: scenario.approver.act(workflow_id, "APPROVE"),
            lambda: colleague.act(workflow_id, "REJECT", comment="Too dear"),
        ]
    )
    assert sorted(answer.status for answer in answers) == [200, 409]
    winner, loser = sorted(answers, key=lambda answer: answer.status)
    assert expect_problem(loser, 409)["type"].rpartition(":")[2] in ("already-approved", "not-pending")
    assert len(stores.events(workflow_id)) == 2
    assert scenario.requester.get_workflow(workflow_id)["status"] == winner.body["status"]
    wait_until(lambda: _intact(auditor, workflow_id, 2), timeout=20)


def test_saves_at_once_are_all_made_one_after_another(scenario: Scenario, stores: Stores, auditor: Person):
    """Four at once: each may lose to three others, and an action is tried five times."""
    workflow_id = scenario.create_draft()

    def save(title: str) -> Callable[[], Response]:
        api = scenario.cloud.api(scenario.requester.id_token)
        body = {"actionType": "SAVE", "title": title}
        return lambda: api.post(f"/workflows/{workflow_id}/actions", body)

    titles = [f"Title {number}" for number in range(12)]
    answers = [
        answer
        for start in (0, 4, 8)
        for answer in _at_once([save(title) for title in titles[start : start + 4]])
    ]

    assert {answer.status for answer in answers} == {200}
    assert sorted(answer.body["version"] for answer in answers) == list(range(2, 14))
    events = stores.events(workflow_id)
    assert [event["sk"] for event in events] == [f"EVENT#{n:010d}" for n in range(1, 14)]
    history = scenario.requester.api.get(f"/workflows/{workflow_id}/history").expect(200).body["items"]
    assert {entry["title"] for entry in history[1:]} == set(titles)
    wait_until(lambda: _intact(auditor, workflow_id, 13), timeout=20)


def test_a_crowd_is_told_to_come_again_and_nothing_is_lost_or_doubled(scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_draft()
    apis = [scenario.cloud.api(scenario.requester.id_token) for _ in range(12)]
    body = {"actionType": "SAVE", "title": "Again"}
    answers = _at_once([lambda api=api: api.post(f"/workflows/{workflow_id}/actions", body) for api in apis])

    done = [answer for answer in answers if answer.status == 200]
    for answer in answers:
        if answer.status != 200:
            expect_problem(answer, 409, "too-busy")
    assert sorted(answer.body["version"] for answer in done) == list(range(2, 2 + len(done)))
    assert len(stores.events(workflow_id)) == 1 + len(done)


def test_with_if_match_only_the_first_of_two_writes(scenario: Scenario, stores: Stores):
    workflow_id = scenario.create_draft()
    apis = [scenario.cloud.api(scenario.requester.id_token) for _ in range(2)]

    def save(number: int) -> Response:
        body = {"actionType": "SAVE", "title": f"Title {number}"}
        return apis[number].post(f"/workflows/{workflow_id}/actions", body, If_Match='"1"')

    answers = _at_once([lambda: save(0), lambda: save(1)])
    assert sorted(answer.status for answer in answers) == [200, 412]
    assert len(stores.events(workflow_id)) == 2
