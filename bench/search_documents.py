"""Index documents of a company with 200 users, 21 approver groups and 12 months of workflows.

Only documents, without the records behind them: the benchmark measures the search in the index.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

LARGE_GROUP = "group:finance"
LARGE_GROUP_SHARE = 0.3
"""Part of the workflows that the members of the large group approve."""

SCHEMES = ("expense", "travel", "purchase", "contract", "leave")
USERS = [f"5f0c3f0e-0000-7000-8000-{number:012x}" for number in range(200)]
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)

_GROUPS = [f"group:team-{number}" for number in range(20)]
_OPEN_WORKFLOWS = 300
_ACTIONS = (("SAVE", "DRAFT"), ("REQUEST", "PENDING"), ("APPROVE", "PENDING"), ("APPROVE", "APPROVED"))
_WORDS = ("laptop", "chair", "flight", "hotel", "license", "training", "renewal", "budget", "repair", "phone")


@dataclass
class _Workflow:
    """One workflow while its records are generated."""

    id: str
    scheme: str
    requester: str
    approver: str
    group: str
    title: str
    actions: Iterator[tuple[str, str]] = field(default_factory=lambda: iter(_ACTIONS))


def documents(count: int, seed: int = 7) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Yield documents with their time, oldest first, spread evenly over the year."""
    chance = random.Random(seed)
    open_workflows = [_workflow(chance) for _ in range(_OPEN_WORKFLOWS)]
    pause = (LAST - FIRST) / count
    for number in range(count):
        place = chance.randrange(_OPEN_WORKFLOWS)
        action = next(open_workflows[place].actions, None)
        if action is None:
            open_workflows[place] = _workflow(chance)
            action = next(open_workflows[place].actions)
        at = FIRST + number * pause + timedelta(milliseconds=chance.randrange(1000))
        yield at, _document(open_workflows[place], action, at, chance)


def _workflow(chance: random.Random) -> _Workflow:
    requester, approver = chance.sample(USERS, 2)
    group = LARGE_GROUP if chance.random() < LARGE_GROUP_SHARE else chance.choice(_GROUPS)
    title = " ".join(chance.sample(_WORDS, 3))
    return _Workflow(_id(chance), chance.choice(SCHEMES), requester, approver, group, title)


def _document(
    workflow: _Workflow, action: tuple[str, str], at: datetime, chance: random.Random
) -> dict[str, Any]:
    action_type, outcome = action
    is_draft = action_type == "SAVE"
    participants = [f"user:{workflow.requester}"]
    if not is_draft:
        participants += [f"user:{workflow.approver}", workflow.group]
    return {
        "datasetId": _id(chance),
        "target": workflow.id,
        "workflowId": workflow.id,
        "scheme": workflow.scheme,
        "stepId": None if is_draft else "approval",
        "actionType": action_type,
        "actionOwner": workflow.approver if action_type == "APPROVE" else workflow.requester,
        "outcome": outcome,
        "occurredAt": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "participants": participants,
        "text": [workflow.title],
    }


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
