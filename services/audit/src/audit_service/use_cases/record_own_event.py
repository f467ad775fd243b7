"""Record an event of the audit service itself."""

from dataclasses import dataclass

from countersign_common.errors import StoreUnavailableError

from audit_service.domain.own_events import OWN_SOURCE, OwnEvent, Salts, own_record
from audit_service.ports import AuditRecordRepository
from audit_service.ports.erasure import ErasedDocuments, NewSalt


@dataclass(frozen=True)
class RecordOwnEvent:
    """Record a legal hold, its release, or a retention policy."""

    records: AuditRecordRepository
    documents: ErasedDocuments
    new_salt: NewSalt

    def __call__(self, event: OwnEvent) -> None:
        """Record an event once. An event that is recorded already is left as it is: its salts are its own.

        Raises:
            StoreUnavailableError: It may not be recorded; it can be repeated.
            SearchUnavailableError: It is recorded and may not be searchable; it can be repeated.
            ValueError: Another record has its id.
        """
        record = own_record(event, Salts(self.new_salt(), self.new_salt()))
        result = self.records.add([record])
        if result.failed:
            raise StoreUnavailableError(f"The event was not recorded: {result.failed[event.event_id]}")
        recorded = result.existing.get(event.event_id, record)
        if recorded.event.source != OWN_SOURCE:
            raise ValueError(f"Another record has the id {event.event_id}.")
        self.documents.replace([recorded])
