"""The service as a whole: its use cases, each bound to the ports it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from countersign_common.clock import Clock
from countersign_common.ids import NewId

from workflow_service.domain.scheme import Scheme
from workflow_service.domain.visibility import View
from workflow_service.use_cases.act import Standings, act
from workflow_service.use_cases.commit import Committer, Journal
from workflow_service.use_cases.create_workflow import Beginnings, create_workflow
from workflow_service.use_cases.hand_on import Delivery, Outbox, Warn
from workflow_service.use_cases.list_schemes import Catalogue, list_schemes
from workflow_service.use_cases.list_workflows import Lists, list_workflows
from workflow_service.use_cases.pages import Page
from workflow_service.use_cases.put_scheme import WritableSchemes, put_scheme
from workflow_service.use_cases.seal import NewSalt, Sealer
from workflow_service.use_cases.show_history import Histories, HistoryEntry, show_history
from workflow_service.use_cases.show_scheme import show_scheme
from workflow_service.use_cases.show_workflow import show_workflow


class Workflows(Beginnings, Standings, Journal, Histories, Lists, Protocol):
    """All that is asked of the place where workflows are kept."""


class Schemes(WritableSchemes, Catalogue, Protocol):
    """All that is asked of the place where schemes are kept."""


@dataclass(frozen=True)
class Ports:
    """What the service needs from outside.

    Attributes:
        new_id, new_salt, clock: chance and time.
        warn: where to tell what went wrong and was dealt with.
    """

    workflows: Workflows
    schemes: Schemes
    outbox: Outbox
    delivery: Delivery
    warn: Warn
    clock: Clock
    new_id: NewId
    new_salt: NewSalt


@dataclass(frozen=True)
class Service:
    """What the service does for somebody; each is the use case of its name."""

    create_workflow: Callable[..., View]
    act: Callable[..., View]
    show_workflow: Callable[..., View]
    list_workflows: Callable[..., Page[View]]
    show_history: Callable[..., Page[HistoryEntry]]
    put_scheme: Callable[..., tuple[Scheme, bool]]
    show_scheme: Callable[..., Scheme]
    list_schemes: Callable[..., Page[Scheme]]


def service_on(ports: Ports) -> Service:
    """The use cases with their ports bound."""
    workflows, schemes, clock = ports.workflows, ports.schemes, ports.clock
    sealer = Sealer(ports.new_id, ports.new_salt)
    committer = Committer(workflows, ports.outbox, sealer, ports.delivery, ports.warn)
    return Service(
        create_workflow=partial(
            create_workflow, beginnings=workflows, committer=committer, clock=clock, new_id=ports.new_id
        ),
        act=partial(act, standings=workflows, committer=committer, clock=clock),
        show_workflow=partial(show_workflow, workflows=workflows),
        list_workflows=partial(list_workflows, lists=workflows),
        show_history=partial(show_history, histories=workflows),
        put_scheme=partial(put_scheme, schemes=schemes, clock=clock),
        show_scheme=partial(show_scheme, schemes=schemes),
        list_schemes=partial(list_schemes, catalogue=schemes),
    )
