"""The result of a verification: what was checked, the findings, and where the next page starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from countersign_common.proof.hash_chain import ChainPosition, Finding


class Check(StrEnum):
    """What a verification checks."""

    CHAIN = "chain"
    COMMITMENTS = "commitments"
    INCLUSION = "inclusion"
    CHECKPOINT = "checkpoint"
    ATTESTED_STATE = "attested_state"


class CheckResult(StrEnum):
    """The result of a check. One without material to check against is not checked."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_CHECKED = "not-checked"


CHECK_OF_CODE = {
    "unreadable": Check.CHAIN,
    "hash-mismatch": Check.CHAIN,
    "event-id-mismatch": Check.CHAIN,
    "wrong-workflow": Check.CHAIN,
    "missing": Check.CHAIN,
    "fork": Check.CHAIN,
    "previous-hash-mismatch": Check.CHAIN,
    "person-mismatch": Check.COMMITMENTS,
    "content-mismatch": Check.COMMITMENTS,
    "removed-without-erasure": Check.COMMITMENTS,
    "rewritten": Check.INCLUSION,
    "not-sealed": Check.INCLUSION,
    "checkpoint-invalid": Check.CHECKPOINT,
    "missing-tail": Check.ATTESTED_STATE,
    "state-mismatch": Check.ATTESTED_STATE,
    "unattested": Check.ATTESTED_STATE,
    "manifest-mismatch": Check.ATTESTED_STATE,
}
"""Which check each code of a finding belongs to."""


@dataclass(frozen=True)
class AttestedState:
    """The newest known state of a workflow, as a manifest attests it.

    Attributes:
        manifest: Name of the manifest.
        at: When it was published.
    """

    version: int
    head_hash: str
    status: str
    manifest: str
    at: datetime


@dataclass(frozen=True)
class PageVerdict:
    """The result of verifying a page.

    Attributes:
        events: Number of records, unreadable ones included.
        sealed: How many of them are proven to be in the log.
        pending: How many events wait to be sealed, or are on their way into the audit trail.
        head_hash: Hash of the newest record; None without a readable record.
        first, last: Sequences of the first and the last readable record; None without one.
        end: Where the chain continues.
        checked: The result of each check.
        attested: None if no manifest that was read attests the workflow.
        findings: By sequence.
    """

    events: int
    sealed: int
    pending: int
    head_hash: str | None
    first: int | None
    last: int | None
    end: ChainPosition
    checked: Mapping[Check, CheckResult]
    attested: AttestedState | None
    findings: Sequence[Finding]

    @property
    def is_valid(self) -> bool:
        """Whether there is no finding. Pending events are normal."""
        return not self.findings
