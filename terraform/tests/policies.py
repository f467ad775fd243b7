"""The policies in a Terraform state."""

import json
from collections.abc import Iterator
from typing import Any


def statements(state: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the statements of all policies (IAM, IoT, bucket, search) in a state, each with its resource's address."""
    for resource in _resources(state["root_module"]):
        for value in resource["values"].values():
            if isinstance(value, str) and value.startswith('{"Statement":'):
                for statement in json.loads(value)["Statement"]:
                    yield resource["address"], statement


def wildcards(address: str, statement: dict[str, Any]) -> Iterator[str]:
    """Return what matches everything: an action that ends with `*`, and the whole resource or principal `*`.

    In the policy of a KMS key, the resource `*` is the key alone.
    """
    for action in _as_list(statement["Action"]):
        if action.endswith("*"):
            yield f"{statement['Effect']} action {action}"
    if "*" in _as_list(statement.get("Resource", [])) and "aws_kms_key." not in address:
        yield f"{statement['Effect']} {', '.join(_as_list(statement['Action']))} on resource *"
    if statement.get("Principal") in ("*", {"AWS": "*"}):
        yield f"{statement['Effect']} principal *"


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _resources(child)
