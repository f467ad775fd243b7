"""Stored manifests: what the workflow service says it has committed.

`countersign_common.events.manifest` has the format. A manifest can have several megabytes, of which one workflow needs
a few lines, so only those are converted.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
        except (AttributeError, KeyError, TypeError, ValueError) as error:
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
                return ManifestWorkflow(
                    workflow_id,
                    int(entry["version"]),
                    str(entry["headHash"]),
                    str(entry["status"]),
                    entry["dataHash"],
                )
        return None


def usual_manifest(at: datetime) -> str:
    """Return the name of the manifest that covers a time unless the workflow service had an outage."""
    return manifest_name(at.replace(second=0, microsecond=0) + timedelta(minutes=1))
