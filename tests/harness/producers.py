"""Sending to the queues as a producer: their policies deny everyone else, the root user included."""

from typing import Any

from harness.functions import deployed
from local_cloud.running import RunningCloud


def role_client(cloud: RunningCloud, function: str, service: str) -> Any:
    """Return a boto3 client with the role of a function.

    The root user can assume it on the emulator only. On AWS, a function's role trusts Lambda alone.
    """
    role = cloud.client("lambda").get_function_configuration(FunctionName=deployed(cloud, function))["Role"]
    return client_of(cloud, role, service)


def client_of(cloud: RunningCloud, role: str, service: str) -> Any:
    """Return a boto3 client with an assumed role, given by its ARN."""
    keys = cloud.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    return cloud.client(
        service,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )


def producer_sqs(cloud: RunningCloud) -> Any:
    """Return an SQS client with the role of `workflow-api`, which may send to both queues."""
    return role_client(cloud, "workflow-api", "sqs")
