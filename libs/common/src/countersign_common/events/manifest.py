"""The format of manifests: what the workflow service committed in an interval, and the state of workflows then.

A manifest is an object in the manifest bucket. Its bytes are the RFC 8785 canonical text of a `Manifest` in UTF-8, and
its hash is the SHA-256 of these bytes. Each manifest has the hash of the one before it.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from countersign_common.events.cloud_event import InvalidEventError
from countersign_common.events.contract import COUNT, NAME, SHA256, UUID, Contract, nullable, object_of
from countersign_common.proof.canonical import canonical_text

MANIFEST_FORMAT = "countersign.manifest.v1"

MANIFEST_PREFIX = "manifests/"
"""Start of the keys of all manifests in the bucket."""

FIRST_PREVIOUS_SHA256 = "0" * 64
"""`previous_sha256` of the first manifest."""

MANIFEST_TIME = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"}


@dataclass(frozen=True)
class ManifestEvent:
    """An event that was committed in the interval, with the hash of its sealed text."""

    event_id: str
    workflow_id: str
    sequence: int
    hash: str


@dataclass(frozen=True)
class ManifestWorkflow:
    """The stored state of a workflow when the manifest was written. It may be newer than the interval.

    Attributes:
        version: The sequence of its newest event.
        head_hash: The hash of that event.
        data_hash: `data_hash` of the workflow's data with the content salt of that event; None if the content was
            erased.
    """

    workflow_id: str
    version: int
    head_hash: str
    status: str
    data_hash: str | None


@dataclass(frozen=True)
class Manifest:
    """What was committed from `from_` (inclusive) to `to` (exclusive).

    Attributes:
        from_, to: Manifest names: the previous manifest's and its own.
        sequence: From 1, without gaps.
        previous_sha256: Of the previous manifest's bytes; `FIRST_PREVIOUS_SHA256` for the first.
        events: By event id.
        workflows: By workflow id: every workflow with an event in the interval, and some others.
    """

    from_: str
    to: str
    sequence: int
    previous_sha256: str
    events: tuple[ManifestEvent, ...]
    workflows: tuple[ManifestWorkflow, ...]
    format: str = MANIFEST_FORMAT

    @property
    def name(self) -> str:
        return self.to

    def to_text(self) -> str:
        """Return the text whose bytes are stored and hashed."""
        return canonical_text(MANIFEST.dump(self))

    @classmethod
    def from_text(cls, text: str) -> "Manifest":
        """Read a manifest. Unknown members are ignored.

        Raises:
            InvalidEventError: It is not a manifest.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InvalidEventError(f"The manifest is not JSON: {error}") from error
        return MANIFEST.load(data)


MANIFEST = Contract(
    Manifest,
    object_of(
        {
            "format": {"type": "string", "const": MANIFEST_FORMAT},
            "from": MANIFEST_TIME,
            "to": MANIFEST_TIME,
            "sequence": COUNT,
            "previousSha256": SHA256,
            "events": {
                "type": "array",
                "items": object_of(
                    {"eventId": UUID, "workflowId": UUID, "sequence": COUNT, "hash": SHA256},
                ),
            },
            "workflows": {
                "type": "array",
                "items": object_of(
                    {
                        "workflowId": UUID,
                        "version": COUNT,
                        "headHash": SHA256,
                        "status": NAME,
                        "dataHash": nullable(SHA256),
                    }
                ),
            },
        }
    ),
)


def manifest_name(at: datetime) -> str:
    """Return a time as a manifest's name, in whole seconds: `2026-11-24T23:26:00Z`.

    The manifest that covers a time is the first one whose key is greater than `manifest_key(manifest_name(time))`.
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def manifest_key(name: str) -> str:
    """Return the key of a manifest in the bucket. Keys sort by time."""
    return f"{MANIFEST_PREFIX}{name}.json"


def manifest_sha256(text: str) -> str:
    """Return the SHA-256 of a manifest's bytes, 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()
