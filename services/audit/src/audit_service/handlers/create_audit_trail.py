"""audit/create_audit_trail: record what the queue audit-trail brings."""

from collections.abc import Sequence

from countersign_common.batches import Failures, Message, sqs_handler
from marshmallow import ValidationError

from audit_service.bootstrap import audit_service
from audit_service.domain.audit_record import AuditRecord
from audit_service.schemas import audit_record
from audit_service.use_cases.service import AuditService


def consume(service: AuditService, messages: Sequence[Message]) -> Failures:
    """Record a batch. A message whose event is no audit record fails alone and touches no store."""
    submitted: dict[str, AuditRecord] = {}
    malformed: dict[str, str] = {}
    for message in messages:
        try:
            submitted[message.message_id] = audit_record(message.event)
        except ValidationError as error:
            malformed[message.message_id] = f"malformed: {error.messages}"
    return malformed | dict(service.create_audit_trail(submitted).failures)


handler = sqs_handler(consume, audit_service, function="create-audit-trail")
