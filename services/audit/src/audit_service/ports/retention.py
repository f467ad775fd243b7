"""What requests of erasures, and the search index's retention, need."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class ErasureKey:
    """The idempotency key of a request to erase.

    Attributes:
        user_id: The owner of the key. The same key of another user is another key.
        key: 1 to 128 printable ASCII characters.
        fingerprint: Hash of the request, 64 hex digits.
    """

    user_id: str
    key: str
    fingerprint: str


@dataclass(frozen=True)
class ErasureKeyRecord:
    """What a key was used for.

    Attributes:
        fingerprint: Of the request.
        erasure_id: The job that the request led to.
        expires_at: When the key can be used again, even if the store has not deleted the record yet.
    """

    fingerprint: str
    erasure_id: str
    expires_at: datetime


class ErasureKeys(Protocol):
    """Idempotency keys of requests to erase. Every method raises StoreUnavailableError."""

    def claim(self, key: ErasureKey, record: ErasureKeyRecord, now: datetime) -> ErasureKeyRecord:
        """Store the record unless the key has one that has not expired, and return the stored one."""
        ...


class SearchMonths(Protocol):
    """The monthly indices of the search engine. Every method raises SearchUnavailableError."""

    def months(self) -> Sequence[str]:
        """Return the months that have an index, such as `2026.01`, oldest first."""
        ...

    def with_text(self, month: str) -> Sequence[str]:
        """Return datasetIds of a few documents of a month in which words can be found: likely not erased."""
        ...

    def dataset_ids(self, month: str) -> Iterator[Sequence[str]]:
        """Yield the datasetIds of all documents of a month, a page at a time."""
        ...

    def drop(self, month: str) -> None:
        """Delete the indices of a month, of all generations and builds."""
        ...
