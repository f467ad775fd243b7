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

_SUMMARY: dict[str, Any] = {
    **{name: RECORD[name] for name in ("datasetId", "hash", "sealed", "person", "redacted")},
    "content": {"title": "Buy a laptop", "comment": "Go ahead."},
    "erased": [],
}

PAGE: dict[str, Any] = {"items": [_SUMMARY], "missing": [], "cursor": None}

_ORIGIN = "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com"
_SIGNED = f"{_ORIGIN}\n8\nXcn3GKoUrS0sV6Pt/fpTD8eTSX3F3bT4ZjcJk4mBiyg=\n\n"
_SIGNED += f"— {_ORIGIN} 1Y7M2jBFAiEA1pD0ExampleOfAnEcdsaSignatureInDerEncoding0123456789ABCDEFG=\n"

CHECKPOINT: dict[str, Any] = {
    "size": 8,
    "rootHash": "5dc9f718aa14ad2d2c57a3edfdfa530fc793497dc5ddb4f86637099389818b28",
    "signedAt": "2026-01-31T09:01:02.345Z",
    "note": _SIGNED,
}

CHECKPOINTS: dict[str, Any] = {"items": [CHECKPOINT], "cursor": None}

NEWEST_CHECKPOINT: dict[str, Any] = {"origin": _ORIGIN, **CHECKPOINT, "cosigners": []}

PUBLIC_KEYS: dict[str, Any] = {
    "origin": _ORIGIN,
    "vkey": f"{_ORIGIN}+d58eccda+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABExampleOfAPublicKey",
    "pem": "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEExampleOfAPublicKey\n"
    "-----END PUBLIC KEY-----\n",
    "fingerprint": "SHA256:1Y7M2kVbT0d1cW5pZm9ybUV4YW1wbGVGaW5nZXJwcmk",
    "witnesses": [],
}

CONSISTENCY: dict[str, Any] = {"from": 3, "to": 8, "proof": ["5d" * 32, "0e" * 32]}

COSIGNATURE_REQUEST: dict[str, Any] = {
    "size": 8,
    "line": "— witness.example.com AAAAAQAAAABpfcUe" + "A" * 86 + "==",
}

COSIGNATURE: dict[str, Any] = {"size": 8, "witness": "witness.example.com"}

PROOF: dict[str, Any] = {
    "datasetId": RECORD["datasetId"],
    "state": "sealed",
    "entry": f"countersign/v1/event\n{RECORD['datasetId']}\n{RECORD['hash']}\n",
    "leafIndex": 2,
    "leafHash": "7a" * 32,
    "treeSize": 8,
    "proof": ["5d" * 32, "0e" * 32, "c4" * 32],
    "checkpoint": NEWEST_CHECKPOINT,
}

VERIFICATION: dict[str, Any] = {
    "workflowId": _WORKFLOW,
    "verdict": "invalid",
    "events": 3,
    "sealed": 2,
    "pending": 0,
    "headHash": RECORD["hash"],
    "from": 1,
    "to": 3,
    "cursor": None,
    "checked": {
        "chain": "valid",
        "commitments": "valid",
        "inclusion": "invalid",
        "checkpoint": "valid",
        "attestedState": "valid",
    },
    "attested": {
        "version": 3,
        "headHash": RECORD["hash"],
        "status": "APPROVED",
        "manifest": "2026-01-31T09:01:00Z",
        "at": "2026-01-31T09:01:30.000Z",
    },
    "checkpoint": NEWEST_CHECKPOINT,
    "findings": [
        {
            "sequence": 2,
            "datasetId": "0190b000-0000-7000-8000-000000000001",
            "code": "rewritten",
            "detail": "Leaf 1 of the log has another hash than the stored record.",
        }
    ],
}

EVIDENCE: dict[str, Any] = {
    "format": "countersign.evidence.v1",
    "workflowId": _WORKFLOW,
    "createdAt": "2026-01-31T09:05:00.000Z",
    "publicKey": PUBLIC_KEYS["vkey"],
    "checkpoint": _SIGNED,
    "cursor": None,
    "records": [
        {
            "datasetId": RECORD["datasetId"],
            "hash": RECORD["hash"],
            "sealed": '{"actionOwner":{"id":"5f0c3f0e-0000-7000-8000-000000000001","type":"user"},…}',
            "person": {"salt": "A" * 43 + "=", "value": '{"name":"Bo Approver",…}'},
            "content": None,
        }
    ],
    "proofs": [{"entryId": RECORD["datasetId"], "index": 2, "hashes": PROOF["proof"]}],
    "manifests": [
        {"name": "2026-01-31T09:01:00Z", "text": '{"events":[…],"format":"countersign.manifest.v1",…}'}
    ],
    "omittedManifests": [],
    "withheld": [],
    "erasures": [],
}

INTEGRITY: dict[str, Any] = {
    "checkpoint": NEWEST_CHECKPOINT,
    "lagSeconds": 12.5,
    "pendingEntries": 3,
    "oldestPendingAt": "2026-01-31T09:00:47.500Z",
    "manifests": {"newest": "2026-01-31T09:00:00Z", "checkedThrough": "2026-01-31T09:00:00Z"},
    "reconciledAt": "2026-01-31T09:00:51.204Z",
    "findings": {
        "open": 1,
        "items": [
            {
                "code": "state-mismatch",
                "subject": _WORKFLOW,
                "datasetId": RECORD["datasetId"],
                "workflowId": _WORKFLOW,
                "manifest": "2026-01-31T08:57:00Z",
                "detail": "Manifest 2026-01-31T08:57:00Z attests version 3: another status than the event with "
                "this version has.",
                "state": "open",
                "firstSeen": "2026-01-31T08:58:02.113Z",
                "lastSeen": "2026-01-31T08:58:02.113Z",
                "resolvedAt": None,
            }
        ],
        "cursor": None,
    },
    "witnesses": [{"name": "witness.example.com", "size": 8, "at": "2026-01-31T08:55:00.000Z"}],
}

_ADMIN = "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02"

ERASURE_REQUEST: dict[str, Any] = {
    "userId": "5f0c3f0e-0000-7000-8000-000000000001",
    "parts": ["person", "content"],
    "reason": "Request 4711 under GDPR article 17",
    "dryRun": False,
}

ERASURE: dict[str, Any] = {
    "erasureId": "0190c000-0000-7000-8000-000000000001",
    "kind": "user",
    "userId": ERASURE_REQUEST["userId"],
    "parts": ERASURE_REQUEST["parts"],
    "reason": ERASURE_REQUEST["reason"],
    "requestedBy": _ADMIN,
    "state": "RUNNING",
    "error": None,
    "erased": {"person": 1000, "content": 640},
    "held": {"count": 3, "workflowIds": [_WORKFLOW]},
    "createdAt": "2026-01-31T09:00:00.000Z",
    "updatedAt": "2026-01-31T09:00:07.120Z",
}

ERASURE_REQUESTED: dict[str, Any] = ERASURE | {
    "state": "REQUESTED",
    "erased": {"person": 0, "content": 0},
    "held": {"count": 0, "workflowIds": []},
    "updatedAt": ERASURE["createdAt"],
}

ERASURES: dict[str, Any] = {"items": [ERASURE], "cursor": None}

DRY_RUN: dict[str, Any] = {
    "erasureId": None,
    "state": "DRY_RUN",
    "records": 2,
    "person": 1,
    "content": 2,
    "held": {"count": 3, "workflowIds": [_WORKFLOW]},
    "workflows": 1,
    "datasetIds": [RECORD["datasetId"], "0190b000-0000-7000-8000-000000000001"],
    "complete": True,
}

HOLD_REQUEST: dict[str, Any] = {"reason": "Case 2026-17"}

HOLD: dict[str, Any] = {
    "workflowId": _WORKFLOW,
    "reason": HOLD_REQUEST["reason"],
    "by": _ADMIN,
    "at": "2026-01-31T09:00:00.000Z",
}

HOLDS: dict[str, Any] = {"items": [HOLD], "cursor": None}

RELEASE_REQUEST: dict[str, Any] = {"reason": "Case 2026-17 is closed"}

RETENTION_REQUEST: dict[str, Any] = {"days": 3650, "reason": "Tax law: ten years"}

SCHEME_RETENTION: dict[str, Any] = {
    "scheme": "expense-report",
    "days": RETENTION_REQUEST["days"],
    "by": _ADMIN,
    "at": "2026-01-31T09:00:00.000Z",
}

RETENTION: dict[str, Any] = {"defaultDays": 2555, "schemes": [SCHEME_RETENTION]}
