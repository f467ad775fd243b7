"""Wire the function `workflow-api`."""

import os
from dataclasses import dataclass
from typing import Protocol

from countersign_common.aws.clients import cognito_client, dynamodb_client
from countersign_common.clock import Clock, system_clock
from countersign_common.ids import NewId, new_id
from countersign_common.proof.commitment import SALT_BYTES
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry, Warn

from workflow_service.adapters.cognito_user_directory import CognitoUserDirectory
from workflow_service.adapters.dynamodb_outbox import DynamoDbOutbox
from workflow_service.adapters.dynamodb_scheme_repository import DynamoDbSchemeRepository
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.bootstrap.shared import Settings, event_publisher
from workflow_service.ports import (
    EventPublisher,
    NameDirectory,
    NewSalt,
    Outbox,
    SchemeRepository,
    UserDirectory,
    WorkflowRepository,
)
from workflow_service.use_cases.commit_transition import CommitTransition
from workflow_service.use_cases.create_workflow import CreateWorkflow
from workflow_service.use_cases.get_history import GetHistory
from workflow_service.use_cases.get_person import GetPerson
from workflow_service.use_cases.get_rounds import GetRounds
from workflow_service.use_cases.get_scheme import GetScheme
from workflow_service.use_cases.get_workflow import GetWorkflow
from workflow_service.use_cases.list_group_members import ListGroupMembers
from workflow_service.use_cases.list_groups import ListGroups
from workflow_service.use_cases.list_people import ListPeople
from workflow_service.use_cases.list_schemes import ListSchemes
from workflow_service.use_cases.list_workflows import ListWorkflows
from workflow_service.use_cases.name_views import NameViews
from workflow_service.use_cases.perform_action import PerformAction
from workflow_service.use_cases.publish_event import PublishEvent
from workflow_service.use_cases.put_scheme import PutScheme
from workflow_service.use_cases.replayed_response import ReplayedResponse


@dataclass(frozen=True)
class ApiSettings(Settings):
    """Environment variables of the API."""

    user_pool_id: str


@dataclass(frozen=True)
class Service:
    """The use cases of the API."""

    create_workflow: CreateWorkflow
    perform_action: PerformAction
    get_workflow: GetWorkflow
    list_workflows: ListWorkflows
    get_history: GetHistory
    put_scheme: PutScheme
    get_scheme: GetScheme
    list_schemes: ListSchemes
    get_rounds: GetRounds
    list_people: ListPeople
    get_person: GetPerson
    list_groups: ListGroups
    list_group_members: ListGroupMembers


def new_salt() -> bytes:
    """Return a random salt for a commitment."""
    return os.urandom(SALT_BYTES)


class Directory(UserDirectory, NameDirectory, Protocol):
    """Both ports of the user directory, which share a cache."""


def wire_service(
    *,
    workflows: WorkflowRepository,
    schemes: SchemeRepository,
    outbox: Outbox,
    publisher: EventPublisher,
    directory: Directory,
    warn: Warn,
    clock: Clock = system_clock,
    new_id: NewId = new_id,
    new_salt: NewSalt = new_salt,
) -> Service:
    """Return the API's use cases with these ports."""
    replayed_response = ReplayedResponse(workflows)
    commit_transition = CommitTransition(workflows, PublishEvent(publisher, outbox, warn), new_id, new_salt)
    name_views = NameViews(directory)
    return Service(
        create_workflow=CreateWorkflow(
            workflows, replayed_response, commit_transition, name_views, clock, new_id
        ),
        perform_action=PerformAction(workflows, replayed_response, commit_transition, name_views, clock),
        get_workflow=GetWorkflow(workflows, name_views),
        list_workflows=ListWorkflows(workflows, name_views),
        get_history=GetHistory(workflows),
        put_scheme=PutScheme(schemes, name_views, clock),
        get_scheme=GetScheme(schemes, name_views),
        list_schemes=ListSchemes(schemes, name_views),
        get_rounds=GetRounds(workflows),
        list_people=ListPeople(directory),
        get_person=GetPerson(directory),
        list_groups=ListGroups(directory),
        list_group_members=ListGroupMembers(directory, schemes),
    )


def build_service() -> Service:
    """Return the service of the function `workflow-api`."""
    settings = read_settings(ApiSettings, os.environ)
    client, warn = dynamodb_client(), Telemetry("api").warning
    # One attempt and short timeouts: without names, a response still has everything else.
    cognito = cognito_client(read_timeout=1.5, attempts=1)
    return wire_service(
        workflows=DynamoDbWorkflowRepository(client, settings.workflow_table),
        schemes=DynamoDbSchemeRepository(client, settings.workflow_table),
        outbox=DynamoDbOutbox(client, settings.workflow_table),
        publisher=event_publisher(settings),
        directory=CognitoUserDirectory(cognito, settings.user_pool_id, system_clock, warn),
        warn=warn,
    )
