"""Deployed functions, called straight, and copies of them with one thing changed.

A copy has the deployed function's own zip and role; what a test breaks is broken for that copy only, so the suites
that share the cloud are not disturbed.
"""

import io
import json
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from local_cloud import aws
from local_cloud.progress import SilentProgress
from local_cloud.python_environments import cloud_python
from local_cloud.running import RunningCloud
from repository import STATE

_RUNNER = """
import importlib, json, sys
module, name = sys.argv[1].rsplit(".", 1)
handler = getattr(importlib.import_module(module), name)
answer = handler(json.load(sys.stdin), None)
print("\\n" + json.dumps(answer))
"""

_PROBE = """
import boto3

def handler(event, context):
    print("probing")
    try:
        getattr(boto3.client("dynamodb"), event["call"])(**event["arguments"])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "done"
"""


class FunctionError(AssertionError):
    """A function raised instead of answering."""


def invoke(cloud: RunningCloud, name: str, event: Mapping[str, Any]) -> Any:
    """What a function answers.

    Args:
        cloud: where it is deployed.
        name: its name in AWS.
        event: its input.

    Raises:
        FunctionError: it raised.
    """
    invoked = cloud.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    answer = json.loads(invoked["Payload"].read() or b"null")
    if invoked.get("FunctionError"):
        raise FunctionError(f"{name}: {answer}")
    return answer


def deployed(cloud: RunningCloud, function: str) -> str:
    """A function's name in AWS, by `<service>-<function>`."""
    name: str = cloud.outputs["function_names"][function]
    return name


def zip_of(cloud: RunningCloud, function: str) -> Path:
    """The zip that a function was deployed from."""
    return STATE / "zips" / f"{function.partition('-')[0]}.zip"


@contextmanager
def copy_of(cloud: RunningCloud, function: str, **environment: str) -> Iterator[str]:
    """A copy of a deployed function with some of its environment changed. Yields the copy's name in AWS."""
    functions = cloud.client("lambda")
    original = functions.get_function_configuration(FunctionName=deployed(cloud, function))
    name = f"copy-{uuid4().hex[:12]}"
    functions.create_function(
        FunctionName=name,
        Runtime=original["Runtime"],
        Role=original["Role"],
        Handler=original["Handler"],
        Code={"ZipFile": zip_of(cloud, function).read_bytes()},
        Timeout=original["Timeout"],
        MemorySize=original["MemorySize"],
        Environment={"Variables": {**original["Environment"]["Variables"], **environment}},
    )
    try:
        yield name
    finally:
        functions.delete_function(FunctionName=name)


@contextmanager
def probing(cloud: RunningCloud, function: str) -> Iterator[str]:
    """A function of a few lines with a deployed function's role: tries DynamoDB calls and says how they ended.

    Its event is `{"call": …, "arguments": {…}}`, its answer "done" or the error. Yields its name in AWS.
    """
    functions = cloud.client("lambda")
    original = functions.get_function_configuration(FunctionName=deployed(cloud, function))
    name, packed = f"probe-{uuid4().hex[:12]}", io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("probe.py", _PROBE)
    functions.create_function(
        FunctionName=name,
        Runtime=original["Runtime"],
        Role=original["Role"],
        Handler="probe.handler",
        Code={"ZipFile": packed.getvalue()},
        Timeout=10,
    )
    try:
        yield name
    finally:
        functions.delete_function(FunctionName=name)


def change(cloud: RunningCloud, name: str, **environment: str) -> None:
    """Change the environment of a copy; what runs of it is replaced."""
    functions = cloud.client("lambda")
    was = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    functions.update_function_configuration(
        FunctionName=name, Environment={"Variables": {**was, **environment}}
    )


@contextmanager
def queue_into(cloud: RunningCloud, name: str, *, visibility: int) -> Iterator[str]:
    """A queue of its own whose messages go to the function `name` as the deployed queues' go to theirs.

    Args:
        cloud: where.
        name: of the function in AWS.
        visibility: seconds until a message that failed is tried again; the deployed queues wait minutes.

    Yields:
        The queue's URL.
    """
    sqs, functions = cloud.client("sqs"), cloud.client("lambda")
    url = sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": str(visibility)})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    mapping = functions.create_event_source_mapping(
        EventSourceArn=arn, FunctionName=name, BatchSize=10, FunctionResponseTypes=["ReportBatchItemFailures"]
    )
    try:
        yield url
    finally:
        functions.delete_event_source_mapping(UUID=mapping["UUID"])
        sqs.delete_queue(QueueUrl=url)


@contextmanager
def own_process(
    cloud: RunningCloud, function: str, event: Mapping[str, Any], **environment: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """The deployed zip's handler at work on one event, in a process that a test may kill.

    It has the deployed function's environment, but for what is changed, and the root's keys. It is ended with the
    context.
    """
    original = cloud.client("lambda").get_function_configuration(FunctionName=deployed(cloud, function))
    settings = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ},
        **aws.environment(cloud.record),
        **original["Environment"]["Variables"],
        "AWS_LAMBDA_FUNCTION_NAME": original["FunctionName"],
        **environment,
    }
    python = cloud_python(STATE / "python", SilentProgress())
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(zip_of(cloud, function)) as packed:
            packed.extractall(folder)
        process = subprocess.Popen(
            [str(python), "-c", _RUNNER, original["Handler"]],
            cwd=folder,
            env=settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps(event).encode())
        process.stdin.close()
        try:
            yield process
        finally:
            process.kill()
            process.wait()
