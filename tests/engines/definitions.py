"""Tables and queues as a Terraform plan describes them, for engines that Terraform doesn't deploy to."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines.engine import Engine
from engines.run import DOWNLOADS, Run
from local_cloud.cloud import ZIPS
from local_cloud.progress import Progress
from local_cloud.terraform import Terraform, configuration_files
from repository import ROOT, STATE, digest_of, service_names
from zips.service import build_service

_PREFIX = "countersign-local-"
_QUEUE_ATTRIBUTES = {
    "visibility_timeout_seconds": "VisibilityTimeout",
    "message_retention_seconds": "MessageRetentionPeriod",
    "max_message_size": "MaximumMessageSize",
}


@dataclass(frozen=True)
class Definitions:
    """The tables and queues of the `local` stage, by name without the stage's prefix.

    Attributes:
        tables: Arguments of CreateTable without TableName.
        ttl: Table → its TTL attribute, if it has one.
        queues: SQS attributes.
    """

    tables: dict[str, dict[str, Any]]
    ttl: dict[str, str]
    queues: dict[str, dict[str, str]]


def read_definitions(run: Run, aws: Engine, progress: Progress) -> Definitions:
    """Plan the `local` stage, once for each state of its configuration.

    Args:
        run: Its folder is Terraform's.
        aws: An engine with IAM and STS, which the AWS provider calls.
    """
    digest = digest_of([*configuration_files(), Path(__file__)])
    file = DOWNLOADS / f"definitions-{digest[:16]}.json"
    if not file.exists():
        for service in service_names():
            build_service(ROOT, service, zips=ZIPS, cache=STATE / "dependencies")
        keys = ("access_key_id", "secret_access_key")
        root = {key: str(aws.credentials.get(f"aws_{key}", "test")) for key in keys}
        record = dataclasses.replace(
            run.record, endpoint=aws.url, port=aws.port, region=aws.region, root=root
        )
        plan = Terraform(run.state, record, ZIPS).plan(progress)["planned_values"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(dataclasses.asdict(_definitions(plan)), indent=2))
    return Definitions(**json.loads(file.read_text()))


def _definitions(plan: dict[str, Any]) -> Definitions:
    tables = dict(_resources(plan["root_module"], "aws_dynamodb_table"))
    queues = dict(_resources(plan["root_module"], "aws_sqs_queue"))
    ttl = {name: each for name, values in tables.items() for each in values.get("ttl", []) if each["enabled"]}
    return Definitions(
        tables={name: _table(values) for name, values in tables.items()},
        ttl={name: each["attribute_name"] for name, each in ttl.items()},
        queues={name: _queue(values) for name, values in queues.items()},
    )


def _resources(module: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and values of the resources of one type, in this module and its children."""
    for each in module.get("resources", []):
        if each["type"] == kind:
            yield each["values"]["name"].removeprefix(_PREFIX), each["values"]
    for child in module.get("child_modules", []):
        yield from _resources(child, kind)


def _queue(values: dict[str, Any]) -> dict[str, str]:
    stated = {name: values.get(key) for key, name in _QUEUE_ATTRIBUTES.items()}
    return {name: str(value) for name, value in stated.items() if value is not None}


def _table(values: dict[str, Any]) -> dict[str, Any]:
    indexes = [
        {"IndexName": each["name"], "KeySchema": _keys(each), "Projection": _projection(each)}
        for each in values["global_secondary_index"]
    ]
    return {
        "BillingMode": values["billing_mode"],
        "KeySchema": _keys(values),
        "AttributeDefinitions": [
            {"AttributeName": each["name"], "AttributeType": each["type"]} for each in values["attribute"]
        ],
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    }


def _projection(index: dict[str, Any]) -> dict[str, Any]:
    names = index.get("non_key_attributes")
    return {"ProjectionType": index["projection_type"], **({"NonKeyAttributes": names} if names else {})}


def _keys(values: dict[str, Any]) -> list[dict[str, str]]:
    kinds = {"HASH": values["hash_key"], "RANGE": values.get("range_key")}
    return [{"AttributeName": name, "KeyType": kind} for kind, name in kinds.items() if name]
