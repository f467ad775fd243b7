"""The composition root: settings from the environment, and adapters wired to use cases."""

import os
from dataclasses import dataclass
from typing import Protocol

from countersign_common.aws.clients import cognito_client, dynamodb_client, s3_client, sqs_client
from countersign_common.clock import Clock, system_clock
from countersign_common.ids import NewId, new_id
from countersign_common.parallel import MAX_THREADS
from countersign_common.proof.commitment import SALT_BYTES
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry, Warn

from workflow_service.adapters.cognito_user_directory import CognitoUserDirectory
from workflow_service.adapters.dynamodb_commit_index import DynamoDbCommitIndex
from workflow_service.adapters.dynamodb_erasable_copies import DynamoDbErasableCopies
from workflow_service.adapters.dynamodb_event_reader import DynamoDbEventReader
from workflow_service.adapters.dynamodb_manifest_progress import DynamoDbManifestProgress
from workflow_service.adapters.dynamodb_outbox import DynamoDbOutbox
from workflow_service.adapters.dynamodb_scheme_repository import DynamoDbSchemeRepository
from workflow_service.adapters.dynamodb_workflow_repository import DynamoDbWorkflowRepository
from workflow_service.adapters.dynamodb_workflow_states import DynamoDbWorkflowStates
from workflow_service.adapters.s3_manifest_store import S3ManifestStore
from workflow_service.adapters.sqs_audit_trail_publisher import SqsAuditTrailPublisher
from workflow_service.adapters.sqs_event_publisher import SqsEventPublisher
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
from workflow_service.use_cases.erase_copies import EraseCopies
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
from workflow_service.use_cases.publish_manifest import PublishManifest
from workflow_service.use_cases.put_scheme import PutScheme
from workflow_service.use_cases.relay_outbox import RelayOutbox
from workflow_service.use_cases.replayed_response import ReplayedResponse
from workflow_service.use_cases.resend_event import ResendEvent


@dataclass(frozen=True)
class Settings:
    """Environment variables of the relay."""

    workflow_table: str
    audit_trail_queue_url: str
    notifications_queue_url: str


@dataclass(frozen=True)
class ApiSettings(Settings):
    """Environment variables of the API."""

    user_pool_id: str


@dataclass(frozen=True)
class AuditTrailSettings:
    """Environment variables of a function that sends to the audit trail only."""

    workflow_table: str
    audit_trail_queue_url: str


@dataclass(frozen=True)
class ManifestSettings(AuditTrailSettings):
    """Environment variables of the function that publishes manifests."""

    manifest_bucket: str


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


@dataclass(frozen=True)
class AuditRequests:
    """What the audit service requests."""

    resend_event: ResendEvent
    erase_copies: EraseCopies
    clock: Clock


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
    # One attempt and short time-outs: without names, a response still has everything else.
    cognito = cognito_client(read_timeout=1.5, attempts=1)
    return wire_service(
        workflows=DynamoDbWorkflowRepository(client, settings.workflow_table),
        schemes=DynamoDbSchemeRepository(client, settings.workflow_table),
        outbox=DynamoDbOutbox(client, settings.workflow_table),
        publisher=_publisher(settings),
        directory=CognitoUserDirectory(cognito, settings.user_pool_id, system_clock, warn),
        warn=warn,
    )


def build_relay() -> RelayOutbox:
    """Return the use case of the function `workflow-relay-outbox`."""
    settings = read_settings(Settings, os.environ)
    outbox = DynamoDbOutbox(dynamodb_client(), settings.workflow_table)
    warn = Telemetry("relay-outbox").warning
    return RelayOutbox(outbox, PublishEvent(_publisher(settings), outbox, warn), system_clock, warn)


def build_publish_manifest() -> PublishManifest:
    """Return the use case of the function `workflow-publish-manifest`."""
    settings = read_settings(ManifestSettings, os.environ)
    client, table = dynamodb_client(), settings.workflow_table
    return PublishManifest(
        commits=DynamoDbCommitIndex(client, table),
        states=DynamoDbWorkflowStates(client, table),
        progress=DynamoDbManifestProgress(client, table),
        manifests=S3ManifestStore(s3_client(), settings.manifest_bucket),
        publisher=SqsAuditTrailPublisher(sqs_client(), settings.audit_trail_queue_url),
        clock=system_clock,
        warn=Telemetry("publish-manifest").warning,
    )


def build_audit_requests() -> AuditRequests:
    """Return the use cases of the function `workflow-handle-audit-requests`."""
    settings = read_settings(AuditTrailSettings, os.environ)
    client, table = dynamodb_client(connections=MAX_THREADS), settings.workflow_table
    warn = Telemetry("handle-audit-requests").warning
    return AuditRequests(
        ResendEvent(
            DynamoDbEventReader(client, table),
            SqsAuditTrailPublisher(sqs_client(), settings.audit_trail_queue_url),
        ),
        EraseCopies(DynamoDbErasableCopies(client, table), system_clock, warn),
        system_clock,
    )


def _publisher(settings: Settings) -> SqsEventPublisher:
    return SqsEventPublisher(
        sqs_client(),
        audit_trail_queue_url=settings.audit_trail_queue_url,
        notifications_queue_url=settings.notifications_queue_url,
    )
