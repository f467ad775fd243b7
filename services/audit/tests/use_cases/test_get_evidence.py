"""Collecting a workflow's evidence."""

import dataclasses
import json
from typing import Any

import pytest
from countersign_common.errors import NotFoundError
from countersign_common.proof.commitment import PARTS

from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.log.tiles import Tile
from audit_service.schemas.serialization import evidence_text
from audit_service.use_cases import get_evidence
from audit_service.use_cases.get_evidence import PAGE_BYTES, PROOF_BYTES, Evidence, GetEvidence

from ..builders import APPROVER, REQUESTER, WORKFLOW, caller, dataset_id, make_chain, make_record
from ..fakes import FakeRepository
from ..log_fakes import World, event_entry, manifest_entry, minute, state_after

AUDITOR = caller("ada", "auditors")
MANIFEST = "2026-01-31T09:01:00Z"


def world_of(chain: list[AuditRecord]) -> World:
    world = World(FakeRepository(*chain))
    world.publish_and_seal(chain)
    return world


def collect(world: World, actor: Any = AUDITOR, after: Any = None) -> Evidence:
    return GetEvidence(world.records, world.reader, world.finder, world.clock)(WORKFLOW, actor, after)


def all_pages(world: World) -> list[Evidence]:
    pages = [collect(world)]
    while (after := pages[-1].next_position) is not None:
        pages.append(collect(world, after=after))
    return pages


def test_records_that_cannot_be_read_are_included_byte_for_byte():
    chain = make_chain(3)
    world = world_of(chain)
    damaged = dataclasses.replace(chain[1], sealed="{", hash="x", raw={"sealed": b"\x00\xff"})
    world.records.damage(damaged)
    evidence = collect(world)
    assert [each.record for each in evidence.records] == [chain[0], damaged, chain[2]]
    assert '"raw":{"sealed":"AP8="}' in evidence_text(evidence, None)
    withheld = collect(world, caller(APPROVER)).records[1].withheld
    assert withheld == ("person", "content", "raw")


def test_damaged_bytes_are_withheld_from_participants_who_could_find_a_person_in_them():
    chain = make_chain(1)
    world = world_of(chain)
    world.records.damage(dataclasses.replace(chain[0], raw={"person.value": b"Rita"}))
    evidence = collect(world, caller(REQUESTER))
    assert evidence.records[0].withheld == ("person", "raw")
    assert 'raw":{' not in evidence_text(evidence, None)


def test_an_erased_part_is_not_withheld_and_its_erasure_is_included():
    chain = make_chain(1)
    world = world_of(chain)
    erasure = make_record(1, number=900, has_workflow=False, actionType="ERASE")
    world.records.add([erasure])
    world.log.seal(event_entry(erasure))
    world.log.erasures[chain[0].dataset_id] = [erasure.dataset_id]
    world.records.damage(dataclasses.replace(chain[0], person=None))
    for actor in (AUDITOR, caller(REQUESTER)):
        evidence = collect(world, actor)
        assert evidence.records[0].withheld == ()
        assert [each.record for each in evidence.erasures] == [erasure]
        assert erasure.dataset_id in {proof.entry_id for proof in evidence.proofs}
    assert evidence.erasures[0].withheld == ("person",)
    assert collect(world).erasures[0].withheld == (), "auditors see who erased"
    world.records.damage(dataclasses.replace(erasure, person=None))
    assert collect(world, caller(REQUESTER)).erasures[0].withheld == ()


def test_erasures_of_1000_records_each_are_on_the_pages_of_their_records_as_far_as_they_fit():
    count = 60
    chain = make_chain(count)
    world = world_of(chain)
    for number, record in enumerate(chain, start=1):
        named = [{"datasetId": dataset_id(each), "parts": list(PARTS)} for each in range(1_000)]
        erasure = make_record(
            1,
            number=1_000 + number,
            has_workflow=False,
            actionType="ERASE",
            content={"after": {"reason": "asked for", "parts": list(PARTS), "erased": named}},
        )
        world.records.add([erasure])
        world.log.erasures[record.dataset_id] = [erasure.dataset_id]
        world.records.damage(record.without(["person", "content"]))
    pages = all_pages(world)
    assert len(pages) > 1
    for page in pages:
        assert sum(each.record.evidence_size for each in page.erasures) < PAGE_BYTES
        assert len(page.erasures) == len(page.records)
    assert sum(len(page.records) for page in pages) == count


def test_the_manifests_of_the_records_and_the_newest_state_are_included():
    chain = make_chain(1)
    world = world_of(chain)
    world.manifests.publish(minute("09:04"), workflows=[state_after(chain[0])])
    world.manifests.publish(minute("09:05"))
    world.log.seal(*(manifest_entry(each) for each in list(world.manifests.stored.values())[1:]))
    assert [each.name for each in collect(world).manifests] == [MANIFEST]
    assert None not in world.manifests.reads
    world.manifests.newest_of[WORKFLOW] = "2026-01-31T09:04:00Z"
    evidence = collect(world)
    assert [each.name for each in evidence.manifests] == [MANIFEST, "2026-01-31T09:04:00Z"]
    assert {proof.entry_id for proof in evidence.proofs} == {
        chain[0].dataset_id,
        MANIFEST,
        "2026-01-31T09:04:00Z",
    }


def test_a_manifest_that_cannot_be_read_is_included_as_it_is():
    world = world_of(make_chain(1))
    world.manifests.change(MANIFEST, text="x")
    assert [each.text for each in collect(world).manifests] == ["x"]


def test_a_newest_manifest_that_cannot_be_read_does_not_hide_the_one_that_is_known():
    chain = make_chain(1)
    world = world_of(chain)
    world.manifests.publish(minute("09:04"), workflows=[state_after(chain[0])])
    world.manifests.publish(minute("09:05"))
    world.manifests.newest_of[WORKFLOW] = "2026-01-31T09:04:00Z"
    world.manifests.change("2026-01-31T09:05:00Z", text="x")
    assert [each.name for each in collect(world).manifests] == [MANIFEST, "2026-01-31T09:04:00Z"]


def test_a_manifest_counts_as_what_it_takes_in_the_response():
    """In the body, it is a text in JSON, and in the function's result, the body is one."""
    world = world_of(make_chain(3))
    (manifest,) = world.manifests.stored.values()
    in_result = len(json.dumps(json.dumps(manifest.text)))
    quotes_around = len(json.dumps(json.dumps("")))
    assert get_evidence._size_of(manifest) == in_result - quotes_around + PROOF_BYTES


def test_a_page_can_be_filled_to_the_last_byte(monkeypatch: pytest.MonkeyPatch):
    chain = make_chain(1)
    world = world_of(chain)
    (manifest,) = world.manifests.stored.values()
    needed = chain[0].evidence_size + PROOF_BYTES + get_evidence._size_of(manifest)
    for missing, omitted in ((0, []), (1, [MANIFEST])):
        monkeypatch.setattr(get_evidence, "PAGE_BYTES", needed - missing)
        assert collect(world).omitted_manifests == omitted


@pytest.mark.parametrize(("missing", "records"), [(0, [2]), (1, [1, 1])])
def test_a_record_whose_manifest_does_not_fit_is_on_the_next_page(
    missing: int, records: list[int], monkeypatch: pytest.MonkeyPatch
):
    chain = [make_record(n, occurredAt=f"2026-01-31T09:0{n}:00.000Z") for n in range(1, 3)]
    world = world_of(chain)
    sizes = [get_evidence._size_of(each) for each in world.manifests.stored.values()]
    needed = sum(sizes) + sum(each.evidence_size + PROOF_BYTES for each in chain)
    monkeypatch.setattr(get_evidence, "PAGE_BYTES", needed - missing)
    pages = all_pages(world)
    assert [len(page.records) for page in pages] == records
    assert all(page.omitted_manifests == [] for page in pages)


def test_a_record_counts_as_what_it_takes_in_the_response():
    record = make_chain(1, content={"after": {"quotes": '"\\'}})[0]
    texts = (record.sealed, record.person.value, record.content.value)
    escaped = sum(3 * (text.count('"') + text.count("\\")) for text in texts)
    assert record.evidence_size == record.size + escaped
    damaged = dataclasses.replace(record, raw={"sealed": bytes(30)})
    assert damaged.evidence_size - damaged.size == record.evidence_size - record.size + 40


def test_before_the_first_checkpoint_there_are_no_proofs():
    evidence = collect(World(FakeRepository(*make_chain(2))))
    assert (evidence.checkpoint, evidence.proofs) == (None, [])
    assert len(evidence.records) == 2


def test_a_record_whose_tile_is_missing_has_no_proof_and_does_not_stop_the_others():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    del world.log.tiles[Tile(0, 0, 2)]
    evidence = collect(world)
    assert (len(evidence.records), evidence.proofs) == (2, [])


def test_a_record_with_a_position_outside_of_the_tree_has_no_proof_and_does_not_stop_the_others():
    chain = make_chain(2)
    world = World(FakeRepository(*chain))
    world.log.seal(*map(event_entry, chain))
    first = chain[0].dataset_id
    world.log.indices[first] = dataclasses.replace(world.log.indices[first], index=99)
    assert [each.entry_id for each in collect(world).proofs] == [chain[1].dataset_id]


def test_large_records_are_spread_over_pages_that_fit_in_a_response():
    chain = make_chain(30, content={"after": {"quotes": '"\\' * 100_000}})
    world = world_of(chain)
    pages = all_pages(world)
    assert len(pages) > 5
    assert [each.record for page in pages for each in page.records] == chain
    for page in pages:
        text = evidence_text(page, "cursor" * 30)
        in_response = len(text.encode()) + text.count('"') + text.count("\\")
        assert in_response < 6_291_456
        assert {proof.entry_id for proof in page.proofs} >= {each.record.dataset_id for each in page.records}


def test_each_page_has_the_manifests_of_its_records(monkeypatch: pytest.MonkeyPatch):
    chain = [make_record(n, occurredAt=f"2026-01-31T09:0{n}:00.000Z") for n in range(1, 6)]
    world = world_of(chain)
    sizes = [get_evidence._size_of(each) for each in world.manifests.stored.values()]
    monkeypatch.setattr(get_evidence, "PAGE_BYTES", 2 * (sizes[0] + chain[0].evidence_size + 3_000))
    pages = all_pages(world)
    assert [len(page.records) for page in pages] == [2, 2, 1]
    assert [[manifest.name[14:16] for manifest in page.manifests] for page in pages] == [
        ["02", "03"],
        ["04", "05"],
        ["06"],
    ]


def test_a_manifest_that_is_larger_than_a_page_is_named(monkeypatch: pytest.MonkeyPatch):
    chain = make_chain(2)
    world = world_of(chain)
    monkeypatch.setattr(get_evidence, "PAGE_BYTES", 1_000)
    pages = all_pages(world)
    assert [len(page.records) for page in pages] == [1, 1]
    assert all(page.omitted_manifests == [MANIFEST] for page in pages)
    assert all(page.manifests == [] for page in pages)


def test_a_workflow_without_records_is_unknown():
    with pytest.raises(NotFoundError, match=r"^There is no such workflow\.$"):
        collect(World(FakeRepository()))
