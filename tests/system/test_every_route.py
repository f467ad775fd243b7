"""Each route in its normal use: status, headers and body."""

from itertools import pairwise

import pytest
from countersign_common.proof.canonical import canonical_text

from harness.scenario import Scenario, scheme_of
from local_cloud.people import Person
from local_cloud.waiting import wait_until


def test_a_created_workflow_is_at_its_location(scenario: Scenario):
    created = scenario.requester.create_workflow(
        scenario.scheme, title="Train", data={"amount": 184}, comment="  please "
    )
    assert created.headers["etag"] == '"1"'
    assert created.headers["location"] == f"/workflows/{created.body['workflowId']}"
    read = scenario.requester.api.get(created.headers["location"]).expect(200)
    assert read.body == created.body
    assert read.headers["etag"] == '"1"'
    assert created.body["status"] == "DRAFT"
    assert created.body["data"] == {"amount": 184}
    assert created.body["requester"] == {"userId": scenario.requester.user_id, "name": "Rita"}
    assert created.body["allowedActions"] == ["SAVE", "REQUEST"]


# JSON literal → the same number in canonical form (RFC 8785).
NUMBERS = {
    "12.50": "12.5",
    "1.0": "1",
    "-0": "0",
    "-0.0": "0",
    "0.1": "0.1",
    "1e-7": "1e-7",
    "1e21": "1e+21",
    "123456789012345680000": "123456789012345680000",
    "9007199254740992": "9007199254740992",
    "1.7976931348623157e308": "1.7976931348623157e+308",
    "5e-324": "5e-324",
}


@pytest.mark.parametrize(("literal", "canonical"), NUMBERS.items())
def test_a_number_is_returned_and_recorded_with_the_same_value(
    literal: str, canonical: str, scenario: Scenario
):
    body = f'{{"actionType":"SAVE","scheme":"{scenario.scheme}","title":"Train","data":{{"n":{literal}}}}}'
    headers = {"content-type": "application/json"}
    created = scenario.requester.api.request("POST", "/workflows", data=body, headers=headers).expect(201)
    workflow_id = created.body["workflowId"]
    for data in (created.body["data"], scenario.requester.get_workflow(workflow_id)["data"]):
        assert canonical_text(data) == f'{{"n":{canonical}}}'

    event_id = scenario.requester.api.get(f"/workflows/{workflow_id}/history").body["items"][0]["eventId"]
    path = f"/audit-trail/{event_id}"
    wait_until(lambda: scenario.requester.api.get(path).status == 200, timeout=10)
    record = scenario.requester.api.get(path).expect(200).body
    assert f'"after":{{"n":{canonical}}}' in record["canonical"]["content"]["value"]
    assert canonical_text(record["content"]["after"]) == f'{{"n":{canonical}}}'


def test_each_user_sees_the_actions_that_they_are_allowed(scenario: Scenario):
    workflow_id = scenario.create_pending()
    assert scenario.requester.get_workflow(workflow_id)["allowedActions"] == []
    assert scenario.approver.get_workflow(workflow_id)["allowedActions"] == ["APPROVE", "REJECT"]
    rejected = scenario.approver.act(workflow_id, "REJECT", comment="No").expect(200)
    assert rejected.headers["etag"] == '"2"'
    assert scenario.requester.get_workflow(workflow_id)["allowedActions"] == ["SAVE", "REQUEST"]


def test_my_workflows_are_listed_newest_first_without_data(scenario: Scenario):
    ids = [scenario.create_draft(title=f"Draft {number}") for number in range(3)]
    page = scenario.requester.api.get("/workflows", view="mine").expect(200).body
    assert [each["workflowId"] for each in page["items"]] == ids[::-1]
    assert page["cursor"] is None
    assert all("data" not in each for each in page["items"])


def test_my_workflows_are_listed_in_pages(scenario: Scenario):
    ids = [scenario.create_draft() for _ in range(5)]
    first = scenario.requester.api.get("/workflows", limit=2).expect(200).body
    second = scenario.requester.api.get("/workflows", limit=2, cursor=first["cursor"]).expect(200).body
    third = scenario.requester.api.get("/workflows", limit=2, cursor=second["cursor"]).expect(200).body
    listed = [each["workflowId"] for page in (first, second, third) for each in page["items"]]
    assert listed == ids[::-1]
    assert third["cursor"] is None


def test_an_inbox_lists_only_workflows_that_wait_for_a_decision(scenario: Scenario):
    waiting, decided, draft = scenario.create_pending(), scenario.create_pending(), scenario.create_draft()
    scenario.approver.act(decided, "APPROVE").expect(200)
    page = scenario.approver.api.get("/workflows", view="inbox").expect(200).body
    assert [each["workflowId"] for each in page["items"]] == [waiting]
    assert draft not in str(page)
    assert scenario.requester.api.get("/workflows", view="inbox").expect(200).body["items"] == []


def test_a_history_is_listed_oldest_first_in_pages_and_linked_by_hashes(scenario: Scenario):
    workflow_id = scenario.create_draft()
    for number in range(4):
        scenario.requester.act(workflow_id, "SAVE", title=f"Title {number}").expect(200)
    path = f"/workflows/{workflow_id}/history"
    first = scenario.requester.api.get(path, limit=3).expect(200).body
    rest = scenario.requester.api.get(path, limit=3, cursor=first["cursor"]).expect(200).body
    entries = [*first["items"], *rest["items"]]
    assert [entry["sequence"] for entry in entries] == [1, 2, 3, 4, 5]
    assert all(entry["hash"] == following["previousHash"] for entry, following in pairwise(entries))
    owner = {"type": "user", "id": scenario.requester.user_id, "name": "Rita"}
    assert all(entry["actionOwner"] == owner for entry in entries)
    assert rest["cursor"] is None


def test_an_admin_writes_versions_of_a_scheme_that_every_user_reads(scenario: Scenario, admin: Person):
    path = f"/schemes/{scenario.scheme}"
    assert scenario.add_outsider().api.get(path).expect(200).headers["etag"] == '"1"'
    same = admin.api.put(path, scheme_of(groups=[scenario.group])).expect(200)
    assert same.body["version"] == 1
    changed = admin.api.put(path, scheme_of(groups=[scenario.group], name="Travel")).expect(200)
    assert (changed.body["version"], changed.headers["etag"]) == (2, '"2"')
    assert scenario.requester.api.get(path, version=1).expect(200).body["name"] == "Expense report"
    assert scenario.requester.api.get(path).expect(200).body["name"] == "Travel"


def test_all_schemes_are_listed_by_id(scenario: Scenario):
    ids: list[str] = []
    cursor: str | None = None
    while True:
        query = {"limit": 100} | ({"cursor": cursor} if cursor else {})
        page = scenario.requester.api.get("/schemes", **query).expect(200).body
        ids.extend(each["schemeId"] for each in page["items"])
        if (cursor := page["cursor"]) is None:
            break
    assert scenario.scheme in ids
    assert ids == sorted(set(ids))


def test_a_workflow_keeps_its_version_of_the_scheme(scenario: Scenario, admin: Person):
    workflow_id = scenario.create_pending()
    admin.api.put(f"/schemes/{scenario.scheme}", scheme_of(groups=["approvers"])).expect(200)
    assert scenario.approver.get_workflow(workflow_id)["schemeVersion"] == 1
    scenario.approver.act(workflow_id, "APPROVE").expect(200)


def test_a_record_contains_the_texts_that_were_hashed(scenario: Scenario):
    workflow_id = scenario.create_draft(title="Kosten für Zürich 🚄")
    event_id = scenario.requester.api.get(f"/workflows/{workflow_id}/history").body["items"][0]["eventId"]
    wait_until(lambda: scenario.requester.api.get(f"/audit-trail/{event_id}").status == 200, timeout=10)
    record = scenario.requester.api.get(f"/audit-trail/{event_id}").expect(200).body
    assert record["datasetId"] == event_id
    assert record["content"]["title"] == "Kosten für Zürich 🚄"
    assert '"title":"Kosten für Zürich 🚄"' in record["canonical"]["content"]["value"]


def test_notifications_are_counted_and_marked_one_by_one_and_all_at_once(scenario: Scenario):
    api = scenario.approver.api
    for count in (1, 2, 3):  # one after another: notifications of one batch have the same createdAt
        scenario.create_pending()
        wait_until(lambda n=count: api.get("/notifications").body["unreadCount"] == n, timeout=10)
    newest, middle, _ = scenario.approver.list_notifications()

    marked = api.patch(f"/notifications/{newest['notificationId']}", {"read": True}).expect(200)
    assert marked.body == {**newest, "read": True}
    unread = api.get("/notifications", status="unread").expect(200).body
    assert unread["unreadCount"] == 2
    assert newest["notificationId"] not in {each["notificationId"] for each in unread["items"]}

    api.patch(f"/notifications/{newest['notificationId']}", {"read": False}).expect(200)
    assert api.get("/notifications").body["unreadCount"] == 3
    before_newest = api.post("/notifications/mark-all", {"before": middle["createdAt"]}).expect(200)
    assert before_newest.body == {"marked": 2}
    assert api.post("/notifications/mark-all").expect(200).body == {"marked": 1}
    assert api.get("/notifications", status="unread").expect(200).body == {
        "items": [],
        "unreadCount": 0,
        "cursor": None,
    }


def test_the_notifications_of_one_workflow_are_marked(scenario: Scenario):
    api = scenario.approver.api
    first, second = scenario.create_pending(), scenario.create_pending()
    wait_until(lambda: api.get("/notifications").body["unreadCount"] == 2, timeout=10)
    assert api.post("/notifications/mark-all", {"workflowId": first}).expect(200).body == {"marked": 1}
    assert [each["workflowId"] for each in scenario.approver.list_notifications("unread")] == [second]


def test_a_decision_resolves_the_notifications_of_all_approvers(scenario: Scenario):
    other = scenario.add_approver("Dana")
    workflow_id = scenario.create_pending()
    wait_until(lambda: scenario.approver.list_notifications() and other.list_notifications(), timeout=20)
    assert other.list_notifications()[0]["resolution"] is None
    with other.subscribe() as subscriber:
        scenario.approver.act(workflow_id, "APPROVE").expect(200)
        wait_until(lambda: subscriber.changes, timeout=10, what="the change")
    # The change is published after the notifications are resolved.
    listed = other.api.get("/notifications").expect(200).body
    (notification,) = listed["items"]
    assert (notification["read"], listed["unreadCount"]) == (True, 0)
    by = {"type": "user", "id": scenario.approver.user_id, "name": "Bo"}
    assert notification["resolution"].items() >= {"actionType": "APPROVE", "by": by}.items()
    unread = other.api.patch(f"/notifications/{notification['notificationId']}", {"read": False}).expect(200)
    assert unread.body == notification


def test_notifications_are_listed_newest_first_in_pages(scenario: Scenario):
    for _ in range(3):
        scenario.create_pending()
    wait_until(lambda: len(scenario.approver.list_notifications()) == 3, timeout=10)
    first = scenario.approver.api.get("/notifications", limit=2).expect(200).body
    rest = scenario.approver.api.get("/notifications", limit=2, cursor=first["cursor"]).expect(200).body
    times = [each["createdAt"] for each in (*first["items"], *rest["items"])]
    assert len(times) == 3
    assert times == sorted(times, reverse=True)
    assert rest["cursor"] is None
