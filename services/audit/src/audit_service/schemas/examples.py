"""Examples for openapi.json."""

from typing import Any

_WORKFLOW = "0190a000-0000-7000-8000-00000000000a"

RECORD: dict[str, Any] = {
    "datasetId": "0190b000-0000-7000-8000-000000000002",
    "hash": "5d1be7e9dda1ee8896be5b7e34a85ee16452a7b357ee98e2c93d0cd9cff24d7e",
    "sealed": {
        "schemaVersion": 1,
        "eventId": "0190b000-0000-7000-8000-000000000002",
        "source": "/countersign/workflow",
        "actionType": "APPROVE",
        "actionOwner": {"type": "user", "id": "5f0c3f0e-0000-7000-8000-000000000001"},
        "target": {"type": "workflow", "id": _WORKFLOW},
        "outcome": "APPROVED",
        "occurredAt": "2026-01-31T09:00:00.000Z",
        "requestId": "JKJaXmPLvHcESHA=",
        "participants": ["user:5f0c3f0e-0000-7000-8000-000000000002", "group:approvers"],
        "personCommitment": "8d23cf6c86e834a7aa6eded54c26ce2bb2e74903538c61bdd5d2197997ab2f72",
        "contentCommitment": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        "workflow": {
            "scheme": "expense-report",
            "schemeVersion": 1,
            "stepId": "approval",
            "round": 1,
            "sequence": 3,
            "previousHash": "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7",
        },
    },
    "person": {"name": "Bo Approver"},
    "content": {"title": "Buy a laptop", "comment": "Go ahead.", "before": None, "after": {"amount": 1249.5}},
    "redacted": ["person"],
}

PAGE: dict[str, Any] = {"items": [RECORD], "missing": [], "cursor": None}

VERIFICATION: dict[str, Any] = {
    "workflowId": _WORKFLOW,
    "verdict": "broken",
    "events": 3,
    "headHash": RECORD["hash"],
    "findings": [
        {
            "sequence": 2,
            "datasetId": "0190b000-0000-7000-8000-000000000001",
            "code": "hash-mismatch",
            "detail": "The sealed part does not have the stored hash.",
        }
    ],
}
