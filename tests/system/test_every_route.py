"""Each route once, as it is meant to be used: status, headers and the shape that openapi.json promises."""

from itertools import pairwise

from harness.scenario import Scenario, scheme_of
from local_cloud.people import Person
from local_cloud.waiting import wait_until


def test_a_workflow_is_created_and_found_where_the_answer_says(scenario: Scenario):
    created = scenario.requester.create_workflow(
        scenario.scheme, title="Train", data={"amount": 184}, comment="  please "
    )
    assert created.headers["etag"] == '"1"'
    assert created.headers["location"] == f"/workflows/{created.body['workflowId']}"
    found = scenario.requester.api.get(created.headers["location"]).expect(200)
    assert found.body == created.body
    assert found.headers["etag"] == '"1"'
    assert created.body["status"] == "DRAFT"
    assert created.body["data"] == {"amount": 184}
    assert created.body["requester"] == {"userId": scenario.requester.user_id, "name": "Rita"}
    assert created.body["allowedActions"] == ["SAVE", "REQUEST"]


def test_actions_tell_each_person_what_they_may_do_next(scenario: Scenario):
    workflow_id = scenario.create_pending()
    assert scenario.requester.get_workflow(workflow_id)["allowedActions"] == []
    assert scenario.approver.get_workflow(workflow_id)["allowedActions"] == ["APPROVE", "REJECT"]
    rejected = scenario.approver.act(workflow_id, "REJECT", comment="No").expect(200)
    assert rejected.headers["etag"] == '"2"'
    assert scenario.requester.get_workflow(workflow_id)["allowedActions"] == ["SAVE", "REQUEST"]


def test_my_work_is_newest_first_and_without_data(scenario: Scenario):
    ids = [scenario.create_draft(title=f"Draft {number}") for number in range(3)]
    page = scenario.requester.api.get("/workflows", view="mine").expect(200).body
    assert [each["workflowId"] for each in page["items"]] == ids[::-1]
    assert page["cursor"] is None
    assert all("data" not in each for each in page["items"])


def test_my_work_comes_in_pages(scenario: Scenario):
    ids = [scenario.create_draft() for _ in range(5)]
    first = scenario.requester.api.get("/workflows", limit=2).expect(200).body
    second = scenario.requester.api.get("/workflows", limit=2, cursor=first["cursor"]).expect(200).body
    third = scenario.requester.api.get("/workflows", limit=2, cursor=second["cursor"]).expect(200).body
    seen = [each["workflowId"] for page in (first, second, third) for each in page["items"]]
    assert seen == ids[::-1]
    assert third["cursor"] is None


def test_an_inbox_has_what_waits_for_a_decision_and_no_more(scenario: Scenario):
    waiting, decided, draft = scenario.create_pending(), scenario.create_pending(), scenario.create_draft()
    scenario.approver.act(decided, "APPROVE").expect(200)
    page = scenario.approver.api.get("/workflows", view="inbox").expect(200).body
    assert [each["workflowId"] for each in page["items"]] == [waiting]
    assert draft not in str(page)
    assert scenario.requester.api.get("/workflows", view="inbox").expect(200).body["items"] == []


def test_a_history_is_oldest_first_in_pages_and_linked(scenario: Scenario):
    workflow_id = scenario.create_draft()
    for number in range(4):
        scenario.requester.act(workflow_id, "SAVE", title=f"Title {number}").expect(200)
    path = f"/workflows/{workflow_id}/history"
    first = scenario.requester.api.get(path, limit=3).expect(200).body
    rest = scenario.requester.api.get(path, limit=3, cursor=first["cursor"]).expect(200).body
    entries = [*first["items"], *rest["items"]]
    assert [entry["sequence"] for entry in entries] == [1, 2, 3, 4, 5]
    assert all(one["hash"] == next_["previousHash"] for one, next_ in pairwise(entries))
    assert rest["cursor"] is None


def test_a_scheme_is_written_versioned_and_read_by_anybody(scenario: Scenario, admin: Person):
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


def test_a_workflow_keeps_the_version_of_its_scheme(scenario: Scenario, admin: Person):
    workflow_id = scenario.create_pending()
    admin.api.put(f"/schemes/{scenario.scheme}", scheme_of(groups=["approvers"])).expect(200)
    assert scenario.approver.get_workflow(workflow_id)["schemeVersion"] == 1
    scenario.approver.act(workflow_id, "APPROVE").expect(200)


def test_one_record_is_read_with_the_texts_that_were_hashed(scenario: Scenario):
    workflow_id = scenario.create_draft(title="Kosten für Zürich 🚄")
    event_id = scenario.requester.api.get(f"/workflows/{workflow_id}/history").body["items"][0]["eventId"]
    wait_until(lambda: scenario.requester.api.get(f"/audit-trail/{event_id}").status == 200, timeout=10)
    record = scenario.requester.api.get(f"/audit-trail/{event_id}").expect(200).body
    assert record["datasetId"] == event_id
    assert record["content"]["title"] == "Kosten für Zürich 🚄"
    assert '"title":"Kosten für Zürich 🚄"' in record["canonical"]["content"]["value"]


def test_notifications_are_counted_marked_and_marked_all(scenario: Scenario):
    api = scenario.approver.api
    for count in (1, 2, 3):  # one after another: those of one batch are made at one instant
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
    assert api.post("/notifications/mark-all", {"before": middle["createdAt"]}).expect(200).body == {
        "marked": 2
    }
    assert api.post("/notifications/mark-all").expect(200).body == {"marked": 1}
    assert api.get("/notifications", status="unread").expect(200).body == {
        "items": [],
        "unreadCount": 0,
        "cursor": None,
    }


def test_notifications_come_in_pages_newest_first(scenario: Scenario):
    for _ in range(3):
        scenario.create_pending()
    wait_until(lambda: len(scenario.approver.list_notifications()) == 3, timeout=10)
    first = scenario.approver.api.get("/notifications", limit=2).expect(200).body
    rest = scenario.approver.api.get("/notifications", limit=2, cursor=first["cursor"]).expect(200).body
    seen = [each["createdAt"] for each in (*first["items"], *rest["items"])]
    assert len(seen) == 3
    assert seen == sorted(seen, reverse=True)
    assert rest["cursor"] is None
