"""People and groups of the user pool, and names of approvers, as deployed."""

import pytest

from harness.problems import expect_problem
from harness.scenario import Scenario, new_person, scheme_of
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until


def test_someone_is_found_by_name_and_by_address(scenario: Scenario, cloud: RunningCloud):
    person = new_person(cloud, "Xaverine")
    for query in ("Xaverine", "xaver", person.email[:14]):
        found = scenario.requester.api.get("/people", query=query).expect(200).body["items"]
        assert {"userId": person.user_id, "name": "Xaverine"} in found
    assert scenario.requester.api.get("/people", query="averine").expect(200).body["items"] == []
    shown = scenario.requester.api.get(f"/people/{person.user_id}").expect(200).body
    assert shown == {"userId": person.user_id, "name": "Xaverine"}


@pytest.mark.parametrize("account", ["auditor", "admin"])
def test_auditors_and_admins_see_the_address(
    account: str, scenario: Scenario, request: pytest.FixtureRequest
):
    reader: Person = request.getfixturevalue(account)
    person = scenario.approver
    expected = {"userId": person.user_id, "name": "Bo", "email": person.email}
    assert reader.api.get(f"/people/{person.user_id}").expect(200).body == expected


def test_admins_list_everyone_page_by_page(scenario: Scenario, admin: Person):
    found, cursor = set(), {}
    while cursor is not None:
        page = admin.api.get("/people", limit=100, **cursor).expect(200).body
        found |= {each["userId"] for each in page["items"]}
        cursor = None if page["cursor"] is None else {"cursor": page["cursor"]}
    assert {scenario.requester.user_id, scenario.approver.user_id} <= found
    expect_problem(scenario.requester.api.get("/people"), 403, "admins-only")


def test_groups_and_their_members(scenario: Scenario, admin: Person):
    found, cursor = [], {}
    while cursor is not None:
        page = admin.api.get("/groups", limit=60, **cursor).expect(200).body
        found += [each["name"] for each in page["items"]]
        cursor = None if page["cursor"] is None else {"cursor": page["cursor"]}
    assert {"admins", "auditors", scenario.group} <= set(found)
    expect_problem(scenario.requester.api.get("/groups"), 403, "admins-only")
    path = f"/groups/{scenario.group}/members"
    [member] = admin.api.get(path).expect(200).body["items"]
    assert (member["userId"], member["name"]) == (scenario.approver.user_id, "Bo")
    expect_problem(scenario.requester.api.get(path), 403, "admins-only")
    [seen] = scenario.requester.api.get(path, scheme=scenario.scheme).expect(200).body["items"]
    assert seen == {"userId": scenario.approver.user_id, "name": "Bo"}
    expect_problem(admin.api.get("/groups/no-such-group/members"), 404, "not-found")


def test_approvers_of_schemes_and_workflows_have_names(scenario: Scenario, admin: Person):
    approver = scenario.approver
    body = scheme_of(users=[approver.user_id], groups=[scenario.group])
    put = admin.api.put(f"/schemes/{scenario.scheme}", body).expect(200).body
    named = {"users": [{"userId": approver.user_id, "name": "Bo"}], "groups": [scenario.group]}
    assert put["steps"][0]["approvers"] == named
    workflow_id = scenario.create_pending()
    assert scenario.requester.get_workflow(workflow_id)["approvers"] == named
    approver.act(workflow_id, "APPROVE").expect(200)
    [decision] = scenario.requester.get_workflow(workflow_id)["decidedBy"]
    assert (decision["userId"], decision["name"]) == (approver.user_id, "Bo")
    assert (decision["actionType"], decision["stepId"], decision["round"]) == ("APPROVE", "approval", 1)


def test_a_user_who_was_deleted_has_no_name(scenario: Scenario, admin: Person, cloud: RunningCloud):
    person = new_person(cloud, "Gone")
    pool = cloud.outputs["user_pool_id"]
    cloud.client("cognito-idp").admin_delete_user(UserPoolId=pool, Username=person.email)
    put = admin.api.put(f"/schemes/{scenario.scheme}", scheme_of(users=[person.user_id])).expect(200).body
    assert put["steps"][0]["approvers"]["users"] == [{"userId": person.user_id, "name": None}]
    expect_problem(admin.api.get(f"/people/{person.user_id}"), 404, "not-found")


def test_decided_workflows_previews_and_rounds(scenario: Scenario):
    requester, approver = scenario.requester, scenario.approver
    first = scenario.create_pending(title="First", data={"amount": 420.5, "currency": "CHF", "lines": []})
    second = scenario.create_pending(title="Second")
    approver.act(second, "APPROVE").expect(200)
    approver.act(first, "REJECT", comment="No").expect(200)

    def decided() -> list[dict[str, object]]:
        return list(approver.api.get("/workflows", view="decided").expect(200).body["items"])

    assert [each["workflowId"] for each in decided()] == [first, second]
    assert decided()[0]["preview"] == [
        {"name": "amount", "value": "420.5"},
        {"name": "currency", "value": "CHF"},
    ]
    requester.act(first, "SAVE", title="Secret", data={"secret": 1}).expect(200)
    assert (decided()[0]["title"], decided()[0]["preview"][0]["name"]) == ("First", "amount")
    requester.act(first, "REQUEST", title="Again", data={"amount": 5}).expect(200)
    [again, _] = decided()
    assert (again["title"], again["status"], again["decidedBy"]) == ("Again", "PENDING", [])
    assert again["allowedActions"] == ["APPROVE", "REJECT"]

    rounds = approver.api.get(f"/workflows/{first}/rounds").expect(200).body["items"]
    assert [(each["round"], each["title"], each["data"]) for each in rounds] == [
        (2, "Again", {"amount": 5}),
        (1, "First", {"amount": 420.5, "currency": "CHF", "lines": []}),
    ]
    assert rounds[0]["requestedBy"] == {"userId": requester.user_id, "name": "Rita"}
    wait_until(lambda: _own_preview(requester, first) == [{"name": "amount", "value": "5"}], timeout=10)


def _own_preview(person: Person, workflow_id: str) -> object:
    items = person.api.get("/workflows").expect(200).body["items"]
    return next(each["preview"] for each in items if each["workflowId"] == workflow_id)
