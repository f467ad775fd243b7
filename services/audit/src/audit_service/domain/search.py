"""What can be asked of the audit trail."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Filters:
    """What records must be; None asks for nothing.

    Attributes:
        scheme, workflow_id, step_id, action_type, action_owner, outcome: equal to it.
        occurred_from, occurred_to: at or after, at or before, UTC.
        text: its words, all of them, in title and comment.
    """

    scheme: str | None = None
    workflow_id: str | None = None
    step_id: str | None = None
    action_type: str | None = None
    action_owner: str | None = None
    outcome: str | None = None
    occurred_from: datetime | None = None
    occurred_to: datetime | None = None
    text: str | None = None


@dataclass(frozen=True)
class SearchScope:
    """Which of the matching records a search finds. By default all of them.

    Attributes:
        participants: records that name one of these principals; None for any record.
        drafts_of: of the SAVE records, only those of this user; None for all of them.
    """

    participants: frozenset[str] | None = None
    drafts_of: str | None = None


@dataclass(frozen=True)
class Position:
    """A record's place in the order of a search: newest first, by time and then by id.

    Attributes:
        occurred_at: milliseconds since 1970, UTC.
        dataset_id: tells apart what happened in the same millisecond.
    """

    occurred_at: int
    dataset_id: str
