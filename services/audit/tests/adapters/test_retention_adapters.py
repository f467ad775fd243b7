"""Legal holds, retention periods and idempotency keys in DynamoDB, by moto."""

from dataclasses import replace
from datetime import timedelta

import pytest
from countersign_common.aws.clients import dynamodb_client

from audit_service.adapters.dynamodb_erasure_jobs import DynamoDbErasureJobs
from audit_service.adapters.dynamodb_erasure_keys import DynamoDbErasureKeys
from audit_service.adapters.dynamodb_holds import DynamoDbHolds
from audit_service.adapters.dynamodb_retention_policies import DynamoDbRetentionPolicies
from audit_service.adapters.erasure_items import job_item
from audit_service.adapters.retention_items import hold_item, policy_item
from audit_service.domain.erasure import Hold, RetentionPolicy
from audit_service.ports.retention import ErasureKey, ErasureKeyRecord

from ..builders import OTHER_WORKFLOW, WORKFLOW
from ..erasure_fakes import NOON, retention_job
from .table import log_table_definition

TABLE = "audit-retention"
HOLD = Hold("Case 17", "ada", NOON)
FIRST_HOLD = Hold("first", "adam", NOON - timedelta(days=1))
POLICY = RetentionPolicy(30, "ada", NOON)
KEY = ErasureKey("ada", "key", "0" * 64)
RECORD = ErasureKeyRecord("0" * 64, "0190c000-0000-7000-8000-000000000001", NOON + timedelta(hours=24))


@pytest.fixture
def client(aws: None):
    client = dynamodb_client(attempts=1)
    client.create_table(TableName=TABLE, **log_table_definition())
    return client


def test_holds_are_placed_replaced_and_removed(client):
    holds = DynamoDbHolds(client, TABLE)
    assert (holds.all(), holds.get(WORKFLOW)) == ({}, None)
    assert holds.put(WORKFLOW, FIRST_HOLD, replaces=None)
    assert holds.put(WORKFLOW, HOLD, replaces=FIRST_HOLD)
    assert holds.put(OTHER_WORKFLOW, HOLD, replaces=None)
    assert holds.all() == {WORKFLOW: HOLD, OTHER_WORKFLOW: HOLD}
    assert holds.get(WORKFLOW) == HOLD
    assert holds.delete(WORKFLOW, HOLD)
    assert not holds.delete(WORKFLOW, HOLD)
    assert holds.all() == {OTHER_WORKFLOW: HOLD}


def test_a_hold_that_another_request_has_changed_stays(client):
    holds = DynamoDbHolds(client, TABLE)
    assert not holds.put(WORKFLOW, HOLD, replaces=FIRST_HOLD)
    assert holds.all() == {}
    holds.put(WORKFLOW, HOLD, replaces=None)
    for replaces in (None, FIRST_HOLD):
        assert not holds.put(WORKFLOW, FIRST_HOLD, replaces=replaces)
    assert not holds.delete(WORKFLOW, FIRST_HOLD)
    assert holds.all() == {WORKFLOW: HOLD}


@pytest.mark.parametrize("damage", [{"at": {"S": "x"}}, {"at": {"N": "5"}}, {"reason": {"N": "5"}}], ids=str)
def test_a_damaged_hold_is_in_force(damage, client):
    holds = DynamoDbHolds(client, TABLE)
    holds.put(OTHER_WORKFLOW, HOLD, replaces=None)
    client.put_item(TableName=TABLE, Item={**hold_item(WORKFLOW, HOLD), **damage})
    assert set(holds.all()) == {WORKFLOW, OTHER_WORKFLOW}
    assert holds.get(WORKFLOW) is not None


@pytest.mark.parametrize("damage", [{"days": {"S": "x"}}, {"at": {"S": "x"}}, {"by": {"N": "5"}}], ids=str)
def test_a_damaged_policy_lets_nothing_be_erased(damage, client):
    policies = DynamoDbRetentionPolicies(client, TABLE)
    policies.put("other", POLICY, replaces=None)
    client.put_item(TableName=TABLE, Item={**policy_item("scheme", POLICY), **damage})
    assert {scheme: policy.days for scheme, policy in policies.all().items()} == {
        "other": 30,
        "scheme": 36_500,
    }


@pytest.mark.parametrize(
    "damage", [{"kind": {"S": "x"}}, {"pass": {"S": "x"}, "createdAt": {"S": "x"}}], ids=str
)
def test_a_damaged_job_is_not_listed(damage, client):
    jobs = DynamoDbErasureJobs(client, TABLE)
    good, bad = retention_job(), replace(retention_job(), erasure_id="0190c000-0000-7000-8000-000000000099")
    jobs.add(good)
    client.put_item(TableName=TABLE, Item={**job_item(bad), **damage})
    assert jobs.list(before=None, limit=10).items == [good]
    assert jobs.get(bad.erasure_id) is None


def test_policies_are_set_and_replaced(client):
    policies = DynamoDbRetentionPolicies(client, TABLE)
    assert policies.all() == {}
    first = RetentionPolicy(1, "adam", NOON - timedelta(days=1))
    assert policies.put("expense", first, replaces=None)
    assert policies.put("expense", POLICY, replaces=first)
    assert policies.put("travel", POLICY, replaces=None)
    assert policies.all() == {"expense": POLICY, "travel": POLICY}
    for replaces in (None, first):
        assert not policies.put("expense", first, replaces=replaces)
    assert policies.all() == {"expense": POLICY, "travel": POLICY}


def test_holds_policies_and_keys_in_one_table_are_separate(client):
    DynamoDbHolds(client, TABLE).put(WORKFLOW, HOLD, replaces=None)
    DynamoDbRetentionPolicies(client, TABLE).put("expense", POLICY, replaces=None)
    DynamoDbErasureJobs(client, TABLE).add(retention_job())
    DynamoDbErasureKeys(client, TABLE).claim(KEY, RECORD, NOON)
    assert DynamoDbHolds(client, TABLE).all() == {WORKFLOW: HOLD}
    assert DynamoDbRetentionPolicies(client, TABLE).all() == {"expense": POLICY}
    assert len(DynamoDbErasureJobs(client, TABLE).list(before=None, limit=9).items) == 1
    # What the API's role may write: see audit_retention.tf.
    partitions = {item["pk"]["S"] for item in client.scan(TableName=TABLE)["Items"]}
    assert partitions == {"ERASURES", "HOLDS", "RETENTION", "KEY#ada"}


def test_more_holds_than_a_page_are_all_read(client):
    holds = DynamoDbHolds(client, TABLE)
    reason = "x" * 300_000
    for number in range(5):
        holds.put(f"{number}", Hold(reason, "ada", NOON), replaces=None)
    assert len(holds.all()) == 5


def test_a_key_is_claimed_once_until_it_expires(client):
    keys = DynamoDbErasureKeys(client, TABLE)
    later = ErasureKeyRecord("1" * 64, "0190c000-0000-7000-8000-000000000002", NOON + timedelta(hours=48))
    assert keys.claim(KEY, RECORD, NOON) == RECORD
    assert keys.claim(KEY, later, RECORD.expires_at - timedelta(seconds=1)) == RECORD
    assert keys.claim(KEY, later, RECORD.expires_at) == later
    assert keys.claim(KEY, RECORD, RECORD.expires_at) == later


def test_the_same_key_of_another_user_is_another_key(client):
    keys = DynamoDbErasureKeys(client, TABLE)
    other = ErasureKeyRecord("1" * 64, "0190c000-0000-7000-8000-000000000002", RECORD.expires_at)
    assert keys.claim(KEY, RECORD, NOON) == RECORD
    assert keys.claim(ErasureKey("adam", "key", "1" * 64), other, NOON) == other


def test_an_expired_key_is_deleted_by_the_table(client):
    DynamoDbErasureKeys(client, TABLE).claim(KEY, RECORD, NOON)
    (item,) = client.scan(TableName=TABLE)["Items"]
    assert item["expiresAt"] == {"N": str(int(RECORD.expires_at.timestamp()))}
