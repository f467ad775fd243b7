"""Tables and queues as Terraform defines them, for engines that Terraform does not deploy to."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from engines.engine import Engine
from engines.run import DOWNLOADS, Run
from local_cloud.progress import Progress
from local_cloud.terraform import Terraform
from repository import ROOT, STATE

_MODULES = ROOT / "terraform" / "modules"
_STAGE_PREFIX = "countersign-local-"
_QUEUE_ATTRIBUTES = {
    "visibility_timeout_seconds": "VisibilityTimeout",
    "message_retention_seconds": "MessageRetentionPeriod",
    "max_message_size": "MaximumMessageSize",
}


@dataclass(frozen=True)
class Definitions:
    """What the platform module declares, by name without the stage's prefix.

    Attributes:
        tables: the arguments of CreateTable, but for TableName.
        expiring: table → its TTL attribute; a table whose items do not expire is not in it.
        queues: SQS's attributes.
    """

    tables: dict[str, dict[str, Any]]
    expiring: dict[str, str]
    queues: dict[str, dict[str, str]]


def read_definitions(run: Run, aws: Engine, progress: Progress) -> Definitions:
    """Have Terraform plan the tables and queues of the `local` stage; once for each state of its files.

    Args:
        run: whose folder Terraform works in.
        aws: an engine with IAM and STS: the AWS provider asks it for the account.
        progress: told of it.

    Raises:
        CloudError: Terraform is missing, or refuses.
    """
    files = sorted((*_MODULES.rglob("*.tf"), *(ROOT / "terraform" / "stages" / "local").glob("*.tf")))
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]
    kept = DOWNLOADS / f"definitions-{digest}.json"
    if not kept.exists():
        record = run.record_at(aws)
        planned = Terraform(run.state, record, STATE / "zips").planned(_modules(), progress)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(asdict(_definitions(planned)), indent=2))
    return Definitions(**json.loads(kept.read_text()))


def _modules() -> list[str]:
    """The tables and queues among the platform's modules."""
    declared = re.compile(r'^module "(\w+)" \{\s*source\s*=\s*"../(?:table|queue)"', re.MULTILINE)
    names = [
        name
        for path in sorted((_MODULES / "platform").glob("*.tf"))
        for name in declared.findall(path.read_text())
    ]
    return [f"module.platform.module.{name}" for name in names]


def _definitions(planned: dict[str, Any]) -> Definitions:
    resources = list(_resources(planned["root_module"]))
    tables = {_short(each): each for kind, each in resources if kind == "aws_dynamodb_table"}
    queues = {_short(each): each for kind, each in resources if kind == "aws_sqs_queue"}
    return Definitions(
        tables={name: _table(values) for name, values in tables.items()},
        expiring={
            name: ttl["attribute_name"]
            for name, values in tables.items()
            for ttl in values.get("ttl") or []
            if ttl["enabled"]
        },
        queues={name: _queue(values) for name, values in queues.items()},
    )


def _resources(module: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in module.get("resources", []):
        yield resource["type"], resource["values"]
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _short(values: dict[str, Any]) -> str:
    name: str = values["name"]
    return name.removeprefix(_STAGE_PREFIX)


def _table(values: dict[str, Any]) -> dict[str, Any]:
    table: dict[str, Any] = {
        "BillingMode": values["billing_mode"],
        "KeySchema": _keys(values),
        "AttributeDefinitions": [
            {"AttributeName": each["name"], "AttributeType": each["type"]} for each in values["attribute"]
        ],
    }
    indexes = [
        {
            "IndexName": each["name"],
            "KeySchema": _keys(each),
            "Projection": {"ProjectionType": each["projection_type"]},
        }
        for each in values["global_secondary_index"]
    ]
    return table | ({"GlobalSecondaryIndexes": indexes} if indexes else {})


def _keys(values: dict[str, Any]) -> list[dict[str, str]]:
    keys = [{"AttributeName": values["hash_key"], "KeyType": "HASH"}]
    if values.get("range_key"):
        keys.append({"AttributeName": values["range_key"], "KeyType": "RANGE"})
    return keys


def _queue(values: dict[str, Any]) -> dict[str, str]:
    return {
        attribute: str(values[name])
        for name, attribute in _QUEUE_ATTRIBUTES.items()
        if values.get(name) is not None
    }
