"""Verifying a workflow. Each finding has a test in which only the thing that it finds is wrong."""

import dataclasses
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from countersign_common.errors import NotFoundError
from countersign_common.events.manifest import ManifestEvent
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import Finding, hash_of

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition
from audit_service.domain.log.tiles import Tile
from audit_service.domain.verification_result import CHECK_OF_CODE, Check, CheckResult
from audit_service.use_cases import record_pages, verify_workflow
from audit_service.use_cases.verify_workflow import Verification, VerifyWorkflow

from ..builders import (
    APPROVER,
    OTHER_WORKFLOW,
    REQUESTER,
    STRANGER,
    WORKFLOW,
    caller,
    dataset_id,
    make_chain,
    make_draft,
    make_record,
)
from ..fakes import FakeRepository
from ..log_fakes import (
    LONG_AGO,
    NOW,
    WITNESS,
    World,
    committed_event,
    cosign,
    cosignature,
    event_entry,
    manifest_entry,
    minute,
    state_after,
)

AUDITOR = caller("ada", "auditors")
ALONE = (f"user:{REQUESTER}",)
BOTH = (f"user:{REQUESTER}", f"user:{APPROVER}")
MANIFEST = "2026-01-31T09:01:00Z"


def world_of(chain: list[AuditRecord], **options: Any) -> World:
    """Return a world in which everything of a chain is recorded, attested and sealed."""
    world = World(FakeRepository(*chain), **options)
    world.publish_and_seal(chain)
    return world


def verify(
    world: World, actor: Any = AUDITOR, workflow_id: str = WORKFLOW, after: Any = None
) -> Verification:
    verifier = VerifyWorkflow(world.records, world.reader, world.finder, world.clock)
    return verifier(workflow_id, actor, after)


def findings(world: World, **options: Any) -> list[tuple[int, str]]:
    found = verify(world, **options).verdict.findings
    return [(finding.sequence, finding.code) for finding in found]


def forged(record: AuditRecord, **facts: Any) -> AuditRecord:
    """Return the record with other facts in its sealed text, and the hash of that text."""
    sealed = json.loads(record.sealed)
    workflow = sealed["workflow"] | {
        name: facts.pop(name) for name in list(facts) if name in sealed["workflow"]
    }
    text = canonical_text(sealed | facts | {"workflow": workflow})
    return dataclasses.replace(record, sealed=text, hash=hash_of(text))


def test_a_complete_workflow_is_valid_and_everything_was_checked():
    chain = make_chain(4)
    world = world_of(chain)
    verification = verify(world, caller(REQUESTER))
    verdict = verification.verdict
    assert verdict.findings == ()
    assert verdict.is_valid
    assert (verdict.events, verdict.sealed, verdict.pending) == (4, 4, 0)
    assert (verdict.head_hash, verdict.first, verdict.last) == (chain[-1].hash, 1, 4)
    assert set(verdict.checked) == set(Check)
    assert set(verdict.checked.values()) == {CheckResult.VALID}
    assert verdict.attested is not None
    assert (verdict.attested.version, verdict.attested.status) == (4, "PENDING")
    assert (verdict.attested.head_hash, verdict.attested.manifest) == (chain[-1].hash, MANIFEST)
    assert verification.checkpoint is not None
    assert verification.checkpoint.signed == world.log.newest.signed
    assert verification.next_position is None


def test_a_chain_with_parts_erased_by_an_event_in_the_log_is_valid():
    chain = make_chain(3)
    world = world_of(chain)
    erase(world, chain[1], "person", "content")
    assert findings(world) == []


def manifest_with_state(**changes: Any) -> str:
    """Return the text of a manifest with one state of the workflow."""
    state = {
        "workflowId": WORKFLOW,
        "version": 1,
        "headHash": "0" * 64,
        "status": "PENDING",
        "dataHash": None,
    }
    times = {"from": "2026-01-31T09:00:00Z", "to": MANIFEST}
    manifest = {"format": "countersign.manifest.v1", **times, "events": [], "workflows": [state | changes]}
    return json.dumps(manifest).replace("Infinity", "1e999")


# The chain


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"sealed": "{"}, {"missing", "unreadable"}),
        ({"hash": "0" * 64}, {"hash-mismatch"}),
        ({"content": CommitmentOpening(bytes(32), '{"title":"Buy a yacht"}')}, {"content-mismatch"}),
        ({"person": CommitmentOpening(b"", "{}")}, {"person-mismatch"}),
    ],
)
@pytest.mark.parametrize("actor", [AUDITOR, caller(REQUESTER)], ids=["auditor", "participant"])
def test_a_changed_record_is_a_finding(change: dict[str, Any], codes: set[str], actor: Any):
    chain = make_chain(3)
    world = world_of(chain)
    world.records.damage(dataclasses.replace(chain[1], **change))
    verdict = verify(world, actor).verdict
    assert not verdict.is_valid
    assert {finding.code for finding in verdict.findings} == codes


def test_a_removed_record_is_missing_and_named():
    chain = make_chain(3)
    world = world_of(chain)
    del world.records.stored[chain[1].dataset_id]
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code, finding.dataset_id) == (2, "missing", chain[1].dataset_id)


def test_a_record_of_another_workflow_is_found():
    chain = make_chain(2)
    other = make_chain(3, workflow_id=OTHER_WORKFLOW, first_number=10)[2]
    world = world_of(chain)
    world.records.stored[other.dataset_id] = other
    world.records.keys[other.dataset_id] = (WORKFLOW, 3)
    world.log.seal(event_entry(other))
    assert "wrong-workflow" in {code for _, code in findings(world)}


def test_a_record_under_another_id_is_found():
    chain = make_chain(2)
    world = world_of(chain)
    moved = dataclasses.replace(chain[1], dataset_id=dataset_id(99))
    del world.records.stored[chain[1].dataset_id]
    world.records.stored[moved.dataset_id] = moved
    world.records.keys[moved.dataset_id] = (WORKFLOW, 2)
    assert {(2, "event-id-mismatch"), (2, "not-sealed"), (2, "unattested")} <= set(findings(world))


def test_a_second_record_at_a_position_is_a_fork():
    chain = make_chain(2)
    second = make_record(2, number=50, previous_hash=chain[0].hash, outcome="APPROVED")
    world = world_of(chain)
    world.records.add([second])
    world.log.seal(event_entry(second))
    assert (2, "fork") in findings(world)


def test_a_text_in_another_form_is_unreadable_unless_the_log_has_its_hash():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    spaced = chain[1].sealed.replace(":", ": ", 1)
    changed = dataclasses.replace(chain[1], sealed=spaced, hash=hash_of(spaced))
    world.publish_and_seal(chain[:1])
    world.records.damage(changed)
    assert (0, "unreadable") in findings(world)


@pytest.mark.parametrize(("number", "code"), [(0, "missing"), (1, "missing"), (2, "missing-tail")])
def test_a_record_that_the_index_still_lacks_after_five_minutes_is_missing(number: int, code: str):
    """Someone has removed the attribute that lists the record under its workflow."""
    chain = make_chain(3)
    world = world_of(chain)
    del world.records.keys[chain[number].dataset_id]
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (number + 1, code)
    assert finding.dataset_id == chain[number].dataset_id


def test_a_new_record_that_the_index_does_not_have_yet_is_verified():
    chain = make_chain(3)
    world = world_of(chain)
    del world.records.keys[chain[2].dataset_id]
    world.now = chain[2].occurred_at + timedelta(minutes=5)
    verdict = verify(world).verdict
    assert verdict.findings == ()
    assert verdict.last == 3


def test_findings_are_sorted_and_every_record_is_counted():
    chain = make_chain(4)
    world = world_of(chain)
    world.records.damage(dataclasses.replace(chain[3], hash="0" * 64))
    world.records.damage(dataclasses.replace(chain[0], person=None))
    world.records.damage(dataclasses.replace(chain[1], sealed="{"))
    verdict = verify(world).verdict
    assert [(each.sequence, each.code) for each in verdict.findings] == [
        (0, "unreadable"),
        (1, "removed-without-erasure"),
        (2, "missing"),
        (4, "hash-mismatch"),
    ]
    assert (verdict.events, verdict.sealed) == (4, 3)


def test_records_are_verified_in_the_order_of_their_sealed_sequences():
    """The index has the sequences as they were stored, which someone can change."""
    chain = make_chain(3)
    world = world_of(chain)
    world.records.keys[chain[0].dataset_id] = (WORKFLOW, 9)
    assert findings(world) == []


# The log


def test_a_rewritten_last_record_with_a_new_hash_is_found_by_its_leaf():
    chain = make_chain(3)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    world.records.damage(forged(chain[2], outcome="APPROVED"))
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (3, "rewritten")
    assert "Leaf 2" in finding.detail


def test_a_whole_rehashed_chain_is_found_record_by_record():
    chain = make_chain(3)
    other = make_chain(3, content={"after": {"amount": 999_999}})
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    for record in other:
        world.records.damage(record)
    assert findings(world) == [(1, "rewritten"), (2, "rewritten"), (3, "rewritten")]


def test_a_rewritten_record_with_a_rewritten_position_is_found():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    rewritten = forged(chain[0], outcome="APPROVED")
    world.records.damage(rewritten)
    world.log.indices[rewritten.dataset_id] = LeafPosition(0, rewritten.hash)
    assert findings(world) == [(1, "rewritten")]


def test_a_leaf_of_another_record_proves_nothing():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    world.log.indices[chain[1].dataset_id] = LeafPosition(0, chain[1].hash)
    assert findings(world) == [(2, "rewritten")]


def test_a_position_outside_of_the_signed_tree_proves_nothing():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    world.log.indices[chain[0].dataset_id] = LeafPosition(1, chain[0].hash)
    verdict = verify(world).verdict
    assert [(each.sequence, each.code) for each in verdict.findings] == [(1, "not-sealed")]
    assert verdict.sealed == 0


def test_a_changed_tile_does_not_give_the_signed_root():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    world.log.tiles[Tile(0, 0, 2)] = bytes(64)
    verdict = verify(world).verdict
    assert [(each.sequence, each.code) for each in verdict.findings] == [(0, "checkpoint-invalid")]
    assert verdict.sealed == 0
    assert verdict.checked[Check.CHECKPOINT] == CheckResult.INVALID
    assert verdict.checked[Check.INCLUSION] == CheckResult.NOT_CHECKED


@pytest.mark.parametrize("damage", ["changed", "short", "missing"])
def test_a_full_tile_that_is_damaged_is_not_part_of_the_signed_tree(damage: str):
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    others = [Entry(EntryKind.EVENT, dataset_id(number), "0" * 64) for number in range(1_000, 1_300)]
    world.log.seal(*map(event_entry, chain), *others)
    full = Tile(0, 0)
    assert findings(world) == []
    if damage == "changed":
        world.log.tiles[full] = world.log.tiles[full][:-1] + b"x"
    elif damage == "short":
        world.log.tiles[full] = world.log.tiles[full][:-32]
    else:
        del world.log.tiles[full]
    verdict = verify(world).verdict
    (finding,) = verdict.findings
    assert (finding.sequence, finding.code) == (0, "checkpoint-invalid")
    assert "tile 0 " in finding.detail
    assert verdict.sealed == 0


def test_a_checkpoint_by_another_key_is_invalid():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    signed = world.log.seal(*map(event_entry, chain))
    forgery = dataclasses.replace(signed.signatures[0], signature=b"forged")
    world.log.newest = dataclasses.replace(
        world.log.newest, signed=dataclasses.replace(signed, signatures=(forgery,))
    )
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (0, "checkpoint-invalid")
    assert "not signed" in finding.detail


def test_a_checkpoint_that_cannot_be_read_is_invalid():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    world.log.is_damaged = True
    verification = verify(world)
    assert [finding.code for finding in verification.verdict.findings] == ["checkpoint-invalid"]
    assert verification.checkpoint is None


def test_a_new_record_is_pending_before_it_is_sealed():
    chain = make_chain(3)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain[:2]))
    world.log.pending[chain[2].dataset_id] = NOW - timedelta(minutes=5)
    verdict = verify(world).verdict
    assert verdict.findings == ()
    assert (verdict.events, verdict.sealed, verdict.pending) == (3, 2, 1)


def test_a_record_that_waits_longer_than_five_minutes_is_a_finding():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    world.log.pending[chain[0].dataset_id] = NOW - timedelta(minutes=5, milliseconds=1)
    verdict = verify(world).verdict
    assert [(finding.code, finding.detail) for finding in verdict.findings] == [
        ("not-sealed", "The record has waited more than 5 minutes for the log.")
    ]
    assert verdict.checked[Check.INCLUSION] == CheckResult.INVALID


def test_a_record_that_neither_is_in_the_log_nor_waits_is_a_finding_unless_it_is_new():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    sentence = "The record is not in the log and does not wait for it."
    found = verify(world).verdict.findings
    assert [(each.sequence, each.code, each.detail) for each in found] == [
        (1, "not-sealed", sentence),
        (2, "not-sealed", sentence),
    ]
    world.now = chain[1].occurred_at + timedelta(seconds=1)
    verdict = verify(world).verdict
    assert (verdict.findings, verdict.pending) == ((), 2)


def test_without_a_checkpoint_nothing_is_checked_against_the_log():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    world.log.pending[chain[0].dataset_id] = NOW
    verification = verify(world)
    assert verification.checkpoint is None
    checked = verification.verdict.checked
    assert checked[Check.INCLUSION] == checked[Check.CHECKPOINT] == CheckResult.NOT_CHECKED
    assert checked[Check.ATTESTED_STATE] == CheckResult.NOT_CHECKED
    assert checked[Check.CHAIN] == CheckResult.VALID


def test_an_entry_that_is_sealed_while_it_is_verified_is_sealed_or_pending():
    """It leaves the pending entries between two reads."""
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    pending_since = world.log.pending_since

    def sealed_now(entry_ids: Any) -> Any:
        if not world.log.indices:
            world.log.seal(*map(event_entry, chain))
        return pending_since(entry_ids)

    world.log.pending_since = sealed_now
    verdict = verify(world).verdict
    assert (verdict.findings, verdict.sealed) == ((), 1)


# What is in flight


def test_a_gap_before_a_record_of_this_minute_is_in_flight():
    chain = make_chain(3)
    world = World(FakeRepository(chain[0], chain[2]))
    world.log.seal(event_entry(chain[0]), event_entry(chain[2]))
    world.now = chain[2].occurred_at + timedelta(minutes=5)
    verdict = verify(world).verdict
    assert (verdict.findings, verdict.pending) == ((), 1)
    world.now += timedelta(milliseconds=1)
    assert findings(world) == [(2, "missing")]


def test_a_gap_whose_event_is_in_the_log_is_missing_at_once():
    chain = make_chain(3)
    world = world_of(chain)
    del world.records.stored[chain[1].dataset_id]
    world.now = chain[2].occurred_at
    assert findings(world) == [(2, "missing")]


def test_a_newest_event_on_its_way_is_pending_and_missing_after_five_minutes():
    chain = make_chain(3)
    world = World(FakeRepository(*chain[:2]))
    world.publish(chain)
    world.log.seal(*map(event_entry, chain[:2]), *map(manifest_entry, world.manifests.stored.values()))
    published_at = world.manifests.stored[MANIFEST].published_at
    world.now = published_at + timedelta(minutes=5)
    verdict = verify(world).verdict
    assert (verdict.findings, verdict.pending) == ((), 1)
    assert verdict.attested is not None
    assert verdict.attested.version == 3
    world.now += timedelta(milliseconds=1)
    assert findings(world) == [(3, "missing-tail")]


@pytest.mark.parametrize(
    ("version", "is_named", "is_found"), [(3, False, True), (None, True, True), (2, False, False)]
)
def test_a_newest_event_is_missing_five_minutes_after_the_first_manifest_that_knows_of_it(
    version: int | None, is_named: bool, is_found: bool
):
    chain = make_chain(3)
    world = World(FakeRepository(*chain[:2]))
    world.publish(chain[:2])
    named = [committed_event(chain[2])]
    states = [] if version is None else [state_after(chain[version - 1])]
    world.manifests.publish(minute("09:04"), named if is_named else [], states)
    world.manifests.publish(minute("09:09"), named, [state_after(chain[2])])
    world.log.seal(*map(event_entry, chain[:2]), *map(manifest_entry, world.manifests.stored.values()))
    assert findings(world) == ([(3, "missing-tail")] if is_found else [])


def test_each_newest_event_on_its_way_is_counted():
    chain = make_chain(4)
    world = World(FakeRepository(*chain[:2]))
    world.publish(chain)
    world.log.seal(*map(event_entry, chain[:2]), *map(manifest_entry, world.manifests.stored.values()))
    world.now = world.manifests.stored[MANIFEST].published_at
    verdict = verify(world).verdict
    assert (verdict.findings, verdict.pending) == ((), 2)


def test_a_cut_off_tail_is_missing_at_once_if_the_log_has_it():
    chain = make_chain(4)
    world = world_of(chain)
    world.now = chain[3].occurred_at
    for record in chain[2:]:
        del world.records.stored[record.dataset_id]
    found = verify(world).verdict.findings
    assert [(each.sequence, each.code, each.dataset_id) for each in found] == [
        (3, "missing-tail", chain[2].dataset_id),
        (4, "missing-tail", chain[3].dataset_id),
    ]


def test_a_cut_off_tail_is_missing_if_only_a_sweep_attests_the_version():
    """The manifests of the remaining records don't know of the tail."""
    chain = make_chain(3)
    world = World(FakeRepository(*chain[:2]))
    world.log.seal(*map(event_entry, chain))
    world.log.seal(world.manifests.publish(minute("08:30"), workflows=[state_after(chain[2])]))
    world.manifests.newest_of[WORKFLOW] = "2026-01-31T08:30:00Z"
    assert findings(world) == [(3, "missing-tail")]


def test_the_newest_manifest_is_read_even_if_nothing_is_known_of_the_workflow():
    chain = make_chain(2)
    world = World(FakeRepository(chain[0]))
    world.publish(chain[:1])
    world.manifests.publish(minute("09:09"), workflows=[state_after(chain[1])], published_at=LONG_AGO)
    world.log.seal(*map(event_entry, chain), *map(manifest_entry, world.manifests.stored.values()))
    assert findings(world) == [(2, "missing-tail")]


RECENT = "2026-01-31T09:06:00Z"


def recent_world() -> World:
    """Return a world whose index by workflow lacks the newest record, which only a recent manifest names."""
    chain = make_chain(2)
    chain.append(make_record(3, number=3, previous_hash=chain[1].hash, occurredAt="2026-01-31T09:05:30.000Z"))
    world = World(FakeRepository(*chain))
    world.publish(chain)
    world.manifests.publish(minute("08:57"))
    world.manifests.publish(minute("09:09"), workflows=[state_after(chain[2])])
    world.log.seal(*map(event_entry, chain), *map(manifest_entry, world.manifests.stored.values()))
    del world.records.keys[chain[2].dataset_id]
    return world


def test_a_record_that_the_index_lacks_is_found_by_a_recent_manifest():
    world = recent_world()
    assert findings(world) == []
    assert "2026-01-31T08:57:00Z" not in world.manifests.reads, "recent is what is less than 12 minutes old"


@pytest.mark.parametrize("written_again", [False, True])
def test_a_manifest_that_is_written_again_makes_nothing_younger(written_again: bool):
    chain = make_chain(3)
    world = World(FakeRepository(*chain[:2]))
    world.publish(chain[:2])
    at = NOW if written_again else None
    world.manifests.publish(minute("08:59"), [], [state_after(chain[2])], published_at=at)
    world.manifests.newest_of[WORKFLOW] = "2026-01-31T08:59:00Z"
    world.log.seal(*map(event_entry, chain[:2]), *map(manifest_entry, world.manifests.stored.values()))
    assert findings(world) == [(3, "missing-tail")]


def test_a_replaced_manifest_without_position_is_a_mismatch_if_its_interval_is_old():
    chain = make_chain(2)
    world = world_of(chain)
    del world.log.indices[MANIFEST]
    world.now += timedelta(minutes=2)
    world.manifests.change(MANIFEST, published_at=world.now)
    assert (0, "manifest-mismatch") in findings(world)


def test_a_recent_manifest_that_cannot_be_read_is_a_mismatch():
    world = recent_world()
    world.manifests.change(RECENT, text="{")
    assert "manifest-mismatch" in {code for _, code in findings(world)}


def test_a_workflow_of_which_only_a_manifest_knows_the_first_event_is_not_unknown_to_an_auditor():
    chain = make_chain(1)
    world = world_of(chain)
    world.manifests.newest_of[WORKFLOW] = MANIFEST
    world.records.stored.clear()
    assert findings(world) == [(1, "missing-tail")]


def test_a_workflow_whose_records_are_all_gone_is_not_unknown_to_an_auditor():
    chain = make_chain(2)
    world = world_of(chain)
    world.manifests.newest_of[WORKFLOW] = MANIFEST
    world.records.stored.clear()
    assert findings(world) == [(1, "missing-tail"), (2, "missing-tail")]
    with pytest.raises(NotFoundError):
        verify(world, caller(REQUESTER))


# Manifests


def test_a_forged_record_in_the_log_is_unattested():
    chain = make_chain(2)
    world = world_of(chain[:1])
    forgery = make_record(2, previous_hash=chain[0].hash, outcome="APPROVED")
    world.records.add([forgery])
    world.log.seal(event_entry(forgery))
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (2, "unattested")
    assert MANIFEST in finding.detail


@pytest.mark.parametrize(
    "occurred_at",
    ["2020-01-31T09:00:00.000Z", "2099-01-31T09:00:00.000Z", "2026-01-31T10:00:30.000+01:00"],
    ids=["before the first manifest", "in the future", "with an offset"],
)
def test_a_chain_of_a_workflow_that_never_existed_is_unattested(occurred_at: str):
    chain = make_chain(2, occurredAt=occurred_at)
    world = World(FakeRepository(*chain))
    world.manifests.publish(minute("09:01"))
    world.log.seal(*map(event_entry, chain), *map(manifest_entry, world.manifests.stored.values()))
    assert findings(world) == [(1, "unattested"), (2, "unattested")]


@pytest.mark.parametrize("occurred_at", ["yesterday", None, 5])
def test_a_record_without_a_time_is_unattested(occurred_at: Any):
    chain = [forged(make_record(1), occurredAt=occurred_at)]
    world = World(FakeRepository(make_record(1)))
    world.records.damage(chain[0])
    world.log.seal(*map(event_entry, chain))
    (finding,) = verify(world).verdict.findings
    assert (finding.code, finding.detail) == ("unattested", "The time of the event can't be read.")


def test_a_record_is_dated_in_the_future_if_it_is_more_than_five_minutes_ahead():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    world.now = chain[0].occurred_at - timedelta(minutes=5)
    assert findings(world) == []
    world.now -= timedelta(milliseconds=1)
    (finding,) = verify(world).verdict.findings
    assert (finding.code, finding.detail) == ("unattested", "The event is dated in the future.")


def test_a_record_that_no_manifest_covers_yet_is_not_unattested():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    world.manifests.publish(minute("09:00"))
    world.log.seal(*map(event_entry, chain), *map(manifest_entry, world.manifests.stored.values()))
    verdict = verify(world).verdict
    assert verdict.findings == ()
    assert verdict.checked[Check.ATTESTED_STATE] == CheckResult.NOT_CHECKED


def test_after_an_outage_a_later_manifest_covers_a_record():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    events = sorted(map(committed_event, chain), key=lambda event: event.event_id)
    world.manifests.publish(minute("09:08"), events, [state_after(chain[1])], start=minute("08:08"))
    world.log.seal(*map(event_entry, chain), *map(manifest_entry, world.manifests.stored.values()))
    verdict = verify(world).verdict
    assert (verdict.findings, verdict.checked[Check.ATTESTED_STATE]) == ((), CheckResult.VALID)


def test_a_manifest_that_only_names_the_records_attests_them():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    world.manifests.publish(minute("09:01"), map(committed_event, chain))
    world.log.seal(*map(event_entry, chain), *map(manifest_entry, world.manifests.stored.values()))
    verdict = verify(world).verdict
    assert (verdict.findings, verdict.checked[Check.ATTESTED_STATE]) == ((), CheckResult.VALID)


def test_a_record_that_a_manifest_names_with_another_hash_is_rewritten():
    """The attacker has the log's bookkeeping, but not the workflow service."""
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    event = dataclasses.replace(committed_event(chain[0]), hash="0" * 64)
    world.manifests.publish(minute("09:01"), [event])
    world.log.seal(event_entry(chain[0]), *map(manifest_entry, world.manifests.stored.values()))
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (1, "rewritten")
    assert MANIFEST in finding.detail


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"head_hash": "0" * 64}, "hash"),
        ({"status": "APPROVED"}, "status"),
        ({"data_hash": "0" * 64}, "data"),
        ({"data_hash": None}, "data"),  # as if the content were erased, and it is not
    ],
)
def test_a_state_that_the_chain_does_not_explain_is_a_mismatch(change: dict[str, Any], named: str):
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    world.publish(chain, **change)
    world.log.seal(*map(event_entry, chain), *map(manifest_entry, world.manifests.stored.values()))
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (2, "state-mismatch")
    assert named in finding.detail


def test_the_data_of_a_record_with_erased_content_is_not_compared():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    world.publish(chain, data_hash="0" * 64)
    world.log.seal(*map(event_entry, chain), *map(manifest_entry, world.manifests.stored.values()))
    erase(world, chain[0], "content")
    assert findings(world) == []


def test_an_older_attested_state_is_compared_with_its_own_event():
    chain = make_chain(3)
    world = world_of(chain)
    world.log.seal(world.manifests.publish(minute("09:05"), workflows=[state_after(chain[1])]))
    world.manifests.newest_of[WORKFLOW] = "2026-01-31T09:05:00Z"
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (2, "state-mismatch")
    assert finding.detail == "Manifest 2026-01-31T09:05:00Z attests version 2, and version 3 was committed."
    entry = world.manifests.publish(minute("09:06"), workflows=[state_after(chain[1], status="REJECTED")])
    world.log.seal(entry)
    world.manifests.newest_of[WORKFLOW] = "2026-01-31T09:06:00Z"
    details = [finding.detail for finding in verify(world).verdict.findings]
    assert details == [
        "Manifest 2026-01-31T09:06:00Z attests another status.",
        "Manifest 2026-01-31T09:06:00Z attests version 2, and version 3 was committed.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"format":"countersign.manifest.v1","to":"2026-01-31T09:02:00Z"}',
        manifest_with_state(version=1e999),
        manifest_with_state(status="\ud800"),
    ],
    ids=lambda text: text[:60],
)
def test_a_manifest_that_cannot_be_read_is_a_mismatch(text: str):
    world = world_of(make_chain(2))
    world.manifests.change(MANIFEST, text=text)
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (0, "manifest-mismatch")
    assert MANIFEST in finding.detail


def test_a_replaced_manifest_is_a_mismatch_and_attests_nothing():
    chain = make_chain(2)
    world = world_of(chain)
    forgery = make_record(3, previous_hash=chain[1].hash)
    world.records.add([forgery])
    world.publish([*chain, forgery])
    world.log.seal(event_entry(forgery))
    verdict = verify(world).verdict
    assert [(each.sequence, each.code, each.detail) for each in verdict.findings] == [
        (0, "manifest-mismatch", f"Manifest {MANIFEST}: the log has another hash for it.")
    ]
    assert verdict.attested is None


def test_a_manifest_that_is_missing_although_it_attests_is_a_mismatch():
    world = world_of(make_chain(2))
    world.manifests.newest_of[WORKFLOW] = "2026-01-31T09:07:00Z"
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (0, "manifest-mismatch")
    assert finding.detail == "Manifest 2026-01-31T09:07:00Z: it is missing."


def test_a_manifest_that_is_not_in_the_log_after_five_minutes_is_a_mismatch():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    world.publish(chain)
    world.log.seal(*map(event_entry, chain))
    world.now = world.manifests.stored[MANIFEST].published_at + timedelta(minutes=5)
    assert findings(world) == []
    world.now += timedelta(milliseconds=1)
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (0, "manifest-mismatch")
    assert finding.detail == f"Manifest {MANIFEST}: it is not in the log."
    world.log.pending[MANIFEST] = world.now
    assert findings(world) == [], "it waits since now"


# Erasures


def erase(world: World, record: AuditRecord, *parts: str, **facts: Any) -> AuditRecord:
    """Remove parts of a stored record, as the erasure function does: after an event of its own."""
    event = erasure_event(record, *parts, **facts)
    world.records.add([event])
    world.log.seal(event_entry(event))
    world.log.erasures[record.dataset_id] = [event.dataset_id]
    world.records.damage(dataclasses.replace(record, **dict.fromkeys(parts)))
    return event


def erasure_event(record: AuditRecord, *parts: str, **facts: Any) -> AuditRecord:
    erased = [{"datasetId": record.dataset_id, "parts": list(parts)}]
    event: dict[str, Any] = {
        "source": "/countersign/audit",
        "actionType": "ERASE",
        "outcome": "ERASED",
        "target": {"type": "user", "id": REQUESTER},
        "content": {"after": {"reason": "asked for", "parts": list(parts), "erased": erased}},
    }
    return make_record(1, number=900, has_workflow=False, **(event | facts))


@pytest.mark.parametrize("part", ["person", "content"])
def test_a_part_that_is_gone_without_an_erasure_is_a_finding(part: str):
    chain = make_chain(2)
    world = world_of(chain)
    world.records.damage(dataclasses.replace(chain[1], **{part: None}))
    (finding,) = verify(world).verdict.findings
    assert (finding.sequence, finding.code) == (2, "removed-without-erasure")
    assert part in finding.detail


def test_an_erasure_of_the_other_part_explains_nothing():
    chain = make_chain(2)
    world = world_of(chain)
    erase(world, chain[1], "person")
    world.records.damage(dataclasses.replace(chain[1], person=None, content=None))
    assert findings(world) == [(2, "removed-without-erasure")]


@pytest.mark.parametrize(
    "facts",
    [{"source": "/countersign/workflow"}, {"actionType": "SAVE"}, {"content": {"after": {"erased": "all"}}}],
    ids=["source", "action", "content"],
)
def test_an_event_that_is_not_an_erasure_explains_nothing(facts: dict[str, Any]):
    chain = make_chain(2)
    world = world_of(chain)
    erase(world, chain[1], "person", **facts)
    assert findings(world) == [(2, "removed-without-erasure")]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda world, event: world.log.indices.pop(event.dataset_id),
        lambda world, event: world.records.stored.pop(event.dataset_id),
        lambda world, event: world.records.damage(dataclasses.replace(event, content=None)),
        lambda world, event: world.records.damage(with_other_outcome(event)),
        lambda world, event: world.log.erasures.clear(),
        lambda world, event: world.log.indices.update(
            {event.dataset_id: LeafPosition(world.log.size, event.hash)}
        ),
    ],
    ids=["not in the log", "gone", "without content", "rewritten", "not noted", "outside of the tree"],
)
def test_an_erasure_that_is_not_proven_explains_nothing(spoil: Callable[[World, AuditRecord], Any]):
    chain = make_chain(2)
    world = world_of(chain)
    spoil(world, erase(world, chain[1], "person"))
    assert findings(world) == [(2, "removed-without-erasure")]


def with_other_outcome(event: AuditRecord) -> AuditRecord:
    sealed = canonical_text(json.loads(event.sealed) | {"outcome": "X"})
    return dataclasses.replace(event, sealed=sealed, hash=hash_of(sealed))


def test_an_erasure_that_waits_to_be_sealed_explains_what_is_gone():
    chain = make_chain(2)
    world = world_of(chain)
    event = erasure_event(chain[1], "person")
    world.records.add([event])
    world.log.pending[event.dataset_id] = NOW
    world.log.erasures[chain[1].dataset_id] = [event.dataset_id]
    world.records.damage(dataclasses.replace(chain[1], person=None))
    assert findings(world) == []


# Pages


@pytest.fixture
def pages_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_pages, "PAGE_RECORDS", 3)


def all_pages(world: World) -> list[Verification]:
    pages = [verify(world)]
    while (after := pages[-1].next_position) is not None:
        pages.append(verify(world, after=after))
    return pages


@pytest.mark.usefixtures("pages_of_three")
@pytest.mark.parametrize(
    ("length", "ranges"),
    [(3, [(1, 3)]), (4, [(1, 3), (4, 4)]), (8, [(1, 3), (4, 6), (7, 8)])],
)
def test_a_long_workflow_is_verified_in_pages(length: int, ranges: list[tuple[int, int]]):
    chain = make_chain(length)
    pages = all_pages(world_of(chain))
    assert [(page.verdict.first, page.verdict.last) for page in pages] == ranges
    assert all(page.verdict.is_valid for page in pages)
    assert sum(page.verdict.sealed for page in pages) == length
    assert pages[-1].verdict.head_hash == chain[-1].hash


@pytest.mark.usefixtures("pages_of_three")
def test_a_link_between_two_pages_is_verified():
    chain = make_chain(6)
    world = World(FakeRepository(*chain))
    changed = [*chain[:3], *make_chain(6, outcome="APPROVED")[3:]]
    world.records = FakeRepository(*changed)
    world.publish(changed)
    world.log.seal(*map(event_entry, changed), *map(manifest_entry, world.manifests.stored.values()))
    found = [(each.sequence, each.code) for page in all_pages(world) for each in page.verdict.findings]
    assert found == [(4, "previous-hash-mismatch")]


@pytest.mark.usefixtures("pages_of_three")
@pytest.mark.parametrize("removed", range(1, 7))
def test_a_record_that_is_missing_on_any_page_is_found_once(removed: int):
    chain = make_chain(7)
    world = world_of(chain)
    del world.records.stored[chain[removed - 1].dataset_id]
    found = [(each.sequence, each.code) for page in all_pages(world) for each in page.verdict.findings]
    assert found == [(removed, "missing")]


@pytest.mark.usefixtures("pages_of_three")
def test_a_missing_tail_is_found_on_the_last_page_only():
    chain = make_chain(7)
    world = world_of(chain)
    del world.records.stored[chain[6].dataset_id]
    found = [[each.code for each in page.verdict.findings] for page in all_pages(world)]
    assert found == [[], ["missing-tail"]]


@pytest.mark.usefixtures("pages_of_three")
def test_forks_do_not_get_lost_between_pages():
    chain = make_chain(4)
    forks = [make_record(3, number=number, previous_hash=chain[1].hash) for number in range(50, 54)]
    world = world_of(chain)
    world.records.add(forks)
    world.log.seal(*map(event_entry, forks))
    found = [each.code for page in all_pages(world) for each in page.verdict.findings]
    assert found.count("fork") == 4


def test_many_records_in_one_tile_are_one_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verify_workflow, "MAX_OBJECTS", 2)
    assert [page.verdict.events for page in all_pages(world_of(make_chain(5)))] == [5]


def test_a_page_ends_before_it_needs_too_many_tiles(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verify_workflow, "MAX_OBJECTS", 2)
    chain = make_chain(5)
    world = World(FakeRepository(*chain))
    world.publish(chain)
    for number, record in enumerate(chain):
        fill = [
            Entry(EntryKind.EVENT, dataset_id(10_000 + 300 * number + each), "0" * 64) for each in range(256)
        ]
        world.log.seal(event_entry(record), *fill)
    world.log.seal(*map(manifest_entry, world.manifests.stored.values()))
    pages = all_pages(world)
    assert [page.verdict.events for page in pages] == [2, 2, 1]
    assert all(page.verdict.is_valid for page in pages)


def _spread_over_minutes(length: int) -> list[AuditRecord]:
    chain: list[AuditRecord] = []
    for sequence in range(1, length + 1):
        previous = chain[-1].hash if chain else None
        at = f"2026-01-31T09:{sequence:02d}:00.000Z"
        chain.append(make_record(sequence, previous_hash=previous, occurredAt=at))
    return chain


@pytest.mark.parametrize(("limit", "value"), [("MAX_OBJECTS", 2), ("MAX_MANIFEST_BYTES", 1)])
def test_a_page_ends_before_it_needs_too_many_manifests(
    limit: str, value: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(verify_workflow, limit, value)
    monkeypatch.setattr(verify_workflow, "_BATCH", 2)
    world = world_of(_spread_over_minutes(5))
    pages = all_pages(world)
    assert [page.verdict.events for page in pages] == [2, 2, 1]
    assert all(page.verdict.is_valid for page in pages)


# Access


def test_a_chain_is_verified_for_the_participants_of_its_newest_record():
    later = make_chain(2, participants=BOTH)[1]
    earlier = make_chain(1, participants=ALONE)[0]
    assert verify(World(FakeRepository(earlier, later)), caller(APPROVER)).verdict.events == 2
    alone = make_chain(2, participants=ALONE)[1]
    with pytest.raises(NotFoundError):
        verify(World(FakeRepository(make_chain(2)[0], alone)), caller(APPROVER))


def test_participants_verify_a_chain_that_ends_with_a_draft():
    request = make_chain(1, participants=BOTH)[0]
    draft = make_draft(2, previous_hash=request.hash)
    for user in (REQUESTER, APPROVER):
        assert verify(world_of([request, draft]), caller(user)).verdict.is_valid
    with pytest.raises(NotFoundError):
        verify(World(FakeRepository(draft)), caller(APPROVER))


def test_a_workflow_that_the_caller_may_not_read_looks_like_no_workflow():
    for workflow_id in (WORKFLOW, OTHER_WORKFLOW):
        with pytest.raises(NotFoundError):
            verify(world_of(make_chain(2)), caller(STRANGER), workflow_id)


@pytest.mark.parametrize("group", ["admins", "auditors"])
def test_admins_and_auditors_verify_any_workflow(group: str):
    chain = make_chain(2, participants=ALONE)
    assert verify(world_of(chain), caller(STRANGER, group)).verdict.is_valid
    with pytest.raises(NotFoundError):
        verify(World(FakeRepository()), caller(STRANGER, group))


def test_the_checkpoint_has_the_cosignatures_of_configured_witnesses():
    world = world_of(make_chain(1), witnesses=[WITNESS])
    assert world.log.newest is not None
    newest = world.log.newest.signed.checkpoint
    valid = cosign(newest)
    world.log.stored_cosignatures[newest.size] = [
        cosignature(),
        valid,
        cosign(newest, name="other.example.com"),
    ]
    checkpoint = verify(world).checkpoint
    assert checkpoint is not None
    assert checkpoint.cosigners == (WITNESS.name,)
    assert checkpoint.signed.signatures[1:] == (valid,)


def test_every_code_belongs_to_a_check_and_each_finding_has_a_sentence():
    assert set(CHECK_OF_CODE.values()) == set(Check)
    chain = make_chain(3)
    world = world_of(chain)
    world.records.damage(dataclasses.replace(forged(chain[2], outcome="APPROVED"), person=None))
    found: list[Finding] = list(verify(world).verdict.findings)
    assert {each.code for each in found} >= {"rewritten", "state-mismatch", "removed-without-erasure"}
    assert all(each.detail.endswith(".") for each in found)


def test_an_event_of_another_workflow_in_the_manifest_does_not_attest():
    chain = make_chain(1)
    world = World(FakeRepository(*chain))
    event = committed_event(chain[0])
    moved = ManifestEvent(event.event_id, OTHER_WORKFLOW, event.sequence, event.hash)
    world.manifests.publish(minute("09:01"), [moved])
    world.log.seal(event_entry(chain[0]), *map(manifest_entry, world.manifests.stored.values()))
    assert findings(world) == [(1, "unattested")]
