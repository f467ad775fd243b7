"""workflow-relay-outbox: publishes what is left in the outbox, every minute."""

from collections.abc import Mapping
from typing import Any

from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from workflow_service.bootstrap.relay_outbox import build_relay_outbox

lazy = Lazy(lambda: (build_relay_outbox(), Telemetry("relay-outbox")))


def handler(_: Mapping[str, Any], context: Any) -> dict[str, float]:
    """Run the relay once, and return and publish its counts."""
    relay_outbox, telemetry = lazy()
    with telemetry.invocation(context):
        result = relay_outbox(lambda: context.get_remaining_time_in_millis() / 1000)
        telemetry.count("EventsRelayed", result.relayed)
        telemetry.count("EventsLeft", result.left)
        telemetry.seconds("OldestPendingSeconds", result.oldest_pending_seconds)
        counts = {
            "relayed": result.relayed,
            "left": result.left,
            "oldestPendingSeconds": result.oldest_pending_seconds,
        }
        telemetry.info("outbox relayed", **counts)
    return counts
