"""Manifests: what the workflow service says it has committed in an interval, usually a minute.

A manifest's name is the end of its interval. Its file is in a bucket that only the workflow service can write, and its
hash is in the log.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from countersign_common.clock import from_rfc3339, to_rfc3339

FORMAT = "countersign.manifest.v1"

DATA_PREFIX = b"countersign/v1/data\x00"


class InvalidManifestError(ValueError):
    """A file is not a manifest, or not the one of its name."""


@dataclass(frozen=True)
class CommittedEvent:
    """An event that was committed.

    Attributes:
        hash: Of its sealed text, 64 hex digits.
    """

    event_id: str
    workflow_id: str
    sequence: int
    hash: str


@dataclass(frozen=True)
class CommittedState:
    """The stored state of a workflow when the manifest was made. It can be newer than the manifest's interval.

    Attributes:
        version: Number of its events.
        head_hash: Hash of the newest one, 64 hex digits.
        status: Such as `PENDING`.
        data_hash: SHA-256 of the newest event's content salt and the data; None if the content was erased.
    """

    version: int
    head_hash: str
    status: str
    data_hash: str | None


@dataclass(frozen=True)
class Manifest:
    """A manifest.

    Attributes:
        name: The end of its interval, such as `2026-11-24T23:26:00Z`.
        text: The file, canonical JSON.
        published_at: When the file was written, as the bucket says.
    """

    name: str
    text: str
    published_at: datetime

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the file, 64 hex digits: what its leaf in the log binds."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def start(self) -> datetime:
        """The start of the interval, which is part of it. The end is not.

        Raises:
            InvalidManifestError
        """
        return self._time("from")

    @cached_property
    def end(self) -> datetime:
        """The end of the interval.

        Raises:
            InvalidManifestError
        """
        return self._time("to")

    def excerpt(self, workflow_id: str) -> "ManifestExcerpt":
        """Return what the manifest says about one workflow.

        Raises:
            InvalidManifestError
        """
        events = {event.event_id: event for event in self.events_of(workflow_id)}
        return ManifestExcerpt(
            self.name,
            self.hash,
            self.start,
            self.end,
            self.published_at,
            events,
            self.state_of(workflow_id),
        )

    def event(self, event_id: str) -> CommittedEvent | None:
        """Return an event that the manifest names.

        Raises:
            InvalidManifestError
        """
        entry = self._events.get(event_id)
        return None if entry is None else _event(entry)

    def events_of(self, workflow_id: str) -> Iterator[CommittedEvent]:
        """Yield the events of a workflow that the manifest names.

        Raises:
            InvalidManifestError
        """
        return (_event(entry) for entry in self._events.values() if entry.get("workflowId") == workflow_id)

    def state_of(self, workflow_id: str) -> CommittedState | None:
        """Return the state of a workflow that the manifest attests.

        Raises:
            InvalidManifestError
        """
        entry = self._states.get(workflow_id)
        if entry is None:
            return None
        try:
            return CommittedState(
                int(entry["version"]), str(entry["headHash"]), str(entry["status"]), entry["dataHash"]
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidManifestError("A workflow in the manifest can't be read.") from error

    @cached_property
    def _json(self) -> Mapping[str, Any]:
        try:
            decoded = json.loads(self.text)
            if decoded["format"] != FORMAT or decoded["to"] != self.name:
                raise InvalidManifestError("Not the manifest of its name.")
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise InvalidManifestError("Not a manifest.") from error
        manifest: Mapping[str, Any] = decoded
        return manifest

    @cached_property
    def _events(self) -> Mapping[str, Mapping[str, Any]]:
        return self._entries("events", "eventId")

    @cached_property
    def _states(self) -> Mapping[str, Mapping[str, Any]]:
        return self._entries("workflows", "workflowId")

    def _entries(self, member: str, key: str) -> Mapping[str, Mapping[str, Any]]:
        try:
            return {entry[key]: entry for entry in self._json[member]}
        except (KeyError, TypeError) as error:
            raise InvalidManifestError(f"The manifest's {member} can't be read.") from error

    def _time(self, member: str) -> datetime:
        try:
            return from_rfc3339(self._json[member])
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InvalidManifestError("The manifest's interval can't be read.") from error


@dataclass(frozen=True)
class ManifestExcerpt:
    """What a manifest says about one workflow. A manifest itself can have several megabytes.

    Attributes:
        hash: SHA-256 of the whole file.
        start, end: Its interval.
        events: The workflow's events by id.
        state: Of the workflow; None if the manifest doesn't attest it.
    """

    name: str
    hash: str
    start: datetime
    end: datetime
    published_at: datetime
    events: Mapping[str, CommittedEvent]
    state: CommittedState | None

    def covers(self, at: datetime) -> bool:
        """Return whether a time is in the interval."""
        return self.start <= at < self.end


def manifest_name(at: datetime) -> str:
    """Return the name of a manifest that ends at a time, to the second."""
    return to_rfc3339(at)[:19] + "Z"


def usual_manifest(at: datetime) -> str:
    """Return the name of the manifest that covers a time unless the workflow service had an outage."""
    return manifest_name(at.replace(second=0, microsecond=0) + timedelta(minutes=1))


def data_hash(salt: bytes, data: str) -> str:
    """Return the salted hash of a workflow's data, 64 hex digits.

    Args:
        salt: Of the content of the event that the state follows from.
        data: Its canonical text.
    """
    return hashlib.sha256(DATA_PREFIX + salt + data.encode()).hexdigest()


def _event(entry: Mapping[str, Any]) -> CommittedEvent:
    try:
        return CommittedEvent(
            str(entry["eventId"]), str(entry["workflowId"]), int(entry["sequence"]), str(entry["hash"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidManifestError("An event in the manifest can't be read.") from error
