"""The routes of proof, from API Gateway's event to the response."""

import base64
import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from countersign_common.errors import StoreUnavailableError
from countersign_common.http.handler import api_handler
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import RAISE

from audit_service.bootstrap.api import api_service_with
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition
from audit_service.domain.log.merkle import leaf_hash, root_of_inclusion
from audit_service.domain.log.notes import Checkpoint, NoteSignature, SignedCheckpoint
from audit_service.domain.log.tiles import Tile
from audit_service.handlers.api import ROUTES
from audit_service.ports import PublishedCheckpoint
from audit_service.schemas import log_responses, verification_responses
from audit_service.use_cases import record_pages

from ..builders import (
    APPROVER,
    REQUESTER,
    STRANGER,
    WORKFLOW,
    api_request,
    dataset_id,
    json_of,
    make_chain,
    make_draft,
)
from ..fakes import FakeIndex, FakeRepository
from ..integrity_fakes import FakeIntegrity
from ..log_fakes import NOW, ORIGIN, WITNESS, World, cosign, cosignature, event_entry
from ..retention_fakes import retention_ports

KEY, CHECKPOINT, HISTORY, CONSISTENCY, COSIGN = (
    "GET /audit-trail/public-key",
    "GET /audit-trail/checkpoint",
    "GET /audit-trail/checkpoints",
    "GET /audit-trail/consistency",
    "POST /audit-trail/checkpoint/cosignatures",
)
PROOF, VERIFY, EVIDENCE = (
    "GET /audit-trail/{datasetId}/proof",
    "GET /workflows/{workflowId}/verification",
    "GET /workflows/{workflowId}/evidence",
)
CHAIN = make_chain(3)
AUDITOR = {"user": "ada", "groups": ("auditors",)}

Send = Callable[..., dict[str, Any]]


def send_to(world: World) -> Send:
    """Return a function that sends a request to the API over this world."""
    service = api_service_with(
        world.records,
        FakeIndex(),
        world.reader,
        world.finder,
        world.clock,
        FakeIntegrity(),
        retention_ports(),
    )
    handler = api_handler(ROUTES, lambda: service)
    return lambda route, **request: handler(
        api_request(route, **request), SimpleNamespace(aws_request_id="invocation")
    )


@pytest.fixture
def world() -> World:
    world = World(FakeRepository(*CHAIN), witnesses=[WITNESS])
    world.publish_and_seal(CHAIN)
    return world


@pytest.fixture
def send(world: World) -> Send:
    return send_to(world)


def newest(world: World) -> Checkpoint:
    assert world.log.newest is not None
    return world.log.newest.signed.checkpoint


def problem(response: dict[str, Any]) -> tuple[int, str]:
    return response["statusCode"], json_of(response)["type"].rpartition("/")[2].removesuffix(".md")


def detail(response: dict[str, Any]) -> str:
    return json_of(response)["detail"]


def checked(response: dict[str, Any], schema: type[Any], status: int = 200) -> Any:
    assert response["statusCode"] == status, response["body"]
    body = json_of(response)
    assert schema(unknown=RAISE).validate(body) == {}
    return body


# The log


@pytest.mark.parametrize("route", [KEY, CHECKPOINT, HISTORY, CONSISTENCY])
def test_what_the_log_publishes_needs_no_token(route: str, send: Send):
    query = "from=1&to=2" if route == CONSISTENCY else ""
    assert send(route, claims={}, query=query)["statusCode"] == 200


def test_the_key_is_returned_in_each_form(send: Send, world: World):
    body = checked(send(KEY), log_responses.PublicKeys)
    der = world.log.key().public_key
    pem = body["pem"].splitlines()
    assert (pem[0], pem[-1]) == ("-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----")
    assert base64.b64decode("".join(pem[1:-1])) == der
    assert max(map(len, pem)) <= 64
    digest = base64.b64encode(hashlib.sha256(der).digest()).decode()
    assert body["fingerprint"] == "SHA256:" + digest.rstrip("=")
    assert (body["origin"], body["vkey"]) == (ORIGIN, world.log.key().text)
    assert body["witnesses"] == [WITNESS.text]


def test_the_newest_checkpoint_has_the_lines_of_its_witnesses(send: Send, world: World):
    size = world.log.size
    plain = checked(send(CHECKPOINT), log_responses.NewestCheckpoint)
    assert (plain["origin"], plain["size"], plain["cosigners"]) == (ORIGIN, size, [])
    valid = cosign(newest(world))
    other = cosign(newest(world), name="unknown")
    world.log.stored_cosignatures = {size: [cosignature(), valid, other], size - 1: [cosignature()]}
    body = checked(send(CHECKPOINT), log_responses.NewestCheckpoint)
    assert body["cosigners"] == [WITNESS.name]
    assert body["note"] == plain["note"] + valid.line + "\n"
    signed = SignedCheckpoint.parse(body["note"])
    assert (signed.checkpoint.size, signed.checkpoint.root.hex()) == (body["size"], body["rootHash"])
    assert world.log.verify(signed)


@pytest.mark.parametrize(("route", "query"), [(CHECKPOINT, ""), (CONSISTENCY, "from=1&to=1")])
def test_before_the_first_checkpoint_there_is_none(route: str, query: str):
    send = send_to(World(FakeRepository()))
    response = send(route, query=query)
    assert problem(response) == (404, "no-checkpoint")
    assert detail(response) == (
        "The log has no checkpoint yet. The first one follows about a minute after the first record."
    )
    assert json_of(send(HISTORY)) == {"items": [], "cursor": None}


def test_checkpoints_are_listed_in_pages_newest_first(send: Send, world: World):
    for number in range(5):
        world.log.sign(f"2026-02-01T09:0{number}:00.000Z")
    pages, query = [], "limit=3"
    while True:
        body = checked(send(HISTORY, query=query), log_responses.CheckpointPage)
        pages.append([each["signedAt"] for each in body["items"]])
        if body["cursor"] is None:
            break
        query = f"limit=3&cursor={body['cursor']}"
    signed = sorted({each.signed_at for each in world.log.history}, reverse=True)
    assert len(signed) == 6
    assert pages == [signed[:3], signed[3:]]
    assert world.log.page_sizes == [4, 4], "one more than a page shows whether there is another"


def test_a_consistency_proof_is_that_of_the_tree(world: World):
    fill = [Entry(EntryKind.EVENT, dataset_id(number), "0" * 64) for number in range(1_000, 1_600)]
    world.log.seal(*fill)
    body = checked(send_to(world)(CONSISTENCY, query="from=2&to=3"), log_responses.ConsistencyProof)
    assert (body["from"], body["to"]) == (2, 3)
    leaf = leaf_hash(event_entry(CHAIN[2]).to_bytes())
    assert body["proof"] == [leaf.hex()]
    assert send_to(world)(CONSISTENCY, query=f"from=2&to={world.log.size}")["statusCode"] == 200
    # A size that was never signed, whose partial tiles are not stored.
    body = checked(send_to(world)(CONSISTENCY, query="from=300&to=301"), log_responses.ConsistencyProof)
    assert len(body["proof"]) > 3


@pytest.mark.parametrize(
    "query", ["", "from=1", "to=2", "from=0&to=1", "from=3&to=2", "from=x&to=2", "from=1&to=2&x=1"]
)
def test_a_consistency_proof_between_invalid_sizes_is_400(query: str, send: Send):
    assert problem(send(CONSISTENCY, query=query)) == (400, "bad-request")


def test_a_consistency_proof_to_a_size_that_does_not_exist_is_404(send: Send, world: World):
    size = world.log.size
    response = send(CONSISTENCY, query=f"from=1&to={size + 1}")
    assert problem(response) == (404, "no-such-tree")
    assert detail(response) == (
        f"The log has no tree of size {size + 1}: the newest checkpoint has size {size}."
    )


def test_a_tile_that_is_missing_is_a_damaged_log(send: Send, world: World):
    world.log.tiles.clear()
    assert problem(send(CONSISTENCY, query="from=1&to=2")) == (500, "log-damaged")
    path = {"datasetId": CHAIN[0].dataset_id}
    assert problem(send(PROOF, path=path)) == (500, "log-damaged")


# Witnesses


def test_a_cosignature_of_a_configured_witness_is_stored(send: Send, world: World):
    valid = cosign(newest(world))
    body = {"size": world.log.size, "line": valid.line}
    stored = checked(send(COSIGN, **AUDITOR, body=body), log_responses.Cosignature, 201)
    assert stored == {"size": world.log.size, "witness": WITNESS.name}
    assert world.log.stored_cosignatures == {world.log.size: [valid]}
    assert world.log.cosigned_at == [NOW]
    assert json_of(send(CHECKPOINT))["cosigners"] == [WITNESS.name]


def test_a_cosignature_of_an_older_checkpoint_is_stored(send: Send, world: World):
    older = newest(world)
    world.log.seal(Entry(EntryKind.EVENT, "another", "0" * 64))
    body = {"size": older.size, "line": cosign(older).line}
    assert send(COSIGN, **AUDITOR, body=body)["statusCode"] == 201
    assert json_of(send(CHECKPOINT))["cosigners"] == []


def test_a_cosignature_that_does_not_sign_the_tree_of_its_size_is_rejected(send: Send, world: World):
    tree = newest(world)
    valid = cosign(tree)
    broken = valid.signature[:-1] + bytes([valid.signature[-1] ^ 1])
    other_time = (NOW + timedelta(seconds=1)).timestamp()
    wrong = [
        cosign(replace(tree, root=bytes(32))),
        cosign(replace(tree, size=tree.size - 1)),
        cosign(replace(tree, origin="another log")),
        replace(valid, signature=broken),
        replace(valid, signature=int(other_time).to_bytes(8) + valid.signature[8:]),
    ]
    for each in wrong:
        response = send(COSIGN, **AUDITOR, body={"size": tree.size, "line": each.line})
        assert problem(response) == (422, "invalid-cosignature")
        assert detail(response) == (
            "The cosignature is not valid: "
            "the witness has not signed the log's tree of this size at this time."
        )
    smaller = send(COSIGN, **AUDITOR, body={"size": tree.size - 1, "line": valid.line})
    assert problem(smaller) == (422, "invalid-cosignature")
    assert world.log.stored_cosignatures == {}


def test_a_cosignature_can_be_up_to_five_minutes_ahead_of_the_clock(send: Send, world: World):
    tree = newest(world)
    valid = cosign(tree, NOW + timedelta(minutes=5))
    assert send(COSIGN, **AUDITOR, body={"size": tree.size, "line": valid.line})["statusCode"] == 201
    for ahead in (
        cosign(tree, NOW + timedelta(minutes=5, seconds=1)),
        replace(valid, signature=b"\xff" * 8 + valid.signature[8:]),
    ):
        response = send(COSIGN, **AUDITOR, body={"size": tree.size, "line": ahead.line})
        assert problem(response) == (422, "invalid-cosignature")
        sentence = "The cosignature is not valid: its time is in the future."
        assert json_of(response)["errors"] == [{"in": "body", "pointer": "/line", "detail": sentence}]
    assert world.log.stored_cosignatures == {tree.size: [valid]}


@pytest.mark.parametrize("name", [WITNESS.name, "other.example.com"])
def test_a_cosignature_of_another_key_is_rejected(name: str, send: Send, world: World):
    other = cosignature(name, b"1234")
    response = send(COSIGN, **AUDITOR, body={"size": 1, "line": other.line})
    assert problem(response) == (422, "unknown-witness")
    sentence = "This deployment has no such witness. Add its verifier key to `witnesses`."
    assert json_of(response)["errors"] == [{"in": "body", "pointer": "/line", "detail": sentence}]
    assert world.log.stored_cosignatures == {}


def test_only_auditors_and_admins_submit_cosignatures(send: Send, world: World):
    body = {"size": world.log.size, "line": cosign(newest(world)).line}
    response = send(COSIGN, body=body)
    assert problem(response) == (403, "auditors-only")
    assert detail(response) == "Only members of the groups auditors and admins can do this."
    assert send(COSIGN, groups=("admins",), body=body)["statusCode"] == 201
    assert send(COSIGN, claims={}, body=body)["statusCode"] == 401


def test_a_cosignature_of_a_size_that_does_not_exist_is_rejected(send: Send, world: World):
    size = world.log.size
    response = send(COSIGN, **AUDITOR, body={"size": size + 1, "line": cosignature().line})
    assert problem(response) == (404, "no-such-tree")
    assert detail(response) == (
        f"The log has no tree of size {size + 1}: the newest checkpoint has size {size}."
    )


LINE = cosignature().line


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"size": 1},
        {"line": LINE},
        {"size": 0, "line": LINE},
        {"size": "1", "line": LINE},
        {"size": True, "line": LINE},
        {"size": 1.5, "line": LINE},
        {"size": 1, "line": ""},
        {"size": 1, "line": LINE[1:]},
        {"size": 1, "line": LINE + "\n"},
        {"size": 1, "line": LINE[:-4]},
        {"size": 1, "line": LINE[:-2] + "AA"},
        {"size": 1, "line": LINE.replace("witness", "a witness")},
        {"size": 1, "line": LINE.replace("witness", "a+witness")},
        {"size": 1, "line": LINE, "more": 1},
        None,
    ],
)
def test_what_is_not_a_cosignature_is_400(body: Any, send: Send, world: World):
    assert problem(send(COSIGN, **AUDITOR, body=body)) == (400, "bad-request")
    assert world.log.stored_cosignatures == {}


# A log that was changed

LOG_ROUTES = (
    (CHECKPOINT, {}),
    (CONSISTENCY, {"query": "from=2&to=3"}),
    (PROOF, {"path": {"datasetId": CHAIN[1].dataset_id}}),
)


def codes(response: dict[str, Any]) -> set[str]:
    assert response["statusCode"] == 200, response
    return {each["code"] for each in json_of(response)["findings"]}


def swap(tile: bytes) -> bytes:
    return tile[32:64] + tile[:32] + tile[64:]


def test_a_swapped_tile_is_found_by_every_route_that_uses_it(send: Send, world: World):
    (tile,) = world.log.tiles_of_newest()
    world.log.tiles[tile] = swap(world.log.tiles[tile])
    for route, options in LOG_ROUTES:
        assert problem(send(route, **options)) == (500, "log-damaged"), route
    assert codes(send(VERIFY, path={"workflowId": WORKFLOW})) == {"checkpoint-invalid"}


def test_a_swapped_full_tile_is_found_by_the_proof_of_its_records(world: World):
    world.log.seal(*(Entry(EntryKind.EVENT, f"e{number}", "0" * 64) for number in range(600)))
    tile = Tile(0, 0)
    world.log.tiles[tile] = swap(world.log.tiles[tile])
    send = send_to(world)
    assert problem(send(PROOF, path={"datasetId": CHAIN[1].dataset_id})) == (500, "log-damaged")
    assert problem(send(CONSISTENCY, query="from=3&to=300")) == (500, "log-damaged")
    assert codes(send(VERIFY, path={"workflowId": WORKFLOW})) == {"checkpoint-invalid"}


def test_an_old_checkpoint_in_the_table_is_found_because_a_newer_one_is_published(send: Send, world: World):
    old = world.log.newest
    world.log.seal(Entry(EntryKind.EVENT, "another", "0" * 64))
    assert world.log.newest is not None
    world.log.published, world.log.newest = world.log.newest.signed.note, old
    for route, options in LOG_ROUTES:
        assert problem(send(route, **options)) == (500, "log-damaged"), route
    assert codes(send(VERIFY, path={"workflowId": WORKFLOW})) == {"checkpoint-invalid"}
    world.log.newest = None
    assert problem(send(CHECKPOINT)) == (500, "log-damaged"), "the table has lost its state"


def test_a_checkpoint_that_is_signed_between_two_reads_is_no_finding(world: World):
    real, calls = world.log.newest_checkpoint, []
    old = world.log.newest
    world.log.seal(Entry(EntryKind.EVENT, "another", "0" * 64))

    def lagging() -> PublishedCheckpoint | None:
        calls.append(1)
        return old if len(calls) == 1 else real()

    world.log.newest_checkpoint = lagging  # type: ignore[method-assign]
    body = checked(send_to(world)(CHECKPOINT), log_responses.NewestCheckpoint)
    assert body["size"] == world.log.size


def test_an_older_published_checkpoint_is_no_finding(send: Send, world: World):
    """It is older for a moment in each run of the sealer."""
    assert world.log.newest is not None
    world.log.published = world.log.newest.signed.note
    world.log.seal(Entry(EntryKind.EVENT, "another", "0" * 64))
    assert send(CHECKPOINT)["statusCode"] == 200
    assert codes(send(VERIFY, path={"workflowId": WORKFLOW})) == set()


@pytest.mark.parametrize("published", ["unsigned", "garbage"])
def test_a_published_checkpoint_that_is_not_signed_is_found(published: str, send: Send, world: World):
    assert world.log.newest is not None
    forged = SignedCheckpoint(replace(newest(world), size=1), world.log.newest.signed.signatures)
    world.log.published = forged.note if published == "unsigned" else "x"
    assert problem(send(CHECKPOINT)) == (500, "log-damaged")
    assert codes(send(VERIFY, path={"workflowId": WORKFLOW})) == {"checkpoint-invalid"}


def test_two_signed_trees_of_one_size_are_found(send: Send, world: World):
    other = replace(newest(world), root=bytes(32))
    signature = NoteSignature(ORIGIN, world.log.key().key_id, world.log.signature_of(other.text))
    world.log.published = SignedCheckpoint(other, (signature,)).note
    assert problem(send(CHECKPOINT)) == (500, "log-damaged")


def test_a_checkpoint_that_the_key_has_not_signed_is_not_shown(send: Send, world: World):
    assert world.log.newest is not None
    other = replace(newest(world), root=bytes(32))
    signed = replace(world.log.newest.signed, checkpoint=other)
    world.log.newest = replace(world.log.newest, signed=signed)
    assert problem(send(CHECKPOINT)) == (500, "log-damaged")


def test_a_position_of_another_leaf_gives_no_proof(send: Send, world: World):
    one, two = CHAIN[0].dataset_id, CHAIN[1].dataset_id
    world.log.indices[two] = replace(world.log.indices[two], index=world.log.indices[one].index)
    assert problem(send(PROOF, path={"datasetId": two})) == (500, "log-damaged")


# Proofs of records


def test_the_proof_of_a_sealed_record_leads_to_the_checkpoint(send: Send, world: World):
    record = CHAIN[1]
    body = checked(send(PROOF, path={"datasetId": record.dataset_id}), log_responses.RecordProof)
    assert body["state"] == "sealed"
    assert body["entry"] == f"countersign/v1/event\n{record.dataset_id}\n{record.hash}\n"
    leaf = hashlib.sha256(b"\x00" + body["entry"].encode()).digest()
    assert (body["leafHash"], body["leafIndex"]) == (leaf.hex(), 1)
    proof = [bytes.fromhex(each) for each in body["proof"]]
    root = root_of_inclusion(leaf, body["leafIndex"], body["treeSize"], proof)
    signed = SignedCheckpoint.parse(body["checkpoint"]["note"])
    assert (signed.checkpoint.size, signed.checkpoint.root) == (body["treeSize"], root)


@given(st.integers(1, 700), st.data())
def test_every_proof_leads_to_the_checkpoint(size: int, data: st.DataObject):
    world = World(FakeRepository(CHAIN[0]))
    index = data.draw(st.integers(0, size - 1))
    fill = [Entry(EntryKind.EVENT, dataset_id(number), "0" * 64) for number in range(1_000, 1_000 + size - 1)]
    signed = world.log.seal(*fill[:index], event_entry(CHAIN[0]), *fill[index:])
    body = json_of(send_to(world)(PROOF, path={"datasetId": CHAIN[0].dataset_id}))
    proof = [bytes.fromhex(each) for each in body["proof"]]
    leaf = bytes.fromhex(body["leafHash"])
    assert root_of_inclusion(leaf, index, size, proof) == signed.checkpoint.root


def test_a_record_that_waits_to_be_sealed_is_pending():
    world = World(FakeRepository(*CHAIN))
    for _ in range(2):
        path = {"datasetId": CHAIN[2].dataset_id}
        body = checked(send_to(world)(PROOF, path=path), log_responses.RecordProof)
        assert (body["datasetId"], body["state"]) == (CHAIN[2].dataset_id, "pending")
        assert {value for name, value in body.items() if name not in ("datasetId", "state")} == {None}
        world.log.seal(event_entry(CHAIN[0]))


def test_the_proof_of_a_damaged_record_says_what_was_recorded(send: Send, world: World):
    world.records.damage(dataclasses.replace(CHAIN[1], sealed="", content=None))
    body = json_of(send(PROOF, **AUDITOR, path={"datasetId": CHAIN[1].dataset_id}))
    assert body["entry"].splitlines()[2] == CHAIN[1].hash


def test_a_position_outside_of_the_tree_is_a_damaged_log(send: Send, world: World):
    world.log.indices[CHAIN[1].dataset_id] = LeafPosition(world.log.size, CHAIN[1].hash)
    assert problem(send(PROOF, path={"datasetId": CHAIN[1].dataset_id})) == (500, "log-damaged")


def test_a_proof_is_for_those_who_may_read_the_record(world: World):
    draft = make_draft(4, previous_hash=CHAIN[-1].hash)
    world.records.add([draft])
    world.log.seal(event_entry(draft))
    send = send_to(world)
    statuses = {
        (record.dataset_id, user): send(PROOF, user=user, path={"datasetId": record.dataset_id})["statusCode"]
        for record in (CHAIN[0], draft)
        for user in (REQUESTER, APPROVER, STRANGER)
    }
    assert list(statuses.values()) == [200, 200, 404, 200, 404, 404]
    assert problem(send(PROOF, path={"datasetId": dataset_id(999)})) == (404, "not-found")


# Verification and evidence


def test_a_valid_verification_matches_its_schema(send: Send, world: World):
    body = checked(send(VERIFY, path={"workflowId": WORKFLOW}), verification_responses.Verification)
    assert (body["verdict"], body["findings"], body["cursor"]) == ("valid", [], None)
    assert (body["events"], body["sealed"], body["pending"], body["from"], body["to"]) == (3, 3, 0, 1, 3)
    assert body["headHash"] == CHAIN[-1].hash
    assert body["checked"] == dict.fromkeys(
        ("chain", "commitments", "inclusion", "checkpoint", "attestedState"), "valid"
    )
    assert body["attested"] == {
        "version": 3,
        "headHash": CHAIN[-1].hash,
        "status": "PENDING",
        "manifest": "2026-01-31T09:01:00Z",
        "at": "2026-01-31T09:01:40.000Z",
    }
    assert body["checkpoint"] == json_of(send(CHECKPOINT))


def test_an_invalid_verification_matches_its_schema(send: Send, world: World):
    del world.records.stored[CHAIN[1].dataset_id]
    body = checked(send(VERIFY, path={"workflowId": WORKFLOW}), verification_responses.Verification)
    assert (body["verdict"], body["events"]) == ("invalid", 2)
    (finding,) = body["findings"]
    assert (finding["sequence"], finding["datasetId"], finding["code"]) == (2, CHAIN[1].dataset_id, "missing")
    assert body["checked"]["chain"] == "invalid"


def test_a_verification_without_a_log_matches_its_schema():
    world = World(FakeRepository(*CHAIN))
    world.now = CHAIN[2].occurred_at
    body = checked(send_to(world)(VERIFY, path={"workflowId": WORKFLOW}), verification_responses.Verification)
    assert (body["verdict"], body["pending"], body["sealed"]) == ("valid", 3, 0)
    assert (body["attested"], body["checkpoint"]) == (None, None)
    assert body["checked"]["inclusion"] == "not-checked"


@pytest.fixture
def pages_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_pages, "PAGE_RECORDS", 2)


def pages(send: Send, route: str, **request: Any) -> Iterator[Any]:
    query = ""
    while True:
        body = json_of(send(route, path={"workflowId": WORKFLOW}, query=query, **request))
        yield body
        if body["cursor"] is None:
            return
        query = f"cursor={body['cursor']}"


@pytest.mark.usefixtures("pages_of_two")
def test_verification_and_evidence_continue_with_their_cursor(send: Send):
    verified = list(pages(send, VERIFY))
    assert [(page["from"], page["to"], page["verdict"]) for page in verified] == [
        (1, 2, "valid"),
        (3, 3, "valid"),
    ]
    collected = [record["datasetId"] for page in pages(send, EVIDENCE) for record in page["records"]]
    assert collected == [record.dataset_id for record in CHAIN]


@pytest.mark.usefixtures("pages_of_two")
@pytest.mark.parametrize("route", [VERIFY, EVIDENCE])
def test_a_cursor_works_for_its_own_workflow_and_caller_only(route: str, send: Send):
    cursor = json_of(send(route, path={"workflowId": WORKFLOW}))["cursor"]
    assert send(route, path={"workflowId": WORKFLOW}, query=f"cursor={cursor}")["statusCode"] == 200
    other = VERIFY if route == EVIDENCE else EVIDENCE
    for response in (
        send(route, path={"workflowId": WORKFLOW}, query=f"cursor={cursor}", user=APPROVER),
        send(route, path={"workflowId": dataset_id(5)}, query=f"cursor={cursor}"),
        send(other, path={"workflowId": WORKFLOW}, query=f"cursor={cursor}"),
    ):
        assert problem(response) == (400, "invalid-cursor")


@pytest.mark.usefixtures("pages_of_two")
@pytest.mark.parametrize(
    "position",
    [
        None,
        [],
        [1, dataset_id(1)],
        [10**38, dataset_id(1), 2, "0" * 64],
        [True, dataset_id(1), 2, "0" * 64],
        [1, "", 2, "0" * 64],
        [1, "\ud800", 2, "0" * 64],
        [1, dataset_id(1), 0, "0" * 64],
        [1, dataset_id(1), 2**53, "0" * 64],
        [1, dataset_id(1), 2, "0" * 63],
        [1, dataset_id(1), 2, "Z" * 64],
        [1, dataset_id(1), 2, "0" * 64, 1],
    ],
    ids=repr,
)
def test_a_hand_made_cursor_is_400(position: Any, send: Send):
    for route in (VERIFY, EVIDENCE):
        cursor = json_of(send(route, path={"workflowId": WORKFLOW}))["cursor"]
        digest, _ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        forged = base64.urlsafe_b64encode(json.dumps([digest, position]).encode()).decode().rstrip("=")
        if route == EVIDENCE and position == [1, dataset_id(1)]:
            continue
        response = send(route, path={"workflowId": WORKFLOW}, query=f"cursor={forged}")
        assert problem(response) == (400, "invalid-cursor")


def test_the_evidence_of_a_workflow_is_complete_in_itself(send: Send, world: World):
    body = checked(send(EVIDENCE, **AUDITOR, path={"workflowId": WORKFLOW}), verification_responses.Evidence)
    assert (body["format"], body["workflowId"], body["cursor"]) == ("countersign.evidence.v1", WORKFLOW, None)
    assert body["publicKey"] == world.log.key().text
    assert body["records"] == [
        {
            "datasetId": record.dataset_id,
            "hash": record.hash,
            "sealed": record.sealed,
            "person": record.person.to_json(),
            "content": record.content.to_json(),
        }
        for record in CHAIN
    ]
    assert [manifest["name"] for manifest in body["manifests"]] == ["2026-01-31T09:01:00Z"]
    signed = SignedCheckpoint.parse(body["checkpoint"])
    assert world.log.verify(signed)
    entries = {record.dataset_id: event_entry(record) for record in CHAIN}
    for manifest in body["manifests"]:
        digest = hashlib.sha256(manifest["text"].encode()).hexdigest()
        entries[manifest["name"]] = Entry(EntryKind.MANIFEST, manifest["name"], digest)
    assert {proof["entryId"] for proof in body["proofs"]} == set(entries)
    for proof in body["proofs"]:
        leaf = leaf_hash(entries[proof["entryId"]].to_bytes())
        hashes = [bytes.fromhex(each) for each in proof["hashes"]]
        root = root_of_inclusion(leaf, proof["index"], signed.checkpoint.size, hashes)
        assert root == signed.checkpoint.root


def test_participants_do_not_get_persons_other_drafts_and_manifests(world: World):
    draft = make_draft(4, previous_hash=CHAIN[-1].hash, content={"after": {"secret": "draft"}})
    world.records.add([draft])
    world.log.seal(event_entry(draft))
    send = send_to(world)
    response = send(EVIDENCE, user=APPROVER, path={"workflowId": WORKFLOW})
    body = checked(response, verification_responses.Evidence)
    assert [record["withheld"] for record in body["records"]] == [*[["person"]] * 3, ["person", "content"]]
    assert [record["sealed"] for record in body["records"]] == [each.sealed for each in (*CHAIN, draft)]
    assert (body["manifests"], body["withheld"]) == ([], ["manifests"])
    for secret in ("@example.com", "192.0.2.7", "Rita", "secret"):
        assert secret not in response["body"]
    own = json_of(send(EVIDENCE, user=REQUESTER, path={"workflowId": WORKFLOW}))
    assert own["records"][3]["content"] == draft.content.to_json()
    assert own["records"][3]["withheld"] == ["person"]


def test_evidence_is_for_those_who_may_verify(send: Send):
    for route in (VERIFY, EVIDENCE):
        assert problem(send(route, user=STRANGER, path={"workflowId": WORKFLOW})) == (404, "not-found")
        assert problem(send(route, **AUDITOR, path={"workflowId": dataset_id(5)})) == (404, "not-found")


@pytest.mark.parametrize("route", [KEY, CHECKPOINT, HISTORY, CONSISTENCY, PROOF, VERIFY, EVIDENCE])
def test_a_store_that_is_not_available_is_503(route: str, world: World):
    def unavailable(*_: Any, **__: Any) -> Any:
        raise StoreUnavailableError("The database is busy.")

    for name in ("positions", "newest_checkpoint", "list_checkpoints", "key"):
        setattr(world.log, name, unavailable)
    path = {"datasetId": CHAIN[0].dataset_id} if route == PROOF else {"workflowId": WORKFLOW}
    query = "from=1&to=2" if route == CONSISTENCY else ""
    response = send_to(world)(route, path=path, query=query)
    assert problem(response) == (503, "store-unavailable")


def test_a_tree_of_one_leaf_has_an_empty_proof():
    world = World(FakeRepository(CHAIN[0]))
    signed = world.log.seal(event_entry(CHAIN[0]))
    body = json_of(send_to(world)(PROOF, path={"datasetId": CHAIN[0].dataset_id}))
    assert (body["proof"], body["leafHash"]) == ([], signed.checkpoint.root.hex())
