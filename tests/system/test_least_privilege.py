"""What each function's role may do: what the function needs (all other system tests show that), and no more."""

import json
import re
from typing import Any

import pytest

from harness.functions import deployed, probe

FUNCTIONS = (
    "workflow-api",
    "workflow-relay-outbox",
    "audit-create-audit-trail",
    "audit-api",
    "audit-rebuild-index",
    "notifications-send-notifications",
    "notifications-api",
)
_TABLE_OF = {
    "workflow": "workflow_table",
    "audit": "audit_trail_table",
    "notifications": "notifications_table",
}

# What a function must be denied, as (action, output that names the resource).
_NOT = {
    "workflow-api": [
        ("dynamodb:Scan", "workflow_table"),
        ("dynamodb:DeleteTable", "workflow_table"),
        ("dynamodb:GetItem", "audit_trail_table"),
        ("sqs:ReceiveMessage", "audit_trail_queue_url"),
        ("sqs:PurgeQueue", "audit_trail_queue_url"),
        ("sqs:SendMessage", "audit_trail_dlq_url"),
        ("iot:Publish", "*"),
    ],
    "workflow-relay-outbox": [
        ("dynamodb:PutItem", "workflow_table"),
        ("dynamodb:DeleteItem", "workflow_table"),
        ("sqs:ReceiveMessage", "notifications_queue_url"),
    ],
    "audit-create-audit-trail": [
        ("dynamodb:UpdateItem", "audit_trail_table"),
        ("dynamodb:DeleteItem", "audit_trail_table"),
        ("dynamodb:Scan", "audit_trail_table"),
        ("dynamodb:GetItem", "workflow_table"),
        ("sqs:SendMessage", "audit_trail_queue_url"),
        ("sqs:ReceiveMessage", "notifications_queue_url"),
    ],
    "audit-api": [
        ("dynamodb:PutItem", "audit_trail_table"),
        ("dynamodb:UpdateItem", "audit_trail_table"),
        ("dynamodb:DeleteItem", "audit_trail_table"),
        ("dynamodb:Scan", "audit_trail_table"),
        ("dynamodb:GetItem", "workflow_table"),
    ],
    "audit-rebuild-index": [
        ("dynamodb:PutItem", "audit_trail_table"),
        ("dynamodb:DeleteItem", "audit_trail_table"),
        ("dynamodb:Scan", "workflow_table"),
    ],
    "notifications-send-notifications": [
        ("dynamodb:Scan", "notifications_table"),
        ("dynamodb:DeleteItem", "notifications_table"),
        ("dynamodb:GetItem", "workflow_table"),
        ("cognito-idp:AdminCreateUser", "*"),
        ("cognito-idp:AdminAddUserToGroup", "*"),
        ("sts:AssumeRole", "*"),
    ],
    "notifications-api": [
        ("dynamodb:Scan", "notifications_table"),
        ("dynamodb:DeleteItem", "notifications_table"),
        ("dynamodb:GetItem", "audit_trail_table"),
        ("iot:Publish", "*"),
        ("sqs:SendMessage", "notifications_queue_url"),
    ],
}


@pytest.fixture(scope="module")
def roles(cloud) -> dict[str, str]:
    """Function → its role's ARN."""
    functions = cloud.client("lambda")
    return {
        name: functions.get_function_configuration(FunctionName=deployed(cloud, name))["Role"]
        for name in FUNCTIONS
    }


def _policies(cloud, role_arn: str) -> list[dict[str, Any]]:
    """Every statement of a role's policies."""
    iam, name = cloud.client("iam"), role_arn.rpartition("/")[2]
    assert iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"] == []
    documents = [
        iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]
    ]
    decoded = [json.loads(each) if isinstance(each, str) else each for each in documents]
    return [statement for document in decoded for statement in document["Statement"]]


def _arn(cloud, output: str) -> str:
    if output == "*":
        return "*"
    value = cloud.outputs[output]
    if output.endswith("_url"):
        attributes = cloud.client("sqs").get_queue_attributes(QueueUrl=value, AttributeNames=["QueueArn"])
        return str(attributes["Attributes"]["QueueArn"])
    return str(cloud.client("dynamodb").describe_table(TableName=value)["Table"]["TableArn"])


def test_each_function_has_a_role_of_its_own(roles):
    assert len(set(roles.values())) == len(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_statement_allows_every_action_or_every_resource(function: str, cloud, roles):
    for statement in _policies(cloud, roles[function]):
        assert not any(action.endswith("*") for action in _listed(statement["Action"])), statement
        assert "*" not in _listed(statement["Resource"]), statement


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_a_function_has_no_need_for_is_denied_to_its_role(function: str, cloud, roles):
    iam = cloud.client("iam")
    for action, output in _NOT[function]:
        decision = iam.simulate_principal_policy(
            PolicySourceArn=roles[function], ActionNames=[action], ResourceArns=[_arn(cloud, output)]
        )["EvaluationResults"][0]["EvalDecision"]
        assert decision == "implicitDeny", f"{function} may {action} on {output}"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_no_way_into_another_services_table(function: str, cloud, roles):
    own = cloud.outputs[_TABLE_OF[function.partition("-")[0]]]
    resources = [
        each for statement in _policies(cloud, roles[function]) for each in _listed(statement["Resource"])
    ]
    tables = {found[1] for each in resources if (found := re.search(r":table/([^/]+)", each))}
    assert tables <= {own}


def test_a_function_that_tries_more_is_denied_by_the_cloud_itself(cloud):
    """The emulator enforces what was simulated above: a function of the audit API's role cannot delete a record."""
    with probe(cloud, "audit-api") as name:
        table = cloud.outputs["audit_trail_table"]
        allowed = {"TableName": table, "Key": {"datasetId": {"S": "none"}}}
        assert cloud.invoke(name, {"call": "get_item", "arguments": allowed}) == "done"
        assert "AccessDenied" in cloud.invoke(name, {"call": "delete_item", "arguments": allowed})
        other = {"TableName": cloud.outputs["workflow_table"], "Key": {"pk": {"S": "x"}, "sk": {"S": "x"}}}
        assert "AccessDenied" in cloud.invoke(name, {"call": "get_item", "arguments": other})


def test_the_schedule_invokes_the_relay_every_minute_and_its_role_only_that(cloud):
    scheduler = cloud.client("scheduler")
    relay = cloud.client("lambda").get_function_configuration(
        FunctionName=deployed(cloud, "workflow-relay-outbox")
    )["FunctionArn"]
    names = [each["Name"] for each in scheduler.list_schedules()["Schedules"]]
    schedules = [scheduler.get_schedule(Name=name) for name in names]
    (schedule,) = [each for each in schedules if each["Target"]["Arn"] == relay]
    assert (schedule["ScheduleExpression"], schedule["State"]) == ("rate(1 minute)", "ENABLED")
    statements = _policies(cloud, schedule["Target"]["RoleArn"])
    assert [(each["Action"], each["Resource"]) for each in statements] == [("lambda:InvokeFunction", relay)]


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
