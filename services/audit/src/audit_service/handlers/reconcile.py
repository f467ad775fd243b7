"""audit/reconcile: compares what was committed with what is recorded and repairs it, every minute.

`{"sweep": n}` compares at most n entries of older manifests again in this run.
"""

from collections.abc import Mapping
from typing import Any

from countersign_common.lazy import Lazy
from countersign_common.telemetry import Telemetry

from audit_service.bootstrap.reconciliation import build_reconcile
from audit_service.schemas.requests import ReconcileRequest
from audit_service.use_cases.reconcile import ReconcileResult

lazy = Lazy(lambda: (build_reconcile(), Telemetry("reconcile")))

_NAMED = 20


def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Run once, and return and publish the counts.

    Raises:
        StoreUnavailableError: The next run continues.
    """
    reconcile, telemetry = lazy()
    with telemetry.invocation(context):
        # A scheduled event has members of its own, which are ignored.
        request = ReconcileRequest().load({"sweep": event["sweep"]} if "sweep" in event else {})
        result = reconcile(lambda: context.get_remaining_time_in_millis() / 1000, **request)
        for dataset_id, reason in list(result.unindexable.items())[:_NAMED]:
            telemetry.warning("record not indexed", datasetId=dataset_id, reason=reason)
        counts = publish(result, telemetry)
        telemetry.info("reconciled", **counts)
    return counts


def publish(result: ReconcileResult, telemetry: Telemetry) -> dict[str, Any]:
    """Add the result to the metrics, and return it as JSON."""
    telemetry.count("IntegrityFindings", result.findings)
    telemetry.count("ManifestsChecked", result.manifests)
    telemetry.count("EventsChecked", result.events)
    telemetry.count("RecordsRepaired", result.resends + result.documents + result.reseals + result.positions)
    telemetry.count("PendingEntries", result.pending)
    telemetry.seconds("SealLagSeconds", result.seal_lag_seconds)
    if result.manifest_lag_seconds is not None:
        telemetry.seconds("ManifestLagSeconds", result.manifest_lag_seconds)
    return {
        "manifests": result.manifests,
        "events": result.events,
        "leaves": result.leaves,
        "resends": result.resends,
        "documents": result.documents,
        "reseals": result.reseals,
        "positions": result.positions,
        "unindexable": len(result.unindexable),
        "findings": result.findings,
        "opened": result.opened,
        "resolved": result.resolved,
        "pending": result.pending,
        "sealLagSeconds": result.seal_lag_seconds,
        "manifestLagSeconds": result.manifest_lag_seconds,
        "isSwept": result.is_swept,
    }
