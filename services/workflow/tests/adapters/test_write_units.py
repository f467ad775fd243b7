"""What an action costs in write units, computed from the items that the adapters write."""

import json
import random

import pytest

from ..builders import BO, CLEO, RITA
from ..write_units import item_size, units, write_units

KB = 1024
GOALS = {1 * KB: 20, 20 * KB: 120, 100 * KB: 500}
"""Largest number of write units by size of the data, until a workflow has been decided."""

DECIDED_GOAL = 24
"""The same for 1 KB from the first decision on: the item of the list `decided`, and a state of more than 1 KB."""


def ordinary_data(size: int, seed: int) -> dict:
    """Return an expense report whose canonical form has at most this many bytes."""
    generator, lines, length = random.Random(seed), [], 0
    while True:
        line = {
            "date": f"2026-{generator.randint(1, 12):02d}-{generator.randint(1, 28):02d}",
            "description": f"{generator.choice(WHAT)} {generator.choice(WHERE)}",
            "amount": round(generator.uniform(5, 900), 2),
            "currency": generator.choice(["CHF", "EUR", "USD"]),
            "costCenter": str(generator.randint(1000, 9999)),
        }
        length += len(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()) + 1
        if length + 50 > size:
            return {"purpose": "Customer visits", "lines": lines}
        lines.append(line)


WHAT = ["Hotel", "Train to", "Taxi in", "Flight to", "Dinner with the customer in"]
WHERE = ["Zürich", "Berlin", "Tokyo", "New York", "Paris", "São Paulo"]


@pytest.mark.parametrize(("size", "goal"), GOALS.items(), ids=str)
def test_each_action_of_a_workflow_stays_within_its_write_units(api, aws, size, goal):
    api.put_scheme(users=[BO.user_id], groups=["approvers"])
    used: dict[str, int] = {}

    def measure(name, act):
        before = aws.items()
        aws.forget_calls()
        response = act({"Idempotency_Key": name})
        assert response.status in (200, 201), response.body
        used[name] = write_units(aws.calls, before)
        return response

    first, second, third = (ordinary_data(size, seed) for seed in (1, 2, 3))
    create = measure("create", lambda headers: api.post(RITA, "SAVE", headers, data=first))
    workflow_id = create.body["workflowId"]
    measure("save", lambda headers: api.act(RITA, workflow_id, "SAVE", 1, headers, data=second))
    measure("request", lambda headers: api.act(RITA, workflow_id, "REQUEST", 2, headers, data=third))
    measure("reject", lambda headers: api.act(CLEO, workflow_id, "REJECT", 3, headers, comment="Too much"))
    measure("request-again", lambda headers: api.act(RITA, workflow_id, "REQUEST", 4, headers, data=second))
    measure("approve", lambda headers: api.act(CLEO, workflow_id, "APPROVE", 5, headers, comment="Fine"))
    print({name: used[name] for name in used})
    assert max(used[name] for name in ("create", "save", "request")) <= goal, used
    assert max(used.values()) <= max(goal, DECIDED_GOAL), used


def test_sizes_are_those_of_the_documentation():
    assert item_size({"a": {"S": "ü"}}) == 3
    assert item_size({"a": {"N": "27"}}) == 3
    assert item_size({"a": {"N": "-27"}}) == 4
    assert item_size({"a": {"B": b"123"}}) == 4
    assert item_size({"a": {"BOOL": True}, "b": {"NULL": True}}) == 4
    assert item_size({"a": {"L": [{"S": "x"}, {"S": "y"}]}}) == 1 + 3 + 2 * 2
    assert item_size({"a": {"M": {"key": {"S": "x"}}}}) == 1 + 3 + 1 + 3 + 1
    assert [units(size) for size in (0, 1, 1024, 1025)] == [1, 1, 1, 2]


def test_a_transactional_write_costs_two_units_per_kilobyte_and_each_index_its_entry():
    keys = {"pk": {"S": "p"}, "sk": {"S": "s"}}
    item = keys | {"occurredAt": {"S": "t"}, "outboxShard": {"S": "o"}, "data": {"S": "x" * 2_000}}
    put = ("TransactWriteItems", {"TransactItems": [{"Put": {"Item": item}}]})
    update = ("UpdateItem", {"Key": keys, "UpdateExpression": "REMOVE outboxShard"})
    delete = ("TransactWriteItems", {"TransactItems": [{"Delete": {"Key": keys}}]})
    assert write_units([put], {}) == 2 * 2 + 1
    assert write_units([put, update], {}) == (2 * 2 + 1) + (2 + 1)
    assert write_units([delete], {("p", "s"): item}) == 2 * 2 + 1
