"""The people and things that the tests are about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from countersign_common.caller import Caller
from countersign_common.chain import first_previous_hash

from workflow_service.domain.people import Approvers, Person
from workflow_service.domain.rules import apply, create
from workflow_service.domain.scheme import Definition, Scheme, Step
from workflow_service.domain.workflow import Action, ActionType, Workflow
from workflow_service.use_cases.seal import Origin

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
"""An approver by name."""
CLEO = a_person(3, "Cleo", "approvers")
"""An approver by her group."""
STAN = a_person(4, "Stan", "others")
"""A stranger."""
AUDRA = a_person(5, "Audra", "auditors")
"""An auditor."""
ADAM = a_person(6, "Adam", "admins")
"""An admin."""

EVERYBODY = (RITA, BO, CLEO, STAN, AUDRA, ADAM)

BO_AND_THE_APPROVERS = Approvers(users=(BO.user_id,), groups=("approvers",))


def a_definition(approvers: Approvers = BO_AND_THE_APPROVERS, name: str = "Expenses") -> Definition:
    return Definition(name, (Step("approval", "Approval", approvers),))


def a_scheme(approvers: Approvers = BO_AND_THE_APPROVERS, version: int = 1) -> Scheme:
    return Scheme("expenses", version, a_definition(approvers), NOON, Person.of(ADAM))


def an_origin(caller: Caller = RITA) -> Origin:
    return Origin(caller, "request-1", "correlation-1")


def save(title: str = "Train", data: str = '{"amount":12}', comment: str | None = None) -> Action:
    return Action(ActionType.SAVE, title, data, comment)


def request(title: str = "Train", data: str = '{"amount":12}', comment: str | None = None) -> Action:
    return Action(ActionType.REQUEST, title, data, comment)


def approve(comment: str | None = None) -> Action:
    return Action(ActionType.APPROVE, comment=comment)


def reject(comment: str | None = "Too dear") -> Action:
    return Action(ActionType.REJECT, comment=comment)


def a_draft(scheme: Scheme | None = None) -> Workflow:
    root_hash = first_previous_hash(WORKFLOW_ID)
    return create(WORKFLOW_ID, scheme or a_scheme(), save(), RITA, NOON, root_hash=root_hash).after


def a_pending_workflow(scheme: Scheme | None = None) -> Workflow:
    return apply(a_draft(scheme), Action(ActionType.REQUEST), RITA, NOON + timedelta(minutes=1)).after


def a_rejected_workflow() -> Workflow:
    return apply(a_pending_workflow(), reject(), BO, NOON + timedelta(minutes=2)).after


def an_approved_workflow() -> Workflow:
    return apply(a_pending_workflow(), approve(), BO, NOON + timedelta(minutes=2)).after


def another(workflow: Workflow, number: int, at: datetime) -> Workflow:
    """The same under another id, last touched at another time."""
    return replace(workflow, workflow_id=f"01950000-0000-7000-8000-{number:012d}", updated_at=at)
