"""Stored manifests: what the workflow service says it has committed.

`countersign_common.events.manifest` has the format. A manifest can have several megabytes, of which one workflow needs
a few lines, so only those are converted.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from countersign_common.clock import from_rfc3339
from countersign_common.events.manifest import (
    MANIFEST_FORMAT,
    ManifestEvent,
    ManifestWorkflow,
    manifest_name,
    manifest_sha256,
)
from countersign_common.proof.canonical import check_canonical
from countersign_common.proof.commitment import CommitmentOpening, data_hash

LATE = timedelta(minutes=5)
"""How long after its interval a manifest can be written. After a longer outage, one covers up to an hour at once."""

CONTENT_START = '{"after":'
"""How the canonical text of a content part starts: `after` sorts first."""


class InvalidManifestError(ValueError):
    """A file is not a manifest, or not the one of its name."""


@dataclass(frozen=True)
class ManifestExcerpt:
    """What a manifest says about one workflow.

    Attributes:
        hash: SHA-256 of the whole file, 64 hex digits: what its leaf in the log binds.
        start, end: Its interval. The end is not part of it.
        published_at: When the file was written, as the bucket says.
        events: The workflow's events by id.
        state: Of the workflow when the manifest was written; None if the manifest doesn't attest it.
    """

    name: str
    hash: str
    start: datetime
    end: datetime
    published_at: datetime
    events: Mapping[str, ManifestEvent]
    state: ManifestWorkflow | None

    @property
    def known_at(self) -> datetime:
        """When what it says was known: at the latest soon after its interval, whatever the bucket says.

        The same file that someone writes again is as old as before.
        """
        return min(self.published_at, self.end + LATE)


@dataclass(frozen=True)
class StoredManifest:
    """A manifest as it is stored.

    Attributes:
        name: The end of its interval, such as `2026-11-24T23:26:00Z`.
        text: The file.
        published_at: When it was written, as the bucket says.
    """

    name: str
    text: str
    published_at: datetime

    def excerpt(self, workflow_id: str) -> ManifestExcerpt:
        """Return what the manifest says about one workflow.

        Raises:
            InvalidManifestError
        """
        try:
            return ManifestExcerpt(
                self.name,
                manifest_sha256(self.text),
                from_rfc3339(self._json["from"]),
                from_rfc3339(self._json["to"]),
                self.published_at,
                {event.event_id: event for event in self._events_of(workflow_id)},
                self._state_of(workflow_id),
            )
        # An OverflowError is for an infinite number.
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise InvalidManifestError("It is not the manifest of its name.") from error

    @cached_property
    def _json(self) -> Mapping[str, Any]:
        try:
            decoded = json.loads(self.text)
        except RecursionError as error:
            raise InvalidManifestError("It is nested too deeply.") from error
        if decoded["format"] != MANIFEST_FORMAT or decoded["to"] != self.name:
            raise InvalidManifestError("It is not the manifest of its name.")
        manifest: Mapping[str, Any] = decoded
        return manifest

    def _events_of(self, workflow_id: str) -> Iterator[ManifestEvent]:
        for entry in self._json["events"]:
            if entry["workflowId"] == workflow_id:
                yield ManifestEvent(
                    str(entry["eventId"]), workflow_id, int(entry["sequence"]), str(entry["hash"])
                )

    def _state_of(self, workflow_id: str) -> ManifestWorkflow | None:
        for entry in self._json["workflows"]:
            if entry["workflowId"] == workflow_id:
                check_canonical(entry)
                return ManifestWorkflow(
                    workflow_id,
                    int(entry["version"]),
                    str(entry["headHash"]),
                    str(entry["status"]),
                    entry["dataHash"],
                )
        return None


@dataclass(frozen=True)
class ManifestFacts:
    """What the manifests say.

    Attributes:
        covering: Usual name of the manifest for a minute → the manifest that comes next after that minute; None if
            there is none yet.
        others: More manifests that can attest the workflow's state.
        problems: Name → what is wrong with a manifest.
    """

    covering: Mapping[str, ManifestExcerpt | None] = field(default_factory=dict)
    others: Sequence[ManifestExcerpt] = ()
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def all(self) -> Sequence[ManifestExcerpt]:
        """Each manifest once, oldest first."""
        found = {each.name: each for each in (*self.covering.values(), *self.others) if each is not None}
        return [found[name] for name in sorted(found)]


def usual_manifest(at: datetime) -> str:
    """Return the name of the manifest that covers a time unless the workflow service had an outage."""
    return manifest_name(at.replace(second=0, microsecond=0) + timedelta(minutes=1))


def data_hash_of(content: CommitmentOpening) -> str | None:
    """Return the hash of the data in a content part; None if the part can't be read."""
    value = content.value
    if not value.startswith(CONTENT_START):
        return None
    try:
        _, end = json.JSONDecoder().raw_decode(value, len(CONTENT_START))
    except (ValueError, RecursionError):
        return None
    # The text of a value within a canonical text is its own canonical text.
    return data_hash(content.salt, value[len(CONTENT_START) : end])
