"""People and workflows for the tests."""

import os
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from countersign_common.http.caller import Caller
from countersign_common.ids import new_id

from workflow_service.domain.events import seal
from workflow_service.domain.idempotency import IdempotencyKey
from workflow_service.domain.people import Approvers, Person
from workflow_service.domain.request_context import RequestContext
from workflow_service.domain.rules import apply, create
from workflow_service.domain.scheme import Definition, Scheme, Step
from workflow_service.domain.transition import Commit, Transition
from workflow_service.domain.workflow import Action, ActionType, Workflow
from workflow_service.schemas.fields import DATA_LIMIT

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORKFLOW_ID = "01950000-0000-7000-8000-000000000001"


def a_person(number: int, name: str, *groups: str) -> Caller:
    return Caller(
        user_id=f"00000000-0000-4000-8000-{number:012d}",
        name=name,
        email=f"{name.lower()}@example.com",
        groups=frozenset(groups),
        source_ip="192.0.2.1",
        user_agent="tests",
    )


RITA = a_person(1, "Rita")
"""The requester."""
BO = a_person(2, "Bo")
"""An approver by user id."""
CLEO = a_person(3, "Cleo", "approvers")
"""An approver by group."""
STAN = a_person(4, "Stan", "others")
"""Not involved."""
AUDRA = a_person(5, "Audra", "auditors")
"""An auditor."""
ADAM = a_person(6, "Adam", "admins")
"""An admin."""

EVERYONE = (RITA, BO, CLEO, STAN, AUDRA, ADAM)

BO_AND_THE_APPROVERS = Approvers(users=(BO.user_id,), groups=("approvers",))


def a_definition(approvers: Approvers = BO_AND_THE_APPROVERS, name: str = "Expenses") -> Definition:
    return Definition(name, (Step("approval", "Approval", approvers),))


def a_scheme(approvers: Approvers = BO_AND_THE_APPROVERS, version: int = 1) -> Scheme:
    return Scheme("expenses", version, a_definition(approvers), NOON, Person.from_actor(ADAM))


def a_context(actor: Caller = RITA, key: IdempotencyKey | None = None) -> RequestContext:
    return RequestContext(actor, "request-1", "correlation-1", key)


def save(title: str = "Train", data: str = '{"amount":12}', comment: str | None = None) -> Action:
    return Action(ActionType.SAVE, title, data, comment)


def request(title: str = "Train", data: str = '{"amount":12}', comment: str | None = None) -> Action:
    return Action(ActionType.REQUEST, title, data, comment)


def approve(comment: str | None = None) -> Action:
    return Action(ActionType.APPROVE, comment=comment)


def reject(comment: str | None = "Too expensive") -> Action:
    return Action(ActionType.REJECT, comment=comment)


def a_draft(scheme: Scheme | None = None) -> Workflow:
    return create(WORKFLOW_ID, scheme or a_scheme(), save(), RITA, NOON).after


def a_pending_workflow(scheme: Scheme | None = None) -> Workflow:
    return apply(a_draft(scheme), Action(ActionType.REQUEST), RITA, NOON + timedelta(minutes=1)).after


def a_rejected_workflow() -> Workflow:
    return apply(a_pending_workflow(), reject(), BO, NOON + timedelta(minutes=2)).after


def an_approved_workflow() -> Workflow:
    return apply(a_pending_workflow(), approve(), BO, NOON + timedelta(minutes=2)).after


_ASCII = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\')
_TWO_BYTES = "".join(chr(code) for code in range(0x80, 0x800))

CHARACTERS = {
    "ascii": _ASCII,
    "two bytes": _TWO_BYTES,
    "three bytes": "".join(chr(code) for code in range(0x800, 0xD800)),
    "mixed": _ASCII * 20 + _TWO_BYTES + "".join(chr(code) for code in range(0x10000, 0x10800)),
}


def random_data(script: str, seed: int) -> dict[str, str]:
    """Return data of the largest size that compression can hardly make smaller."""
    generator, parts, size = random.Random(seed), [], len('{"text":""}')
    while True:
        character = generator.choice(CHARACTERS[script])
        size += len(character.encode())
        if size > DATA_LIMIT:
            return {"text": "".join(parts)}
        parts.append(character)


def a_creation(
    action: Action | None = None,
    *,
    actor: Caller = RITA,
    scheme: Scheme | None = None,
    at: datetime = NOON,
    key: IdempotencyKey | None = None,
) -> Commit:
    """Return the commit of a new workflow with a new id."""
    return _commit(create(new_id(), scheme or a_scheme(), action or save(), actor, at), actor, at, key)


def an_action_on(
    workflow: Workflow,
    action: Action,
    *,
    actor: Caller,
    at: datetime = NOON,
    key: IdempotencyKey | None = None,
) -> Commit:
    """Return the commit of an action on a workflow."""
    return _commit(apply(workflow, action, actor, at), actor, at, key)


def _commit(transition: Transition, actor: Caller, at: datetime, key: IdempotencyKey | None) -> Commit:
    event = seal(
        transition.event,
        a_context(actor),
        event_id=new_id(),
        person_salt=os.urandom(32),
        content_salt=os.urandom(32),
    )
    return Commit(transition.with_head_hash(event.hash), event, key, at)


def another(workflow: Workflow, number: int, at: datetime) -> Workflow:
    """Return the workflow with another id and time of its last change."""
    return replace(workflow, workflow_id=f"01950000-0000-7000-8000-{number:012d}", updated_at=at)
