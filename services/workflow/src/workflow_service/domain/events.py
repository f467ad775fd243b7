"""From a fact to a sealed event: hashed, linked to the one before it, and written as the messages that tell of it."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass

from countersign_common.caller import Caller
from countersign_common.canonical import Json, Opening, canonical_text
from countersign_common.chain import hash_of
from countersign_common.clock import to_rfc3339
from countersign_common.events import CloudEvent, EventTooLarge
from countersign_common.ids import NewId
from countersign_common.problems import too_large

from workflow_service.domain.people import Person
from workflow_service.domain.workflow import Event

SOURCE = "/countersign/workflow"
RECORDED = "countersign.audit-trail.recorded.v1"
ACTED = "countersign.workflow.acted.v1"

NewSalt = Callable[[], bytes]
"""Answers 32 random bytes."""


@dataclass(frozen=True)
class Origin:
    """Where an action comes from.

    Attributes:
        caller: who acts.
        request_id: of the HTTP request, sealed with the event.
        correlation_id: what travels with everything that follows from it.
    """

    caller: Caller
    request_id: str
    correlation_id: str


@dataclass(frozen=True)
class Messages:
    """One event as the bodies of its two queue messages."""

    audit_trail: str
    notifications: str


@dataclass(frozen=True)
class SealedEvent:
    """An event as it is stored: all that its messages are made from, so that they come out the same each time.

    Attributes:
        event_id: UUIDv7; the audit trail's datasetId.
        sequence: its place among the workflow's events.
        occurred_at: RFC 3339.
        sealed: the canonical text that was hashed.
        hash: its SHA-256, 64 hex digits.
        person, content: what opens the two commitments in `sealed`.
        participants: who may read of it.
        acted: the data for the notifications service, as JSON text.
    """

    event_id: str
    workflow_id: str
    sequence: int
    occurred_at: str
    correlation_id: str
    sealed: str
    hash: str
    person: Opening
    content: Opening
    participants: tuple[str, ...]
    acted: str

    def messages(self) -> Messages:
        """The bodies of its two messages, byte for byte the same whenever they are made.

        Raises:
            Problem: 413, data that does not fit into a message even when compressed.
        """
        recorded = {
            "sealed": self.sealed,
            "hash": self.hash,
            "person": _opening(self.person),
            "content": _opening(self.content),
            "participants": list(self.participants),
        }
        try:
            return Messages(
                self._cloud_event(RECORDED, recorded).to_json(),
                self._cloud_event(ACTED, json.loads(self.acted)).to_json(),
            )
        except EventTooLarge as error:
            raise too_large(
                "/data", "256 KB for one event, the data before and after it compressed"
            ) from error

    def _cloud_event(self, kind: str, data: dict[str, Json]) -> CloudEvent:
        return CloudEvent(
            id=self.event_id,
            source=SOURCE,
            type=kind,
            subject=f"workflow/{self.workflow_id}",
            time=self.occurred_at,
            correlation_id=self.correlation_id,
            data=data,
        )


@dataclass(frozen=True)
class Sealer:
    """Seals events with ids and salts that it is given from outside.

    Attributes:
        new_id: UUIDv7.
        new_salt: called twice for each event, since person and content are erased apart.
    """

    new_id: NewId
    new_salt: NewSalt

    def seal(self, event: Event, origin: Origin) -> SealedEvent:
        """The event, hashed and linked to the one before it."""
        person = Opening(self.new_salt(), _person(origin.caller))
        content = Opening(self.new_salt(), _content(event))
        sealed = canonical_text(_sealed_part(event, origin.request_id, person, content))
        return SealedEvent(
            event_id=self.new_id(),
            workflow_id=event.workflow_id,
            sequence=event.sequence,
            occurred_at=to_rfc3339(event.occurred_at),
            correlation_id=origin.correlation_id,
            sealed=sealed,
            hash=hash_of(sealed),
            person=person,
            content=content,
            participants=event.participants,
            acted=json.dumps(_acted(event), ensure_ascii=False, separators=(",", ":")),
        )


def _sealed_part(event: Event, request_id: str, person: Opening, content: Opening) -> Json:
    return {
        "schemaVersion": 1,
        "source": SOURCE,
        "scheme": event.scheme_id,
        "schemeVersion": event.scheme_version,
        "workflowId": event.workflow_id,
        "stepId": event.step_id,
        "round": event.round,
        "actionType": event.action_type.value,
        "actionOwner": {"userId": event.action_owner.user_id},
        "outcome": event.outcome.value,
        "occurredAt": to_rfc3339(event.occurred_at),
        "requestId": request_id,
        "sequence": event.sequence,
        "previousHash": event.previous_hash,
        "personCommitment": person.commitment("person"),
        "contentCommitment": content.commitment("content"),
    }


def _person(caller: Caller) -> str:
    return canonical_text(
        {
            "name": caller.name,
            "email": caller.email,
            "groups": sorted(caller.groups),
            "sourceIp": caller.source_ip,
            "userAgent": caller.user_agent,
        }
    )


def _content(event: Event) -> str:
    # Put together from texts that are canonical already, names in RFC 8785's order: up to 256 KB of data
    # are neither parsed nor written again.
    before = "null" if event.before is None else event.before
    comment, title = canonical_text(event.comment), canonical_text(event.title)
    return f'{{"after":{event.after},"before":{before},"comment":{comment},"title":{title}}}'


def _acted(event: Event) -> Json:
    return {
        "workflowId": event.workflow_id,
        "title": event.title,
        "scheme": event.scheme_id,
        "schemeVersion": event.scheme_version,
        "stepId": event.step_id,
        "round": event.round,
        "sequence": event.sequence,
        "actionType": event.action_type.value,
        "outcome": event.outcome.value,
        "actionOwner": _named(event.action_owner),
        "requester": _named(event.requester),
        "approvers": {"users": list(event.approvers.users), "groups": list(event.approvers.groups)},
        "comment": event.comment,
        "occurredAt": to_rfc3339(event.occurred_at),
    }


def _named(person: Person) -> Json:
    return {"userId": person.user_id, "name": person.name}


def _opening(opening: Opening) -> Json:
    return {"salt": base64.b64encode(opening.salt).decode(), "value": opening.value}
