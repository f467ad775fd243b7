"""audit/apply_retention: starts the erasure of what is too old, and drops search indices, once a day."""

from collections.abc import Mapping
from typing import Any

from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from audit_service.bootstrap.retention import build_retention
from audit_service.domain.errors import SearchUnavailableError

lazy = Lazy(lambda: (build_retention(), Telemetry("apply-retention")))


def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Run once, and return what was started and dropped.

    Without the search engine, the erasure starts, and the indices stay until the next run.

    Raises:
        StoreUnavailableError: The next run continues.
    """
    del event
    service, telemetry = lazy()
    with telemetry.invocation(context):
        started = service.apply_retention()
        dropped: list[str] = []
        try:
            dropped = list(
                service.drop_expired_indices(lambda: context.get_remaining_time_in_millis() / 1000)
            )
        except SearchUnavailableError as error:
            telemetry.warning("indices not dropped", reason=error.detail)
        telemetry.count("ErasuresResumed", len(started.resumed))
        telemetry.count("IndicesDropped", len(dropped))
        result = {
            "erasureId": started.created,
            "resumedErasureIds": list(started.resumed),
            "droppedMonths": dropped,
        }
        telemetry.info("retention applied", **result)
    return result
