"""Workflows to attack, and their records as the tables store them."""

import json
from dataclasses import dataclass
from typing import Any

from countersign_common.compression import pack_text, unpack_text
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import hash_of

from attacks.attacker import Attacker, Item
from harness.scenario import Scenario

AMOUNT, FORGED_AMOUNT = 184, 999_184


@dataclass(frozen=True)
class Victim:
    """An approved workflow with four events: SAVE, SAVE, REQUEST, APPROVE.

    Attributes:
        scenario: Its scheme and users.
    """

    scenario: Scenario
    workflow_id: str

    def records(self, attacker: Attacker) -> list[Item]:
        """Return its items in the audit-trail table, by sequence."""
        found = attacker.audit.client.query(
            TableName=attacker.audit.name,
            IndexName="workflow",
            KeyConditionExpression="workflowId = :id",
            ExpressionAttributeValues={":id": {"S": self.workflow_id}},
        )["Items"]
        items = [attacker.audit.get(each) for each in found]
        return [item for item in items if item is not None]

    def state(self, attacker: Attacker) -> Item:
        """Return its state in the workflow table."""
        (state,) = [each for each in self._items(attacker) if each["sk"]["S"] == "STATE"]
        return state

    def events(self, attacker: Attacker) -> list[Item]:
        """Return its events in the workflow table, by sequence."""
        return [each for each in self._items(attacker) if each["sk"]["S"].startswith("EVENT#")]

    def _items(self, attacker: Attacker) -> list[Item]:
        return attacker.workflow.query(f"WORKFLOW#{self.workflow_id}")


def create_victim(scenario: Scenario) -> Victim:
    """Create a workflow with four events."""
    workflow_id = scenario.create_draft(title="New laptop", data={"amount": 100})
    scenario.requester.act(workflow_id, "SAVE", data={"amount": AMOUNT}).expect(200)
    scenario.requester.act(workflow_id, "REQUEST", comment="Please").expect(200)
    scenario.approver.act(workflow_id, "APPROVE").expect(200)
    return Victim(scenario, workflow_id)


def text_of(attribute: dict[str, Any]) -> str:
    """Return a text that is stored as it is or compressed."""
    (value,) = attribute.values()
    return unpack_text(value)


def packed(text: str) -> dict[str, Any]:
    """Return a text as it is stored."""
    value = pack_text(text)
    return {"S": value} if isinstance(value, str) else {"B": value}


def sealed_of(item: Item) -> dict[str, Any]:
    """Return the decoded sealed part of a record or an event."""
    sealed: dict[str, Any] = json.loads(text_of(item["sealed"]))
    return sealed


def value_of(item: Item, part: str) -> dict[str, Any]:
    """Return the decoded value of a part."""
    value: dict[str, Any] = json.loads(text_of(item[part]["M"]["value"]))
    return value


def salt_of(item: Item, part: str) -> bytes:
    """Return the salt of a part."""
    salt: bytes = item[part]["M"]["salt"]["B"]
    return salt


def with_sealed(item: Item, sealed: dict[str, Any]) -> Item:
    """Return a record or an event with another sealed part and its hash."""
    text = canonical_text(sealed)
    digest = hash_of(text)
    # The audit trail stores a hash as text, the workflow service as bytes.
    stored = {"B": bytes.fromhex(digest)} if "B" in item["hash"] else {"S": digest}
    return {**item, "sealed": packed(text), "hash": stored}


def with_part(item: Item, part: str, value: Any, salt: bytes | None = None) -> Item:
    """Return a record or an event with another value of a part; its commitment stays."""
    opening = {"salt": {"B": salt or salt_of(item, part)}, "value": packed(canonical_text(value))}
    return {**item, part: {"M": opening}}


def with_committed_part(item: Item, part: str, value: Any) -> Item:
    """Return a record or an event with another value of a part, its commitment, and the hash of that."""
    changed = with_part(item, part, value)
    opening = CommitmentOpening(salt_of(changed, part), text_of(changed[part]["M"]["value"]))
    return with_sealed(changed, {**sealed_of(item), f"{part}Commitment": opening.commitment(part)})


def hash_in(item: Item) -> str:
    """Return the stored hash of a record or an event, 64 hex digits."""
    digest = item["hash"]
    return digest["B"].hex() if "B" in digest else str(digest["S"])


def rechained(items: list[Item]) -> list[Item]:
    """Return records or events with each `previousHash` the hash of the one before: a consistent chain."""
    chain: list[Item] = []
    for item in items:
        sealed = sealed_of(item)
        previous = hash_in(chain[-1]) if chain else sealed["workflow"]["previousHash"]
        block = {**sealed["workflow"], "previousHash": previous}
        chain.append(with_sealed(item, {**sealed, "workflow": block}))
    return chain


def with_forged_amount(items: list[Item]) -> list[Item]:
    """Return a chain in which everyone has seen and approved another amount."""
    forged = []
    for item in items:
        text = json.dumps(value_of(item, "content")).replace(str(AMOUNT), str(FORGED_AMOUNT))
        forged.append(with_committed_part(item, "content", json.loads(text)))
    return rechained(forged)
