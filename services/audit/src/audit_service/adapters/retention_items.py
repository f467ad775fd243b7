"""Items of the audit-retention table. Those of erasures are in `erasure_items.py`.

| pk | sk | attributes |
|---|---|---|
| `HOLDS` | workflowId | a legal hold: reason, by, at |
| `RETENTION` | scheme | a retention period: days, by, at |
| `KEY#<userId>` | idempotency key | fingerprint, erasureId, expiresAt (seconds since 1970) |
"""

from datetime import UTC, datetime
from typing import Any

from countersign_common.aws.items import Item
from countersign_common.clock import from_rfc3339, to_rfc3339

from audit_service.domain.erasure import Hold, RetentionPolicy
from audit_service.ports.retention import ErasureKey, ErasureKeyRecord

_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)

MAX_DAYS = 36_500

HOLDS = "HOLDS"
RETENTION = "RETENTION"


def hold_key(workflow_id: str) -> Item:
    """Return the key of a hold."""
    return {"pk": {"S": HOLDS}, "sk": {"S": workflow_id}}


def hold_item(workflow_id: str, hold: Hold) -> Item:
    """Return the item of a hold."""
    return {
        **hold_key(workflow_id),
        "reason": {"S": hold.reason},
        "by": {"S": hold.by},
        "at": {"S": to_rfc3339(hold.at)},
    }


def policy_key(scheme: str) -> Item:
    """Return the key of a retention period."""
    return {"pk": {"S": RETENTION}, "sk": {"S": scheme}}


def unless_changed(since: datetime | None) -> dict[str, Any]:
    """Return the condition that an item is the one that was read: a hold or a retention period.

    Args:
        since: `at` of the item that was read; None if there was none.
    """
    if since is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "#at = :at",
        "ExpressionAttributeNames": {"#at": "at"},
        "ExpressionAttributeValues": {":at": {"S": to_rfc3339(since)}},
    }


def hold_of(item: Item) -> tuple[str, Hold]:
    """Return a workflow's id with its hold. A damaged item is a hold, too: it must not let anything be erased."""
    reason, by, at = (item.get(name, {}).get("S", "") for name in ("reason", "by", "at"))
    try:
        since = from_rfc3339(at)
    except ValueError:
        since = _UNKNOWN_TIME
    return item["sk"]["S"], Hold(reason, by, since)


def policy_item(scheme: str, policy: RetentionPolicy) -> Item:
    """Return the item of a retention period."""
    return {
        **policy_key(scheme),
        "days": {"N": str(policy.days)},
        "by": {"S": policy.by},
        "at": {"S": to_rfc3339(policy.at)},
    }


def policy_of(item: Item) -> tuple[str, RetentionPolicy]:
    """Return a scheme's id with its retention period. A damaged item is the longest one: it lets nothing be erased."""
    try:
        policy = RetentionPolicy(int(item["days"]["N"]), item["by"]["S"], from_rfc3339(item["at"]["S"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        policy = RetentionPolicy(MAX_DAYS, "", _UNKNOWN_TIME)
    return item["sk"]["S"], policy


def erasure_key_item(key: ErasureKey, record: ErasureKeyRecord) -> Item:
    """Return the item of an idempotency key."""
    return {
        "pk": {"S": f"KEY#{key.user_id}"},
        "sk": {"S": key.key},
        "fingerprint": {"S": record.fingerprint},
        "erasureId": {"S": record.erasure_id},
        "expiresAt": {"N": str(int(record.expires_at.timestamp()))},
    }


def erasure_key_record_of(item: Item) -> ErasureKeyRecord:
    """Return what a key was used for."""
    return ErasureKeyRecord(
        item["fingerprint"]["S"],
        item["erasureId"]["S"],
        datetime.fromtimestamp(int(item["expiresAt"]["N"]), UTC),
    )
