"""The service's verification and the offline verifier, on the service's evidence, find the same attacks."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.hash_chain import hash_of
from countersign_verify.cli import app
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from typer.testing import CliRunner

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.notes import SignedCheckpoint, VerifierKey
from audit_service.domain.log.tiles import Tile
from audit_service.schemas.serialization import evidence_text
from audit_service.use_cases import record_pages
from audit_service.use_cases.get_evidence import GetEvidence
from audit_service.use_cases.verify_workflow import VerifyWorkflow
from services.audit.tests.builders import (
    APPROVER,
    REQUESTER,
    WORKFLOW,
    caller,
    dataset_id,
    make_chain,
    make_draft,
    make_record,
)
from services.audit.tests.fakes import FakeRepository
from services.audit.tests.log_fakes import (
    ORIGIN,
    FakeLog,
    World,
    event_entry,
    manifest_entry,
    minute,
    state_after,
)

AUDITOR = caller("ada", "auditors")
CHAIN = make_chain(4)
MANIFEST = "2026-01-31T09:01:00Z"


class SignedLog(FakeLog):
    """A log whose checkpoints have real signatures."""

    def __init__(self) -> None:
        super().__init__()
        self._private = ec.generate_private_key(ec.SECP256R1())

    def key(self) -> VerifierKey:
        der = self._private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return VerifierKey.ecdsa(ORIGIN, der)

    def signature_of(self, text: str) -> bytes:
        return self._private.sign(text.encode(), ec.ECDSA(SHA256()))

    def verify(self, signed: SignedCheckpoint) -> bool:
        try:
            signature = next(each.signature for each in signed.signatures if each.is_by(self.key()))
            text = signed.checkpoint.text.encode()
            self._private.public_key().verify(signature, text, ec.ECDSA(SHA256()))
        except (StopIteration, InvalidSignature):
            return False
        return True


@pytest.fixture
def world() -> World:
    """A workflow with four records, and some minutes without events."""
    world = World(FakeRepository(*CHAIN), log=SignedLog())
    world.publish(CHAIN)
    for text in ("09:02", "09:03"):
        world.manifests.publish(minute(text))
    world.manifests.newest_of[WORKFLOW] = MANIFEST
    seal_all(world, CHAIN)
    return world


def seal_all(world: World, records: list[AuditRecord]) -> None:
    """Seal records and those manifests that are not sealed yet."""
    manifests = [each for each in world.manifests.stored.values() if each.name not in world.log.indices]
    world.log.seal(*map(event_entry, records), *map(manifest_entry, manifests))


def findings_online(world: World, actor: Any = AUDITOR) -> set[tuple[int, str]]:
    """Return what the service finds on all pages."""
    verify = VerifyWorkflow(world.records, world.reader, world.finder, world.clock)
    found: set[tuple[int, str]] = set()
    after = None
    while True:
        page = verify(WORKFLOW, actor, after)
        found |= {(each.sequence, each.code) for each in page.verdict.findings}
        after = page.next_position
        if after is None:
            return found


def bundle(world: World, actor: Any = AUDITOR) -> str:
    """Return all pages of the service's evidence, one on each line."""
    collect = GetEvidence(world.records, world.reader, world.finder, world.clock)
    lines, after = [], None
    while True:
        page = collect(WORKFLOW, actor, after)
        after = page.next_position
        lines.append(evidence_text(page, None if after is None else "cursor"))
        if after is None:
            return "\n".join(lines)


def verified(text: str, world: World, folder: Path) -> Any:
    """Return the offline verifier's result for evidence, with the log's key as the one that is trusted."""
    file = folder / "evidence.json"
    file.write_text(text)
    result = CliRunner().invoke(app, [str(file), "--json", "--key", world.log.key().text])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def findings_offline(text: str, world: World, folder: Path) -> set[tuple[int, str]]:
    groups = verified(text, world, folder)["groups"]
    return {(each["sequence"] or 0, each["code"]) for group in groups for each in group["findings"]}


def rewritten(record: AuditRecord, **facts: Any) -> AuditRecord:
    """Return a record with other facts, and the hash of its new text."""
    text = canonical_text(json.loads(record.sealed) | facts)
    return dataclasses.replace(record, sealed=text, hash=hash_of(text))


def _rehash(world: World) -> None:
    for record in make_chain(4, content={"after": {"amount": 1_000_000}}):
        world.records.damage(record)


def _cut(world: World) -> None:
    del world.records.stored[CHAIN[3].dataset_id]
    del world.records.keys[CHAIN[3].dataset_id]


def _forge(world: World) -> None:
    forgery = make_record(5, previous_hash=CHAIN[3].hash, outcome="APPROVED")
    world.records.add([forgery])
    seal_all(world, [forgery])


def _invent(world: World) -> None:
    world.records = FakeRepository(*make_chain(2, first_number=70))
    world.manifests.newest_of.clear()
    seal_all(world, list(world.records.stored.values()))


def _replace(number: int, **changes: Any) -> Callable[[World], None]:
    return lambda world: world.records.damage(dataclasses.replace(CHAIN[number - 1], **changes))


def _attest(**changes: Any) -> Callable[[World], None]:
    def attest(world: World) -> None:
        world.manifests.publish(minute("09:04"), workflows=[state_after(CHAIN[3], **changes)])
        world.manifests.newest_of[WORKFLOW] = "2026-01-31T09:04:00Z"
        seal_all(world, [])

    return attest


def _delete(world: World) -> None:
    del world.records.stored[CHAIN[1].dataset_id]


ATTACKS: dict[str, tuple[Callable[[World], None], set[tuple[int, str]]]] = {
    "last record rewritten": (
        lambda world: world.records.damage(rewritten(CHAIN[3], outcome="APPROVED")),
        {(4, "rewritten")},
    ),
    "chain rehashed": (_rehash, {(number, "rewritten") for number in range(1, 5)}),
    "participants changed": (
        lambda world: world.records.damage(rewritten(CHAIN[3], participants=["user:mallory"])),
        {(4, "rewritten")},
    ),
    "tail cut off": (_cut, {(4, "missing-tail")}),
    "record deleted": (_delete, {(2, "missing")}),
    "record forged": (_forge, {(5, "unattested")}),
    "workflow invented": (_invent, {(1, "unattested"), (2, "unattested")}),
    "person removed": (_replace(2, person=None), {(2, "removed-without-erasure")}),
    "content removed": (_replace(2, content=None), {(2, "removed-without-erasure")}),
    "content changed": (_replace(2, content=CHAIN[2].person), {(2, "content-mismatch")}),
    "record damaged": (_replace(2, sealed="{"), {(0, "unreadable")}),
    "state changed": (_attest(status="APPROVED"), {(4, "state-mismatch")}),
    "data changed": (_attest(data_hash="0" * 64), {(4, "state-mismatch")}),
}


def test_what_was_not_attacked_is_valid_for_both(world: World, tmp_path: Path):
    assert findings_online(world) == set()
    result = verified(bundle(world), world, tmp_path)
    assert findings_offline(bundle(world), world, tmp_path) == set()
    [group] = result["groups"]
    assert (group["records"], group["sealed"], group["pending"]) == (4, 4, 0)


@pytest.mark.parametrize("name", ATTACKS)
def test_both_find_an_attack(name: str, world: World, tmp_path: Path):
    attack, expected = ATTACKS[name]
    attack(world)
    assert findings_online(world) >= expected
    assert findings_offline(bundle(world), world, tmp_path) >= expected


def test_the_verifier_alone_finds_evidence_of_another_key(world: World, tmp_path: Path):
    other = World(FakeRepository(*CHAIN), log=SignedLog())
    other.publish(CHAIN)
    seal_all(other, CHAIN)
    found = findings_offline(bundle(other), world, tmp_path)
    assert (0, "checkpoint-invalid") in found


def test_evidence_in_pages_is_verified_as_one(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(record_pages, "PAGE_RECORDS", 2)
    text = bundle(world)
    assert len(text.splitlines()) == 2
    assert findings_offline(text, world, tmp_path) == set()
    assert findings_offline(text.splitlines()[0], world, tmp_path) >= {(0, "missing-tail")}


@pytest.mark.parametrize("user", [REQUESTER, APPROVER])
def test_the_evidence_of_a_participant_is_valid(user: str, tmp_path: Path):
    draft = make_draft(5, previous_hash=CHAIN[3].hash)
    world = World(FakeRepository(*CHAIN, draft), log=SignedLog())
    world.publish([*CHAIN, draft])
    seal_all(world, [*CHAIN, draft])
    assert findings_online(world, caller(user)) == set()
    result = verified(bundle(world, caller(user)), world, tmp_path)
    [group] = result["groups"]
    assert group["findings"] == []
    assert group["withheld"] == (6 if user == APPROVER else 5)


def test_a_part_erased_by_an_event_is_explained_for_both(world: World, tmp_path: Path):
    erased = [{"datasetId": CHAIN[1].dataset_id, "parts": ["person"]}]
    erasure = make_record(
        1,
        number=900,
        has_workflow=False,
        source="/countersign/audit",
        actionType="ERASE",
        outcome="ERASED",
        target={"type": "user", "id": REQUESTER},
        content={"after": {"reason": "asked for", "parts": ["person"], "erased": erased}},
    )
    world.records.add([erasure])
    world.log.erasures[CHAIN[1].dataset_id] = [erasure.dataset_id]
    world.records.damage(dataclasses.replace(CHAIN[1], person=None))
    seal_all(world, [erasure])
    for actor in (AUDITOR, caller(REQUESTER)):
        assert findings_online(world, actor) == set()
        assert findings_offline(bundle(world, actor), world, tmp_path) == set()


def test_a_swapped_tile_is_found_by_the_service_and_leaves_no_valid_proof(world: World, tmp_path: Path):
    fill = [Entry(EntryKind.EVENT, dataset_id(number), "0" * 64) for number in range(1_000, 1_300)]
    world.log.seal(*fill)
    assert findings_offline(bundle(world), world, tmp_path) == set()
    tile = Tile(0, 0)
    world.log.tiles[tile] = world.log.tiles[tile][32:] + world.log.tiles[tile][:32]
    assert (0, "checkpoint-invalid") in findings_online(world)
    assert {code for _, code in findings_offline(bundle(world), world, tmp_path)} >= {"rewritten"}
