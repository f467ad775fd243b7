"""The role of each function allows exactly what the function needs.

All other system tests show that the permissions suffice, because the local cloud enforces IAM.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from harness.functions import deployed, probe
from harness.policies import as_list, statements_of
from local_cloud.running import RunningCloud

# What each role allows: (actions, resources). `_arn` describes the resources. Each role also allows writing logs.
_ALLOWED: dict[str, list[tuple[str, str]]] = {
    "workflow-api": [
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query", "table:workflow_table"),
        ("dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem", "table:workflow_table"),
        ("dynamodb:Query", "table:workflow_table/index/mine table:workflow_table/index/decided"),
        ("sqs:SendMessage", "queue:audit_trail_queue_url queue:notifications_queue_url"),
        (
            "cognito-idp:AdminGetUser cognito-idp:ListUsers cognito-idp:ListGroups cognito-idp:ListUsersInGroup",
            "user-pool:user_pool_id",
        ),
    ],
    "workflow-publish-manifest": [
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query dynamodb:PutItem", "table:workflow_table"),
        ("dynamodb:Scan", "table:workflow_table/index/mine"),
        ("s3:ListBucket", "bucket:manifest_bucket"),
        ("s3:GetObject s3:PutObject", "bucket:manifest_bucket/manifests/*"),
        ("sqs:SendMessage", "queue:audit_trail_queue_url"),
    ],
    "workflow-handle-audit-requests": [
        (
            "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes",
            "queue:workflow_requests_queue_url queue:workflow_requests_dlq_url",
        ),
        ("sqs:SendMessage", "queue:audit_trail_queue_url queue:workflow_requests_dlq_url"),
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query", "table:workflow_table"),
        ("dynamodb:UpdateItem dynamodb:DeleteItem", "table:workflow_table"),
    ],
    "workflow-relay-outbox": [
        ("dynamodb:Query", "table:workflow_table/index/outbox"),
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:UpdateItem", "table:workflow_table"),
        ("sqs:SendMessage", "queue:audit_trail_queue_url queue:notifications_queue_url"),
    ],
    "audit-create-audit-trail": [
        (
            "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes",
            "queue:audit_trail_queue_url queue:audit_trail_dlq_url",
        ),
        ("sqs:SendMessage", "queue:audit_trail_dlq_url"),
        ("dynamodb:PutItem", "table:audit_trail_table table:audit_log_table"),
        ("dynamodb:Query", "table:audit_log_table"),
        ("es:ESHttpGet", "search:/_index_template/audit-trail-v*"),
        ("es:ESHttpPost", "search:/_bulk"),
        ("es:ESHttpPut", "search:/_index_template/audit-trail-v* search:/audit-trail-v*"),
    ],
    "audit-api": [
        ("dynamodb:GetItem dynamodb:BatchGetItem", "table:audit_trail_table"),
        ("dynamodb:Query", "table:audit_trail_table/index/workflow"),
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query", "table:audit_log_table"),
        ("dynamodb:PutItem", "table:audit_log_table"),
        ("dynamodb:GetItem dynamodb:Query", "table:audit_integrity_table"),
        ("dynamodb:GetItem dynamodb:Query", "table:audit_retention_table"),
        ("dynamodb:PutItem dynamodb:DeleteItem", "table:audit_retention_table"),
        ("sqs:SendMessage", "queue:audit_requests_queue_url"),
        (
            "s3:GetObject",
            "bucket:proof_bucket/tile/* bucket:proof_bucket/checkpoint bucket:manifest_bucket/manifests/*",
        ),
        ("s3:ListBucket", "bucket:proof_bucket bucket:manifest_bucket"),
        ("kms:GetPublicKey kms:Verify", "key:audit-api"),
        ("es:ESHttpPost", "search:/audit-trail/_search"),
    ],
    "audit-erase": [
        (
            "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes",
            "queue:audit_requests_queue_url queue:audit_requests_dlq_url",
        ),
        (
            "sqs:ReceiveMessage sqs:DeleteMessage sqs:ChangeMessageVisibility sqs:GetQueueAttributes",
            "queue:audit_trail_dlq_url queue:notifications_dlq_url",
        ),
        (
            "sqs:SendMessage",
            "queue:audit_requests_dlq_url queue:audit_requests_queue_url"
            " queue:workflow_requests_queue_url queue:notifications_queue_url",
        ),
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Scan", "table:audit_trail_table"),
        ("dynamodb:PutItem dynamodb:UpdateItem", "table:audit_trail_table"),
        ("dynamodb:Query", "table:audit_trail_table/index/workflow"),
        ("dynamodb:PutItem dynamodb:BatchWriteItem", "table:audit_log_table"),
        ("dynamodb:GetItem dynamodb:Query dynamodb:PutItem", "table:audit_retention_table"),
        ("es:ESHttpGet", "search:/_index_template/audit-trail-v*"),
        (
            "es:ESHttpPost",
            "search:/_bulk search:/audit-trail/_refresh search:/audit-trail/_search",
        ),
        ("es:ESHttpPut", "search:/_index_template/audit-trail-v* search:/audit-trail-v*"),
    ],
    "audit-apply-retention": [
        ("dynamodb:BatchGetItem", "table:audit_trail_table"),
        ("dynamodb:Query dynamodb:PutItem", "table:audit_retention_table"),
        ("sqs:SendMessage", "queue:audit_requests_queue_url"),
        ("es:ESHttpGet", "search:/audit-trail/_alias"),
        ("es:ESHttpPost", "search:/_aliases search:/audit-trail/_search"),
    ],
    "audit-reconcile": [
        ("dynamodb:BatchGetItem", "table:audit_trail_table"),
        ("dynamodb:Query", "table:audit_trail_table/index/workflow"),
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query dynamodb:PutItem", "table:audit_log_table"),
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query", "table:audit_integrity_table"),
        ("dynamodb:PutItem dynamodb:BatchWriteItem", "table:audit_integrity_table"),
        ("dynamodb:Query", "table:audit_retention_table"),
        (
            "s3:GetObject",
            "bucket:proof_bucket/tile/* bucket:proof_bucket/checkpoint bucket:manifest_bucket/manifests/*",
        ),
        ("s3:ListBucket", "bucket:proof_bucket bucket:manifest_bucket"),
        ("kms:GetPublicKey kms:Verify", "key:audit-reconcile"),
        ("sqs:SendMessage sqs:SendMessageBatch", "queue:workflow_requests_queue_url"),
        ("es:ESHttpGet", "search:/_index_template/audit-trail-v*"),
        ("es:ESHttpPost", "search:/_bulk search:/audit-trail/_search"),
        ("es:ESHttpPut", "search:/_index_template/audit-trail-v* search:/audit-trail-v*"),
    ],
    "audit-seal-checkpoint": [
        ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query", "table:audit_log_table"),
        ("dynamodb:PutItem dynamodb:UpdateItem dynamodb:BatchWriteItem", "table:audit_log_table"),
        ("s3:ListBucket", "bucket:proof_bucket"),
        ("s3:GetObject s3:PutObject", "bucket:proof_bucket/*"),
        ("kms:GetPublicKey kms:Sign kms:Verify", "key:audit-seal-checkpoint"),
    ],
    "audit-rebuild-index": [
        ("dynamodb:Scan", "table:audit_trail_table"),
        ("dynamodb:Query", "table:audit_retention_table"),
        ("es:ESHttpGet", "search:/_index_template/audit-trail-v* search:/audit-trail/_alias"),
        ("es:ESHttpPost", "search:/_aliases search:/_bulk search:/audit-trail/_refresh"),
        ("es:ESHttpPut", "search:/_index_template/audit-trail-v* search:/audit-trail-v*"),
    ],
    "notifications-send-notifications": [
        (
            "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes",
            "queue:notifications_queue_url queue:notifications_dlq_url",
        ),
        ("sqs:SendMessage", "queue:notifications_dlq_url"),
        ("dynamodb:GetItem dynamodb:BatchGetItem", "table:notifications_table"),
        ("dynamodb:PutItem dynamodb:UpdateItem", "table:notifications_table"),
        ("dynamodb:Scan", "table:notifications_table"),
        ("cognito-idp:ListUsersInGroup", "user-pool:user_pool_id"),
        ("iot:Publish", "topic:notifications-*"),
    ],
    "notifications-api": [
        ("dynamodb:BatchGetItem dynamodb:UpdateItem", "table:notifications_table"),
        (
            "dynamodb:Query",
            "table:notifications_table/index/recipient table:notifications_table/index/unread",
        ),
        ("sts:AssumeRole", "role:SUBSCRIBER_ROLE_ARN"),
    ],
}

FUNCTIONS = tuple(_ALLOWED)
_TABLES_OF = {
    "workflow": ("workflow_table",),
    "audit": ("audit_trail_table", "audit_log_table", "audit_integrity_table", "audit_retention_table"),
    "notifications": ("notifications_table",),
}

# What IAM must deny to each role: (action, resource).
_DENIED = {
    "workflow-api": [
        ("dynamodb:Scan", "table:workflow_table"),
        ("dynamodb:DeleteTable", "table:workflow_table"),
        ("dynamodb:Query", "table:workflow_table/index/outbox"),
        ("dynamodb:GetItem", "table:audit_trail_table"),
        ("sqs:ReceiveMessage", "queue:audit_trail_queue_url"),
        ("sqs:PurgeQueue", "queue:audit_trail_queue_url"),
        ("sqs:SendMessage", "queue:audit_trail_dlq_url"),
        ("iot:Publish", "*"),
        ("cognito-idp:AdminCreateUser", "*"),
        ("cognito-idp:AdminAddUserToGroup", "*"),
        ("cognito-idp:AdminUpdateUserAttributes", "*"),
    ],
    "workflow-relay-outbox": [
        ("dynamodb:PutItem", "table:workflow_table"),
        ("dynamodb:DeleteItem", "table:workflow_table"),
        ("dynamodb:Query", "table:workflow_table/index/mine"),
        ("sqs:ReceiveMessage", "queue:notifications_queue_url"),
    ],
    "workflow-publish-manifest": [
        ("dynamodb:UpdateItem", "table:workflow_table"),
        ("dynamodb:DeleteItem", "table:workflow_table"),
        ("dynamodb:Scan", "table:workflow_table"),
        ("dynamodb:GetItem", "table:audit_trail_table"),
        ("s3:DeleteObject", "bucket:manifest_bucket/manifests/2026-01-31T09:00:00Z.json"),
        ("s3:DeleteObjectVersion", "bucket:manifest_bucket/manifests/2026-01-31T09:00:00Z.json"),
        ("s3:BypassGovernanceRetention", "bucket:manifest_bucket/manifests/2026-01-31T09:00:00Z.json"),
        ("s3:PutObject", "bucket:manifest_bucket/other.json"),
        ("s3:PutBucketPolicy", "bucket:manifest_bucket"),
        ("sqs:SendMessage", "queue:notifications_queue_url"),
    ],
    "workflow-handle-audit-requests": [
        ("dynamodb:PutItem", "table:workflow_table"),
        ("dynamodb:Scan", "table:workflow_table"),
        ("dynamodb:Query", "table:workflow_table/index/mine"),
        ("dynamodb:GetItem", "table:audit_trail_table"),
        ("s3:PutObject", "bucket:manifest_bucket/manifests/2026-01-31T09:00:00Z.json"),
        ("sqs:SendMessage", "queue:notifications_queue_url"),
        ("sqs:SendMessage", "queue:workflow_requests_queue_url"),
    ],
    "audit-create-audit-trail": [
        ("dynamodb:GetItem", "table:audit_trail_table"),
        ("dynamodb:UpdateItem", "table:audit_trail_table"),
        ("dynamodb:DeleteItem", "table:audit_trail_table"),
        ("dynamodb:Scan", "table:audit_trail_table"),
        ("dynamodb:GetItem", "table:workflow_table"),
        ("sqs:SendMessage", "queue:audit_trail_queue_url"),
        ("sqs:ReceiveMessage", "queue:notifications_queue_url"),
        ("es:ESHttpPost", "search:/audit-trail/_search"),
        ("es:ESHttpDelete", "search:/audit-trail-v1-1-2026.01"),
        ("es:ESHttpPost", "search:/_aliases"),
    ],
    "audit-api": [
        ("dynamodb:PutItem", "table:audit_trail_table"),
        ("dynamodb:UpdateItem", "table:audit_trail_table"),
        ("dynamodb:DeleteItem", "table:audit_trail_table"),
        ("dynamodb:Scan", "table:audit_trail_table"),
        ("dynamodb:GetItem", "table:workflow_table"),
        ("es:ESHttpPost", "search:/_bulk"),
        ("es:ESHttpPut", "search:/audit-trail-v1-1-2026.01"),
        ("es:ESHttpDelete", "search:/audit-trail-v1-1-2026.01"),
        ("es:ESHttpPost", "search:/other-index/_search"),
        ("kms:Sign", "key:audit-api"),
        ("s3:PutObject", "bucket:proof_bucket/checkpoint"),
        ("sqs:SendMessage", "queue:workflow_requests_queue_url"),
    ],
    "audit-erase": [
        ("dynamodb:DeleteItem", "table:audit_trail_table"),
        ("dynamodb:BatchWriteItem", "table:audit_trail_table"),
        ("dynamodb:UpdateItem", "table:audit_log_table"),
        ("dynamodb:DeleteItem", "table:audit_log_table"),
        ("dynamodb:DeleteItem", "table:audit_retention_table"),
        ("dynamodb:GetItem", "table:workflow_table"),
        ("sqs:SendMessage", "queue:audit_trail_queue_url"),
        ("sqs:ReceiveMessage", "queue:audit_trail_queue_url"),
        ("sqs:ReceiveMessage", "queue:workflow_requests_queue_url"),
        ("s3:PutObject", "bucket:proof_bucket/checkpoint"),
        ("es:ESHttpDelete", "search:/audit-trail-v1-1-2026.01"),
        ("es:ESHttpPost", "search:/_aliases"),
    ],
    "audit-apply-retention": [
        ("dynamodb:UpdateItem", "table:audit_trail_table"),
        ("dynamodb:DeleteItem", "table:audit_trail_table"),
        ("dynamodb:PutItem", "table:audit_trail_table"),
        ("dynamodb:DeleteItem", "table:audit_retention_table"),
        ("sqs:ReceiveMessage", "queue:audit_requests_queue_url"),
        ("sqs:SendMessage", "queue:workflow_requests_queue_url"),
        ("es:ESHttpPost", "search:/_bulk"),
        ("es:ESHttpDelete", "search:/other-index"),
    ],
    "audit-reconcile": [
        ("dynamodb:PutItem", "table:audit_trail_table"),
        ("dynamodb:UpdateItem", "table:audit_trail_table"),
        ("dynamodb:DeleteItem", "table:audit_trail_table"),
        ("dynamodb:Scan", "table:audit_trail_table"),
        ("dynamodb:UpdateItem", "table:audit_log_table"),
        ("dynamodb:DeleteItem", "table:audit_log_table"),
        ("dynamodb:BatchWriteItem", "table:audit_log_table"),
        ("dynamodb:GetItem", "table:workflow_table"),
        ("kms:Sign", "key:audit-reconcile"),
        ("s3:PutObject", "bucket:proof_bucket/checkpoint"),
        ("s3:PutObject", "bucket:manifest_bucket/manifests/2026-01-31T09:00:00Z.json"),
        ("s3:DeleteObject", "bucket:manifest_bucket/manifests/2026-01-31T09:00:00Z.json"),
        ("sqs:SendMessage", "queue:audit_trail_queue_url"),
        ("sqs:ReceiveMessage", "queue:workflow_requests_queue_url"),
        ("es:ESHttpDelete", "search:/audit-trail-v1-1-2026.01"),
        ("es:ESHttpPost", "search:/_aliases"),
    ],
    "audit-seal-checkpoint": [
        ("dynamodb:DeleteItem", "table:audit_log_table"),
        ("dynamodb:GetItem", "table:audit_trail_table"),
        ("dynamodb:PutItem", "table:audit_trail_table"),
        ("s3:DeleteObject", "bucket:proof_bucket/checkpoint"),
        ("s3:DeleteObjectVersion", "bucket:proof_bucket/checkpoint"),
        ("s3:BypassGovernanceRetention", "bucket:proof_bucket/checkpoint"),
        ("s3:PutBucketPolicy", "bucket:proof_bucket"),
        ("kms:PutKeyPolicy", "key:audit-seal-checkpoint"),
        ("sqs:SendMessage", "queue:audit_trail_queue_url"),
    ],
    "audit-rebuild-index": [
        ("dynamodb:PutItem", "table:audit_trail_table"),
        ("dynamodb:DeleteItem", "table:audit_trail_table"),
        ("dynamodb:Scan", "table:workflow_table"),
        ("dynamodb:PutItem", "table:audit_retention_table"),
        ("es:ESHttpDelete", "search:/audit-trail-v1-1-2026.01"),
        ("es:ESHttpPut", "search:/other-index"),
    ],
    "notifications-send-notifications": [
        ("dynamodb:Query", "table:notifications_table/index/recipient"),
        ("dynamodb:DeleteItem", "table:notifications_table"),
        ("dynamodb:GetItem", "table:workflow_table"),
        ("cognito-idp:AdminCreateUser", "*"),
        ("cognito-idp:AdminAddUserToGroup", "*"),
        ("sts:AssumeRole", "*"),
        ("iot:Publish", "topic:other-topic"),
    ],
    "notifications-api": [
        ("dynamodb:Scan", "table:notifications_table"),
        ("dynamodb:DeleteItem", "table:notifications_table"),
        ("dynamodb:GetItem", "table:audit_trail_table"),
        ("iot:Publish", "*"),
        ("sqs:SendMessage", "queue:notifications_queue_url"),
    ],
}


_TABLE = "<audit-trail>"
_KEY = {"datasetId": {"S": "none"}}
_VALUE = {":x": {"S": "x"}}


@pytest.fixture(scope="module")
def roles(cloud: RunningCloud) -> dict[str, str]:
    """Function → ARN of its role."""
    return {name: _configuration(cloud, name)["Role"] for name in FUNCTIONS}


def _configuration(cloud: RunningCloud, function: str) -> dict[str, Any]:
    configuration: dict[str, Any] = cloud.client("lambda").get_function_configuration(
        FunctionName=deployed(cloud, function)
    )
    return configuration


def _permissions(cloud: RunningCloud, role_arn: str) -> Iterator[tuple[str, str]]:
    """Yield action and resource of everything that a role allows."""
    for statement in statements_of(cloud, role_arn):
        assert statement["Effect"] == "Allow"
        for action in as_list(statement["Action"]):
            for resource in as_list(statement["Resource"]):
                yield action, resource


def _arn(cloud: RunningCloud, resource: str) -> str:
    """Return the ARN of a resource.

    Args:
        cloud: The deployed cloud.
        resource: `*`, or kind and name: `bucket:`, `table:` and `queue:` with the output that names it, `user-pool:`
            with the output that has its id, `search:` with a path, `topic:` with a name, `key:` with the function that
            uses the log's key, `role:` with the variable of notifications-api that has its ARN.
    """
    kind, _, name = resource.partition(":")
    account = cloud.client("sts").get_caller_identity()["Account"]
    match kind:
        case "table":
            output, slash, index = name.partition("/")
            table = cloud.client("dynamodb").describe_table(TableName=cloud.outputs[output])["Table"]
            return f"{table['TableArn']}{slash}{index}"
        case "queue":
            attributes = cloud.client("sqs").get_queue_attributes(
                QueueUrl=cloud.outputs[name], AttributeNames=["QueueArn"]
            )
            return str(attributes["Attributes"]["QueueArn"])
        case "bucket":
            output, slash, key = name.partition("/")
            return f"arn:aws:s3:::{cloud.outputs[output]}{slash}{key}"
        case "user-pool":
            return f"arn:aws:cognito-idp:{cloud.region}:{account}:userpool/{cloud.outputs[name]}"
        case "search":
            domain = deployed(cloud, "audit-api").removesuffix("-audit-api")
            return f"arn:aws:es:{cloud.region}:{account}:domain/{domain}{name}"
        case "key":
            return str(_configuration(cloud, name)["Environment"]["Variables"]["LOG_KEY_ID"])
        case "topic":
            return f"arn:aws:iot:{cloud.region}:{account}:topic/{name}"
        case "role":
            return str(_configuration(cloud, "notifications-api")["Environment"]["Variables"][name])
    return resource


def _log_permissions(cloud: RunningCloud, function: str) -> set[tuple[str, str]]:
    account = cloud.client("sts").get_caller_identity()["Account"]
    group = f"arn:aws:logs:{cloud.region}:{account}:log-group:/aws/lambda/{deployed(cloud, function)}:*"
    return {("logs:CreateLogStream", group), ("logs:PutLogEvents", group)}


def test_every_function_has_its_own_role(cloud, roles):
    assert set(FUNCTIONS) == set(cloud.outputs["function_names"])
    assert len(set(roles.values())) == len(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_role_allows_exactly_what_its_function_needs(function: str, cloud, roles):
    expected = {
        (action, _arn(cloud, resource))
        for actions, resources in _ALLOWED[function]
        for action in actions.split()
        for resource in resources.split()
    }
    assert set(_permissions(cloud, roles[function])) == expected | _log_permissions(cloud, function)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_statement_allows_every_action_or_every_resource(function: str, cloud, roles):
    for action, resource in _permissions(cloud, roles[function]):
        assert not action.endswith("*")
        assert resource != "*"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_no_access_to_another_services_table(function: str, cloud, roles):
    own = {cloud.outputs[table] for table in _TABLES_OF[function.partition("-")[0]]}
    resources = [resource for _, resource in _permissions(cloud, roles[function])]
    tables = {found[1] for each in resources if (found := re.search(r":table/([^/]+)", each))}
    assert tables
    assert tables <= own


@pytest.mark.parametrize("function", FUNCTIONS)
def test_iam_denies_what_a_function_does_not_need(function: str, cloud, roles):
    iam = cloud.client("iam")
    for action, resource in _DENIED[function]:
        decision = iam.simulate_principal_policy(
            PolicySourceArn=roles[function], ActionNames=[action], ResourceArns=[_arn(cloud, resource)]
        )["EvaluationResults"][0]["EvalDecision"]
        assert decision == "implicitDeny", f"{function} may {action} on {resource}"


def test_a_call_that_a_role_does_not_allow_is_denied(cloud):
    """The emulator enforces the policies that the other tests read: the audit API's role can't delete a record."""
    with probe(cloud, "audit-api") as name:
        table = cloud.outputs["audit_trail_table"]
        arguments = {"TableName": table, "Key": {"datasetId": {"S": "none"}}}
        assert cloud.invoke(name, {"call": "get_item", "arguments": arguments}) == "done"
        assert "AccessDenied" in cloud.invoke(name, {"call": "delete_item", "arguments": arguments})
        other = {"TableName": cloud.outputs["workflow_table"], "Key": {"pk": {"S": "x"}, "sk": {"S": "x"}}}
        assert "AccessDenied" in cloud.invoke(name, {"call": "get_item", "arguments": other})


# Calls that change a record of the audit trail, or remove it.
_CHANGES: dict[str, dict[str, Any]] = {
    "update_item": {"Key": _KEY, "UpdateExpression": "SET outcome = :x", "ExpressionAttributeValues": _VALUE},
    "delete_item": {"Key": _KEY},
    "batch_write_item": {"RequestItems": {_TABLE: [{"PutRequest": {"Item": _KEY}}]}},
    "transact_write_items": {"TransactItems": [{"Delete": {"TableName": _TABLE, "Key": _KEY}}]},
    "execute_statement": {"Statement": f"DELETE FROM \"{_TABLE}\" WHERE datasetId = 'none'"},
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_role_can_change_or_delete_an_audit_record(function: str, cloud: RunningCloud):
    """The role that erases may only update. AWS limits it to the parts; the emulator knows no such condition."""
    with probe(cloud, function) as name:
        for call, arguments in _CHANGES.items():
            if (function, call) == ("audit-erase", "update_item"):
                continue
            event = {"call": call, "arguments": _on_audit_trail(cloud, call, arguments)}
            assert "AccessDenied" in cloud.invoke(name, event), f"{function} may {call}"


# Of records. Erasure adds its own events.
_WRITERS = ("audit-create-audit-trail", "audit-erase")


@pytest.mark.parametrize("function", [each for each in FUNCTIONS if each not in _WRITERS])
def test_only_the_consumer_and_erasure_can_add_an_audit_record(function: str, cloud: RunningCloud):
    arguments = {"TableName": cloud.outputs["audit_trail_table"], "Item": _KEY}
    with probe(cloud, function) as name:
        assert "AccessDenied" in cloud.invoke(name, {"call": "put_item", "arguments": arguments})


def test_the_table_denies_changes_to_everyone_whatever_their_role_allows(cloud: RunningCloud):
    """The emulator stores the table's policy and doesn't enforce it. AWS does."""
    table = _arn(cloud, "table:audit_trail_table")
    policy = json.loads(cloud.client("dynamodb").get_resource_policy(ResourceArn=table)["Policy"])
    add, change = policy["Statement"]
    writers, eraser = (
        [_configuration(cloud, each)["Role"] for each in names] for names in (_WRITERS, _WRITERS[1:])
    )
    assert add["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": writers}}
    assert {"dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"} < set(change["Action"])
    assert change["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": eraser}}
    assert {(each["Effect"], each["Principal"]) for each in (add, change)} == {("Deny", "*")}


def _on_audit_trail(cloud: RunningCloud, call: str, arguments: dict[str, Any]) -> dict[str, Any]:
    named = json.loads(json.dumps(arguments).replace(_TABLE, cloud.outputs["audit_trail_table"]))
    return (
        named
        if call in ("batch_write_item", "transact_write_items", "execute_statement")
        else {**named, "TableName": cloud.outputs["audit_trail_table"]}
    )


def test_the_schedule_invokes_the_relay_every_minute_and_nothing_else(cloud):
    scheduler = cloud.client("scheduler")
    relay = _configuration(cloud, "workflow-relay-outbox")["FunctionArn"]
    names = [each["Name"] for each in scheduler.list_schedules()["Schedules"]]
    schedules = [scheduler.get_schedule(Name=name) for name in names]
    (schedule,) = [each for each in schedules if each["Target"]["Arn"] == relay]
    assert (schedule["ScheduleExpression"], schedule["State"]) == ("rate(1 minute)", "ENABLED")
    permissions = list(_permissions(cloud, schedule["Target"]["RoleArn"]))
    assert permissions == [("lambda:InvokeFunction", relay)]
