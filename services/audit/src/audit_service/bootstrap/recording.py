"""Wire the functions that write records or their index."""

import os
from dataclasses import dataclass

from countersign_common.clock import Clock, system_clock
from countersign_common.settings import read_settings

from audit_service.adapters.dynamodb_erasure_hints import DynamoDbErasureHints
from audit_service.bootstrap.search_engine import audit_index
from audit_service.bootstrap.shared import (
    Settings,
    dynamodb_for_requests,
    expected_records,
    record_repository,
)
from audit_service.ports import AuditIndex, AuditRecordRepository
from audit_service.ports.erasure import ErasureHints
from audit_service.use_cases.create_audit_trail import CreateAuditTrail
from audit_service.use_cases.expected_records import ExpectedRecords
from audit_service.use_cases.rebuild_index import RebuildIndex
from audit_service.use_cases.replace_index import ReplaceIndex


@dataclass(frozen=True)
class Service:
    """The use cases of the functions that write records or their index."""

    create_audit_trail: CreateAuditTrail
    rebuild_index: RebuildIndex
    replace_index: ReplaceIndex


def service_with(
    records: AuditRecordRepository,
    index: AuditIndex,
    hints: ErasureHints,
    expected: ExpectedRecords,
    clock: Clock,
) -> Service:
    """Return the service with these ports."""
    return Service(
        create_audit_trail=CreateAuditTrail(records, index, hints, clock),
        rebuild_index=RebuildIndex(records, index, expected),
        replace_index=ReplaceIndex(index),
    )


def build_service() -> Service:
    """Return the service that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(Settings, os.environ)
    dynamodb = dynamodb_for_requests()
    return service_with(
        record_repository(dynamodb, settings),
        audit_index(settings),
        DynamoDbErasureHints(dynamodb, settings.audit_log_table),
        expected_records(dynamodb, settings),
        system_clock,
    )
