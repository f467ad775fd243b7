"""audit/seal_checkpoint: appends what was recorded to the log and signs its checkpoint, every minute."""

from collections.abc import Mapping
from typing import Any

from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from audit_service.bootstrap.sealing import build_sealer
from audit_service.domain.errors import LogDamagedError

lazy = Lazy(lambda: (build_sealer(), Telemetry("seal-checkpoint")))


def handler(_: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Run the sealer once, and return and publish its counts.

    Raises:
        LogDamagedError: The sealer refuses to sign. An alarm reports it.
    """
    seal_checkpoint, telemetry = lazy()
    with telemetry.invocation(context):
        try:
            result = seal_checkpoint(lambda: context.get_remaining_time_in_millis() / 1000)
        except LogDamagedError as error:
            telemetry.count("CheckpointRefused")
            telemetry.exception("checkpoint refused", reason=error.detail)
            raise
        if result is None:
            telemetry.info("another run seals")
            return {"isRunning": True}
        telemetry.count("CheckpointRefused", 0)
        telemetry.count("EntriesSealed", result.sealed)
        telemetry.count("PendingEntries", result.pending)
        telemetry.seconds("OldestPendingSeconds", result.oldest_pending_seconds)
        counts = {
            "size": result.size,
            "sealed": result.sealed,
            "pending": result.pending,
            "oldestPendingSeconds": result.oldest_pending_seconds,
        }
        telemetry.info("checkpoint sealed", **counts)
    return counts
