"""audit/create_audit_trail: records the events and manifests of the queue audit-trail."""

from collections.abc import Sequence

from countersign_common.aws.sqs import Failures, Message, sqs_handler
from countersign_common.events.cloud_event import InvalidEventError
from countersign_common.telemetry import Telemetry

from audit_service.bootstrap.recording import Service, build_service
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.entries import Entry
from audit_service.schemas.events import is_manifest, manifest_entry_from, record_from


def consume(service: Service, messages: Sequence[Message], telemetry: Telemetry) -> Failures:
    """Record a batch of audit events and manifests. Another message fails alone, before anything is stored.

    A record that is stored and can't be indexed is reported, and its message succeeds.
    """
    submitted: dict[str, AuditRecord] = {}
    manifests: dict[str, Entry] = {}
    invalid: dict[str, str] = {}
    for message in messages:
        try:
            if is_manifest(message.event):
                manifests[message.message_id] = manifest_entry_from(message.event)
            else:
                submitted[message.message_id] = record_from(message.event)
        except InvalidEventError as error:
            invalid[message.message_id] = f"invalid event: {error}"
    result = service.create_audit_trail(submitted, manifests)
    for dataset_id, reason in result.unindexable.items():
        telemetry.warning("record not indexed", datasetId=dataset_id, reason=reason)
    telemetry.count("RecordsUnindexable", len(result.unindexable))
    return invalid | dict(result.failures)


handler = sqs_handler(consume, build_service, function="create-audit-trail")
