"""workflow-publish-manifest: publishes what was committed in each closed minute, every minute."""

from collections.abc import Mapping
from typing import Any

from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from workflow_service.bootstrap.publish_manifest import build_publish_manifest
from workflow_service.use_cases.publish_manifest import SWEEP_LIMIT

lazy = Lazy(lambda: (build_publish_manifest(), Telemetry("publish-manifest")))


def handler(event: Mapping[str, Any], context: Any) -> dict[str, float]:
    """Run once, and return and publish the counts.

    `{"sweep": 1000}` attests that many workflows besides those with an event, instead of 200.
    """
    publish_manifest, telemetry = lazy()
    with telemetry.invocation(context):
        result = publish_manifest(
            lambda: context.get_remaining_time_in_millis() / 1000, sweep=_sweep_limit(event)
        )
        telemetry.count("ManifestsPublished", result.manifests)
        telemetry.count("ManifestEvents", result.events)
        telemetry.count("ManifestEntriesUnreadable", result.unreadable)
        telemetry.seconds("ManifestLagSeconds", result.lag_seconds)
        counts = {
            "manifests": result.manifests,
            "events": result.events,
            "workflows": result.workflows,
            "unreadable": result.unreadable,
            "lagSeconds": result.lag_seconds,
        }
        telemetry.info("manifests published", **counts)
    return counts


def _sweep_limit(event: Mapping[str, Any]) -> int:
    """Return the number of workflows in the invocation's event.

    Raises:
        ValueError: It is not a number from 0.
    """
    limit = event.get("sweep", SWEEP_LIMIT)
    if type(limit) is not int or limit < 0:
        raise ValueError(f"sweep must be an integer from 0, not {limit!r}.")
    return limit
