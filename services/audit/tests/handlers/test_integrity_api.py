"""GET /audit-trail/integrity, from API Gateway's event to the response."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from countersign_common.http.handler import api_handler
from marshmallow import RAISE

from audit_service.adapters.ed25519_cosignature_verifier import Ed25519CosignatureVerifier
from audit_service.bootstrap.api import api_service_with
from audit_service.domain.integrity import FindingCode, FoundFinding, IntegrityFinding
from audit_service.domain.log.notes import NoteSignature
from audit_service.handlers.api import ROUTES
from audit_service.schemas import integrity_responses
from audit_service.use_cases.log_reader import LogReader

from ..builders import api_request, dataset_id, json_of
from ..fakes import FakeIndex
from ..integrity_fakes import MINUTE, START, IntegrityWorld, record_at, workflow_id
from ..log_fakes import WITNESS, World, cosign, cosignature, minute
from ..retention_fakes import retention_ports

ROUTE = "GET /audit-trail/integrity"

Get = Callable[..., dict[str, Any]]


@pytest.fixture
def world() -> IntegrityWorld:
    world = IntegrityWorld()
    world.minute(record_at(world.now, 1, 1, workflow_id=workflow_id(1)))
    return world


@pytest.fixture
def get(world: IntegrityWorld) -> Get:
    log = LogReader(world.log, world.log, world.log, [WITNESS], Ed25519CosignatureVerifier())
    unused = World(world.records).finder
    service = api_service_with(
        world.records, FakeIndex(), log, unused, world.clock, world.integrity, retention_ports()
    )
    handler = api_handler(ROUTES, lambda: service)

    def send(groups: tuple[str, ...] = ("auditors",), **query: Any) -> dict[str, Any]:
        request = api_request(ROUTE, user="ada", groups=groups, query=urlencode(query))
        return handler(request, SimpleNamespace(aws_request_id="invocation"))

    return send


def finding(number: int, **changes: Any) -> FoundFinding:
    subject = dataset_id(number)
    found = FoundFinding(
        IntegrityFinding(
            FindingCode.MISSING, subject, "Gone.", subject, workflow_id(1), "2026-01-31T09:01:00Z"
        ),
        START,
        START + MINUTE,
    )
    return replace(found, **changes)


def body(response: dict[str, Any]) -> Any:
    assert response["statusCode"] == 200
    decoded = json_of(response)
    assert integrity_responses.Integrity(unknown=RAISE).validate(decoded) == {}
    return decoded


def test_the_report_says_how_current_everything_is(world: IntegrityWorld, get: Get):
    world.run()
    world.deliver(record_at(world.now, 2, 2, workflow_id=workflow_id(1)))
    world.now += timedelta(seconds=30)
    report = body(get())
    assert (report["lagSeconds"], report["pendingEntries"]) == (30.0, 1)
    assert report["oldestPendingAt"] == "2026-01-31T09:02:00.000Z"
    assert report["manifests"] == {"newest": "2026-01-31T09:01:00Z", "checkedThrough": "2026-01-31T09:01:00Z"}
    assert report["reconciledAt"] == "2026-01-31T09:02:00.000Z"
    assert report["checkpoint"]["size"] == 2
    assert report["findings"] == {"open": 0, "items": [], "cursor": None}
    assert report["witnesses"] == []


def test_before_anything_happened_everything_is_empty(world: IntegrityWorld, get: Get):
    world.log.newest = None
    world.log.pending.clear()
    report = body(get(groups=("admins",)))
    assert (report["checkpoint"], report["oldestPendingAt"], report["lagSeconds"]) == (None, None, 0.0)
    assert report["manifests"] == {"newest": None, "checkedThrough": None}
    assert report["reconciledAt"] is None


def test_a_checkpoint_that_can_not_be_read_does_not_fail_the_report(world: IntegrityWorld, get: Get):
    world.log.is_damaged = True
    report = body(get())
    assert (report["checkpoint"], report["witnesses"]) == (None, [])


@pytest.mark.parametrize("groups", [(), ("approvers",)])
def test_other_users_get_403(get: Get, groups: tuple[str, ...]):
    response = get(groups=groups)
    assert response["statusCode"] == 403
    assert json_of(response)["type"].endswith("auditors-only.md")


def test_open_findings_are_listed_in_pages(world: IntegrityWorld, get: Get):
    found = [finding(number) for number in range(1, 6)]
    world.integrity.open = {each.finding.key: each for each in found}
    first = body(get(limit=3))
    second = body(get(limit=3, cursor=first["findings"]["cursor"]))
    items = [*first["findings"]["items"], *second["findings"]["items"]]
    assert [each["datasetId"] for each in items] == [dataset_id(number) for number in range(1, 6)]
    assert (first["findings"]["open"], second["findings"]["cursor"]) == (5, None)
    assert items[0] == {
        "code": "missing",
        "subject": dataset_id(1),
        "datasetId": dataset_id(1),
        "workflowId": workflow_id(1),
        "manifest": "2026-01-31T09:01:00Z",
        "detail": "Gone.",
        "state": "open",
        "firstSeen": "2026-01-31T09:00:00.000Z",
        "lastSeen": "2026-01-31T09:01:00.000Z",
        "resolvedAt": None,
    }


def test_resolved_findings_are_listed_on_request(world: IntegrityWorld, get: Get):
    world.integrity.resolved = [finding(1, resolved_at=START + 2 * MINUTE)]
    assert body(get())["findings"]["items"] == []
    (item,) = body(get(state="resolved"))["findings"]["items"]
    assert (item["state"], item["resolvedAt"]) == ("resolved", "2026-01-31T09:02:00.000Z")


def test_resolved_findings_are_listed_in_pages_newest_first(world: IntegrityWorld, get: Get):
    world.integrity.resolved = [finding(number, resolved_at=START + 2 * MINUTE) for number in range(1, 6)]
    first = body(get(state="resolved", limit=3))["findings"]
    second = body(get(state="resolved", limit=3, cursor=first["cursor"]))["findings"]
    items = [*first["items"], *second["items"]]
    assert [each["datasetId"] for each in items] == [dataset_id(number) for number in range(5, 0, -1)]
    assert (len(first["items"]), second["cursor"]) == (3, None)


@pytest.mark.parametrize("query", [{"state": "closed"}, {"limit": 0}, {"cursor": "x"}])
def test_other_queries_are_rejected(get: Get, query: dict[str, Any]):
    assert get(**query)["statusCode"] == 400


def test_a_cursor_of_open_findings_is_not_one_of_resolved_findings(world: IntegrityWorld, get: Get):
    world.integrity.open = {each.finding.key: each for each in map(finding, range(1, 6))}
    cursor = body(get(limit=1))["findings"]["cursor"]
    assert get(state="resolved", cursor=cursor)["statusCode"] == 400


def test_a_witness_is_shown_with_the_newest_checkpoint_that_it_has_cosigned(world: IntegrityWorld, get: Get):
    world.minute()
    world.minute()
    newest, older, oldest = [each.signed.checkpoint for each in world.log.history]
    no_time = NoteSignature(WITNESS.name, WITNESS.key_id, b"\xff" * 72)
    world.log.stored_cosignatures = {
        oldest.size: [cosign(oldest)],
        older.size: [cosign(older, minute("09:00"))],
        newest.size: [no_time, cosignature(), cosign(older), cosign(newest, name="another.example.com")],
        99: [cosignature()],
    }
    at = "2026-01-31T09:00:00.000Z"
    assert body(get())["witnesses"] == [{"name": WITNESS.name, "size": older.size, "at": at}]


def test_a_cosignature_counts_on_the_sixty_newest_checkpoints(world: IntegrityWorld, get: Get):
    oldest = world.log.history[0].signed.checkpoint
    world.log.stored_cosignatures = {oldest.size: [cosign(oldest)]}
    for _ in range(59):
        world.minute()
    assert [each["size"] for each in body(get())["witnesses"]] == [oldest.size]
    assert world.log.page_sizes == [60]
    world.minute()
    assert body(get())["witnesses"] == []
