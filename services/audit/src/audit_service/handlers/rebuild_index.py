"""audit/rebuild_index: as many pages of the store as an invocation has time for.

- `{}` adds what is missing in the index.
- `{"replace": true}` rebuilds into new indices, which replace the existing ones at the end.
- `{"cursor": …}` continues either. Invoke it until the cursor in the response is null.
"""

from collections.abc import Callable, Mapping
from typing import Any

from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from audit_service.bootstrap.recording import Service, build_service
from audit_service.domain.rebuild import RebuildPosition
from audit_service.schemas.requests import RebuildRequest

MARGIN_MILLISECONDS = 30_000
"""Time that must be left to start another page: a busy store or index takes its timeouts and retries."""

MOST_NAMED = 100
"""Most datasetIds of skipped records in one response; the log has all of them."""


def rebuild(
    event: Mapping[str, Any], service: Service, telemetry: Telemetry, has_time: Callable[[], bool]
) -> dict[str, Any]:
    """Process pages while there is time, at least one.

    Returns:
        `cursor`: null when the rebuild is complete. `indexed`, `skipped`: numbers of records of this invocation.
        `skippedDatasetIds`: the first of those that can't be indexed.

    Raises:
        ValidationError: The event has another shape.
        SearchUnavailableError, StoreUnavailableError: Invoke it again with the same event.
    """
    request = RebuildRequest().load(event)
    position: RebuildPosition | None
    position = service.replace_index() if request["replace"] else _position_of(request["cursor"])
    indexed, skipped = 0, list[str]()
    while position is not None:
        page = service.rebuild_index(position)
        indexed += page.indexed
        skipped += page.skipped
        for dataset_id, reason in page.skipped.items():
            telemetry.warning("record not indexed", datasetId=dataset_id, reason=reason)
        position = page.next_position
        if not has_time():
            break
    telemetry.count("RecordsIndexed", indexed)
    telemetry.count("RecordsUnindexable", len(skipped))
    return {
        "cursor": None if position is None else _cursor_of(position),
        "indexed": indexed,
        "skipped": len(skipped),
        "skippedDatasetIds": skipped[:MOST_NAMED],
    }


def _position_of(cursor: str | None) -> RebuildPosition:
    build, _, after = (cursor or "").rpartition(":")
    return RebuildPosition(after or None, int(build) if build else None)


def _cursor_of(position: RebuildPosition) -> str:
    return f"{position.after}" if position.build is None else f"{position.build}:{position.after}"


lazy = Lazy(lambda: (build_service(), Telemetry("rebuild-index")))


def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Handle an invocation."""
    service, telemetry = lazy()
    with telemetry.invocation(context):
        response = rebuild(
            event,
            service,
            telemetry,
            lambda: context.get_remaining_time_in_millis() > MARGIN_MILLISECONDS,
        )
        telemetry.info("pages processed", **response)
    return response
