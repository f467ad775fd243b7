"""Searching the audit trail: filters, pages, and which records each user finds."""

from typing import Any
from uuid import uuid4

import pytest
from countersign_common.actors import user_principal
from countersign_common.clock import system_clock, to_rfc3339
from countersign_common.events.audit_event import AUDIT_EVENT_TYPE, AuditEvent
from countersign_common.events.cloud_event import CloudEvent
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import hash_of

from harness.problems import expect_problem
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.waiting import wait_until

Record = dict[str, Any]


def _search(person: Person, **query: Any) -> list[Record]:
    page = person.api.get("/audit-trail", **query).expect(200).body
    assert page["missing"] == []
    items: list[Record] = page["items"]
    return items


def _wait_for_records(person: Person, count: int, **query: Any) -> list[Record]:
    """Search until this many records are found. Return them."""

    def records() -> list[Record]:
        found = _search(person, limit=100, **query)
        return found if len(found) == count else []

    return wait_until(records, timeout=20, what=f"{count} records")


def _ids(records: list[Record]) -> list[str]:
    return [record["datasetId"] for record in records]


def _action_types(records: list[Record]) -> list[str]:
    return [record["sealed"]["actionType"] for record in records]


@pytest.fixture(scope="module")
def module_records(cloud) -> tuple[Scenario, list[Record]]:
    """A scenario with seven records, newest first: two workflows, four action types, three outcomes."""
    scenario = Scenario.create(cloud)
    first = scenario.create_draft(title="Fahrkarte nach Zürich", comment="Sparpreis gefunden")
    scenario.requester.act(first, "REQUEST").expect(200)
    scenario.approver.act(first, "REJECT", comment="Beleg fehlt").expect(200)
    scenario.requester.act(first, "REQUEST", comment="Beleg R-1042 liegt bei").expect(200)
    scenario.approver.act(first, "APPROVE").expect(200)
    second = scenario.create_pending(title="A new chair")
    scenario.approver.act(second, "REJECT", comment="There are chairs").expect(200)
    return scenario, _wait_for_records(cloud.sign_in("auditor"), 7, scheme=scenario.scheme)


@pytest.fixture
def recorded(module_records) -> tuple[Scenario, list[Record]]:
    """The scenario and the records of the module, with users who have new tokens."""
    scenario, records = module_records
    return scenario.sign_in_again(), records


def test_records_are_newest_first(recorded):
    times = [record["sealed"]["occurredAt"] for record in recorded[1]]
    assert times == sorted(times, reverse=True)


def _filtered_value(record: Record, name: str) -> str | None:
    sealed = record["sealed"]
    value: str | None = sealed["workflow"][name] if name == "stepId" else sealed[name]
    return value


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
        ({"actionType": "request"}, 0),
        ({"actionType": "NO_SUCH_ACTION"}, 0),
        ({"outcome": "NO_SUCH_OUTCOME"}, 0),
        ({"actionType": "REQUEST", "outcome": "REJECTED"}, 0),
        ({"text": "beleg"}, 2),
        ({"text": "chair"}, 2),
        ({"text": "no such words"}, 0),
    ],
    ids=str,
)
def test_a_filter_returns_exactly_the_matching_records(
    filters: dict[str, str], count: int, recorded, auditor: Person
):
    scenario, records = recorded
    found = _search(auditor, scheme=scenario.scheme, limit=100, **filters)
    assert len(found) == count
    for name in filters.keys() - {"text"}:
        assert all(_filtered_value(record, name) == filters[name] for record in found)
    assert [record for record in records if record in found] == found


@pytest.mark.parametrize("parameter", ["workflowId", "target"])
def test_records_are_found_by_workflow(parameter: str, recorded, auditor: Person):
    workflow_id = recorded[1][0]["sealed"]["target"]["id"]
    assert _action_types(_search(auditor, **{parameter: workflow_id})) == ["REJECT", "REQUEST"]


def test_records_are_found_by_action_owner(recorded, auditor: Person):
    scenario, _ = recorded
    found = _search(auditor, actionOwner=scenario.approver.user_id, limit=100)
    assert _action_types(found) == ["REJECT", "APPROVE", "REJECT"]


def test_from_and_to_are_inclusive(recorded, auditor: Person):
    scenario, records = recorded
    newest, oldest = records[2]["sealed"]["occurredAt"], records[4]["sealed"]["occurredAt"]
    found = _search(auditor, **{"scheme": scenario.scheme, "from": oldest, "to": newest, "limit": 100})
    assert _ids(found) == _ids(records[2:5])


def test_a_time_with_another_offset_is_the_same_instant(recorded, auditor: Person):
    scenario, records = recorded
    at = records[0]["sealed"]["occurredAt"]
    found = _search(auditor, **{"scheme": scenario.scheme, "from": at.replace("Z", "+00:00")})
    assert _ids(found) == _ids(records[:1])


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_all_pages_together_contain_every_record_once(limit: int, recorded, auditor: Person):
    scenario, records = recorded
    found: list[Record] = []
    query: dict[str, Any] = {"scheme": scenario.scheme, "limit": limit}
    while True:
        page = auditor.api.get("/audit-trail", **query).expect(200).body
        assert len(page["items"]) <= limit
        found.extend(page["items"])
        if page["cursor"] is None:
            break
        query["cursor"] = page["cursor"]
    assert found == records


def test_admins_find_everything(recorded, admin: Person):
    scenario, records = recorded
    assert _search(admin, scheme=scenario.scheme, limit=100) == records


def test_participants_find_only_the_records_of_their_workflows(recorded):
    scenario, records = recorded
    assert _ids(_search(scenario.requester, limit=100)) == _ids(records)
    without_draft = [record for record in records if record["sealed"]["actionType"] != "SAVE"]
    assert _ids(_search(scenario.approver, limit=100)) == _ids(without_draft)
    assert _search(scenario.add_outsider(), limit=100) == []


def test_a_search_within_a_workflow_is_open_to_its_participants_only(recorded):
    scenario, records = recorded
    workflow_id = records[0]["sealed"]["target"]["id"]
    assert len(_search(scenario.requester, workflowId=workflow_id)) == 2
    assert len(_search(scenario.add_approver(), workflowId=workflow_id)) == 2
    assert _search(scenario.add_outsider(), workflowId=workflow_id) == []


def test_a_record_shows_who_did_what(recorded):
    scenario, records = recorded
    approved = next(record for record in records if record["sealed"]["actionType"] == "APPROVE")
    sealed = approved["sealed"]
    assert sealed["actionOwner"] == {"type": "user", "id": scenario.approver.user_id}
    assert sealed["target"] == {"type": "workflow", "id": records[-1]["sealed"]["target"]["id"]}
    assert sealed["workflow"]["scheme"] == scenario.scheme
    assert (sealed["workflow"]["round"], sealed["workflow"]["sequence"]) == (2, 5)
    assert user_principal(scenario.requester.user_id) in sealed["participants"]
    assert f"group:{scenario.group}" in sealed["participants"]
    assert approved["person"] == {"name": "Bo"}
    assert (approved["redacted"], approved["erased"]) == ([], [])


def test_a_search_shows_title_and_comment_and_a_record_also_the_data(recorded, auditor: Person):
    scenario, records = recorded
    for found in records:
        read = auditor.api.get(f"/audit-trail/{found['datasetId']}").expect(200).body
        content = {name: read["content"][name] for name in ("title", "comment")}
        person = {"name": read["person"]["name"]}
        del read["canonical"]
        assert found == {**read, "person": person, "content": content}
        assert "after" in read["content"]
    approved = next(record for record in records if record["sealed"]["actionType"] == "APPROVE")
    person = auditor.api.get(f"/audit-trail/{approved['datasetId']}").expect(200).body["person"]
    assert (person["email"], person["groups"]) == (scenario.approver.email, [scenario.group])


def test_participants_see_only_the_names_of_persons(recorded):
    scenario, records = recorded
    for participant in (scenario.requester, scenario.approver):
        for found in _search(participant, limit=100):
            by_auditor = next(record for record in records if record["datasetId"] == found["datasetId"])
            assert found == {**by_auditor, "redacted": ["person"]}

            read = participant.api.get(f"/audit-trail/{found['datasetId']}").expect(200).body
            canonical = read["canonical"]
            assert (read["person"], read["redacted"]) == (found["person"], ["person"])
            assert canonical["person"] is None
            assert hash_of(canonical["sealed"]) == found["hash"]
            assert canonical["content"] is not None


@pytest.mark.parametrize("account", ["auditor", "admin"])
def test_auditors_and_admins_see_persons_in_full(account: str, recorded, request: pytest.FixtureRequest):
    _, records = recorded
    person: Person = request.getfixturevalue(account)
    read = person.api.get(f"/audit-trail/{records[0]['datasetId']}").expect(200).body
    assert read["person"].keys() == {"name", "email", "groups", "sourceIp", "userAgent"}
    assert read["canonical"]["person"]["value"] == canonical_text(read["person"])


@pytest.fixture(scope="module")
def module_resubmission(cloud) -> tuple[Scenario, str, list[Record]]:
    """A workflow that was requested, rejected, saved and requested again; its records, newest first."""
    scenario = Scenario.create(cloud)
    workflow_id = scenario.create_pending(data={"amount": 1})
    scenario.approver.act(workflow_id, "REJECT", comment="Too little").expect(200)
    scenario.requester.act(workflow_id, "SAVE", title="Undecided", data={"amount": 2}).expect(200)
    scenario.requester.act(workflow_id, "REQUEST", title="Decided", data={"amount": 3}).expect(200)
    return scenario, workflow_id, _wait_for_records(cloud.sign_in("auditor"), 4, workflowId=workflow_id)


@pytest.fixture
def resubmitted(module_resubmission) -> tuple[Scenario, str, list[Record]]:
    """The resubmission of the module, with users who have new tokens."""
    scenario, workflow_id, records = module_resubmission
    return scenario.sign_in_again(), workflow_id, records


def test_saved_drafts_are_found_by_the_requester_admins_and_auditors_only(
    resubmitted, auditor: Person, admin: Person
):
    scenario, workflow_id, records = resubmitted
    assert records[1]["sealed"]["participants"] == [user_principal(scenario.requester.user_id)]
    for person in (scenario.requester, auditor, admin):
        assert _ids(_search(person, workflowId=workflow_id)) == _ids(records)
        assert _ids(_search(person, workflowId=workflow_id, actionType="SAVE")) == _ids(records[1:2])
    for person in (scenario.approver, scenario.add_approver()):
        visible = ["REQUEST", "REJECT", "REQUEST"]
        assert _action_types(_search(person, workflowId=workflow_id)) == visible
        assert _action_types(_search(person, scheme=scenario.scheme)) == visible
        assert _search(person, workflowId=workflow_id, actionType="SAVE") == []
        assert _search(person, actionType="SAVE", scheme=scenario.scheme) == []
        assert _search(person, workflowId=workflow_id, text="Undecided") == []


def test_the_record_of_a_saved_draft_is_404_for_other_participants(
    resubmitted, auditor: Person, admin: Person
):
    scenario, _, records = resubmitted
    path = f"/audit-trail/{records[1]['datasetId']}"
    for person in (scenario.requester, auditor, admin):
        assert person.api.get(path).expect(200).body["content"]["title"] == "Undecided"
    expect_problem(scenario.approver.api.get(path), 404, "not-found")


def test_the_record_of_a_request_compares_with_the_previous_request(resubmitted, auditor: Person):
    _, _, records = resubmitted
    content = [
        auditor.api.get(f"/audit-trail/{dataset_id}").expect(200).body["content"]
        for dataset_id in _ids(records)
    ]
    assert (content[0]["before"], content[0]["after"]) == ({"amount": 1}, {"amount": 3})
    assert (content[1]["before"], content[1]["after"]) == ({"amount": 1}, {"amount": 2})
    assert content[2]["before"] is None
    assert (content[3]["before"], content[3]["after"]) == (None, {"amount": 1})


def test_participants_verify_a_workflow_with_drafts_that_they_do_not_see(resubmitted):
    scenario, workflow_id, records = resubmitted
    for person in (scenario.requester, scenario.approver):
        verification = person.api.get(f"/workflows/{workflow_id}/verification").expect(200).body
        assert (verification["verdict"], verification["findings"]) == ("valid", [])
        assert (verification["events"], verification["headHash"]) == (4, records[0]["hash"])


def test_an_event_of_an_unknown_action_type_is_stored_and_found(
    scenario: Scenario, stores: Stores, auditor: Person
):
    event = _unknown_event(scenario.requester)
    stores.send("audit_trail", event.to_message().body)

    owner = scenario.requester.user_id
    (found,) = _wait_for_records(
        auditor, 1, actionType="Escalate to board", outcome="ESCALATED", actionOwner=owner
    )
    assert found["datasetId"] == event.id
    assert found["sealed"]["target"] == {"type": "contract", "id": "C-1042"}
    assert found["sealed"]["urgency"] == "high"
    full = auditor.api.get(f"/audit-trail/{event.id}").expect(200).body
    assert full["content"]["attachments"] == 2
    assert _ids(_search(scenario.requester, target="C-1042", text="machinery")) == [event.id]
    assert _search(scenario.approver, target="C-1042") == []
    record = scenario.requester.api.get(f"/audit-trail/{event.id}").expect(200).body
    assert record["person"] == {"name": "Rita"}


def _unknown_event(owner: Person) -> CloudEvent:
    """Return an audit event of another producer, with an action type, a target and fields that no service knows."""
    event_id, occurred_at, source = str(uuid4()), to_rfc3339(system_clock()), "/contracts"
    person = {"name": owner.name, "email": owner.email, "groups": [], "sourceIp": "::1", "userAgent": "tests"}
    content = {"title": "Heavy machinery", "comment": None, "before": None, "after": {}, "attachments": 2}
    openings = {
        "person": CommitmentOpening(bytes(32), canonical_text(person)),
        "content": CommitmentOpening(bytes(32), canonical_text(content)),
    }
    sealed = canonical_text(
        {
            "schemaVersion": 1,
            "eventId": event_id,
            "source": source,
            "actionType": "Escalate to board",
            "actionOwner": {"type": "user", "id": owner.user_id},
            "target": {"type": "contract", "id": "C-1042"},
            "outcome": "ESCALATED",
            "occurredAt": occurred_at,
            "requestId": "request-1",
            "participants": [user_principal(owner.user_id)],
            "personCommitment": openings["person"].commitment("person"),
            "contentCommitment": openings["content"].commitment("content"),
            "urgency": "high",
        }
    )
    return CloudEvent(
        id=event_id,
        source=source,
        type=AUDIT_EVENT_TYPE,
        subject="contract/C-1042",
        time=occurred_at,
        correlation_id=event_id,
        data=AuditEvent(sealed, hash_of(sealed), openings["person"], openings["content"]).to_json(),
    )
