"""Workflows in the table: whole transactions, races, and what is read back."""

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from countersign_common.errors import StoreUnavailableError
from countersign_common.proof.hash_chain import StoredEvent, verify_chain

from workflow_service.domain.errors import VersionConflictError
from workflow_service.domain.idempotency import RETENTION, IdempotencyKey

from ..aws import always, first
from ..builders import (
    ADAM,
    BO,
    CLEO,
    NOON,
    RITA,
    a_creation,
    a_person,
    an_action_on,
    reject,
    request,
)

KEY = {"Idempotency_Key": "key-1"}
MINUTE = timedelta(minutes=1)
MISSING_ID = "01950000-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def _scheme(api):
    api.put_scheme(users=[BO.user_id], groups=["approvers"])


def sort_keys(aws, workflow_id):
    return sorted(sk for pk, sk in aws.items() if pk == f"WORKFLOW#{workflow_id}")


def inboxes(aws, workflow_id):
    return sorted(pk for pk, sk in aws.items() if pk.startswith("INBOX#") and sk.endswith(f"#{workflow_id}"))


def test_a_request_writes_state_event_and_an_item_for_each_approver(api, aws):
    workflow_id = api.create()
    assert sort_keys(aws, workflow_id) == ["EVENT#0000000001", "STATE"]
    assert inboxes(aws, workflow_id) == ["INBOX#group:approvers", f"INBOX#user:{BO.user_id}"]


def test_a_decision_deletes_the_items_of_the_approvers(api, aws):
    workflow_id = api.create()
    api.act(CLEO, workflow_id, "REJECT", 1, comment="no")
    assert sort_keys(aws, workflow_id) == ["EVENT#0000000001", "EVENT#0000000002", "STATE"]
    assert inboxes(aws, workflow_id) == []
    api.act(RITA, workflow_id, "REQUEST")
    assert len(inboxes(aws, workflow_id)) == 2


@pytest.mark.parametrize(
    "data",
    [
        {"amount": 12, "deep": [{"a": None, "b": [True, "ü\U0001f600"]}], "": "", "n": -(2**53) + 1},
        {"amount": 12.5, "small": 1e-7, "large": 1e21, "many": 123456789012345680000},
        {"text": "Zürich \u2028 \U0001f600 " * 2_000},
    ],
    ids=lambda data: next(iter(data)),
)
def test_data_is_read_back_as_it_was_written(api, adapters, data):
    workflow_id = api.create(data=data, comment="please")
    response = api.send(RITA, "GET", f"/workflows/{workflow_id}")
    assert response.body["data"] == data
    assert adapters.workflows.get(workflow_id) == adapters.workflows.get_for_update(workflow_id, None)[0]


def test_what_was_requested_is_stored_besides_a_later_draft(api, adapters):
    workflow_id = api.create(data={"text": "requested " * 500})
    api.act(BO, workflow_id, "REJECT", 1, comment="no")
    api.act(RITA, workflow_id, "SAVE", title="Draft", data={"text": "saved " * 500})
    workflow = adapters.workflows.get(workflow_id)
    assert workflow.title == "Draft"
    assert json.loads(workflow.data) == {"text": "saved " * 500}
    assert workflow.requested.title == "Train"
    assert json.loads(workflow.requested.data) == {"text": "requested " * 500}


def test_decisions_of_several_users_are_read_back_in_their_order(adapters):
    commit = a_creation(request())
    adapters.workflows.commit(commit)
    for round_, approver in enumerate((CLEO, BO, CLEO), start=1):
        for action, actor in ((reject(), approver), (request(), RITA)):
            commit = an_action_on(commit.transition.after, action, actor=actor, at=NOON + MINUTE * round_)
            adapters.workflows.commit(commit)
    expected = commit.transition.after
    found = adapters.workflows.get(expected.workflow_id)
    assert found == expected
    assert [each.user_id for each in found.decisions] == [CLEO.user_id, BO.user_id, CLEO.user_id]
    assert [each.version for each in found.decisions] == [2, 4, 6]


def test_texts_over_one_kilobyte_are_stored_compressed(api, aws):
    workflow_id = api.create(data={"text": "a" * 10_000})
    items = aws.items()
    assert len(items[f"WORKFLOW#{workflow_id}", "STATE"]["data"]["B"]) < 200
    event = items[f"WORKFLOW#{workflow_id}", "EVENT#0000000001"]
    assert len(event["content"]["M"]["value"]["B"]) < 200
    assert "B" in event["sealed"]


def test_the_stored_events_are_an_intact_chain(api, adapters):
    workflow_id = api.create("SAVE")
    for version, (actor, action_type, fields) in enumerate(
        [
            (RITA, "REQUEST", {"data": {"text": "a" * 5_000}}),
            (BO, "REJECT", {"comment": "no" * 1_000}),
            (RITA, "REQUEST", {"data": {"amount": 11}}),
            (CLEO, "APPROVE", {}),
        ],
        start=1,
    ):
        assert api.act(actor, workflow_id, action_type, version, **fields).status == 200
    events = [adapters.workflows.get_with_event(workflow_id, sequence)[1] for sequence in range(1, 6)]
    stored = [StoredEvent(e.event_id, e.sealed, e.hash, e.person, e.content) for e in events]
    verdict = verify_chain(workflow_id, stored)
    assert verdict.is_intact, verdict.findings
    history = api.send(RITA, "GET", f"/workflows/{workflow_id}/history").body["items"]
    assert [entry["hash"] for entry in history] == [event.hash for event in events]
    assert [entry["previousHash"] for entry in history[1:]] == [entry["hash"] for entry in history[:-1]]
    assert history[2]["comment"] == "no" * 1_000


def test_a_transaction_that_lost_a_race_is_tried_on_the_new_state(api, aws):
    workflow_id = api.create("SAVE")

    def save_first(_):
        aws.faults.clear()
        api.act(RITA, workflow_id, "SAVE", title="Theirs")

    aws.faults["TransactWriteItems"] = save_first
    response = api.act(RITA, workflow_id, "SAVE", title="Mine")
    assert (response.status, response.body["version"], response.body["title"]) == (200, 3, "Mine")


def test_a_state_with_another_version_is_never_overwritten(api, aws):
    workflow_id = api.create("SAVE")

    def change_version_first(_):
        state = aws.items()[f"WORKFLOW#{workflow_id}", "STATE"]
        aws.put(state | {"version": {"N": str(int(state["version"]["N"]) + 1)}})

    aws.faults["TransactWriteItems"] = change_version_first
    response = api.act(RITA, workflow_id, "SAVE", title="Mine")
    assert (response.problem, response.headers["retry-after"]) == ("too-busy", "1")
    assert aws.items()[f"WORKFLOW#{workflow_id}", "STATE"]["title"] == {"S": "Train"}


def test_an_event_that_exists_is_never_overwritten(api, aws):
    workflow_id = api.create("SAVE")
    event = aws.items()[f"WORKFLOW#{workflow_id}", "EVENT#0000000001"]
    aws.put(event | {"sk": {"S": "EVENT#0000000002"}, "title": {"S": "Theirs"}})
    assert api.act(RITA, workflow_id, "SAVE", title="Mine").problem == "too-busy"
    assert aws.items()[f"WORKFLOW#{workflow_id}", "EVENT#0000000002"]["title"] == {"S": "Theirs"}


def test_a_conflict_with_a_transaction_in_progress_is_a_lost_race(api, aws):
    workflow_id = api.create("SAVE")
    aws.forget_calls()
    aws.faults["TransactWriteItems"] = canceled("TransactionConflict", "None")
    response = api.act(RITA, workflow_id, "SAVE")
    assert (response.status, response.problem) == (409, "too-busy")
    assert aws.operations.count("TransactWriteItems") == 5


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_was_canceled_because_the_table_is_busy_is_503(api, aws, code):
    workflow_id = api.create("SAVE")
    aws.faults["TransactWriteItems"] = canceled(code, "ConditionalCheckFailed")
    response = api.act(RITA, workflow_id, "SAVE")
    assert (response.status, response.problem) == (503, "store-unavailable")
    assert response.headers["retry-after"] == "5"


def test_a_transaction_that_was_canceled_for_another_reason_is_no_lost_race(api, aws):
    workflow_id = api.create("SAVE")
    aws.faults["TransactWriteItems"] = canceled("ValidationError", "ConditionalCheckFailed")
    assert api.act(RITA, workflow_id, "SAVE").status == 500


def canceled(*codes):
    return always("TransactionCanceledException", CancellationReasons=[{"Code": code} for code in codes])


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_a_throttled_call_is_retried_by_the_client(api, aws, code):
    workflow_id = api.create()
    aws.forget_calls()
    aws.faults["GetItem"] = first(2, code)
    assert api.send(RITA, "GET", f"/workflows/{workflow_id}").status == 200
    assert aws.attempts == ["GetItem"] * 3


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("operation", ["GetItem", "TransactWriteItems"])
def test_throttling_that_persists_is_503_with_retry_after(api, aws, operation):
    workflow_id = api.create("SAVE")
    aws.faults[operation] = always("ThrottlingException")
    response = api.act(RITA, workflow_id, "SAVE")
    assert (response.status, response.problem) == (503, "store-unavailable")
    assert response.headers["retry-after"] == "5"


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize(
    "url",
    ["/workflows", "/workflows?view=inbox", "/schemes", "/schemes/expenses", f"/workflows/{MISSING_ID}"],
)
def test_every_read_reports_a_busy_table_as_503(api, aws, url):
    for operation in ("GetItem", "Query"):
        aws.faults[operation] = always("ThrottlingException")
    assert api.send(RITA, "GET", url).status == 503


def test_a_read_that_is_not_allowed_is_an_error_and_not_an_absence(aws, adapters):
    aws.faults["GetItem"] = always("AccessDeniedException")
    with pytest.raises(ClientError):
        adapters.workflows.get(MISSING_ID)


def test_a_partial_batch_read_is_never_taken_for_an_absence(aws, api, adapters, monkeypatch):
    workflow_id = api.create()
    monkeypatch.setattr("countersign_common.aws.backoff.random.uniform", lambda *_: 0)
    # moto always reads everything, so the response is replaced after it.
    aws.dynamodb.meta.events.register_last("after-call.dynamodb.BatchGetItem", leave_unprocessed)
    try:
        with pytest.raises(StoreUnavailableError):
            adapters.workflows.get_with_event(workflow_id, 1)
    finally:
        aws.dynamodb.meta.events.unregister("after-call.dynamodb.BatchGetItem", leave_unprocessed)


def leave_unprocessed(parsed, context, **_):
    [(table, items)] = parsed["Responses"].items()
    keys = [{"pk": item["pk"], "sk": item["sk"]} for item in items]
    parsed["Responses"], parsed["UnprocessedKeys"] = {}, {table: {"Keys": keys, "ConsistentRead": True}}


def test_a_record_that_expired_and_was_not_deleted_yet_is_replaced(api, aws):
    first_response = api.post(RITA, "SAVE", KEY)
    record = (f"IDEMPOTENCY#{RITA.user_id}#key-1", "RECORD")
    aws.put(aws.items()[record] | {"expiresAt": {"N": "1"}})
    second_response = api.post(RITA, "SAVE", KEY)
    assert second_response.status == 201
    assert second_response.body["workflowId"] != first_response.body["workflowId"]
    assert int(aws.items()[record]["expiresAt"]["N"]) > 1


@pytest.mark.parametrize(("seconds", "is_replaced"), [(-1, False), (0, True), (1, True)])
def test_a_key_can_be_used_again_from_the_second_in_which_its_record_expires(adapters, seconds, is_replaced):
    key = IdempotencyKey(RITA.user_id, "key-1", "f" * 64)
    adapters.workflows.commit(a_creation(key=key, at=NOON))
    again = a_creation(key=key, at=NOON + RETENTION + timedelta(seconds=seconds))
    with nullcontext() if is_replaced else pytest.raises(VersionConflictError):
        adapters.workflows.commit(again)
    assert (adapters.workflows.get(again.transition.after.workflow_id) is not None) is is_replaced


def test_an_idempotency_record_has_the_version_and_no_content(api, aws):
    workflow_id = api.post(RITA, "SAVE", KEY).body["workflowId"]
    record = aws.items()[f"IDEMPOTENCY#{RITA.user_id}#key-1", "RECORD"]
    assert set(record) == {"pk", "sk", "fingerprint", "workflowId", "version", "expiresAt"}
    assert (record["workflowId"]["S"], record["version"]["N"]) == (workflow_id, "1")


def test_an_inbox_is_read_over_several_pages(api):
    created = [api.create() for _ in range(5)]
    found, cursor = [], ""
    while True:
        page = api.send(CLEO, "GET", f"/workflows?view=inbox&limit=2{cursor}").body
        found += [item["workflowId"] for item in page["items"]]
        assert all("data" not in item for item in page["items"])
        if page["cursor"] is None:
            break
        cursor = f"&cursor={page['cursor']}"
    assert sorted(found) == sorted(created)


def test_a_list_continues_where_the_index_ended_a_page_early(api, adapters):
    created = [api.create() for _ in range(5)]
    found = list(adapters.workflows.requested_by(RITA.user_id, before=None, page_size=2))
    assert sorted(each.workflow_id for each in found) == sorted(created)


def test_a_history_continues_where_the_table_ended_a_page_early(api, adapters):
    workflow_id = api.create("SAVE")
    for _ in range(4):
        api.act(RITA, workflow_id, "SAVE")
    found = list(adapters.workflows.history(workflow_id, after=1, page_size=2))
    assert [entry.sequence for entry in found] == [2, 3, 4, 5]


def test_items_of_lists_have_what_the_workflow_has(api):
    workflow_id = api.create()
    workflow = api.send(BO, "GET", f"/workflows/{workflow_id}").body
    del workflow["data"]
    [inbox_item] = api.send(BO, "GET", "/workflows?view=inbox").body["items"]
    assert inbox_item == workflow
    [own_item] = api.send(RITA, "GET", "/workflows").body["items"]
    assert own_item == workflow | {"allowedActions": []}


def test_a_scheme_version_that_exists_is_a_conflict(api, adapters):
    newest = adapters.schemes.get("expenses")
    with pytest.raises(VersionConflictError):
        adapters.schemes.add_version(newest)
    api.put_scheme(groups=["others"])
    assert adapters.schemes.get("expenses").version == 2
    assert adapters.schemes.get("expenses", 1) == newest
    assert [each.version for each in adapters.schemes.list_newest(after=None, page_size=10)] == [2]


def test_schemes_are_listed_by_id_page_by_page(api):
    for scheme_id in ("b", "c", "a"):
        api.put_scheme(scheme_id)
    first_page = api.send(RITA, "GET", "/schemes?limit=3").body
    second_page = api.send(RITA, "GET", f"/schemes?limit=3&cursor={first_page['cursor']}").body
    found = [scheme["schemeId"] for scheme in first_page["items"] + second_page["items"]]
    assert found == ["a", "b", "c", "expenses"]
    assert second_page["cursor"] is None


def test_a_member_of_several_groups_has_one_inbox(api):
    api.put_scheme(groups=["one", "two"])
    workflow_id = api.create()
    member = a_person(8, "Mia", "one", "two", "three")
    items = api.send(member, "GET", "/workflows?view=inbox").body["items"]
    assert [item["workflowId"] for item in items] == [workflow_id]
    assert api.send(ADAM, "GET", "/workflows?view=inbox").body == {"items": [], "cursor": None}
