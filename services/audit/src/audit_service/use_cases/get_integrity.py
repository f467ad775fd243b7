"""Get the integrity of the audit trail: how current the log is, what reconciliation found, and what witnesses saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from countersign_common.actors import Actor
from countersign_common.clock import Clock
from countersign_common.pagination import Page
from countersign_common.parallel import map_parallel

from audit_service.domain.access import require_auditor
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.integrity import FoundFinding, Progress
from audit_service.domain.log.notes import Checkpoint, NoteSignature, VerifierKey
from audit_service.ports import CosignedCheckpoint, IntegrityRepository, PendingEntries
from audit_service.use_cases.log_reader import LogReader

WITNESSED_CHECKPOINTS = 60
"""Newest checkpoints, about one a minute, among which the newest cosignature of each witness is searched."""


@dataclass(frozen=True)
class WitnessReport:
    """What a configured witness has seen.

    Attributes:
        size: Of the newest checkpoint with its cosignature.
        at: When it says it has seen it.
    """

    name: str
    size: int
    at: datetime


@dataclass(frozen=True)
class IntegrityReport:
    """The integrity of the audit trail.

    Attributes:
        checkpoint: The newest one; None before the first, or if it can't be read.
        lag_seconds: How long the oldest entry has waited for the log; 0 if none waits.
        pending: Entries that wait.
        progress: How far reconciliation has come.
        open: Number of open findings, counted up to a limit.
        findings: A page of open or resolved findings.
        witnesses: The configured witnesses that have cosigned one of the newest checkpoints.
    """

    checkpoint: CosignedCheckpoint | None
    lag_seconds: float
    pending: PendingEntries
    progress: Progress
    open: int
    findings: Page[FoundFinding, str]
    witnesses: Sequence[WitnessReport]


@dataclass(frozen=True)
class GetIntegrity:
    """Get the integrity of the audit trail."""

    log: LogReader
    integrity: IntegrityRepository
    clock: Clock

    def __call__(self, actor: Actor, *, is_resolved: bool, after: str | None, limit: int) -> IntegrityReport:
        """Return the report with a page of findings.

        Args:
            actor: Who wants to know.
            is_resolved: Whether to list resolved findings, newest first, instead of open ones.
            after: Position of the previous page; None for the first page.
            limit: 1 to 100.

        Raises:
            AuditorsOnlyError, StoreUnavailableError
        """
        require_auditor(actor)
        pending = self.log.index.count_pending()
        lag = 0.0 if pending.oldest is None else (self.clock() - pending.oldest).total_seconds()
        findings = (
            self.integrity.resolved_findings(before=after, limit=limit)
            if is_resolved
            else self.integrity.open_findings(after=after or "", limit=limit)
        )
        return IntegrityReport(
            checkpoint=self._newest_checkpoint(),
            lag_seconds=max(0.0, lag),
            pending=pending,
            progress=self.integrity.progress(),
            open=self.integrity.count_open(),
            findings=findings,
            witnesses=self._witnesses(),
        )

    def _newest_checkpoint(self) -> CosignedCheckpoint | None:
        try:
            newest = self.log.index.newest_checkpoint()
        except LogDamagedError:
            return None
        return None if newest is None else self.log.cosigned(newest)

    def _witnesses(self) -> list[WitnessReport]:
        if not self.log.witnesses:
            return []
        try:
            listed = self.log.index.list_checkpoints(before=None, page_size=WITNESSED_CHECKPOINTS)
            newest = [each.signed.checkpoint for each in islice(listed, WITNESSED_CHECKPOINTS)]
        except LogDamagedError:
            newest = []
        stored = map_parallel(self.log.index.cosignatures, [each.size for each in newest])
        cosigned = list(zip(newest, stored, strict=True))
        reports = (self._report(witness, cosigned) for witness in self.log.witnesses)
        return [each for each in reports if each is not None]

    def _report(
        self, witness: VerifierKey, cosigned: Sequence[tuple[Checkpoint, Sequence[NoteSignature]]]
    ) -> WitnessReport | None:
        for checkpoint, cosignatures in cosigned:
            for each in cosignatures:
                at = each.cosigned_at
                if at is not None and each.is_by(witness) and self.log.is_cosigned(checkpoint.text, each):
                    return WitnessReport(witness.name, checkpoint.size, at)
        return None
