"""workflow/relay_outbox: every minute, hands on what was left in the outbox."""

from collections.abc import Mapping
from typing import Any

from countersign_common.telemetry import Telemetry
from countersign_common.wiring import Wired

from workflow_service import bootstrap

wired = Wired(lambda: (bootstrap.relay(), Telemetry("relay-outbox")))


def handler(_: Mapping[str, Any], context: Any) -> dict[str, int]:
    """Run once; answers how many events were handed on and how many had to be left."""
    relay, telemetry = wired()
    with telemetry.invocation(context):
        relayed = relay(lambda: context.get_remaining_time_in_millis() / 1000)
        telemetry.count("EventsRelayed", relayed.handed_on)
        telemetry.count("EventsLeft", relayed.left)
        telemetry.info("outbox relayed", handedOn=relayed.handed_on, left=relayed.left)
    return {"handedOn": relayed.handed_on, "left": relayed.left}
