"""The contract of manifest events: the workflow service has published a manifest."""

from dataclasses import dataclass

from countersign_common.events.contract import COUNT, SHA256, Contract, object_of
from countersign_common.events.manifest import MANIFEST_TIME
from countersign_common.ids import derived_id

MANIFEST_EVENT_TYPE = "countersign.manifest.v1"

# The UUIDv5 of the type in the URL namespace.
_NAMESPACE = "42708681-0d9b-5680-af26-477d02fc0140"


@dataclass(frozen=True)
class ManifestPublished:
    """The data of a manifest event.

    Attributes:
        name: Of the manifest; equal to `to`.
        from_, to: The interval.
        sequence: Of the manifest, from 1.
        sha256, previous_sha256: Of its bytes, and of those of the manifest before it.
        events: Number of events that it names.
    """

    name: str
    from_: str
    to: str
    sequence: int
    sha256: str
    previous_sha256: str
    events: int


MANIFEST_EVENT = Contract(
    ManifestPublished,
    object_of(
        {
            "name": MANIFEST_TIME,
            "from": MANIFEST_TIME,
            "to": MANIFEST_TIME,
            "sequence": COUNT,
            "sha256": SHA256,
            "previousSha256": SHA256,
            "events": COUNT | {"minimum": 0},
        }
    ),
)


def manifest_event_id(name: str) -> str:
    """Return the id of a manifest's event, which is the same each time the event is sent."""
    return derived_id(_NAMESPACE, name)
