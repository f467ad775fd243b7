"""What the service can do: the use cases, bound to their ports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from countersign_common.caller import Caller

from audit_service.domain.audit_record import AuditRecord
from audit_service.use_cases.create_audit_trail import Recorded, create_audit_trail
from audit_service.use_cases.ports import AuditIndex, Records
from audit_service.use_cases.rebuild_index import RebuildPosition, RebuiltPage, rebuild_index, replace_index
from audit_service.use_cases.search_audit_trail import Page, search_audit_trail
from audit_service.use_cases.show_record import show_record
from audit_service.use_cases.verify_workflow import Verification, verify_workflow


@dataclass(frozen=True)
class AuditService:
    """Arguments and errors are those of the use cases, without the ports."""

    create_audit_trail: Callable[[Mapping[str, AuditRecord]], Recorded]
    search_audit_trail: Callable[..., Page]
    show_record: Callable[[str, Caller], AuditRecord]
    verify_workflow: Callable[[str, Caller], Verification]
    rebuild_index: Callable[[RebuildPosition], RebuiltPage]
    replace_index: Callable[[], RebuildPosition]


def service_on(records: Records, index: AuditIndex) -> AuditService:
    """The use cases on these ports."""
    return AuditService(
        create_audit_trail=partial(create_audit_trail, records=records, index=index),
        search_audit_trail=partial(search_audit_trail, records=records, index=index),
        show_record=partial(show_record, records=records),
        verify_workflow=partial(verify_workflow, records=records),
        rebuild_index=partial(rebuild_index, records=records, index=index),
        replace_index=partial(replace_index, index=index),
    )
