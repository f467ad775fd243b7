"""The policies of deployed roles."""

import json
from typing import Any

from local_cloud.running import RunningCloud


def statements_of(cloud: RunningCloud, role_arn: str) -> list[dict[str, Any]]:
    """Return every statement of a role's policies, which are all inline."""
    iam, name = cloud.client("iam"), role_arn.rpartition("/")[2]
    assert iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"] == []
    documents = [
        iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]
    ]
    decoded = [json.loads(each) if isinstance(each, str) else each for each in documents]
    return [statement for document in decoded for statement in document["Statement"]]


def as_list(value: str | list[str]) -> list[str]:
    """Return a member of a statement that is a text or a list of texts as a list."""
    return [value] if isinstance(value, str) else value
