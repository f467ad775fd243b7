"""Copies of deployed functions with one change, so that the shared cloud stays intact."""

import io
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from local_cloud.progress import SILENT
from local_cloud.python_environments import cloud_python
from local_cloud.running import RunningCloud
from repository import STATE

_RUNNER = """
import importlib, json, sys
module, name = sys.argv[1].rsplit(".", 1)
handler = getattr(importlib.import_module(module), name)
response = handler(json.load(sys.stdin), None)
print("\\n" + json.dumps(response))
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


def deployed(cloud: RunningCloud, function: str) -> str:
    """Return the name in AWS of the function `<service>-<function>`."""
    return str(cloud.outputs["function_names"][function])


@contextmanager
def copy_of(cloud: RunningCloud, function: str, **environment: str) -> Iterator[str]:
    """Copy a deployed function with changes to its environment. Yields the copy's name in AWS."""
    with _new_function(cloud, function, _zip_of(function).read_bytes(), environment) as name:
        yield name


@contextmanager
def probe(cloud: RunningCloud, function: str) -> Iterator[str]:
    """Create a function with a deployed function's role that tries DynamoDB calls. Yields its name in AWS.

    Its event is `{"call": …, "arguments": {…}}`, its response "done" or the error.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("probe.py", _PROBE)
    with _new_function(cloud, function, packed.getvalue(), {}, Handler="probe.handler") as name:
        yield name


def update_environment(cloud: RunningCloud, name: str, **environment: str) -> None:
    """Change the environment of a copy."""
    functions = cloud.client("lambda")
    variables = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    functions.update_function_configuration(
        FunctionName=name, Environment={"Variables": {**variables, **environment}}
    )


@contextmanager
def queue_for(cloud: RunningCloud, name: str, *, visibility: int) -> Iterator[str]:
    """Create a queue that triggers a function. Yields the queue's URL.

    Args:
        name: The function's name in AWS.
        visibility: Seconds until a failed message is delivered again; the deployed queues wait for minutes.
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
    """Run the handler of a deployed zip with one event, in a process that a test may kill.

    It has the deployed function's environment with changes, and the root user's keys.
    """
    original = cloud.client("lambda").get_function_configuration(FunctionName=deployed(cloud, function))
    variables = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ},
        **cloud.record.aws_environment,
        **original["Environment"]["Variables"],
        "AWS_LAMBDA_FUNCTION_NAME": original["FunctionName"],
        **environment,
    }
    command = [str(cloud_python(SILENT)), "-c", _RUNNER, original["Handler"]]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as stdin:
        shutil.unpack_archive(_zip_of(function), folder)
        stdin.write(json.dumps(event).encode())
        stdin.seek(0)
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=folder, env=variables, stdin=stdin, stdout=pipe, stderr=pipe)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def _zip_of(function: str) -> Path:
    return STATE / "zips" / f"{function.partition('-')[0]}.zip"


@contextmanager
def _new_function(
    cloud: RunningCloud, function: str, code: bytes, environment: Mapping[str, str], **changes: Any
) -> Iterator[str]:
    functions = cloud.client("lambda")
    original = functions.get_function_configuration(FunctionName=deployed(cloud, function))
    kept = {key: original[key] for key in ("Runtime", "Role", "Handler", "Timeout", "MemorySize")}
    variables = {**original["Environment"]["Variables"], **environment}
    name = f"copy-{uuid4().hex[:12]}"
    functions.create_function(
        **{**kept, **changes, "FunctionName": name},
        Code={"ZipFile": code},
        Environment={"Variables": variables},
    )
    try:
        yield name
    finally:
        functions.delete_function(FunctionName=name)
