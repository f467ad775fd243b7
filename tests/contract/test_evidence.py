"""The evidence that the audit service returns: the offline verifier finds in it what the service finds itself."""

import base64
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from countersign_common.actors import Actor
from countersign_common.http.caller import Caller
from countersign_verify.files import Verification
from countersign_verify.trust import Trust
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.notes import VerifierKey
from audit_service.schemas.serialization import evidence_text
from audit_service.use_cases.get_evidence import GetEvidence
from audit_service.use_cases.verify_workflow import VerifyWorkflow
from services.audit.tests.builders import REQUESTER, WORKFLOW, make_chain, make_record
from services.audit.tests.fakes import FakeRepository
from services.audit.tests.log_fakes import (
    ORIGIN,
    World,
    event_entry,
    manifest_entry,
    minute,
    state_after,
)
from services.audit.tests.use_cases.test_verify_workflow import forged

AUDITOR = Caller("ada", "Ada", "ada@example.com", frozenset({"auditors"}))
PARTICIPANT = Caller(REQUESTER, "Rita", "rita@example.com")
CHAIN = make_chain(4)
KEY = ec.generate_private_key(ec.SECP256R1())

Finding = tuple[int, str]
Change = Callable[[World], object]


def world() -> World:
    """Return a world in which the chain is recorded, attested and sealed."""
    world = World(FakeRepository(*CHAIN))
    world.publish_and_seal(CHAIN)
    return world


def signed(bundle: dict[str, Any]) -> dict[str, Any]:
    """Return a bundle with a signature of a real key."""
    der = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    key = VerifierKey.ecdsa(ORIGIN, der)
    text = bundle["checkpoint"].rpartition("\n\n")[0] + "\n"
    signature = base64.b64encode(key.key_id + KEY.sign(text.encode(), ec.ECDSA(hashes.SHA256()))).decode()
    return bundle | {"publicKey": key.text, "checkpoint": f"{text}\n— {ORIGIN} {signature}\n"}


def found_offline(world: World, folder: Path, actor: Actor = AUDITOR) -> set[Finding]:
    evidence = GetEvidence(world.records, world.reader, world.finder, world.clock)(WORKFLOW, actor, None)
    file = folder / "evidence.json"
    file.write_text(json.dumps(signed(json.loads(evidence_text(evidence, None)))))
    verdicts = Verification(Trust(), frozenset(), world.now).verdicts([str(file)])
    return {(each.sequence, each.code) for verdict in verdicts for each in verdict.findings}


def found_by_the_service(world: World, actor: Actor = AUDITOR) -> set[Finding]:
    verify = VerifyWorkflow(world.records, world.reader, world.finder, world.clock)
    return {(each.sequence, each.code) for each in verify(WORKFLOW, actor, None).verdict.findings}


def damage(number: int, **changes: Any) -> Change:
    return lambda world: world.records.damage(dataclasses.replace(CHAIN[number], **changes))


def remove(record: AuditRecord) -> Change:
    return lambda world: world.records.stored.pop(record.dataset_id)


def attest(**changes: Any) -> Change:
    """Publish a later manifest that attests another state."""

    def change(world: World) -> None:
        world.manifests.publish(minute("09:02"), workflows=[state_after(CHAIN[-1], **changes)])
        manifest = list(world.manifests.stored.values())[-1]
        world.manifests.newest_of[WORKFLOW] = manifest.name
        world.log.seal(manifest_entry(manifest))

    return change


def forge_event(world: World) -> None:
    """Seal an event that the workflow service didn't commit."""
    event = make_record(5, number=5, previous_hash=CHAIN[-1].hash)
    world.records.add([event])
    world.log.seal(event_entry(event))


def erase(world: World) -> None:
    """Erase a person with an erasure event in the log."""
    erased = [{"datasetId": CHAIN[1].dataset_id, "parts": ["person"]}]
    erasure = make_record(
        1,
        number=900,
        has_workflow=False,
        source="/countersign/audit",
        actionType="ERASE",
        outcome="ERASED",
        target={"type": "user", "id": REQUESTER},
        content={
            "title": "Erasure",
            "comment": None,
            "before": None,
            "after": {"reason": "asked", "parts": ["person"], "erased": erased},
        },
    )
    world.records.add([erasure])
    world.log.seal(event_entry(erasure))
    world.log.erasures[CHAIN[1].dataset_id] = [erasure.dataset_id]
    damage(1, person=None)(world)


CHANGES: dict[str, tuple[Change, set[Finding]]] = {
    "nothing": (lambda world: None, set()),
    "last record rewritten": (
        lambda world: world.records.damage(forged(CHAIN[3], outcome="REJECTED")),
        {(4, "rewritten"), (4, "state-mismatch")},
    ),
    "record rewritten": (
        lambda world: world.records.damage(forged(CHAIN[1], outcome="REJECTED")),
        {(2, "rewritten"), (3, "previous-hash-mismatch")},
    ),
    "stored hash": (damage(1, hash="0" * 64), {(2, "hash-mismatch")}),
    "person removed": (damage(1, person=None), {(2, "removed-without-erasure")}),
    "content removed": (damage(1, content=None), {(2, "removed-without-erasure")}),
    "person erased": (erase, set()),
    "unreadable": (damage(1, sealed="{"), {(0, "unreadable"), (2, "missing")}),
    "record removed": (remove(CHAIN[1]), {(2, "missing")}),
    "tail removed": (remove(CHAIN[3]), {(4, "missing-tail")}),
    "event forged": (forge_event, {(5, "unattested")}),
    "state with another status": (attest(status="REJECTED"), {(4, "state-mismatch")}),
    "state with other data": (attest(data_hash="0" * 64), {(4, "state-mismatch")}),
    "state of a later version": (attest(version=5, head_hash="0" * 64), {(5, "missing-tail")}),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_service_and_verifier_find_the_same(change: Change, expected: set[Finding], tmp_path: Path):
    changed = world()
    change(changed)
    assert found_offline(changed, tmp_path) == expected
    assert found_by_the_service(changed) == expected


@pytest.mark.parametrize("name", ["nothing", "person erased", "record rewritten"])
def test_a_participants_bundle_shows_it_too(name: str, tmp_path: Path):
    change, expected = CHANGES[name]
    changed = world()
    change(changed)
    assert found_offline(changed, tmp_path, PARTICIPANT) == expected
