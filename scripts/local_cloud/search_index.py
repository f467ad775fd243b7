"""Filling a fresh search engine from the audit table, by the function that operators would use."""

from __future__ import annotations

import json
from typing import Any

from local_cloud import aws
from local_cloud.errors import CloudError
from local_cloud.progress import Step
from local_cloud.state import CloudRecord

FUNCTION = "audit-rebuild-index"


def rebuild_index(record: CloudRecord, outputs: dict[str, Any], step: Step) -> int:
    """Invoke `audit-rebuild-index` until it has no more to do.

    Returns:
        How many records it indexed.

    Raises:
        CloudError: the function failed.
    """
    functions = aws.client("lambda", record)
    indexed = 0
    cursor: str | None = None
    while True:
        event = {} if cursor is None else {"cursor": cursor}
        invoked = functions.invoke(
            FunctionName=outputs["function_names"][FUNCTION], Payload=json.dumps(event)
        )
        answer = json.loads(invoked["Payload"].read())
        if invoked.get("FunctionError"):
            raise CloudError(f"{FUNCTION} failed: {answer}")
        indexed += int(answer["indexed"])
        step.detail(f"{indexed} records")
        cursor = answer["cursor"]
        if cursor is None:
            return indexed
