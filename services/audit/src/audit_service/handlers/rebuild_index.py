"""audit/rebuild_index: one page of the store per invocation; who invokes it goes on until the cursor is null."""

from collections.abc import Mapping
from typing import Any

from countersign_common.telemetry import Telemetry
from countersign_common.wiring import Wired

from audit_service.bootstrap import audit_service
from audit_service.schemas import RebuildAnswer, RebuildRequest
from audit_service.use_cases.service import AuditService


def rebuild(event: Mapping[str, Any], service: AuditService) -> dict[str, Any]:
    """`{"cursor": str?}` → `{"cursor": str|null, "indexed": n}`. Raises ValidationError for anything else."""
    request = RebuildRequest().load(event)
    done = service.rebuild_index(request["cursor"])
    return dict(RebuildAnswer().dump({"cursor": done.after, "indexed": done.indexed}))


wired = Wired(lambda: (audit_service(), Telemetry("rebuild-index")))


def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry point."""
    service, telemetry = wired()
    with telemetry.invocation(context):
        answer = rebuild(event, service)
        telemetry.count("RecordsIndexed", answer["indexed"])
        telemetry.info("page indexed", **answer)
    return answer
