"""The deployed schedules run their functions every minute.

Other tests run the same functions, to wait less. `resilience/test_relay.py` tests the schedule of the relay.
"""

from typing import Any

import pytest

from harness.audit_log import AuditLog
from harness.integrity import Integrity
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

# Seconds: 60 between two runs, and the runs themselves on a busy machine.
_TIMEOUT = 130


@pytest.mark.alone
def test_each_minute_a_manifest_is_published_records_are_sealed_and_reconciled(
    cloud: RunningCloud, scenario: Scenario, stores: Stores, auditor: Person
):
    workflow_id = scenario.create_pending()
    (record,) = wait_until(lambda: stores.audit_records(workflow_id), timeout=20)
    log, integrity = AuditLog(cloud), Integrity(cloud, auditor)

    def times() -> list[Any]:
        report = integrity.report()
        return [report["reconciledAt"] or "", report["manifests"]["checkedThrough"] or ""]

    before = times()
    wait_until(lambda: log.position(record["datasetId"]) is not None, timeout=_TIMEOUT, interval=1)
    wait_until(lambda: all(map(str.__gt__, times(), before)), timeout=_TIMEOUT, interval=1)
