"""Events: what happened to a workflow, sealed for the audit trail and published to both queues."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from countersign_common.clock import to_rfc3339
from countersign_common.events.audit_event import (
    AUDIT_EVENT_TYPE,
    CONTENT_PART,
    PERSON_PART,
    SEALED_PART,
    AuditEvent,
    ContentPart,
    PersonPart,
    Reference,
    SealedPart,
    StoredTexts,
    WorkflowBlock,
)
from countersign_common.events.cloud_event import CloudEvent, EventMessage, EventTooLargeError
from countersign_common.events.workflow_event import (
    WORKFLOW_EVENT,
    WORKFLOW_EVENT_TYPE,
    EventActionOwner,
    EventApprovers,
    EventPerson,
    WorkflowEvent,
)
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import hash_of

from workflow_service.domain.errors import DataTooLargeError
from workflow_service.domain.people import Approvers, AuthenticatedUser, Person
from workflow_service.domain.request_context import RequestContext
from workflow_service.domain.workflow import ActionType, Status

SOURCE = "/countersign/workflow"


@dataclass(frozen=True)
class Event:
    """What an action changed.

    Attributes:
        sequence: Position among the workflow's events, from 1; the version that the event led to.
        step_id: None for a SAVE, which belongs to no step.
        outcome: The status after the action.
        before: The data before, if the action changed it; for a REQUEST, the data of the previous REQUEST.
        after: The data after the action.
        participants: Who may read the event's record.
        previous_hash: Of the event before it.
    """

    workflow_id: str
    scheme_id: str
    scheme_version: int
    step_id: str | None
    round: int
    sequence: int
    action_type: ActionType
    outcome: Status
    action_owner: Person
    requester: Person
    approvers: Approvers
    title: str
    comment: str | None
    before: str | None
    after: str
    occurred_at: datetime
    participants: tuple[str, ...]
    previous_hash: str


@dataclass(frozen=True)
class EventMessages:
    """An event as the messages for the two queues."""

    audit_trail: EventMessage
    notifications: EventMessage


@dataclass(frozen=True)
class SealedEvent:
    """An event as it is stored. Its messages are always the same, except for parts that were erased since.

    Attributes:
        event_id: UUIDv7; the audit trail's datasetId.
        occurred_at: RFC 3339 in UTC.
        sealed: The canonical text that was hashed.
        hash: Its SHA-256, 64 hex digits.
        person, content: What opens the two commitments in `sealed`; None once erased.
        workflow_event: For the notifications service.
    """

    event_id: str
    workflow_id: str
    sequence: int
    occurred_at: str
    correlation_id: str
    sealed: str
    hash: str
    person: CommitmentOpening | None
    content: CommitmentOpening | None
    workflow_event: WorkflowEvent

    @cached_property
    def stored_texts(self) -> StoredTexts:
        """The texts as the event's item and its message contain them."""
        return StoredTexts.of(self.sealed, self.person, self.content, packed={})

    def messages(self) -> EventMessages:
        """Return the event as messages.

        Raises:
            DataTooLargeError: It does not fit in a message. Data within its limit always fits.
        """
        audit_event = AuditEvent(self.sealed, self.hash, self.person, self.content)
        try:
            return EventMessages(
                audit_trail=self._cloud_event(
                    AUDIT_EVENT_TYPE, audit_event.to_json(), self.stored_texts.packed
                ).to_message(),
                notifications=self._cloud_event(
                    WORKFLOW_EVENT_TYPE, WORKFLOW_EVENT.dump(self.workflow_event), {}
                ).to_message(),
            )
        except EventTooLargeError as error:
            raise DataTooLargeError("256 KB for one event, compressed") from error

    def _cloud_event(
        self, event_type: str, data: Mapping[str, Any], packed: Mapping[str, bytes]
    ) -> CloudEvent:
        return CloudEvent(
            id=self.event_id,
            source=SOURCE,
            type=event_type,
            subject=f"workflow/{self.workflow_id}",
            time=self.occurred_at,
            correlation_id=self.correlation_id,
            data=data,
            packed=packed,
        )


@dataclass(frozen=True)
class HistoryEntry:
    """An event as a workflow's history shows it. The data is in the audit trail. What was erased is empty."""

    event_id: str
    sequence: int
    action_type: str
    outcome: str
    round: int
    step_id: str | None
    action_owner: EventActionOwner
    title: str
    comment: str | None
    occurred_at: datetime
    hash: str
    previous_hash: str

    @property
    def version(self) -> int:
        """The workflow's version after the action."""
        return self.sequence

    @property
    def content_erased(self) -> bool:
        """Whether title and comment were erased: a title is never empty otherwise."""
        return not self.title


@dataclass(frozen=True)
class Round:
    """Title and data of one REQUEST.

    Attributes:
        version: The workflow's version after it.
        title, data: Empty once erased.
    """

    round: int
    version: int
    requested_at: datetime
    requested_by: Person
    title: str
    data: str
    content_erased: bool


@dataclass(frozen=True)
class UnreadableEvent:
    """An item of the outbox that is not an event.

    Attributes:
        key: Of the item.
        reason: What is wrong with it.
        occurred_at: RFC 3339, as the index has it.
    """

    key: str
    reason: str
    occurred_at: str


def seal(
    event: Event, context: RequestContext, *, event_id: str, person_salt: bytes, content_salt: bytes
) -> SealedEvent:
    """Seal an event: commit to person and content, and hash the rest with the link to the previous event.

    Args:
        event: The event.
        context: Its request; the actor becomes the person part.
        event_id: A new UUIDv7.
        person_salt, content_salt: 32 random bytes each; separate, because either part can be erased alone.
    """
    person = CommitmentOpening(person_salt, canonical_text(PERSON_PART.dump(_person_part(context.actor))))
    content = CommitmentOpening(content_salt, _content_text(event))
    part = SealedPart(
        event_id=event_id,
        source=SOURCE,
        action_type=event.action_type.value,
        action_owner=Reference("user", event.action_owner.user_id),
        target=Reference("workflow", event.workflow_id),
        outcome=event.outcome.value,
        occurred_at=to_rfc3339(event.occurred_at),
        request_id=context.request_id,
        participants=event.participants,
        person_commitment=person.commitment("person"),
        content_commitment=content.commitment("content"),
        workflow=WorkflowBlock(
            scheme=event.scheme_id,
            scheme_version=event.scheme_version,
            step_id=event.step_id,
            round=event.round,
            sequence=event.sequence,
            previous_hash=event.previous_hash,
        ),
    )
    sealed = canonical_text(SEALED_PART.dump(part))
    return SealedEvent(
        event_id=event_id,
        workflow_id=event.workflow_id,
        sequence=event.sequence,
        occurred_at=part.occurred_at,
        correlation_id=context.correlation_id,
        sealed=sealed,
        hash=hash_of(sealed),
        person=person,
        content=content,
        workflow_event=workflow_event(
            part,
            title=event.title,
            comment=event.comment,
            action_owner_name=event.action_owner.name,
            requester=event.requester,
            approvers=event.approvers,
        ),
    )


def workflow_event(
    sealed: SealedPart,
    *,
    title: str,
    comment: str | None,
    action_owner_name: str,
    requester: Person,
    approvers: Approvers,
) -> WorkflowEvent:
    """Return the data of the notification message: the sealed part with the names that it must not contain.

    Raises:
        ValueError: The sealed part is not of a workflow event.
    """
    if sealed.workflow is None:
        raise ValueError("The sealed part has no workflow block.")
    return WorkflowEvent(
        workflow_id=sealed.target.id,
        title=title,
        scheme=sealed.workflow.scheme,
        scheme_version=sealed.workflow.scheme_version,
        step_id=sealed.workflow.step_id,
        round=sealed.workflow.round,
        sequence=sealed.workflow.sequence,
        action_type=sealed.action_type,
        outcome=sealed.outcome,
        action_owner=EventActionOwner(sealed.action_owner.type, sealed.action_owner.id, action_owner_name),
        requester=EventPerson(requester.user_id, requester.name),
        approvers=EventApprovers(approvers.users, approvers.groups),
        comment=comment,
        occurred_at=sealed.occurred_at,
    )


def _person_part(actor: AuthenticatedUser) -> PersonPart:
    return PersonPart(
        name=actor.name,
        email=actor.email,
        groups=tuple(sorted(actor.groups)),
        source_ip=actor.source_ip,
        user_agent=actor.user_agent,
    )


def _content_text(event: Event) -> str:
    """Return the canonical text of the content part.

    `before` and `after` are canonical texts already, so that up to 256 KB are neither parsed nor written again.
    """
    part = ContentPart(event.title, event.comment, before=None, after=None)
    members = {name: canonical_text(value) for name, value in CONTENT_PART.dump(part).items()}
    members |= {"before": event.before or "null", "after": event.after}
    return "{" + ",".join(f"{json.dumps(name)}:{members[name]}" for name in sorted(members)) + "}"
