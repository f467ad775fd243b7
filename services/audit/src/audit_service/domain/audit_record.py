"""An audit record: what one action left behind, and what may be asked of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

ACTION_TYPES = ("SAVE", "REQUEST", "APPROVE", "REJECT")
OUTCOMES = ("DRAFT", "PENDING", "APPROVED", "REJECTED")

SIZE_LIMIT = 390_000
"""Largest record in bytes: a DynamoDB item takes 400 KB (409,600 bytes), its attribute names included."""


def _refuse(number: str) -> None:
    raise ValueError(f"{number}: a canonical text has whole numbers only")


# Made once: `json.loads` makes a decoder for every text when it is given a hook.
_JSON = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)


class UnreadableRecord(Exception):
    """A stored text that is not what a record holds any more: it was changed behind the service's back."""

    def __init__(self, dataset_id: str) -> None:
        super().__init__(
            f"The stored dataset {dataset_id} cannot be read; its workflow's verification says how it breaks."
        )


@dataclass(frozen=True)
class Opening:
    """What opens a commitment in the sealed part.

    Attributes:
        salt: 32 random bytes in base64.
        value: the canonical JSON text that was committed to.
    """

    salt: str
    value: str


@dataclass(frozen=True)
class AuditRecord:
    """The full dataset of one action. Texts are kept as they were hashed and never made again.

    Attributes:
        dataset_id: the id of the event it came from, a UUID.
        hash: SHA-256 of the sealed text, 64 hex digits.
        sealed: canonical JSON text of what is hashed: who did what to which workflow, when, and after what.
        person: opens `personCommitment`; None once erased.
        content: opens `contentCommitment`; None once erased.
        participants: who may read the workflow's records: `user:<id>` and `group:<name>`. Not hashed.
    """

    dataset_id: str
    hash: str
    sealed: str
    person: Opening | None
    content: Opening | None
    participants: tuple[str, ...]

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The sealed text, decoded. Raises UnreadableRecord."""
        return self._decoded(self.sealed)

    @cached_property
    def person_facts(self) -> Mapping[str, Any] | None:
        """Who acted (name, email, groups, sourceIp, userAgent), decoded. Raises UnreadableRecord."""
        return None if self.person is None else self._decoded(self.person.value)

    @cached_property
    def content_facts(self) -> Mapping[str, Any] | None:
        """What was acted on (title, comment, before, after), decoded. Raises UnreadableRecord."""
        return None if self.content is None else self._decoded(self.content.value)

    @property
    def workflow_id(self) -> str:
        """The workflow that was acted on."""
        return str(self.facts.get("workflowId"))

    @property
    def sequence(self) -> int:
        """The record's place in its workflow's chain, from 1."""
        return int(self.facts["sequence"])

    @property
    def occurred_at(self) -> datetime:
        """When it was done, UTC."""
        # "T" and "Z" may be written in lower case (RFC 3339 §5.6), which datetime does not read.
        return datetime.fromisoformat(self.facts["occurredAt"].upper()).astimezone(UTC)

    @cached_property
    def size(self) -> int:
        """Bytes that its texts take in UTF-8, which is what a store and an answer are limited by."""
        texts = [self.sealed, *self.participants]
        for opening in (self.person, self.content):
            if opening is not None:
                texts += (opening.salt, opening.value)
        return sum(len(text) if text.isascii() else len(text.encode()) for text in texts)

    @property
    def is_readable(self) -> bool:
        """Whether its texts are still JSON objects."""
        try:
            _ = self.facts, self.person_facts, self.content_facts
        except UnreadableRecord:
            return False
        return True

    def is_same_as(self, other: "AuditRecord") -> bool:
        """Whether both tell the same, so that recording the second changes nothing.

        The openings are not compared: the sealed text commits to them, so under one sealed text there can only
        be one person and one content, or none where they were erased.
        """
        return (
            self.dataset_id == other.dataset_id
            and self.sealed == other.sealed
            and set(self.participants) == set(other.participants)
        )

    def _decoded(self, text: str) -> Mapping[str, Any]:
        try:
            decoded = _JSON.decode(text)
        except (ValueError, RecursionError) as error:
            raise UnreadableRecord(self.dataset_id) from error
        if not isinstance(decoded, dict):
            raise UnreadableRecord(self.dataset_id)
        return decoded
