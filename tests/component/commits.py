"""What the workflow service commits, made by its own rules."""

from __future__ import annotations

import os
from datetime import datetime

from countersign_common.caller import Caller
from countersign_common.chain import first_previous_hash
from countersign_common.ids import new_id

from services.workflow.tests.builders import NOON, RITA, a_scheme, an_origin, save
from workflow_service.domain.rules import apply, create
from workflow_service.domain.scheme import Scheme
from workflow_service.domain.visibility import view
from workflow_service.domain.workflow import Action, Transition, Workflow
from workflow_service.use_cases.commit import Commit
from workflow_service.use_cases.once import REMEMBERED_FOR, Answered, Once
from workflow_service.use_cases.seal import Sealer


def created(
    action: Action | None = None,
    *,
    by: Caller = RITA,
    scheme: Scheme | None = None,
    at: datetime = NOON,
    once: Once | None = None,
) -> Commit:
    """A new workflow under an id of its own."""
    workflow_id = new_id()
    root = first_previous_hash(workflow_id)
    made = create(workflow_id, scheme or a_scheme(), action or save(), by, at, root_hash=root)
    return _commit(made, by, at, once)


def acted(
    workflow: Workflow, action: Action, *, by: Caller, at: datetime = NOON, once: Once | None = None
) -> Commit:
    """An action on a workflow as somebody has read it."""
    return _commit(apply(workflow, action, by, at), by, at, once)


def _commit(transition: Transition, by: Caller, at: datetime, once: Once | None) -> Commit:
    event = Sealer(new_id, lambda: os.urandom(32)).seal(transition.event, an_origin(by))
    after = transition.after.linked(event.hash)
    answered = None if once is None else Answered(once.fingerprint, view(after, by), at + REMEMBERED_FOR)
    return Commit(Transition(transition.before, after, transition.event), event, once, answered, at)
