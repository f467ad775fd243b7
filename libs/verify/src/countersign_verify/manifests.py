"""Manifests: what the workflow service committed in an interval."""

import hashlib
from typing import Annotated

import msgspec

from countersign_verify.canonical import MAX_SAFE_INTEGER, is_canonical_object

FORMAT = "countersign.manifest.v1"
FIRST_PREVIOUS = "0" * 64

_Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}\\Z")]
_Position = Annotated[int, msgspec.Meta(ge=1, le=MAX_SAFE_INTEGER)]
_Time = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z\Z")
]


class ManifestError(ValueError):
    """A text is not a manifest."""


class NamedEvent(msgspec.Struct, rename="camel"):
    """An event that was committed in the interval."""

    event_id: str
    workflow_id: str
    sequence: _Position
    hash: _Hash


class WorkflowState(msgspec.Struct, rename="camel"):
    """The state of a workflow when the manifest was written.

    Attributes:
        version: number of events.
        head_hash: of the newest event.
        status: of the workflow.
        data_hash: of its data, salted; None if the content of the newest event was erased.
    """

    workflow_id: str
    version: _Position
    head_hash: _Hash
    status: str
    data_hash: _Hash | None


class Manifest(msgspec.Struct, rename="camel"):
    """A manifest.

    Attributes:
        from_, to: the interval, `to` excluded; `to` is the name.
        sequence: number of the manifest, from 1.
        previous_sha256: of the manifest before it; zeros for the first.
        events: that were committed.
        workflows: states that the manifest attests.
    """

    format: str
    from_: _Time = msgspec.field(name="from")
    to: _Time
    sequence: _Position
    previous_sha256: _Hash = msgspec.field(name="previousSha256")
    events: list[NamedEvent]
    workflows: list[WorkflowState]


_decode = msgspec.json.Decoder(Manifest).decode


def read_manifest(raw: bytes, name: str) -> Manifest:
    """Read a manifest.

    Args:
        raw: the bytes of its file.
        name: under which it is known: the end of its interval.

    Raises:
        ManifestError: The bytes are not the canonical text of a manifest of this name.
    """
    try:
        manifest = _decode(raw)
        is_canonical = is_canonical_object(raw.decode(), raw)
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"It isn't a manifest: {error}.") from error
    if not is_canonical or manifest.format != FORMAT:
        raise ManifestError("It isn't the canonical JSON of a manifest.")
    if manifest.to != name:
        raise ManifestError(f"It is the manifest {manifest.to}.")
    return manifest


def manifest_hash(raw: bytes) -> str:
    """Return the hash of a manifest, 64 hex digits."""
    return hashlib.sha256(raw).hexdigest()
