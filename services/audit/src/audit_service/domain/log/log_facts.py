"""What the log says about entries: what verification and reconciliation compare records and manifests with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from audit_service.domain.log.proven_tree import ProvenTree

IN_FLIGHT = timedelta(minutes=5)
"""How long an event can take from its commit into the log. Until then it is pending, never missing."""


@dataclass(frozen=True)
class LogFacts:
    """What the log says.

    Attributes:
        tree: The tree that the newest checkpoint signs; None without a valid checkpoint.
        problem: What is wrong with the newest checkpoint; None if it is valid, or if there is none yet.
        indices: Entry id → index of its leaf, for sealed entries.
        pending: Entry id → since when it waits to be sealed.
    """

    tree: ProvenTree | None = None
    problem: str | None = None
    indices: Mapping[str, int] = field(default_factory=dict)
    pending: Mapping[str, datetime] = field(default_factory=dict)
