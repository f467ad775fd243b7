"""The contract of audit events: what the audit trail records about one action.

`AuditEvent` is the data of the CloudEvent. Its `sealed` text is the canonical JSON of `SealedPart` and is what gets
hashed. The texts of `person` and `content` are the canonical JSON of `PersonPart` and `ContentPart`; the sealed part
only commits to them, so each can be erased. To add a field, add it to the dataclass and to its schema, then to the
producer and the reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign_common.compression import pack_text
from countersign_common.events.contract import (
    COUNT,
    NAME,
    SHA256,
    SLUG,
    TEXT,
    TIMESTAMP,
    UUID,
    Contract,
    nullable,
    object_of,
)
from countersign_common.proof.canonical import Json
from countersign_common.proof.commitment import CommitmentOpening

AUDIT_EVENT_TYPE = "countersign.audit-event.v1"
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Reference:
    """A typed id: an action owner (`user`, `machine`, `system`) or a target (`workflow`)."""

    type: str
    id: str


@dataclass(frozen=True)
class WorkflowBlock:
    """The position of a workflow event in its workflow and in the hash chain.

    Attributes:
        step_id: None for an action outside of a step, such as SAVE.
        round: From 1; increases when the workflow is requested again after a rejection.
        sequence: Position in the chain, from 1.
        previous_hash: Hash of the previous event, 64 hex digits.
    """

    scheme: str
    scheme_version: int
    step_id: str | None
    round: int
    sequence: int
    previous_hash: str


@dataclass(frozen=True)
class SealedPart:
    """The part that is hashed. It has no names, addresses or content, only commitments to them.

    Attributes:
        event_id: Id of the event and of its dataset.
        source: The producer.
        action_type, outcome: What was done, and the status it led to. Any name of up to 64 characters.
        occurred_at: RFC 3339 in UTC.
        request_id: Of the HTTP request.
        participants: Who may read the record: `user:<id>` and `group:<name>`.
        person_commitment, content_commitment: 64 hex digits.
        workflow: None for events that are not about a workflow.
    """

    event_id: str
    source: str
    action_type: str
    action_owner: Reference
    target: Reference
    outcome: str
    occurred_at: str
    request_id: str
    participants: tuple[str, ...]
    person_commitment: str
    content_commitment: str
    schema_version: int = SCHEMA_VERSION
    workflow: WorkflowBlock | None = None


@dataclass(frozen=True)
class PersonPart:
    """Who acted, from the token and the request."""

    name: str
    email: str
    groups: tuple[str, ...]
    source_ip: str
    user_agent: str


@dataclass(frozen=True)
class ContentPart:
    """What was acted on.

    Attributes:
        title: Of the workflow.
        comment: None without one.
        before, after: JSON objects; `before` is None if the action didn't change the data.
    """

    title: str
    comment: str | None
    before: Json
    after: Json


@dataclass(frozen=True)
class AuditEvent:
    """The data of an audit event.

    Attributes:
        sealed: Canonical text of the sealed part.
        hash: Its SHA-256, 64 hex digits.
        person, content: Openings of the commitments; None if the part was erased.
    """

    sealed: str
    hash: str
    person: CommitmentOpening | None
    content: CommitmentOpening | None

    def to_json(self) -> dict[str, Any]:
        """Return the data of the CloudEvent."""
        return {
            "sealed": self.sealed,
            "hash": self.hash,
            "person": None if self.person is None else self.person.to_json(),
            "content": None if self.content is None else self.content.to_json(),
        }


# Paths in the data.
_SEALED, _PERSON, _CONTENT = "sealed", "person.value", "content.value"


@dataclass(frozen=True)
class StoredTexts:
    """The texts of an audit event as producer and consumer store them: long ones compressed.

    Compressed texts are sent in this form, as `packed` of the CloudEvent, so each text is compressed once.

    Attributes:
        sealed, person, content: A text, or the bytes of which `unpack_text` returns it; None if the part was erased.
    """

    sealed: str | bytes
    person: str | bytes | None
    content: str | bytes | None

    @classmethod
    def of(
        cls,
        sealed: str,
        person: CommitmentOpening | None,
        content: CommitmentOpening | None,
        packed: Mapping[str, bytes],
    ) -> "StoredTexts":
        """Return the stored form of texts.

        Args:
            sealed, person, content: Of the event.
            packed: The texts that are compressed already, as in a CloudEvent.
        """
        return cls(
            packed.get(_SEALED) or pack_text(sealed),
            None if person is None else packed.get(_PERSON) or pack_text(person.value),
            None if content is None else packed.get(_CONTENT) or pack_text(content.value),
        )

    @property
    def packed(self) -> dict[str, bytes]:
        """The compressed texts, by their path in the data of the CloudEvent."""
        texts = {_SEALED: self.sealed, _PERSON: self.person, _CONTENT: self.content}
        return {path: text for path, text in texts.items() if isinstance(text, bytes)}


@dataclass(frozen=True)
class OpeningJson:
    """A commitment opening in JSON, with the salt in base64."""

    salt: str
    value: str


@dataclass(frozen=True)
class AuditEventJson:
    """The data of an audit event in JSON."""

    sealed: str
    hash: str
    person: OpeningJson | None
    content: OpeningJson | None


_REFERENCE = object_of({"type": NAME, "id": TEXT})
_OPENING = object_of({"salt": {"type": "string"}, "value": {"type": "string"}})
_PARTICIPANTS = {"type": "array", "items": TEXT}

SEALED_PART = Contract(
    SealedPart,
    object_of(
        {
            "schemaVersion": COUNT,
            "eventId": UUID,
            "source": TEXT,
            "actionType": NAME,
            "actionOwner": _REFERENCE,
            "target": _REFERENCE,
            "outcome": NAME,
            "occurredAt": TIMESTAMP,
            "requestId": TEXT,
            "participants": _PARTICIPANTS,
            "personCommitment": SHA256,
            "contentCommitment": SHA256,
            "workflow": object_of(
                {
                    "scheme": SLUG,
                    "schemeVersion": COUNT,
                    "stepId": nullable(SLUG),
                    "round": COUNT,
                    "sequence": COUNT,
                    "previousHash": SHA256,
                }
            ),
        },
        optional=("workflow",),
    ),
)

PERSON_PART = Contract(
    PersonPart,
    object_of(
        {
            "name": {"type": "string"},
            "email": {"type": "string"},
            "groups": {"type": "array", "items": {"type": "string"}},
            "sourceIp": {"type": "string"},
            "userAgent": {"type": "string"},
        }
    ),
)

CONTENT_PART = Contract(
    ContentPart,
    object_of(
        {
            "title": {"type": "string"},
            "comment": {"type": ["string", "null"]},
            "before": {"type": ["object", "null"]},
            "after": {"type": ["object", "null"]},
        }
    ),
)

AUDIT_EVENT = Contract(
    AuditEventJson,
    object_of(
        {
            "sealed": {"type": "string", "minLength": 2},
            "hash": SHA256,
            # Required and nullable: a producer that forgets a part must not look like an erasure.
            "person": nullable(_OPENING),
            "content": nullable(_OPENING),
        }
    ),
)
