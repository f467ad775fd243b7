"""The audit trail as it is searched: every filter, pages, and who may search what."""

from typing import Any

import pytest

from harness.office import Office
from harness.people import Person
from harness.waiting import wait_until

Record = dict[str, Any]


@pytest.fixture(scope="module")
def past(cloud, auditor: Person) -> tuple[Office, list[Record]]:
    """An office with a past of seven records, newest first: two workflows, four action types, three outcomes."""
    office = Office.opened(cloud)
    one = office.draft(title="Fahrkarte nach Zürich", comment="Sparpreis gefunden")
    office.requester.acts(one, "REQUEST").expect(200)
    office.approver.acts(one, "REJECT", comment="Beleg fehlt").expect(200)
    office.requester.acts(one, "REQUEST", comment="Beleg R-1042 liegt bei").expect(200)
    office.approver.acts(one, "APPROVE").expect(200)
    two = office.pending(title="A new chair")
    office.approver.acts(two, "REJECT", comment="There are chairs").expect(200)
    query = {"scheme": office.scheme, "limit": 100}
    found = wait_until(lambda: _full(auditor.api.get("/audit-trail", **query).expect(200).body, 7), within=20)
    return office, found


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
    office, records = past
    found = _searched(auditor, scheme=office.scheme, limit=100, **filters)
    assert len(found) == count
    for name in ("actionType", "outcome", "stepId"):
        assert all(record["sealed"][name] == filters.get(name, record["sealed"][name]) for record in found)
    assert [record for record in records if record in found] == found


def test_by_workflow(past, auditor: Person):
    workflow_id = past[1][0]["sealed"]["workflowId"]
    found = _searched(auditor, workflowId=workflow_id)
    assert [record["sealed"]["actionType"] for record in found] == ["REJECT", "REQUEST"]


def test_by_who_acted(past, auditor: Person):
    office, _ = past
    found = _searched(auditor, actionOwner=office.approver.user_id, limit=100)
    assert [record["sealed"]["actionType"] for record in found] == ["REJECT", "APPROVE", "REJECT"]


def test_from_and_to_are_both_included(past, auditor: Person):
    office, records = past
    newest, oldest = records[2]["sealed"]["occurredAt"], records[4]["sealed"]["occurredAt"]
    found = _searched(auditor, **{"scheme": office.scheme, "from": oldest, "to": newest, "limit": 100})
    assert [record["datasetId"] for record in found] == [record["datasetId"] for record in records[2:5]]


def test_an_offset_of_another_time_zone_means_the_same_instant(past, auditor: Person):
    office, records = past
    at = records[0]["sealed"]["occurredAt"]
    found = _searched(auditor, **{"scheme": office.scheme, "from": at.replace("Z", "+00:00")})
    assert [record["datasetId"] for record in found] == [records[0]["datasetId"]]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_put_together_are_the_whole(limit: int, past, auditor: Person):
    office, records = past
    seen: list[Record] = []
    query: dict[str, Any] = {"scheme": office.scheme, "limit": limit}
    while True:
        page = auditor.api.get("/audit-trail", **query).expect(200).body
        assert len(page["items"]) <= limit
        seen.extend(page["items"])
        if page["cursor"] is None:
            break
        query["cursor"] = page["cursor"]
    assert seen == records


def test_a_participant_finds_the_records_of_their_workflows_only(past):
    office, records = past
    for person in (office.requester, office.approver):
        assert _searched(person, limit=100) == records
    assert _searched(office.stranger(), limit=100) == []


def test_a_participant_may_name_a_workflow_and_a_stranger_finds_nothing_there(past):
    office, records = past
    workflow_id = records[0]["sealed"]["workflowId"]
    assert len(_searched(office.requester, workflowId=workflow_id)) == 2
    assert _searched(office.stranger(), workflowId=workflow_id) == []


def test_an_admin_is_no_auditor(past, admin: Person):
    office, _ = past
    assert _searched(admin, scheme=office.scheme) == []


def test_the_whole_record_says_who_did_what(past):
    office, records = past
    approved = next(record for record in records if record["sealed"]["actionType"] == "APPROVE")
    assert approved["sealed"]["actionOwner"] == {"userId": office.approver.user_id}
    assert approved["person"]["name"] == "Bo"
    assert approved["person"]["email"] == office.approver.email
    assert approved["person"]["groups"] == [office.group]
    assert approved["sealed"]["round"] == 2
    assert f"user:{office.requester.user_id}" in approved["participants"]
    assert f"group:{office.group}" in approved["participants"]
