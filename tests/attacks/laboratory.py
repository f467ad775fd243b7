"""The workflows that are attacked: all of them are created before the first attack, and then sealed and attested."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from attacks.attacker import Attacker, attacking
from attacks.expectations import TABLE_ROWS, TableRow
from attacks.inspection import is_settled
from attacks.victims import Victim, create_victim
from harness.functions import deployed
from harness.scenario import Scenario
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

FIVE_MINUTES = 5 * 60 + 5

# A minute is closed 30 s after its end, then its manifest is published and both are sealed.
_SETTLED_AFTER = 300


@dataclass(frozen=True)
class Laboratory:
    """What all attacks need.

    Attributes:
        victims: A workflow for each row.
        bystander: A workflow whose events are used in attacks on others.
        early: Attacks that were made before the state of their victims was attested.
        settled_at: When the workflows were in the log and attested, in seconds of a monotonic clock.
        kept_note: A checkpoint from before, which an auditor has kept.
    """

    victims: dict[str, Victim]
    bystander: Victim
    early: dict[str, Attacker]
    settled_at: float
    kept_note: str

    def wait_until_nothing_is_in_flight(self) -> None:
        """Wait until the events are so old that a missing one can't be on its way."""
        time.sleep(max(0.0, self.settled_at + FIVE_MINUTES - time.monotonic()))


@contextmanager
def open_laboratory(cloud: RunningCloud) -> Iterator[Laboratory]:
    """Create the workflows, and wait until they are sealed and attested."""
    auditor = cloud.sign_in("auditor")
    scenario = Scenario.create(cloud)
    kept_note = wait_until(lambda: _note(auditor), timeout=_SETTLED_AFTER, interval=1, what="a checkpoint")
    victims = {name_of(row): create_victim(scenario) for row in TABLE_ROWS}
    bystander = create_victim(scenario)
    with ExitStack() as stack:
        early = {}
        for row in (row for row in TABLE_ROWS if row.is_early):
            early[name_of(row)] = attacker = stack.enter_context(attacking(cloud))
            row.attack(attacker, victims[name_of(row)], bystander)
        for victim in (*victims.values(), bystander):
            wait_until(
                _settled(auditor, victim),
                timeout=_SETTLED_AFTER,
                interval=1,
                what=f"workflow {victim.workflow_id} in the log",
            )
        yield Laboratory(victims, bystander, early, time.monotonic(), kept_note)


def name_of(row: TableRow) -> str:
    """Return the name of a row."""
    return row.attack.__name__


def reconcile(cloud: RunningCloud) -> None:
    """Run the reconciliation, which also runs every minute."""
    cloud.invoke(deployed(cloud, "audit-reconcile"), {})


def _note(auditor: Person) -> str | None:
    response = auditor.api.get("/audit-trail/checkpoint")
    return response.body["note"] if response.status == 200 else None


def _settled(auditor: Person, victim: Victim) -> Callable[[], bool]:
    return lambda: is_settled(auditor, victim.workflow_id)
