"""A search in the audit trail: filters, scope, position, and the page that it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from countersign_common.pagination import Page

from audit_service.domain.audit_record import AuditRecord


@dataclass(frozen=True)
class Filters:
    """What records must match; None matches any record.

    Attributes:
        scheme, workflow_id, step_id, target, action_type, action_owner, outcome: Equal to it.
        occurred_from, occurred_to: At or after, at or before, in UTC.
        text: Its words, all of them, occur in title or comment.
    """

    scheme: str | None = None
    workflow_id: str | None = None
    step_id: str | None = None
    target: str | None = None
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
        participants: Records that include one of these principals; None for any record.
        drafts_of: Of the drafts, only those of this user; None for all drafts.
    """

    participants: frozenset[str] | None = None
    drafts_of: str | None = None


@dataclass(frozen=True)
class Position:
    """A record's position in a search: newest first, by time and then by id.

    Attributes:
        occurred_at: Milliseconds since 1970, UTC.
        dataset_id: Orders records of the same millisecond.
    """

    occurred_at: int
    dataset_id: str


@dataclass(frozen=True)
class SearchPage(Page[AuditRecord, Position]):
    """A page of a search.

    Attributes:
        missing: datasetIds that the index has and that the store lacks, or has damaged.
        erased: datasetId → part → datasetId of the erasure event that names it, for parts that records lack.
    """

    missing: Sequence[str] = ()
    erased: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
