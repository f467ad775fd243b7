"""Reconciliation of a deployed cloud."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

PATH = "/audit-trail/integrity"

# Seconds: a minute, 30 until it is closed, and the runs on a busy machine.
COVERED_WITHIN = 240


@dataclass(frozen=True)
class Integrity:
    """Runs reconciliation and reads its findings as an auditor."""

    cloud: RunningCloud
    auditor: Person

    def run(self, **event: int) -> dict[str, Any]:
        """Invoke the function, as soon as no scheduled run is in progress. Return its counts."""
        counts: dict[str, Any] = self.cloud.invoke_when_free("audit-reconcile", event)
        return counts

    def report(self) -> dict[str, Any]:
        """Return the first page of the report."""
        body: dict[str, Any] = self.auditor.api.get(PATH).expect(200).body
        return body

    def findings(self, state: str = "open") -> Iterator[dict[str, Any]]:
        """Yield all findings."""
        for page in self.auditor.api.pages(PATH, "findings", state=state, limit=100):
            yield from page["items"]

    def codes_of(self, subject: str, state: str = "open") -> set[str]:
        """Return the codes of the findings about something."""
        return {each["code"] for each in self.findings(state) if each["subject"] == subject}

    def wait_until_checked(self, occurred_at: str) -> None:
        """Wait until the manifest that covers a time is checked: for the minute to close, not for the schedules."""

        def is_checked() -> bool:
            for function in ("workflow-publish-manifest", "audit-seal-checkpoint", "audit-reconcile"):
                self.cloud.invoke_when_free(function)
            checked = self.report()["manifests"]["checkedThrough"]
            return checked is not None and checked[:19] > occurred_at[:19]

        wait_until(is_checked, timeout=COVERED_WITHIN, interval=5)
