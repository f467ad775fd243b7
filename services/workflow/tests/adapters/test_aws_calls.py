"""What one action costs: at most five calls of AWS, counted on real clients."""

from collections import Counter

import pytest

from ..builders import CLEO, RITA

WITH_A_KEY = {"Idempotency_Key": "key-1"}
ACTION = Counter(TransactWriteItems=1, SendMessage=2, UpdateItem=1)


@pytest.fixture
def workflow_id(api, cloud) -> str:
    """A requested workflow's id; the calls that made it are forgotten."""
    api.has_scheme()
    made = api.creates()
    cloud.calls.clear()
    return made


def test_an_action_costs_five_calls(api, cloud, workflow_id):
    assert api.acts(CLEO, workflow_id, "APPROVE").status == 200
    assert Counter(cloud.calls) == ACTION + Counter(GetItem=1)


def test_an_action_with_an_idempotency_key_costs_five_calls_too(api, cloud, workflow_id):
    assert api.acts(CLEO, workflow_id, "REJECT", WITH_A_KEY, comment="no").status == 200
    assert Counter(cloud.calls) == ACTION + Counter(BatchGetItem=1)


@pytest.mark.parametrize("headers", [{}, WITH_A_KEY])
def test_creating_costs_five_calls(api, cloud, workflow_id, headers):
    body = {"actionType": "REQUEST", "scheme": "expenses", "title": "Train", "data": {}}
    assert api.ask(RITA, "POST", "/workflows", body, **headers).status == 201
    assert len(cloud.calls) == 5


def test_a_request_of_fifty_approvers_costs_five_calls(api, cloud):
    api.has_scheme(groups=[f"group-{number}" for number in range(50)])
    cloud.calls.clear()
    api.creates()
    assert len(cloud.calls) == 5


def test_the_order_is_read_commit_send_clear(api, cloud, workflow_id):
    api.acts(CLEO, workflow_id, "APPROVE")
    assert cloud.calls == ["GetItem", "TransactWriteItems", "SendMessage", "SendMessage", "UpdateItem"]


def test_the_first_answer_again_costs_one_call(api, cloud, workflow_id):
    api.acts(CLEO, workflow_id, "APPROVE", WITH_A_KEY)
    cloud.calls.clear()
    api.acts(CLEO, workflow_id, "APPROVE", WITH_A_KEY)
    assert cloud.calls == ["BatchGetItem"]


def test_a_refused_action_costs_the_read_alone(api, cloud, workflow_id):
    assert api.acts(RITA, workflow_id, "APPROVE").status == 403
    assert cloud.calls == ["GetItem"]
