"""What one request costs in calls of AWS, and that its reads are consistent."""

from collections import Counter

import pytest

from ..builders import ADAM, BO, CLEO, RITA

KEY = {"Idempotency_Key": "key-1"}
ACTION = Counter(TransactWriteItems=1, SendMessage=2, UpdateItem=1)


@pytest.fixture
def workflow_id(api, aws) -> str:
    """The id of a requested workflow."""
    api.put_scheme()
    workflow_id = api.create()
    aws.forget_calls()
    return workflow_id


def test_an_action_makes_five_calls(api, aws, workflow_id):
    assert api.act(CLEO, workflow_id, "APPROVE", 1).status == 200
    assert Counter(aws.operations) == ACTION + Counter(GetItem=1)


def test_an_action_with_an_idempotency_key_makes_five_calls(api, aws, workflow_id):
    assert api.act(CLEO, workflow_id, "REJECT", 1, KEY, comment="no").status == 200
    assert Counter(aws.operations) == ACTION + Counter(BatchGetItem=1)


@pytest.mark.parametrize("headers", [{}, KEY])
def test_a_creation_makes_five_calls(api, aws, workflow_id, headers):
    assert api.post(RITA, "REQUEST", headers).status == 201
    assert len(aws.calls) == 5


def test_a_request_of_fifty_approvers_makes_five_calls(api, aws):
    api.put_scheme(groups=[f"group-{number}" for number in range(50)])
    aws.forget_calls()
    api.create()
    assert len(aws.calls) == 5


def test_the_order_is_read_commit_send_remove(api, aws, workflow_id):
    api.act(CLEO, workflow_id, "APPROVE", 1)
    expected = ["GetItem", "TransactWriteItems", "SendMessage", "SendMessage", "UpdateItem"]
    assert aws.operations == expected


def test_a_replayed_response_makes_two_calls(api, aws, workflow_id):
    api.act(CLEO, workflow_id, "APPROVE", 1, KEY)
    aws.forget_calls()
    api.act(CLEO, workflow_id, "APPROVE", 1, KEY)
    assert aws.operations == ["BatchGetItem", "BatchGetItem"]


def test_a_forbidden_action_makes_one_call(api, aws, workflow_id):
    assert api.act(RITA, workflow_id, "APPROVE", 1).status == 403
    assert aws.operations == ["GetItem"]


def test_a_decision_without_a_version_makes_no_call(api, aws, workflow_id):
    assert api.act(CLEO, workflow_id, "APPROVE").status == 428
    assert aws.operations == []


def test_every_read_of_the_table_is_consistent(api, aws, workflow_id):
    """An eventually consistent read could miss the commit right before it. Only an index has no other reads."""
    for method, url in (
        ("GET", f"/workflows/{workflow_id}"),
        ("GET", f"/workflows/{workflow_id}/history"),
        ("GET", "/schemes"),
        ("GET", "/schemes/expenses"),
        ("GET", "/schemes/expenses?version=1"),
    ):
        assert api.send(RITA, method, url).status == 200
    api.post(RITA, "SAVE")
    api.post(RITA, "SAVE", KEY)
    api.post(RITA, "SAVE", KEY)
    api.act(CLEO, workflow_id, "REJECT", 1, comment="no")
    api.act(RITA, workflow_id, "SAVE", headers={"Idempotency_Key": "key-2"})
    api.send(ADAM, "PUT", "/schemes/expenses", {"name": "Costs", "steps": []})
    reads = [call for call in aws.calls if call[0] in ("GetItem", "BatchGetItem", "Query")]
    assert Counter(operation for operation, _ in reads) == Counter(GetItem=6, BatchGetItem=4, Query=2)
    for operation, parameters in reads:
        request = parameters["RequestItems"][aws.table] if operation == "BatchGetItem" else parameters
        assert request.get("ConsistentRead") is True, (operation, parameters)


@pytest.mark.parametrize("url", ["/workflows", "/workflows?view=inbox", "/history"])
def test_a_page_that_is_not_the_last_makes_one_query_per_list(api, aws, workflow_id, url):
    api.put_scheme(users=[BO.user_id])
    other_id = api.create()
    api.act(BO, other_id, "REJECT", 1, comment="no")
    api.create()
    api.create()
    aws.forget_calls()
    path = f"/workflows/{other_id}/history" if url == "/history" else url
    separator = "&" if "?" in path else "?"
    reader = BO if "inbox" in url else RITA
    page = api.send(reader, "GET", f"{path}{separator}limit=1").body
    assert page["cursor"] is not None
    assert aws.operations.count("Query") == 1


def test_an_inbox_is_read_consistently_and_the_own_workflows_from_an_index(api, aws, workflow_id):
    assert api.send(BO, "GET", "/workflows?view=inbox").status == 200
    assert api.send(RITA, "GET", "/workflows").status == 200
    inbox, mine = (parameters for _, parameters in aws.calls)
    assert (inbox.get("IndexName"), inbox.get("ConsistentRead")) == (None, True)
    assert (mine.get("IndexName"), mine.get("ConsistentRead")) == ("mine", None)
