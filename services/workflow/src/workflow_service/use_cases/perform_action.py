"""Apply an action to a workflow."""

from typing import Protocol

from countersign_common.clock import Clock

from workflow_service.domain.errors import NotPossible, Stale
from workflow_service.domain.rules import apply
from workflow_service.domain.visibility import View, visible
from workflow_service.domain.workflow import Action, Workflow
from workflow_service.use_cases.commit import TRIES, Committer, Outrun
from workflow_service.use_cases.once import Answered, Once, first_answer
from workflow_service.use_cases.seal import Origin


class Standings(Protocol):
    """What must be known before a workflow is acted on."""

    def workflow_and_answer(
        self, workflow_id: str, once: Once | None
    ) -> tuple[Workflow | None, Answered | None]:
        """A workflow's newest state, and what a request was answered before, in one consistent read."""
        ...


def act(
    workflow_id: str,
    action: Action,
    origin: Origin,
    once: Once | None,
    *,
    if_match: int | None,
    standings: Standings,
    committer: Committer,
    clock: Clock,
) -> View:
    """Apply an action, commit it with its event, then hand the event on.

    When somebody else acts at the same moment, the action is judged anew on what the other has made of the
    workflow; it is never applied to a state that is gone, and never twice.

    Args:
        workflow_id: which workflow.
        action: what to do to it.
        origin: who asks, in which request.
        once: the request's Idempotency-Key, if it has one.
        if_match: the only version it may be applied to; None for whichever is the newest.

    Returns:
        The workflow as the actor sees it; for a request that was done before, as it was answered then.

    Raises:
        NotFound, NotPermitted, NotPossible, Incomplete: the rule that forbids it.
        NotPossible: too-busy, when others were faster five times over.
        Stale: version-stale.
        Problem: 413, data too large for an event; 422, an Idempotency-Key that was used for another request.
    """
    for _ in range(TRIES):
        now = clock()
        found, answered = standings.workflow_and_answer(workflow_id, once)
        if (before := first_answer(once, answered, now)) is not None:
            return before
        workflow = visible(found, origin.caller)
        if if_match is not None and if_match != workflow.version:
            raise Stale("version-stale", f"The workflow is at version {workflow.version}, not {if_match}.")
        transition = apply(workflow, action, origin.caller, now)
        try:
            return committer.commit(transition, origin, once, now)
        except Outrun:
            continue
    raise NotPossible("too-busy", "Others act on this workflow at the same time; send the action again.")
