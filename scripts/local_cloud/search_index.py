"""Fill an empty search engine from the audit table, with the function that operators use."""

from __future__ import annotations

from local_cloud.progress import Detail
from local_cloud.running import RunningCloud

FUNCTION = "audit-rebuild-index"


def rebuild_index(cloud: RunningCloud, detail: Detail) -> int:
    """Invoke `audit-rebuild-index` until it has indexed everything. Return the number of indexed records."""
    indexed = 0
    event: dict[str, str] = {}
    while True:
        response = cloud.invoke(cloud.outputs["function_names"][FUNCTION], event)
        indexed += int(response["indexed"])
        detail(f"{indexed} records")
        if response["cursor"] is None:
            return indexed
        event = {"cursor": response["cursor"]}
