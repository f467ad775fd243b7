"""Remove the copies of what the audit service has erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.clock import Clock
from countersign_common.events.erasure_event import ErasedDataset, Erasure
from countersign_common.parallel import map_parallel
from countersign_common.telemetry import Warn

from workflow_service.domain.erasure import (
    EventErasure,
    by_workflow,
    erases_names_of_user,
    erases_requester,
    workflow_erasure,
)
from workflow_service.domain.errors import OutOfTimeError, TooBusyError, VersionConflictError
from workflow_service.ports import ErasableCopies
from workflow_service.use_cases.commit_transition import MAX_ATTEMPTS

TIME_BUDGET = timedelta(seconds=20)
"""Time for a batch. Calls that start within it end before the function's timeout of 30 seconds."""


@dataclass(frozen=True)
class EraseCopies:
    """Remove names, titles, comments and data from workflows, inboxes, events and schemes.

    It can be repeated, and stopped between any two calls: the next delivery removes the rest. The state
    is first, because actions copy from it: after that, no later write contains erased values.
    """

    copies: ErasableCopies
    clock: Clock
    warn: Warn

    def __call__(self, erasure: Erasure, deadline: datetime) -> int:
        """Return the number of events from which something was removed.

        Args:
            erasure: What was erased.
            deadline: After it nothing more is started.

        Raises:
            OutOfTimeError, TooBusyError, StoreUnavailableError: Not everything is removed. It can be repeated.
        """

        def erase(workflow: tuple[str, Sequence[ErasedDataset]]) -> int:
            self._check_time(deadline)
            return self._erase_workflow(*workflow, erasure, deadline)

        erased = sum(map_parallel(erase, by_workflow(erasure)))
        if erasure.user_id is not None and erases_names_of_user(erasure):
            self.copies.erase_scheme_author(erasure.user_id)
        return erased

    def _erase_workflow(
        self, workflow_id: str, datasets: Sequence[ErasedDataset], erasure: Erasure, deadline: datetime
    ) -> int:
        def erase(event: EventErasure) -> None:
            self._check_time(deadline)
            self.copies.erase_event(workflow_id, event)

        for _ in range(MAX_ATTEMPTS):
            workflow = self.copies.get(workflow_id)
            if workflow is None:
                self._warn_unknown(datasets, erasure.event_id)
                return 0
            only = None if erases_requester(workflow, datasets) else [each.sequence or 0 for each in datasets]
            events = self.copies.events(workflow_id, only)
            removed = workflow_erasure(workflow, erasure.user_id, datasets, events)
            try:
                workflow = self.copies.erase_state(workflow, removed.state)
            except VersionConflictError:
                continue  # an action was committed in the meantime: its event may be affected, too
            self._warn_unknown(removed.unknown, erasure.event_id)
            # Also if an earlier delivery erased the state: it may have been stopped after that.
            self.copies.erase_inboxes(workflow, removed.state)
            map_parallel(erase, removed.events)
            return len(removed.events)
        raise TooBusyError

    def _check_time(self, deadline: datetime) -> None:
        if self.clock() > deadline:
            raise OutOfTimeError

    def _warn_unknown(self, datasets: Sequence[ErasedDataset], erasure_id: str) -> None:
        for dataset in datasets:
            self.warn(
                "erased record has no event",
                erasureId=erasure_id,
                datasetId=dataset.dataset_id,
                workflowId=dataset.workflow_id,
                sequence=dataset.sequence,
            )
