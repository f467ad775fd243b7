"""Show one record."""

from countersign_common.caller import Caller

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.reading import may_read
from audit_service.use_cases.ports import Records


class NoSuchRecord(Exception):
    """There is no such record, or none that the caller may know of: nobody can tell which."""

    rule = "not-found"

    def __init__(self) -> None:
        super().__init__("There is no such record.")


def show_record(dataset_id: str, by: Caller, *, records: Records) -> AuditRecord:
    """The full dataset, read from the store alone.

    Raises:
        NoSuchRecord: it is not there, or the caller takes no part in its workflow.
        UnreadableRecord: an auditor or participant asks for a record whose stored texts were destroyed.
        StoreUnavailable
    """
    record = records.get(dataset_id)
    if record is None:
        raise NoSuchRecord
    # A record that names the caller settles it; one that does not may be older than his part in the workflow.
    if may_read(by.principals, record.participants):
        return record
    newest = records.newest_of(record.workflow_id)
    if newest is None or not may_read(by.principals, newest.participants):
        raise NoSuchRecord
    return record
