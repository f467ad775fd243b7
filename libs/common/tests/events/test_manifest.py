"""Manifests: their text, their names, and the id of their events."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from countersign_common.events.cloud_event import InvalidEventError
from countersign_common.events.manifest import (
    FIRST_PREVIOUS_SHA256,
    Manifest,
    ManifestEvent,
    ManifestWorkflow,
    manifest_key,
    manifest_name,
    manifest_sha256,
)
from countersign_common.events.manifest_event import manifest_event_id
from countersign_common.ids import is_id

from ..builders import WORKFLOW_ID

EVENT_ID = "018f0000-0000-7000-8000-0000000000ee"
HASH = "ab" * 32
MANIFEST = Manifest(
    from_="2026-01-31T09:00:00Z",
    to="2026-01-31T09:01:00Z",
    sequence=1,
    previous_sha256=FIRST_PREVIOUS_SHA256,
    events=(ManifestEvent(EVENT_ID, WORKFLOW_ID, 1, HASH),),
    workflows=(ManifestWorkflow(WORKFLOW_ID, 1, HASH, "DRAFT", None),),
)


def test_a_manifest_is_canonical_text_and_read_back_unchanged():
    text = MANIFEST.to_text()
    assert text == (
        f'{{"events":[{{"eventId":"{EVENT_ID}","hash":"{HASH}","sequence":1,"workflowId":"{WORKFLOW_ID}"}}],'
        '"format":"countersign.manifest.v1","from":"2026-01-31T09:00:00Z",'
        f'"previousSha256":"{"0" * 64}","sequence":1,"to":"2026-01-31T09:01:00Z",'
        f'"workflows":[{{"dataHash":null,"headHash":"{HASH}","status":"DRAFT","version":1,"workflowId":"{WORKFLOW_ID}"}}]}}'
    )
    assert Manifest.from_text(text) == MANIFEST
    assert MANIFEST.name == MANIFEST.to


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        json.dumps(json.loads(MANIFEST.to_text()) | {"format": "countersign.manifest.v2"}),
        json.dumps(json.loads(MANIFEST.to_text()) | {"events": [{"eventId": EVENT_ID}]}),
        dataclasses.replace(MANIFEST, to="2026-01-31T09:01:00.000Z").to_text(),
    ],
    ids=["empty", "list", "deep", "format", "event", "milliseconds"],
)
def test_another_text_is_not_a_manifest(text):
    with pytest.raises(InvalidEventError):
        Manifest.from_text(text)


def test_a_name_is_a_time_in_utc_in_whole_seconds():
    at = datetime(2026, 1, 31, 10, 0, 59, 999_000, timezone(timedelta(hours=1)))
    assert manifest_name(at) == "2026-01-31T09:00:59Z"


@pytest.mark.parametrize(
    ("at", "covered_by"),
    [
        (datetime(2026, 1, 31, 9, 0, tzinfo=UTC), "2026-01-31T09:01:00Z"),
        (datetime(2026, 1, 31, 9, 0, 0, 500_000, UTC), "2026-01-31T09:01:00Z"),
        (datetime(2026, 1, 31, 9, 0, 59, 999_000, UTC), "2026-01-31T09:01:00Z"),
        (datetime(2026, 1, 31, 9, 1, tzinfo=UTC), "2026-01-31T09:02:00Z"),
    ],
)
def test_the_manifest_that_covers_a_time_is_the_first_with_a_greater_key(at, covered_by):
    keys = [manifest_key(f"2026-01-31T09:0{minute}:00Z") for minute in range(4)]
    assert next(key for key in keys if key > manifest_key(manifest_name(at))) == manifest_key(covered_by)


def test_the_hash_is_that_of_the_bytes():
    assert manifest_sha256("ü") == "607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f"


def test_the_id_of_an_event_depends_on_the_name_only():
    assert manifest_event_id("2026-01-31T09:01:00Z") == manifest_event_id("2026-01-31T09:01:00Z")
    assert manifest_event_id("2026-01-31T09:01:00Z") != manifest_event_id("2026-01-31T09:02:00Z")
    assert is_id(manifest_event_id("2026-01-31T09:01:00Z"))
