"""The function that processes what the audit service requests, on moto."""

from typing import Any

from countersign_common.aws.senders import SenderCheck
from countersign_common.aws.sqs import send_arguments, sqs_handler
from countersign_common.clock import system_clock
from countersign_common.events.cloud_event import CloudEvent

from workflow_service.adapters.dynamodb_erasable_copies import DynamoDbErasableCopies
from workflow_service.adapters.dynamodb_event_reader import DynamoDbEventReader
from workflow_service.adapters.sqs_audit_trail_publisher import SqsAuditTrailPublisher
from workflow_service.bootstrap.handle_audit_requests import AuditRequests
from workflow_service.handlers.handle_audit_requests import consume
from workflow_service.use_cases.erase_copies import EraseCopies
from workflow_service.use_cases.resend_event import ResendEvent

from .aws import Aws
from .fakes import RecordedWarnings


class AuditRequestsFunction:
    """The function on its real adapters. Called with events, it returns the positions of those that failed.

    Attributes:
        requests: Its use cases.
        warnings: Of erasures.
    """

    def __init__(self, aws: Aws) -> None:
        self.warnings = RecordedWarnings()
        self.requests = AuditRequests(
            ResendEvent(
                DynamoDbEventReader(aws.dynamodb, aws.table),
                SqsAuditTrailPublisher(aws.sqs, aws.queue_urls["audit-trail"]),
            ),
            EraseCopies(DynamoDbErasableCopies(aws.dynamodb, aws.table), system_clock, self.warnings),
            system_clock,
        )
        check = SenderCheck(frozenset({"audit"}), lambda: aws.sqs, "")
        self._handler = sqs_handler(
            consume, lambda: self.requests, function="handle-audit-requests", senders=lambda: check
        )

    def __call__(self, *events: CloudEvent) -> list[int]:
        records = [
            {
                "messageId": str(number),
                "body": send_arguments(event.to_message())["MessageBody"],
                "attributes": {"SenderId": "audit"},
            }
            for number, event in enumerate(events)
        ]
        failures: list[Any] = self._handler({"Records": records}, Context())["batchItemFailures"]
        return [int(failure["itemIdentifier"]) for failure in failures]


class Context:
    """Lambda's context, with enough time."""

    aws_request_id = "invocation-1"

    def get_remaining_time_in_millis(self) -> int:
        return 110_000
