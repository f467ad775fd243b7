"""Workflows in the table: whole transactions, lost races, and what is read back."""

import json
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError
from countersign_common.chain import Evidence, verify

from workflow_service.use_cases.commit import Outrun

from ..builders import ADAM, BO, CLEO, RITA, a_person
from ..fake_cloud import Refusal

FAR_FUTURE = datetime(2999, 1, 1, tzinfo=UTC)
KEY = {"Idempotency_Key": "key-1"}


@pytest.fixture(autouse=True)
def _scheme(api):
    api.has_scheme(users=[BO.user_id], groups=["approvers"])


def sort_keys(cloud, workflow_id):
    return sorted(sk for pk, sk in cloud.items if pk == f"WORKFLOW#{workflow_id}")


def test_a_request_writes_state_event_and_an_entry_for_each_approver(api, cloud):
    workflow_id = api.creates()
    assert sort_keys(cloud, workflow_id) == [
        "APPROVER#group:approvers",
        f"APPROVER#user:{BO.user_id}",
        "EVENT#0000000001",
        "STATE",
    ]


def test_a_decision_takes_the_entries_away(api, cloud):
    workflow_id = api.creates()
    api.acts(CLEO, workflow_id, "REJECT", comment="no")
    assert sort_keys(cloud, workflow_id) == ["EVENT#0000000001", "EVENT#0000000002", "STATE"]
    api.acts(RITA, workflow_id, "REQUEST")
    assert len(sort_keys(cloud, workflow_id)) == 6


def test_an_event_that_was_handed_on_is_in_no_outbox(api, cloud):
    item = cloud.items[f"WORKFLOW#{api.creates()}", "EVENT#0000000001"]
    assert not {"outbox", "outboxShard"} & set(item)


def test_what_is_read_back_is_what_was_written(api, ports):
    data = {"amount": 12, "deep": [{"a": None, "b": [True, "ü\U0001f600"]}], "": "", "n": -(2**53) + 1}
    workflow_id = api.creates(data=data, comment="please")
    answer = api.ask(RITA, "GET", f"/workflows/{workflow_id}")
    assert answer.body["data"] == data
    assert ports.workflows.workflow(workflow_id) == ports.workflows.workflow_and_answer(workflow_id, None)[0]


def test_the_stored_events_are_an_intact_chain(api, ports, cloud):
    workflow_id = api.creates("SAVE")
    cloud.failing["SendMessage"] = _refuse
    for by, action_type, more in [
        (RITA, "REQUEST", {}),
        (BO, "REJECT", {"comment": "no"}),
        (RITA, "REQUEST", {"data": {"amount": 11}}),
        (CLEO, "APPROVE", {}),
    ]:
        assert api.acts(by, workflow_id, action_type, **more).status == 200
    stored = list(ports.outbox.pending(FAR_FUTURE))
    history = api.ask(RITA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert [entry["sequence"] for entry in history] == [1, 2, 3, 4, 5]
    assert [entry["previousHash"] for entry in history[1:]] == [entry["hash"] for entry in history[:-1]]
    assert [event.hash for event in stored] == [entry["hash"] for entry in history[1:]]
    first = cloud.items[f"WORKFLOW#{workflow_id}", "EVENT#0000000001"]
    evidence = [Evidence("1", first["sealed"]["S"], first["hash"]["S"], None, None)]
    evidence += [Evidence(e.event_id, e.sealed, e.hash, e.person, e.content) for e in stored]
    assert verify(workflow_id, evidence).intact


def test_a_transaction_that_lost_a_race_is_tried_on_the_new_state(api, cloud):
    workflow_id = api.creates("SAVE")
    writing = cloud.usually("TransactWriteItems")

    def first_somebody_else(asked):
        del cloud.failing["TransactWriteItems"]
        api.acts(RITA, workflow_id, "SAVE", title="Theirs")
        return writing(asked)

    cloud.failing["TransactWriteItems"] = first_somebody_else
    answer = api.acts(RITA, workflow_id, "SAVE", title="Mine")
    assert (answer.status, answer.body["version"], answer.body["title"]) == (200, 3, "Mine")


def test_a_state_that_is_not_the_one_that_was_read_is_never_written_over(api, cloud):
    workflow_id = api.creates("SAVE")
    state = cloud.items[f"WORKFLOW#{workflow_id}", "STATE"]
    writing = cloud.usually("TransactWriteItems")

    def first_the_state_moves(asked):
        state["version"] = {"N": str(int(state["version"]["N"]) + 1)}
        return writing(asked)

    cloud.failing["TransactWriteItems"] = first_the_state_moves
    assert api.acts(RITA, workflow_id, "SAVE", title="Mine").problem == "too-busy"
    assert state["title"] == {"S": "Train"}


def test_a_conflict_with_a_transaction_under_way_is_a_lost_race_too(api, cloud):
    workflow_id = api.creates("SAVE")
    cloud.failing["TransactWriteItems"] = _cancel("TransactionConflict", "None")
    answer = api.acts(RITA, workflow_id, "SAVE")
    assert (answer.status, answer.problem) == (409, "too-busy")
    assert cloud.calls.count("TransactWriteItems") == 2 + 5  # scheme and workflow, then five tries


def test_a_transaction_that_was_cancelled_for_another_reason_is_no_lost_race(api, cloud):
    workflow_id = api.creates("SAVE")
    cloud.failing["TransactWriteItems"] = _cancel("ValidationError", "ConditionalCheckFailed")
    assert api.acts(RITA, workflow_id, "SAVE").status == 500


def test_keys_that_a_batch_read_left_out_are_asked_for_again(api, cloud):
    workflow_id = api.creates()
    reading = cloud.usually("BatchGetItem")

    def half(asked):
        cloud.failing.pop("BatchGetItem")
        keys = asked["RequestItems"]["workflow"]["Keys"]
        answer = reading({"RequestItems": {"workflow": {"Keys": keys[1:], "ConsistentRead": True}}})
        return answer | {"UnprocessedKeys": {"workflow": {"Keys": keys[:1], "ConsistentRead": True}}}

    cloud.failing["BatchGetItem"] = half
    assert api.acts(CLEO, workflow_id, "APPROVE", KEY).status == 200


def test_half_an_answer_is_never_taken_for_an_absence(api, cloud):
    workflow_id = api.creates()
    cloud.failing["BatchGetItem"] = lambda asked: {"Responses": {}, "UnprocessedKeys": asked["RequestItems"]}
    assert api.acts(CLEO, workflow_id, "APPROVE", KEY).status == 500


def test_a_record_that_expired_and_was_not_deleted_yet_is_replaced(api, cloud):
    body = {"actionType": "SAVE", "scheme": "expenses", "title": "Train", "data": {}}
    first = api.ask(RITA, "POST", "/workflows", body, **KEY)
    record = cloud.items[f"IDEMPOTENCY#{RITA.user_id}#key-1", "RECORD"]
    record["expiresAt"] = {"N": "1"}
    second = api.ask(RITA, "POST", "/workflows", body, **KEY)
    assert second.status == 201
    assert second.body["workflowId"] != first.body["workflowId"]
    assert int(cloud.items[f"IDEMPOTENCY#{RITA.user_id}#key-1", "RECORD"]["expiresAt"]["N"]) > 1


def test_an_inbox_is_drawn_over_pages_of_the_index(api, cloud):
    made = [api.creates() for _ in range(5)]
    cloud.page_limit = 2
    found, cursor = [], ""
    while True:
        page = api.ask(CLEO, "GET", f"/workflows?view=inbox&limit=2{cursor}").body
        found += [item["workflowId"] for item in page["items"]]
        if page["cursor"] is None:
            break
        cursor = f"&cursor={page['cursor']}"
    assert sorted(found) == sorted(made)
    assert "data" not in page["items"][0]


def test_a_list_goes_on_where_the_index_ended_a_page_early(api, cloud):
    made = [api.creates() for _ in range(5)]
    cloud.page_limit = 1
    items = api.ask(RITA, "GET", "/workflows?limit=4").body["items"]
    assert len({item["workflowId"] for item in items} & set(made)) == 4


def test_schemes_lost_in_a_race_are_written_as_the_next_version(ports, api):
    newest = ports.schemes.scheme("expenses")
    with pytest.raises(Outrun):
        ports.schemes.add_version(newest)
    api.has_scheme(groups=["others"])
    assert ports.schemes.scheme("expenses").version == 2
    assert ports.schemes.scheme("expenses", 1) == newest
    assert [scheme.version for scheme in ports.schemes.newest_schemes(after=None, page=10)] == [2]


def test_schemes_are_listed_by_id_page_by_page(api):
    for scheme_id in ("b", "c", "a"):
        api.has_scheme(scheme_id)
    first = api.ask(RITA, "GET", "/schemes?limit=3").body
    second = api.ask(RITA, "GET", f"/schemes?limit=3&cursor={first['cursor']}").body
    assert [scheme["schemeId"] for scheme in first["items"] + second["items"]] == ["a", "b", "c", "expenses"]
    assert second["cursor"] is None


def test_a_throttled_read_is_an_error_and_not_an_absence(ports, cloud):
    cloud.failing["GetItem"] = _throttle
    with pytest.raises(ClientError):
        ports.workflows.workflow("01950000-0000-7000-8000-000000000001")


def test_the_largest_workflow_makes_items_that_the_table_takes(api, cloud):
    data = {"text": "\u0001" * 21_000}  # six bytes each in canonical form
    workflow_id = api.creates("SAVE", data=data, title="ü" * 200, comment="\U0001f600" * 4_000)
    answer = api.acts(RITA, workflow_id, "SAVE", KEY, data={"text": "\u0002" * 21_000})
    assert answer.status == 200
    largest = max(len(json.dumps(item, ensure_ascii=False).encode()) for item in cloud.items.values())
    assert largest < 400 * 1024 * 2  # JSON escapes what DynamoDB counts once


def test_a_member_of_many_groups_has_one_inbox(api):
    api.has_scheme(groups=["one", "two"])
    workflow_id = api.creates()
    member = a_person(8, "Mia", "one", "two", "three")
    items = api.ask(member, "GET", "/workflows?view=inbox").body["items"]
    assert [item["workflowId"] for item in items] == [workflow_id]
    assert api.ask(ADAM, "GET", "/workflows?view=inbox").body == {"items": [], "cursor": None}


def _refuse(_):
    raise Refusal("ServiceUnavailable")


def _throttle(_):
    raise Refusal("ProvisionedThroughputExceededException")


def _cancel(*codes):
    def cancel(_):
        raise Refusal("TransactionCanceledException", CancellationReasons=[{"Code": code} for code in codes])

    return cancel
