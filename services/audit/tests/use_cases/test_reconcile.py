"""Reconciliation: what is committed is compared with what is recorded, and repaired."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from countersign_common.clock import to_rfc3339
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import hash_of

from audit_service.adapters.documents import document_of
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.integrity import FindingCode
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.tiles import Tile
from audit_service.use_cases import finding_list, manifest_sequence, reconcile

from ..builders import make_record
from ..integrity_fakes import MINUTE, START, IntegrityWorld, random_history, record_at, workflow_id
from ..log_fakes import committed_event, event_entry, state_after

ONE = workflow_id(1)


@pytest.fixture
def world() -> IntegrityWorld:
    return IntegrityWorld()


def first(world: IntegrityWorld, **facts: Any) -> AuditRecord:
    """Commit, deliver, publish and seal one event."""
    record = record_at(world.now, 1, 1, workflow_id=ONE, **facts)
    world.minute(record)
    return record


def codes(world: IntegrityWorld) -> set[str]:
    return {each.finding.code.value for each in world.integrity.open.values()}


def detail(world: IntegrityWorld, key: str) -> str:
    """Return what the open finding with a key says."""
    return world.integrity.open[key].finding.detail


def test_nothing_is_found_before_anything_happened(world: IntegrityWorld):
    result = world.run()
    assert (result.manifests, result.findings, result.is_swept) == (0, 0, True)


def test_what_fits_together_has_no_finding_and_needs_no_repair(world: IntegrityWorld):
    records = random_history(world, 1)
    result = world.run()
    assert world.open_keys == set()
    assert (result.resends, result.documents, result.reseals) == (0, 0, 0)
    assert (result.manifests, result.events) == (4, len(records))
    assert result.leaves == len(records) + 4


# Missing


def test_a_deleted_record_is_found_and_requested_and_resolved_when_it_is_restored(world: IntegrityWorld):
    record = first(world)
    del world.records.stored[record.dataset_id]
    world.run()
    assert world.open_keys == {f"missing#{record.dataset_id}"}
    (request,) = world.resends.requests
    assert (request.workflow_id, request.sequence, request.event_id) == (ONE, 1, record.dataset_id)
    found = world.integrity.open[f"missing#{record.dataset_id}"]
    assert (found.finding.workflow_id, found.finding.dataset_id) == (ONE, record.dataset_id)
    assert "was stored and is gone" in found.finding.detail
    world.answer_resends()
    result = world.run()
    assert (world.open_keys, result.resolved, world.resends.requests) == (set(), 1, [])
    assert [each.resolved_at for each in world.integrity.resolved] == [world.now]


def test_a_record_that_is_back_is_not_missing_although_its_leaf_waits(world: IntegrityWorld):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.commit(record)
    world.deliver(record)
    world.now += MINUTE
    world.publish(record)
    del world.records.stored[record.dataset_id]
    world.run()
    assert world.open_keys == {f"missing#{record.dataset_id}"}, "it waits for the log, so it was stored"
    world.answer_resends()
    world.run()
    assert world.open_keys == set()


def test_a_record_that_is_deleted_after_it_was_checked_is_found_by_the_sweep(world: IntegrityWorld):
    record = first(world)
    world.run()
    del world.records.stored[record.dataset_id]
    world.run()
    assert codes(world) == {"missing"}


def test_an_event_that_was_never_sent_is_requested_and_is_no_finding_while_it_can_be_in_transit(
    world: IntegrityWorld,
):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.commit(record)
    world.now += MINUTE
    world.publish(record)
    world.now += timedelta(seconds=40)
    world.run()
    assert [each.event_id for each in world.resends.requests] == [record.dataset_id]
    assert world.open_keys == set()
    world.answer_resends()
    world.seal()
    world.run()
    assert (world.resends.requests, world.open_keys) == ([], set())
    assert world.integrity.stored_progress.revisit == ()


def test_an_event_that_does_not_come_is_a_finding_after_five_minutes(world: IntegrityWorld):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.commit(record)
    world.now += MINUTE
    world.publish(record)
    world.seal()
    for _ in range(5):
        world.now += MINUTE
        world.run()
        assert world.open_keys == set()
    world.now += MINUTE
    result = world.run()
    assert detail(world, f"missing#{record.dataset_id}") == (
        "Event 1 of the workflow has no record: it was never stored."
    )
    assert result.findings == 1, "the state; the event is being asked for"
    world.now += timedelta(minutes=6)
    assert world.run().findings == 2


def test_a_missing_event_is_requested_in_every_run_and_after_a_while_every_hour(world: IntegrityWorld):
    record = first(world)
    del world.records.stored[record.dataset_id]
    asked = []
    for _ in range(180):
        world.run()
        asked.append(len(world.resends.requests))
        world.resends.requests.clear()
        world.now += MINUTE
    assert set(asked[:15]) == {1}
    assert sum(asked[15:]) == 2


def test_a_manifest_is_visited_again_until_it_and_its_events_are_sealed(world: IntegrityWorld):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.commit(record)
    world.deliver(record)
    world.seal()
    world.now += MINUTE
    name = world.publish(record)
    world.run()
    assert world.integrity.stored_progress.revisit == (name,), "its own leaf waits"
    world.seal()
    world.run()
    assert world.integrity.stored_progress.revisit == ()
    late = record_at(world.now, 2, 2, workflow_id=ONE)
    world.commit(late)
    world.now += MINUTE
    name = world.publish(late)
    world.seal()
    world.deliver(late)
    world.run()
    assert world.integrity.stored_progress.revisit == (name,), "the event's leaf waits"
    world.seal()
    world.run()
    assert world.integrity.stored_progress.revisit == ()
    lost = record_at(world.now, 3, 3, workflow_id=ONE)
    world.commit(lost)
    world.now += MINUTE
    name = world.publish(lost, states=[])
    world.seal()
    world.run()
    assert world.integrity.stored_progress.revisit == (name,), "the event can still come"
    world.deliver(lost)
    world.seal()
    world.run()
    assert world.integrity.stored_progress.revisit == ()
    world.now += MINUTE
    name = world.publish(states=[state_after(late, version=4)])
    world.seal()
    world.run()
    assert world.integrity.stored_progress.revisit == (name,), "an event can follow"
    assert world.run().manifests > 0


def test_a_record_that_was_rewritten_and_then_deleted_is_only_missing(world: IntegrityWorld):
    record = first(world)
    world.records.damage(rehashed(record, "PENDING", "APPROVED"))
    world.run()
    assert codes(world) == {"rewritten"}
    del world.records.stored[record.dataset_id]
    world.run()
    assert codes(world) == {"missing"}


# Rewritten and damaged


def rehashed(record: AuditRecord, old: str, new: str) -> AuditRecord:
    sealed = record.sealed.replace(old, new)
    assert sealed != record.sealed
    return replace(record, sealed=sealed, hash=hash_of(sealed))


def broken_salt(opening: CommitmentOpening | None) -> CommitmentOpening:
    assert opening is not None
    return replace(opening, salt=bytes(32))


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        (
            lambda record: rehashed(record, "PENDING", "APPROVED"),
            "rewritten",
            "The record has another hash than manifest 2026-01-31T09:01:00Z names.",
        ),
        (
            lambda record: replace(record, sealed="{"),
            "unreadable",
            "The sealed text of the record is damaged.",
        ),
        (
            lambda record: replace(record, hash="0" * 64),
            "hash-mismatch",
            "The sealed text of the record does not have the stored hash.",
        ),
        (
            lambda record: replace(record, person=broken_salt(record.person)),
            "person-mismatch",
            "The person part is not what the sealed text commits to.",
        ),
        (
            lambda record: replace(record, content=broken_salt(record.content)),
            "content-mismatch",
            "The content part is not what the sealed text commits to.",
        ),
        (
            lambda record: replace(record, person=None),
            "removed-without-erasure",
            "The person part is gone, and no erasure in the log names it.",
        ),
        (
            lambda record: replace(record, content=None),
            "removed-without-erasure",
            "The content part is gone, and no erasure in the log names it.",
        ),
    ],
)
def test_a_changed_record_is_found_and_its_document_is_left_alone_and_it_is_resolved_when_restored(
    world: IntegrityWorld, change: Callable[[AuditRecord], AuditRecord], code: str, sentence: str
):
    record = first(world)
    world.run()
    world.records.damage(change(record))
    documents = dict(world.index.documents)
    result = world.run()
    assert world.open_keys == {f"{code}#{record.dataset_id}"}
    assert detail(world, f"{code}#{record.dataset_id}") == sentence
    assert result.findings == 1
    assert (world.index.documents, world.resends.requests) == (documents, [])
    world.records.damage(record)
    world.run()
    assert world.open_keys == set()


def test_a_record_with_a_part_that_an_erasure_in_the_log_names_has_no_finding(world: IntegrityWorld):
    record = first(world)
    erasure = erasure_of_person(record)
    world.records.damage(replace(record, person=None))
    world.log.erasures[record.dataset_id] = [erasure.dataset_id]
    world.run()
    assert codes(world) == {"removed-without-erasure"}, "the erasure is not recorded"
    world.deliver(erasure)
    world.seal()
    world.run()
    assert world.open_keys == set()
    world.records.damage(replace(record, person=None, content=None))
    world.run()
    assert codes(world) == {"removed-without-erasure"}, "content was not erased"


def erasure_of_person(record: AuditRecord) -> AuditRecord:
    """Return the record of an event that erases the person part of another record."""
    return make_record(
        1,
        number=50,
        has_workflow=False,
        source="/countersign/audit",
        actionType="ERASE",
        outcome="ERASED",
        target={"type": "user", "id": "user-requester"},
        content={
            "after": {
                "reason": "asked for",
                "parts": ["person"],
                "erased": [{"datasetId": record.dataset_id, "parts": ["person"]}],
            }
        },
    )


def test_an_erasure_that_neither_is_in_the_log_nor_waits_for_it_explains_nothing(world: IntegrityWorld):
    record = first(world)
    erasure = erasure_of_person(record)
    world.records.damage(replace(record, person=None))
    world.log.erasures[record.dataset_id] = [erasure.dataset_id]
    world.deliver(erasure)
    world.log.pending.clear()
    world.log.waiting.clear()
    assert world.run().reseals == 0, "it could be a forgery"
    assert codes(world) == {"removed-without-erasure"}


def test_an_erasure_is_not_denied_because_the_log_can_not_be_read(world: IntegrityWorld):
    record = first(world)
    world.run()
    world.records.damage(replace(record, person=None))
    newest = world.log.newest
    assert newest is not None
    forged = replace(newest.signed.signatures[0], signature=b"another")
    world.log.newest = replace(newest, signed=replace(newest.signed, signatures=(forged,)))
    world.run()
    assert world.open_keys == {"checkpoint-invalid#checkpoint"}
    world.log.newest = newest
    world.run()
    assert world.open_keys == {f"removed-without-erasure#{record.dataset_id}"}


# The log


def test_a_leaf_of_something_else_is_rewritten(world: IntegrityWorld):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.records.add([rehashed(record, "PENDING", "APPROVED")])
    world.seal()
    world.records.damage(record)
    world.minute(record)
    world.run()
    assert world.open_keys == {f"rewritten#{record.dataset_id}"}


# Positions in the log


def test_a_position_that_was_deleted_is_restored_and_its_entry_is_not_sealed_again(world: IntegrityWorld):
    record = first(world)
    world.run()
    expected = dict(world.log.indices)
    world.log.indices.clear()
    result = world.run()
    assert (result.positions, result.reseals) == (2, 0)
    assert world.log.indices == expected
    assert (world.log.waiting, world.open_keys) == ({}, set())
    traces = {each.finding.key for each in world.integrity.resolved}
    assert traces == {"position-mismatch#leaf/0", "position-mismatch#leaf/1"}
    assert {each.finding.dataset_id for each in world.integrity.resolved} == {record.dataset_id, None}
    details = {each.finding.detail for each in world.integrity.resolved}
    assert f"The table had no position for {record.dataset_id}. It is restored." in details


@pytest.mark.parametrize("change", [{"index": 1}, {"index": 7}, {"index": -1}, {"hash": "0" * 64}], ids=str)
def test_a_position_that_contradicts_the_tree_is_a_finding_and_is_restored(
    world: IntegrityWorld, change: dict[str, Any]
):
    record = first(world)
    world.run()
    expected = world.log.indices[record.dataset_id]
    world.log.indices[record.dataset_id] = replace(expected, **change)
    result = world.run()
    assert result.positions == 1
    assert world.log.indices[record.dataset_id] == expected
    assert world.open_keys == {"position-mismatch#leaf/0"}
    finding = world.integrity.open["position-mismatch#leaf/0"].finding
    assert finding.dataset_id == record.dataset_id
    assert finding.detail == (
        f"The table had another position or hash for {record.dataset_id}. It is corrected."
    )
    assert world.run().positions == 0
    assert world.open_keys == set()


def test_the_position_of_an_entry_that_the_sealer_is_about_to_store_leaves_no_trace(world: IntegrityWorld):
    record = first(world)
    del world.log.indices[record.dataset_id]
    world.log.pending[record.dataset_id] = world.now
    world.run()
    assert (world.integrity.resolved, world.open_keys) == ([], set())


def test_an_entry_with_a_second_leaf_keeps_the_first_one(world: IntegrityWorld):
    record = first(world)
    world.run()
    forged = rehashed(record, "PENDING", "APPROVED")
    del world.log.indices[record.dataset_id]
    world.records.damage(forged)
    world.log.waiting[record.dataset_id] = event_entry(forged)
    world.seal()
    assert world.log.indices[record.dataset_id].index == 2
    world.run()
    assert world.log.indices[record.dataset_id].index == 0
    assert world.open_keys == {
        "position-mismatch#leaf/0",
        "rewritten#leaf/2",
        f"rewritten#{record.dataset_id}",
    }
    assert world.integrity.open["rewritten#leaf/2"].finding.detail == (
        f"It is a second leaf of {record.dataset_id}, with another hash than leaf 0."
    )
    world.records.damage(record)
    world.run()
    assert world.open_keys == {"rewritten#leaf/2"}, "it stays: the leaf does"


def test_the_same_entry_twice_in_the_log_is_no_finding(world: IntegrityWorld):
    record = first(world)
    world.log.seal(event_entry(record), signed_at=world.now)
    world.log.indices[record.dataset_id] = replace(world.log.indices[record.dataset_id], index=0)
    result = world.run()
    assert (result.positions, world.open_keys) == (0, set())


def test_all_leaves_are_read_before_an_entry_is_made_pending_again(
    world: IntegrityWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reconcile, "LEAF_GROUPS", 1)
    monkeypatch.setattr(reconcile, "MANY_LEAF_GROUPS", 2)
    records = random_history(world, 3, minutes=4, events=200)
    world.run()
    lost = records[-1]
    world.log.indices.pop(lost.dataset_id)
    world.now += 10 * MINUTE
    runs = 0
    while lost.dataset_id not in world.log.indices:
        world.run()
        runs += 1
        assert lost.dataset_id not in world.log.waiting
        assert runs < 8
    assert runs > 1, "the sweep needs several runs"
    world.run()
    assert world.open_keys == set()
    never = record_at(world.now, 1, 5_000, workflow_id=workflow_id(50))
    world.commit(never)
    world.records.damage(never)
    world.now += MINUTE
    world.publish(never)
    world.seal()
    world.now += 6 * MINUTE
    world.run()
    assert world.open_keys == {f"not-sealed#{never.dataset_id}"}
    assert never.dataset_id not in world.log.waiting
    for _ in range(6):
        world.now += MINUTE
        world.run()
    assert never.dataset_id in world.log.waiting


def test_without_its_entries_no_round_over_the_leaves_is_complete(world: IntegrityWorld):
    first(world)
    world.log.damaged_bundles.add(0)
    world.run()
    assert world.integrity.stored_progress.leaf_sweep.swept_since is None


def test_a_record_that_does_not_reach_the_log_is_a_finding_after_five_minutes(world: IntegrityWorld):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.commit(record)
    world.deliver(record)
    world.now += MINUTE
    world.publish(record)
    for _ in range(4):
        world.now += MINUTE
        world.run()
        assert world.open_keys == set()
    world.now += 3 * MINUTE
    world.run()
    assert world.open_keys == {
        f"not-sealed#{record.dataset_id}",
        f"not-sealed#{next(iter(world.catalog.stored))}",
    }
    sentence = "It has waited for the log for more than five minutes."
    assert detail(world, f"not-sealed#{record.dataset_id}") == sentence
    world.seal()
    world.run()
    assert world.open_keys == set()


def test_an_entry_that_is_not_pending_is_made_pending_again(world: IntegrityWorld):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.commit(record)
    world.deliver(record)
    world.now += MINUTE
    name = world.publish(record)
    world.log.pending.clear()
    world.log.waiting.clear()
    world.now += 6 * MINUTE
    result = world.run()
    sentence = "It is not in the log and does not wait for it."
    assert detail(world, f"not-sealed#{record.dataset_id}") == sentence
    assert result.reseals == 2
    assert set(world.log.waiting) == {record.dataset_id, name}
    world.seal()
    assert world.run().reseals == 0
    assert world.open_keys == set()


def test_a_rewritten_record_is_never_made_pending(world: IntegrityWorld):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.commit(record)
    world.deliver(record)
    world.now += MINUTE
    world.publish(record)
    world.log.pending.clear()
    world.log.waiting.clear()
    world.records.damage(rehashed(record, "PENDING", "APPROVED"))
    world.now += 6 * MINUTE
    world.run()
    assert record.dataset_id not in world.log.waiting


def test_a_checkpoint_that_the_log_has_not_signed_is_found(world: IntegrityWorld):
    first(world)
    newest = world.log.newest
    assert newest is not None
    forged = replace(newest.signed.signatures[0], signature=b"another")
    world.log.newest = replace(newest, signed=replace(newest.signed, signatures=(forged,)))
    world.run()
    assert world.open_keys == {"checkpoint-invalid#checkpoint"}
    world.log.newest = newest
    world.run()
    assert world.open_keys == set()


def test_tiles_that_are_not_of_the_signed_tree_are_found(world: IntegrityWorld):
    first(world)
    tile = Tile(0, 0, world.log.size)
    good = world.log.tiles[tile]
    world.log.tiles[tile] = good[32:] + good[:32]
    world.run()
    assert world.open_keys == {"checkpoint-invalid#checkpoint"}
    world.log.tiles[tile] = good
    world.run()
    assert world.open_keys == set()


def test_a_full_tile_that_was_changed_is_found_with_its_leaves(world: IntegrityWorld):
    for start in range(0, 300, 100):
        world.minute(
            *(
                record_at(world.now, 1, start + number, workflow_id=workflow_id(start + number))
                for number in range(1, 101)
            )
        )
    world.run()
    tile = Tile(0, 0, 256)
    good = world.log.tiles[tile]
    world.log.tiles[tile] = good[32:] + good[:32]
    world.run()
    assert world.open_keys == {"checkpoint-invalid#leaves/0"}
    assert detail(world, "checkpoint-invalid#leaves/0") == (
        "Leaves from 0: Their tile is not part of the tree that the checkpoint signs."
    )
    world.log.tiles[tile] = good
    world.run()
    assert world.open_keys == set()


def test_a_full_tile_that_was_changed_is_found_also_with_leaves_that_no_manifest_names(world: IntegrityWorld):
    for number in range(300):
        world.deliver(make_record(1, number=number + 1, has_workflow=False, source="/countersign/audit"))
    world.seal()
    tile = Tile(0, 0, 256)
    good = world.log.tiles[tile]
    world.log.tiles[tile] = good[32:] + good[:32]
    world.run()
    assert world.open_keys == {"checkpoint-invalid#leaves/0"}
    assert detail(world, "checkpoint-invalid#leaves/0") == (
        "Leaves from 0: Their tile is not part of the tree that the checkpoint signs."
    )
    world.log.tiles[tile] = good
    world.run()
    assert world.open_keys == set()


def test_entries_that_are_not_those_of_the_tree_are_found_and_checked_once_they_are_restored(
    world: IntegrityWorld,
):
    record = first(world)
    forged = record_at(START, 1, 77, workflow_id=workflow_id(7))
    world.deliver(forged)
    world.seal()
    world.log.damaged_bundles.add(0)
    world.run()
    assert world.open_keys == {"checkpoint-invalid#leaves/0"}
    sentence = "Leaves from 0: The stored entries are not those of the tree."
    assert detail(world, "checkpoint-invalid#leaves/0") == sentence
    world.log.damaged_bundles.clear()
    good = list(world.log.entries)
    world.log.entries[0] = Entry(EntryKind.EVENT, record.dataset_id, "0" * 64)
    world.run()
    assert world.open_keys == {"checkpoint-invalid#leaves/0"}
    world.log.entries = good
    world.run()
    assert world.open_keys == {f"unattested#{forged.dataset_id}"}


# Forged events


def test_an_event_of_the_workflow_service_that_no_manifest_names_is_unattested(world: IntegrityWorld):
    first(world)
    forged = record_at(world.now, 1, 9, workflow_id=workflow_id(2))
    world.deliver(forged)
    world.minute()
    world.run()
    assert world.open_keys == {f"unattested#{forged.dataset_id}"}
    assert world.integrity.open[f"unattested#{forged.dataset_id}"].finding.workflow_id == workflow_id(2)
    assert detail(world, f"unattested#{forged.dataset_id}") == (
        "The log has an event that the workflow service has not attested. "
        f"Manifest {max(world.catalog.stored)} lacks it."
    )
    world.run()
    assert world.open_keys == {f"unattested#{forged.dataset_id}"}, "it stays"


def test_an_unattested_event_whose_record_is_gone_is_resolved_and_not_missing(world: IntegrityWorld):
    first(world)
    forged = record_at(world.now, 1, 9, workflow_id=workflow_id(2))
    world.deliver(forged)
    world.minute()
    world.run()
    del world.records.stored[forged.dataset_id]
    for _ in range(3):
        world.run()
        assert world.open_keys == set()
    assert [each.finding.key for each in world.integrity.resolved] == [f"unattested#{forged.dataset_id}"]
    assert world.resends.requests == []


def test_an_unattested_event_that_a_later_manifest_names_is_resolved(world: IntegrityWorld):
    first(world)
    late = record_at(world.now, 1, 9, workflow_id=workflow_id(2))
    world.deliver(late)
    world.minute()
    world.run()
    assert world.open_keys == {f"unattested#{late.dataset_id}"}
    world.commit(late)
    world.now += 3 * MINUTE
    world.publish(late)
    world.seal()
    for _ in range(3):
        world.run()
        assert world.open_keys == set()


def test_an_event_whose_manifest_is_not_published_yet_waits(world: IntegrityWorld):
    first(world)
    record = record_at(world.now, 2, 2, workflow_id=ONE)
    world.commit(record)
    world.deliver(record)
    world.seal()
    world.run()
    assert (world.open_keys, world.integrity.stored_progress.leaves) == (set(), 2)
    world.now += MINUTE
    world.publish(record)
    world.seal()
    world.run()
    assert (world.open_keys, world.integrity.stored_progress.leaves) == (set(), 4)


def test_an_event_that_is_dated_in_the_future_does_not_wait(world: IntegrityWorld):
    first(world)
    forged = record_at(world.now + timedelta(days=900), 1, 9, workflow_id=workflow_id(2))
    world.deliver(forged)
    world.seal()
    world.run()
    assert world.open_keys == {f"unattested#{forged.dataset_id}"}
    assert detail(world, f"unattested#{forged.dataset_id}") == (
        "The log has an event that the workflow service has not attested. No manifest covers its time."
    )


def test_an_event_that_is_dated_up_to_five_minutes_ahead_waits_for_its_manifest(world: IntegrityWorld):
    first(world)
    world.deliver(record_at(world.now + timedelta(minutes=5), 1, 9, workflow_id=workflow_id(2)))
    world.seal()
    world.run()
    assert world.open_keys == set()


def test_an_event_from_before_the_first_manifest_is_unattested(world: IntegrityWorld):
    forged = record_at(world.now - timedelta(days=900), 1, 9, workflow_id=workflow_id(2))
    world.deliver(forged)
    first(world)
    world.run()
    assert world.open_keys == {f"unattested#{forged.dataset_id}"}


def test_an_event_of_another_producer_needs_no_manifest_and_must_be_what_the_log_has(world: IntegrityWorld):
    record = make_record(1, has_workflow=False, source="/countersign/audit")
    world.deliver(record)
    world.minute()
    world.run()
    assert world.open_keys == set()
    changed = make_record(2, has_workflow=False, source="/countersign/audit")
    world.deliver(changed)
    world.minute()
    world.records.damage(rehashed(changed, "PENDING", "APPROVED"))
    world.run()
    assert world.open_keys == {f"rewritten#{changed.dataset_id}"}
    sentence = "The record has another hash than its leaf in the log."
    assert detail(world, f"rewritten#{changed.dataset_id}") == sentence
    world.records.damage(changed)
    world.run()
    assert world.open_keys == set()


@pytest.mark.parametrize(
    ("damage", "code", "sentence"),
    [
        ("gone", "missing", "The log has the record, and it is gone. No manifest names it."),
        ("damaged", "unreadable", "The sealed text of the record is damaged. No manifest names it."),
    ],
)
def test_a_leaf_whose_record_is_gone_or_damaged_and_that_no_manifest_names_is_found(
    world: IntegrityWorld, damage: str, code: str, sentence: str
):
    record = make_record(1, has_workflow=False, source="/countersign/audit")
    world.deliver(record)
    if damage == "gone":
        del world.records.stored[record.dataset_id]
    else:
        world.records.damage(replace(record, sealed="{"))
    for _ in range(3):
        world.minute()
    world.run()
    assert world.open_keys == {f"{code}#{record.dataset_id}"}
    assert detail(world, f"{code}#{record.dataset_id}") == sentence
    world.records.damage(record)
    world.run()
    assert world.open_keys == set()


# Manifests


def test_a_manifest_that_was_changed_is_found_and_not_used(world: IntegrityWorld):
    record = first(world)
    name = next(iter(world.catalog.stored))
    good = world.catalog.stored[name]
    world.catalog.change(name, events=(), workflows=(state_after(record, status="APPROVED"),))
    world.run()
    assert world.open_keys == {f"manifest-mismatch#{name}", f"unattested#{record.dataset_id}"}
    sentence = f"Manifest {name} is in the log, and is stored with another hash."
    assert detail(world, f"manifest-mismatch#{name}") == sentence
    assert detail(world, f"unattested#{record.dataset_id}") == (
        "The log has an event that the workflow service has not attested. "
        f"Manifest {name}, which covers its time, is not the one in the log."
    )
    assert world.integrity.attested == {}
    world.catalog.stored[name] = good
    world.run()
    assert world.open_keys == set()


def test_a_manifest_that_is_changed_after_its_leaf_was_checked_is_found(world: IntegrityWorld):
    record = first(world)
    world.run()
    name = next(iter(world.catalog.stored))
    world.catalog.change(name, workflows=(state_after(record, status="APPROVED"),))
    world.run()
    sentence = f"Manifest {name}: The log has another hash for it."
    assert detail(world, f"manifest-mismatch#{name}") == sentence


def test_a_manifest_that_can_not_be_read_is_found_and_does_not_stop_the_others(world: IntegrityWorld):
    first(world)
    name = next(iter(world.catalog.stored))
    world.catalog.stored[name] = replace(world.catalog.stored[name], text="{")
    record = record_at(world.now, 2, 2, workflow_id=ONE)
    world.minute(record)
    del world.records.stored[record.dataset_id]
    world.run()
    assert {f"manifest-mismatch#{name}", f"missing#{record.dataset_id}"} <= world.open_keys


def test_a_manifest_under_another_name_is_found(world: IntegrityWorld):
    first(world)
    name = next(iter(world.catalog.stored))
    copy = "2026-01-31T12:00:00Z"
    world.catalog.stored[copy] = replace(world.catalog.stored[name], name=copy)
    world.now += timedelta(hours=4)
    world.run()
    assert f"manifest-mismatch#{copy}" in world.open_keys


@pytest.mark.parametrize("removed", [0, 1])
def test_a_manifest_that_is_gone_is_found(world: IntegrityWorld, removed: int):
    for _ in range(3):
        world.minute()
    world.run()
    names = sorted(world.catalog.stored)
    stored = world.catalog.stored.pop(names[removed])
    world.run()
    assert world.open_keys == {f"manifest-mismatch#{names[removed + 1]}"}
    world.catalog.stored[names[removed]] = stored
    world.run()
    assert world.open_keys == set()


def test_the_newest_manifest_that_is_gone_is_found_by_its_leaf(world: IntegrityWorld):
    world.minute()
    name = world.minute()
    world.catalog.stored.pop(name)
    world.run()
    assert world.open_keys == {f"manifest-mismatch#{name}"}
    sentence = f"Manifest {name} is in the log, and is not stored."
    assert detail(world, f"manifest-mismatch#{name}") == sentence


def test_a_manifest_that_can_not_be_read_is_a_finding_also_before_it_is_sealed(world: IntegrityWorld):
    world.now += MINUTE
    name = world.catalog.publish(world.now).name
    world.catalog.stored[name] = replace(world.catalog.stored[name], text="{")
    world.run()
    assert detail(world, f"manifest-mismatch#{name}") == f"Manifest {name}: it can't be read."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"previous_sha256": "f" * 64}, "it does not have the hash of the manifest before it"),
        ({"sequence": 7}, "its number does not follow that of the manifest before it"),
    ],
)
def test_a_manifest_that_does_not_follow_the_one_before_it_is_found(
    world: IntegrityWorld, change: dict[str, Any], sentence: str
):
    before = world.minute()
    world.now += MINUTE
    world.catalog.publish(world.now)
    name = max(world.catalog.stored)
    world.catalog.change(name, **change)
    world.run()
    assert world.open_keys == {f"manifest-mismatch#{name}"}
    assert detail(world, f"manifest-mismatch#{name}") == f"Manifest {name}: {sentence}, {before}."


# States


def test_a_state_that_was_changed_without_an_event_is_found_and_resolved_when_it_is_restored(
    world: IntegrityWorld,
):
    record = first(world)
    world.run()
    for changed in (
        {"status": "APPROVED"},
        {"data_hash": "1" * 64},
        {"data_hash": None},
        {"head_hash": "1" * 64},
    ):
        world.now += MINUTE
        world.publish(states=[state_after(record, **changed)])
        world.seal()
        world.run()
        assert world.open_keys == {f"state-mismatch#{ONE}"}, changed
        assert not world.integrity.attested[ONE].is_explained
        world.now += MINUTE
        world.publish(states=[state_after(record)])
        world.seal()
        world.run()
        assert world.open_keys == set()
    assert len(world.integrity.resolved) == 4


def test_a_state_that_was_changed_and_restored_between_two_runs_leaves_a_trace(world: IntegrityWorld):
    record = first(world)
    world.run()
    for changed in ({"status": "APPROVED"}, {}):
        world.now += MINUTE
        world.publish(states=[state_after(record, **changed)])
    world.seal()
    world.run()
    assert world.open_keys == set()
    (found,) = world.integrity.resolved
    assert (found.finding.code, found.resolved_at) == (FindingCode.STATE_MISMATCH, world.now)


def test_a_version_without_an_event_is_found_after_five_minutes(world: IntegrityWorld):
    record = first(world)
    world.run()
    world.now += MINUTE
    world.publish(states=[state_after(record, version=2)])
    world.seal()
    world.run()
    assert world.open_keys == set()
    world.now += 6 * MINUTE
    world.run()
    assert world.open_keys == {f"state-mismatch#{ONE}"}
    assert "no event has this version" in detail(world, f"state-mismatch#{ONE}")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda record: rehashed(record, "PENDING", "APPROVED"), "rewritten"),
        (lambda record: replace(record, sealed="{"), "unreadable"),
        (lambda record: replace(record, content=replace(record.content, value="{}")), "content-mismatch"),
    ],
)
def test_a_changed_record_is_no_finding_about_the_state(
    world: IntegrityWorld, change: Callable[[AuditRecord], AuditRecord], code: str
):
    record = first(world)
    world.records.damage(change(record))
    world.run()
    assert codes(world) == {code}
    world.records.damage(record)
    world.now += MINUTE
    world.publish(states=[state_after(record, status="APPROVED")])
    world.seal()
    world.run()
    assert codes(world) == {"state-mismatch"}


def test_a_state_with_an_older_version_is_found_and_stays_a_finding(world: IntegrityWorld):
    record = first(world)
    second = record_at(world.now, 2, 2, workflow_id=ONE, previous_hash=record.hash)
    world.minute(second)
    world.run()
    for _ in range(2):
        world.now += MINUTE
        world.publish(states=[state_after(record)])
        world.seal()
        world.run()
        assert world.open_keys == {f"state-mismatch#{ONE}"}
    world.now += MINUTE
    world.publish(states=[state_after(second)])
    world.seal()
    world.run()
    assert world.open_keys == set()


def test_a_state_of_a_workflow_without_an_event_in_the_interval_is_compared_with_its_record(
    world: IntegrityWorld,
):
    record = first(world)
    world.run()
    world.integrity.attested.clear()
    world.now += MINUTE
    world.publish(states=[state_after(record)])
    world.seal()
    world.run()
    assert world.integrity.attested[ONE].dataset_id == record.dataset_id
    assert world.integrity.attested[ONE].is_explained


def test_the_data_of_an_erased_content_is_not_compared(world: IntegrityWorld):
    record = record_at(world.now, 1, 1, workflow_id=ONE)
    world.commit(record)
    world.deliver(replace(record, content=None))
    world.now += MINUTE
    world.publish(record, states=[state_after(record, data_hash=None)])
    world.seal()
    world.run()
    assert f"state-mismatch#{ONE}" not in world.open_keys


# Documents


def test_missing_and_different_documents_are_written_again(world: IntegrityWorld):
    records = random_history(world, 2)
    expected = {record.dataset_id: document_of(record) for record in records}
    del world.index.documents[records[0].dataset_id]
    world.index.documents[records[1].dataset_id] = {"datasetId": records[1].dataset_id, "target": "forged"}
    result = world.run()
    assert (result.documents, world.index.documents) == (2, expected)
    assert world.run().documents == 0


def test_without_the_index_everything_else_is_compared(world: IntegrityWorld):
    record = first(world)
    lost = record_at(world.now, 2, 2, workflow_id=ONE)
    world.minute(lost)
    del world.records.stored[lost.dataset_id]
    world.index.is_available = False
    world.index.documents.clear()
    world.run()
    assert world.open_keys == {f"missing#{lost.dataset_id}"}
    assert world.warnings == ["index not compared"]
    world.index.is_available = True
    world.run()
    assert record.dataset_id in world.index.documents


def test_a_record_that_can_not_be_indexed_is_named_and_does_not_stop_the_others(world: IntegrityWorld):
    records = random_history(world, 3)
    world.index.documents.clear()
    world.index.unindexable = {records[0].dataset_id}
    result = world.run()
    assert list(result.unindexable) == [records[0].dataset_id]
    assert len(world.index.documents) == len(records) - 1


# Progress


def test_random_deletions_are_repaired_one_run_later(world: IntegrityWorld):
    records = random_history(world, 4, minutes=5, events=100)
    rng = random.Random(4)
    for record in records:
        if rng.random() < 0.3:
            world.records.stored.pop(record.dataset_id)
        if rng.random() < 0.3:
            world.index.documents.pop(record.dataset_id)
    lost = record_at(
        world.now, 1, 9_999, workflow_id=workflow_id(99)
    )  # its messages and outbox entry are gone
    world.commit(lost)
    world.now += MINUTE
    world.publish(lost)
    world.seal()
    world.run()
    world.answer_resends()
    world.seal()
    world.run()
    assert set(world.records.stored) == {record.dataset_id for record in (*records, lost)}
    assert world.index.documents == {each.dataset_id: document_of(each) for each in (*records, lost)}
    assert world.open_keys == set()
    result = world.run()
    assert (result.resends, result.documents, result.findings) == (0, 0, 0)


def test_an_event_is_attested_as_soon_as_its_manifest_is_restored(world: IntegrityWorld):
    record = first(world)
    name = next(iter(world.catalog.stored))
    good = world.catalog.stored[name]
    world.catalog.change(name, events=())
    world.run()
    assert f"unattested#{record.dataset_id}" in world.open_keys
    world.catalog.stored[name] = good
    world.run(sweep=0)
    assert world.open_keys == set()


def test_a_changed_manifest_attests_nothing(world: IntegrityWorld):
    name = world.minute()
    forged = record_at(START, 1, 9, workflow_id=workflow_id(2))
    world.deliver(forged)
    world.seal()
    world.catalog.change(name, events=(committed_event(forged),))
    world.run()
    assert world.open_keys == {f"manifest-mismatch#{name}", f"unattested#{forged.dataset_id}"}


def test_the_sweep_stays_within_its_budget_and_starts_over(
    world: IntegrityWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(manifest_sequence, "BATCH", 31)
    records = random_history(world, 5, minutes=6, events=20)
    world.run()
    for record in records:
        del world.records.stored[record.dataset_id]
    world.integrity.open.clear()
    found = []
    for _ in range(6):
        world.run(sweep=1)
        world.answer_resends()
        found.append(len(world.records.stored))
    assert found == [20, 40, 60, 80, 100, 120]


def test_a_run_compares_a_manifest_of_several_batches_once(
    world: IntegrityWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(manifest_sequence, "BATCH", 8)
    records = random_history(world, 5, minutes=3, events=30)
    assert world.run().events == len(records)


def test_the_budget_of_the_sweep_counts_events_and_not_attested_states(
    world: IntegrityWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(manifest_sequence, "BATCH", 3)
    for number in range(3):
        record = record_at(world.now, 1, number + 1, workflow_id=workflow_id(number))
        world.commit(record)
        world.deliver(record)
        world.now += MINUTE
        world.publish(record, states=[state_after(each) for each in world.heads.values()] * 20)
        world.seal()
    world.run()
    assert world.run(sweep=6).is_swept


def test_without_a_budget_nothing_is_swept(world: IntegrityWorld):
    record = first(world)
    world.run()
    del world.records.stored[record.dataset_id]
    assert not world.run(sweep=0).is_swept
    assert world.open_keys == set()


def test_a_manifest_that_takes_longer_than_a_run_is_continued(
    world: IntegrityWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(manifest_sequence, "BATCH", 8)
    records = [record_at(world.now, 1, number, workflow_id=workflow_id(number)) for number in range(1, 31)]
    world.minute(*records)
    for record in records:
        del world.records.stored[record.dataset_id]
    world.seconds = 0
    asked = []
    for _ in range(9):
        world.run()
        asked.append(len(world.resends.requests))
        world.resends.requests.clear()
    assert asked[:4] == [8, 8, 8, 6]
    assert world.integrity.stored_progress.manifests.name == next(iter(world.catalog.stored))
    assert len(world.open_keys & {f"missing#{each.dataset_id}" for each in records}) == 30


class Killed(Exception):
    """The function stops here."""


class Killer:
    """A port that stops the run at the n-th call of all ports."""

    def __init__(self, port: Any, calls: list[int], limit: int) -> None:
        self._port = port
        self._calls = calls
        self._limit = limit

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._port, name)
        if not callable(attribute):
            return attribute

        def call(*args: Any, **kwargs: Any) -> Any:
            self._calls[0] += 1
            if self._calls[0] > self._limit:
                raise Killed
            return attribute(*args, **kwargs)

        return call


def damaged_world() -> IntegrityWorld:
    world = IntegrityWorld()
    records = random_history(world, 6, minutes=3, events=12)
    world.records.stored.pop(records[0].dataset_id)
    world.records.damage(rehashed(records[1], "PENDING", "APPROVED"))
    world.index.documents.pop(records[2].dataset_id)
    forged = record_at(START, 1, 888, workflow_id=workflow_id(8))
    world.deliver(forged)
    world.seal()
    return world


def outcome(world: IntegrityWorld) -> Any:
    return (
        world.open_keys,
        {each.finding.key for each in world.integrity.resolved},
        set(world.records.stored),
        world.index.documents,
        world.integrity.attested,
        replace(world.integrity.stored_progress, completed_at=None),
    )


def test_a_run_that_is_killed_at_any_call_is_continued_by_the_next_one():
    expected = damaged_world()
    expected.run()
    expected.answer_resends()
    expected.run()
    total = 0
    for limit in range(1, 1000):
        world = damaged_world()
        calls = [0]
        wrapped = {
            name: Killer(port, calls, limit)
            for name, port in {
                "manifests": world.catalog,
                "records": world.records,
                "index": world.index,
                "integrity": world.integrity,
                "resends": world.resends,
                "tiles": world.log,
            }.items()
        }
        try:
            world.reconcile(**wrapped)(lambda: 1000.0)
        except Killed:
            total += 1
        else:
            break
        world.run()
        world.answer_resends()
        world.run()
        assert outcome(world) == outcome(expected), f"killed at call {limit}"
    assert total > 20


def test_a_run_that_ends_for_lack_of_time_is_continued(world: IntegrityWorld):
    random_history(world, 7, minutes=5)
    world.seconds = 0
    for _ in range(30):
        world.run()
    assert world.integrity.stored_progress.manifests.name == max(world.catalog.stored)


def test_the_result_says_how_far_sealing_and_manifests_are_behind(world: IntegrityWorld):
    first(world)
    record = record_at(world.now, 2, 2, workflow_id=ONE)
    world.deliver(record)
    world.now += 2 * MINUTE
    result = world.run()
    assert (result.seal_lag_seconds, result.pending) == (120.0, 1)
    assert result.manifest_lag_seconds == (world.now - START - MINUTE).total_seconds()


def test_findings_beyond_what_a_run_has_in_memory_keep_their_history(
    world: IntegrityWorld, monkeypatch: pytest.MonkeyPatch
):

    monkeypatch.setattr(finding_list, "OPEN_LIMIT", 7)
    records = random_history(world, 8, minutes=1, events=30)
    for record in records:
        world.records.damage(rehashed(record, "PENDING", "APPROVED"))
    world.run()
    since = world.now
    world.now += MINUTE
    result = world.run()
    assert len([key for key in world.open_keys if key.startswith("rewritten#")]) == 30
    assert result.findings == len(world.open_keys) == 30
    assert {each.first_seen for each in world.integrity.open.values()} == {since}
    for record in records:
        world.records.damage(record)
    for _ in range(8):
        world.run()
    assert world.open_keys == set()


def test_a_finding_that_stays_is_written_once_an_hour(world: IntegrityWorld):
    record = first(world)
    world.records.damage(rehashed(record, "PENDING", "APPROVED"))
    world.run()
    seen = set()
    for _ in range(70):
        world.now += MINUTE
        world.run()
        seen.add(to_rfc3339(world.integrity.open[f"rewritten#{record.dataset_id}"].last_seen))
    assert len(seen) == 2


def test_entries_of_the_log_are_those_of_records(world: IntegrityWorld):
    """The fakes seal what the service would."""
    record = first(world)
    assert world.log.entries[0] == event_entry(record)
