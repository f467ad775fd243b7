"""Idempotent requests: a retry with the same key gets the first response again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.errors import IdempotencyKeyReusedError

RETENTION = timedelta(hours=24)
"""How long a key identifies a request. Afterward it is unused again."""


@dataclass(frozen=True)
class IdempotencyKey:
    """The idempotency key of a request.

    Attributes:
        user_id: The owner of the key. The same key of another user is another key.
        key: 1 to 128 printable ASCII characters.
        fingerprint: Hash of the request, 64 hex digits.
    """

    user_id: str
    key: str
    fingerprint: str


@dataclass(frozen=True)
class IdempotencyRecord:
    """What is stored of a request that was processed.

    Attributes:
        fingerprint: Of the request.
        workflow_id, version: The workflow and the version that the request led to. The response is rebuilt from them.
        expires_at: When the key can be used again, even if the store has not deleted the record yet.
    """

    fingerprint: str
    workflow_id: str
    version: int
    expires_at: datetime


def matching_record(
    key: IdempotencyKey | None, record: IdempotencyRecord | None, now: datetime
) -> IdempotencyRecord | None:
    """Return the record of an earlier, equal request; None if there was none within 24 hours.

    Raises:
        IdempotencyKeyReusedError: The key was used for another request.
    """
    if key is None or record is None or record.expires_at <= now:
        return None
    if record.fingerprint != key.fingerprint:
        raise IdempotencyKeyReusedError
    return record
