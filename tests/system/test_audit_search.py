"""The audit trail as it is searched: every filter, pages, and who may search what."""

from typing import Any

import pytest

from harness.scenario import Scenario
from local_cloud.people import Person
from local_cloud.waiting import wait_until

Record = dict[str, Any]


@pytest.fixture(scope="module")
def past(cloud) -> tuple[Scenario, list[Record]]:
    """A scenario with a past of seven records, newest first: two workflows, four action types, three outcomes."""
    scenario, auditor = Scenario.create(cloud), cloud.sign_in("auditor")
    one = scenario.create_draft(title="Fahrkarte nach Zürich", comment="Sparpreis gefunden")
    scenario.requester.act(one, "REQUEST").expect(200)
    scenario.approver.act(one, "REJECT", comment="Beleg fehlt").expect(200)
    scenario.requester.act(one, "REQUEST", comment="Beleg R-1042 liegt bei").expect(200)
    scenario.approver.act(one, "APPROVE").expect(200)
    two = scenario.create_pending(title="A new chair")
    scenario.approver.act(two, "REJECT", comment="There are chairs").expect(200)
    query = {"scheme": scenario.scheme, "limit": 100}
    found = wait_until(
        lambda: _full(auditor.api.get("/audit-trail", **query).expect(200).body, 7), timeout=20
    )
    return scenario, found


def _full(page: dict[str, Any], count: int) -> list[Record]:
    return page["items"] if len(page["items"]) == count else []


def _searched(person: Person, **query: Any) -> list[Record]:
    page = person.api.get("/audit-trail", **query).expect(200).body
    assert page["missing"] == []
    items: list[Record] = page["items"]
    return items


def test_records_are_newest_first(past):
    times = [record["sealed"]["occurredAt"] for record in past[1]]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 7),
        ({"actionType": "REQUEST"}, 3),
        ({"actionType": "REJECT"}, 2),
        ({"outcome": "APPROVED"}, 1),
        ({"outcome": "PENDING"}, 3),
        ({"stepId": "approval"}, 6),
        ({"stepId": "no-such-step"}, 0),
        ({"actionType": "REQUEST", "outcome": "REJECTED"}, 0),
        ({"text": "beleg"}, 2),
        ({"text": "chair"}, 2),
        ({"text": "no word of it"}, 0),
    ],
    ids=str,
)
def test_a_filter_gives_what_fits_and_nothing_else(
    filters: dict[str, str], count: int, past, auditor: Person
):
    scenario, records = past
    found = _searched(auditor, scheme=scenario.scheme, limit=100, **filters)
    assert len(found) == count
    for name in ("actionType", "outcome", "stepId"):
        assert all(record["sealed"][name] == filters.get(name, record["sealed"][name]) for record in found)
    assert [record for record in records if record in found] == found


def test_by_workflow(past, auditor: Person):
    workflow_id = past[1][0]["sealed"]["workflowId"]
    found = _searched(auditor, workflowId=workflow_id)
    assert [record["sealed"]["actionType"] for record in found] == ["REJECT", "REQUEST"]


def test_by_who_acted(past, auditor: Person):
    scenario, _ = past
    found = _searched(auditor, actionOwner=scenario.approver.user_id, limit=100)
    assert [record["sealed"]["actionType"] for record in found] == ["REJECT", "APPROVE", "REJECT"]


def test_from_and_to_are_both_included(past, auditor: Person):
    scenario, records = past
    newest, oldest = records[2]["sealed"]["occurredAt"], records[4]["sealed"]["occurredAt"]
    found = _searched(auditor, **{"scheme": scenario.scheme, "from": oldest, "to": newest, "limit": 100})
    assert [record["datasetId"] for record in found] == [record["datasetId"] for record in records[2:5]]


def test_an_offset_of_another_time_zone_means_the_same_instant(past, auditor: Person):
    scenario, records = past
    at = records[0]["sealed"]["occurredAt"]
    found = _searched(auditor, **{"scheme": scenario.scheme, "from": at.replace("Z", "+00:00")})
    assert [record["datasetId"] for record in found] == [records[0]["datasetId"]]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_put_together_are_the_whole(limit: int, past, auditor: Person):
    scenario, records = past
    seen: list[Record] = []
    query: dict[str, Any] = {"scheme": scenario.scheme, "limit": limit}
    while True:
        page = auditor.api.get("/audit-trail", **query).expect(200).body
        assert len(page["items"]) <= limit
        seen.extend(page["items"])
        if page["cursor"] is None:
            break
        query["cursor"] = page["cursor"]
    assert seen == records


def test_a_participant_finds_the_records_of_their_workflows_only(past):
    scenario, records = past
    for person in (scenario.requester, scenario.approver):
        assert _searched(person, limit=100) == records
    assert _searched(scenario.add_outsider(), limit=100) == []


def test_a_participant_may_name_a_workflow_and_a_stranger_finds_nothing_there(past):
    scenario, records = past
    workflow_id = records[0]["sealed"]["workflowId"]
    assert len(_searched(scenario.requester, workflowId=workflow_id)) == 2
    assert _searched(scenario.add_outsider(), workflowId=workflow_id) == []


def test_an_admin_is_no_auditor(past, admin: Person):
    scenario, _ = past
    assert _searched(admin, scheme=scenario.scheme) == []


def test_the_whole_record_says_who_did_what(past):
    scenario, records = past
    approved = next(record for record in records if record["sealed"]["actionType"] == "APPROVE")
    assert approved["sealed"]["actionOwner"] == {"userId": scenario.approver.user_id}
    assert approved["person"]["name"] == "Bo"
    assert approved["person"]["email"] == scenario.approver.email
    assert approved["person"]["groups"] == [scenario.group]
    assert approved["sealed"]["round"] == 2
    assert f"user:{scenario.requester.user_id}" in approved["participants"]
    assert f"group:{scenario.group}" in approved["participants"]
