"""Create a workflow."""

from typing import Protocol

from countersign_common.chain import first_previous_hash
from countersign_common.clock import Clock
from countersign_common.ids import NewId

from workflow_service.domain.errors import Incomplete, NotPossible
from workflow_service.domain.rules import create
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.visibility import View
from workflow_service.domain.workflow import Action
from workflow_service.use_cases.commit import TRIES, Committer, Outrun
from workflow_service.use_cases.once import Answered, Once, first_answer
from workflow_service.use_cases.seal import Origin


class Beginnings(Protocol):
    """What must be known before a workflow is created."""

    def scheme_and_answer(self, scheme_id: str, once: Once | None) -> tuple[Scheme | None, Answered | None]:
        """The newest version of a scheme, and what a request was answered before, in one consistent read."""
        ...


def create_workflow(
    scheme_id: str,
    action: Action,
    origin: Origin,
    once: Once | None,
    *,
    beginnings: Beginnings,
    committer: Committer,
    clock: Clock,
    new_id: NewId,
) -> View:
    """Create a workflow by the newest version of a scheme.

    Args:
        scheme_id: of the scheme.
        action: SAVE or REQUEST, with title and data.
        origin: who asks, in which request.
        once: the request's Idempotency-Key, if it has one.

    Returns:
        The workflow as its requester sees it; for a request that was done before, as it was answered then.

    Raises:
        Incomplete: no-such-scheme.
        NotPossible: too-busy.
        Problem: 413, data too large for an event; 422, an Idempotency-Key that was used for another request.
    """
    for _ in range(TRIES):
        now = clock()
        scheme, answered = beginnings.scheme_and_answer(scheme_id, once)
        if (before := first_answer(once, answered, now)) is not None:
            return before
        if scheme is None:
            raise Incomplete("no-such-scheme", f"There is no scheme {scheme_id!r}.", "/scheme")
        workflow_id = new_id()
        root_hash = first_previous_hash(workflow_id)
        transition = create(workflow_id, scheme, action, origin.caller, now, root_hash=root_hash)
        try:
            return committer.commit(transition, origin, once, now)
        except Outrun:
            continue  # the same request, sent twice at once, was done by its twin: read what that was answered
    raise NotPossible("too-busy", "Too many requests with this key at once; send it again.")
