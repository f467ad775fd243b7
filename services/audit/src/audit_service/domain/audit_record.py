"""An audit record: the full dataset of one action."""

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from countersign_common.clock import from_rfc3339
from countersign_common.events.audit_event import (
    CONTENT_PART,
    PERSON_PART,
    SEALED_PART,
    ContentPart,
    PersonPart,
    SealedPart,
    StoredTexts,
)
from countersign_common.events.cloud_event import InvalidEventError
from countersign_common.events.contract import Contract
from countersign_common.proof.canonical import Json
from countersign_common.proof.commitment import PARTS, CommitmentOpening

from audit_service.domain.errors import UnreadableRecordError

SIZE_LIMIT = 390_000
"""Largest record in bytes: a DynamoDB item can have 400 KB (409,600 bytes), attribute names included."""

DRAFT = "SAVE"
"""Action type of records that only the action owner, admins and auditors may read."""

PartT = TypeVar("PartT")


def _reject(literal: str) -> float:
    raise ValueError(f"{literal} is not a number that JSON can hold")


def _double(literal: str) -> float:
    number = float(literal)
    return _reject(literal) if math.isinf(number) else number


# `json.loads` with options creates a decoder for each text, so there is one for all.
_JSON = json.JSONDecoder(parse_float=_double, parse_constant=_reject)


@dataclass(frozen=True)
class AuditRecord:
    """The full dataset of one action. Texts are kept as they were hashed and never generated again.

    Properties that decode a text raise UnreadableRecordError if the text is damaged.

    Attributes:
        dataset_id: Id of the event that the record is from, a UUID.
        hash: SHA-256 of the sealed text, 64 hex digits.
        sealed: Canonical JSON text of the sealed part.
        person: Opens `personCommitment`; None once erased.
        content: Opens `contentCommitment`; None once erased.
        raw: Stored bytes that are not texts, by attribute. The attribute's text is empty then.
        stored_texts: The texts as the event contained them, so that they are stored as they are; None for a record that
            was read from the store.
    """

    dataset_id: str
    hash: str
    sealed: str
    person: CommitmentOpening | None
    content: CommitmentOpening | None
    raw: Mapping[str, bytes] = field(default_factory=dict)
    stored_texts: StoredTexts | None = field(default=None, repr=False, compare=False)

    @cached_property
    def event(self) -> SealedPart:
        """The sealed part: who did what to what, when, and with what outcome."""
        return self._load(self.sealed_json, SEALED_PART)

    @cached_property
    def sealed_json(self) -> Json:
        """The decoded sealed text, with fields that this release does not know."""
        return self._decode(self.sealed)

    @cached_property
    def person_part(self) -> PersonPart | None:
        """Who acted; None once erased."""
        return None if self.person is None else self._load(self._decode(self.person.value), PERSON_PART)

    @cached_property
    def content_part(self) -> ContentPart | None:
        """What was acted on; None once erased."""
        return None if self.content is None else self._load(self._decode(self.content.value), CONTENT_PART)

    @cached_property
    def occurred_at(self) -> datetime:
        """When the action happened, in UTC. The contract accepts only timestamps that can be parsed."""
        return from_rfc3339(self.event.occurred_at)

    @property
    def workflow_id(self) -> str | None:
        """The workflow whose chain the record is part of; None for an event that is not about a workflow."""
        return None if self.event.workflow is None else self.event.target.id

    @property
    def is_draft(self) -> bool:
        """Whether the record is of a draft, which is private."""
        return self.event.action_type == DRAFT

    @property
    def has_readable_event(self) -> bool:
        """Whether the sealed text is not damaged: it shows who may read the record."""
        try:
            _ = self.event
        except UnreadableRecordError:
            return False
        return True

    @property
    def is_readable(self) -> bool:
        """Whether no text is damaged."""
        try:
            _ = self.event, self.person_part, self.content_part
        except UnreadableRecordError:
            return False
        return True

    @cached_property
    def size(self) -> int:
        """Bytes of its texts in UTF-8: the most that they take in the store."""
        return sum(len(text) if text.isascii() else len(text.encode()) for text in self._texts)

    @cached_property
    def response_size(self) -> int:
        """Bytes in the response of a function, whose body is JSON inside of JSON: quotes and backslashes take two."""
        return self.size + sum(text.count('"') + text.count("\\") for text in self._texts)

    @cached_property
    def summary_size(self) -> int:
        """Most bytes of its summary in such a response: the sealed text, name, title and comment."""
        person, content = self.person_part, self.content_part
        shown = [person and person.name, content and content.title, content and content.comment]
        return sum(
            len(text.encode()) + text.count('"') + text.count("\\")
            for text in (self.sealed, json.dumps(shown))
        )

    @property
    def evidence_size(self) -> int:
        """Bytes in the response with evidence, where the texts are strings: quotes and backslashes take four."""
        size = self.size + 3 * (self.response_size - self.size)
        return size + sum(len(value) for value in self.raw.values()) * 4 // 3

    def is_same_as(self, other: "AuditRecord") -> bool:
        """Return whether storing the other record changes nothing.

        Person and content are not compared: the sealed text commits to them, so for one sealed text there is one
        person and one content, or none once erased.
        """
        return self.dataset_id == other.dataset_id and self.sealed == other.sealed

    def without(self, parts: Collection[str]) -> "AuditRecord":
        """Return the record as it is once these parts are erased."""
        gone: dict[str, Any] = dict.fromkeys(part for part in PARTS if part in parts)
        texts = self.stored_texts and replace(self.stored_texts, **gone)
        return replace(self, **gone, stored_texts=texts)

    @property
    def _texts(self) -> list[str]:
        return [self.sealed, *(part.value for part in (self.person, self.content) if part is not None)]

    def _decode(self, text: str) -> Json:
        try:
            return _JSON.decode(text)
        except (ValueError, RecursionError) as error:
            raise UnreadableRecordError(self.dataset_id) from error

    def _load(self, value: Json, contract: Contract[PartT]) -> PartT:
        try:
            return contract.load(value)
        except InvalidEventError as error:
            raise UnreadableRecordError(self.dataset_id) from error
