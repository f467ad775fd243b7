"""The edge of the tree, and growing it."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.merkle import EMPTY_ROOT, leaf_hash
from audit_service.domain.log.sealing import Edge, SealingPlan, grow
from audit_service.domain.log.tiles import Tile

from . import naive_tree

NOTHING = Edge(0, {}, ())


def entries(count: int, start: int = 0) -> tuple[Entry, ...]:
    return tuple(Entry(EntryKind.EVENT, f"event-{start + n}", f"{start + n:064x}") for n in range(count))


def root_of(entries: tuple[Entry, ...]) -> bytes:
    return naive_tree.root([leaf_hash(entry.to_bytes()) for entry in entries])


def grown(count: int) -> Edge:
    return grow(NOTHING, entries(count)).edge


def test_the_new_size_of_a_plan_counts_its_entries():
    assert SealingPlan(7, entries(3)).new_size == 10


def test_the_edge_of_nothing_is_that_of_the_empty_tree():
    NOTHING.check(EMPTY_ROOT)
    with pytest.raises(LogDamagedError):
        NOTHING.check(bytes(32))


@given(st.lists(st.sampled_from([1, 2, 255, 256, 257, 600]), min_size=1, max_size=5))
def test_an_edge_that_has_grown_is_that_of_the_tree_of_the_rfc(counts: list[int]):
    edge, every = NOTHING, tuple[Entry, ...]()
    bundles: dict[Tile, tuple[Entry, ...]] = {}
    for count in counts:
        new = entries(count, len(every))
        every += new
        growth = grow(edge, new)
        edge = growth.edge
        bundles |= {tile: tuple(bundle) for tile, bundle in growth.bundles.items()}
        edge.check(root_of(every))
        assert edge.entries == every[len(every) - len(every) % 256 :]
    assert edge.size == len(every)
    for tile, bundle in bundles.items():
        assert tile.level == 0
        assert bundle == every[tile.index * 256 :][: tile.width]
    last = [tile for tile in bundles if tile.index * 256 + tile.width == len(every)]
    assert len(last) == 1


def test_the_edge_of_another_tree_is_damaged():
    edge = grown(3)
    with pytest.raises(LogDamagedError, match="not those of the signed tree"):
        edge.check(root_of(entries(4)))


def test_an_edge_with_a_changed_hash_is_damaged():
    edge, root = grown(300), root_of(entries(300))
    for tile, hashes in edge.tiles.items():
        changed = dataclasses.replace(edge, tiles={**edge.tiles, tile: bytes([hashes[0] ^ 1]) + hashes[1:]})
        with pytest.raises(LogDamagedError):
            changed.check(root)


def test_an_edge_with_more_hashes_than_the_tree_has_is_damaged():
    edge, root = grown(3), root_of(entries(3))
    longer = dataclasses.replace(edge, tiles={Tile(0, 0, 3): edge.tiles[Tile(0, 0, 3)] + bytes(32)})
    with pytest.raises(LogDamagedError, match="128 bytes"):
        longer.check(root)


def test_an_edge_with_other_entries_is_damaged():
    edge, root = grown(3), root_of(entries(3))
    for other in (entries(3, 1), entries(2), entries(4), ()):
        with pytest.raises(LogDamagedError, match="bundle"):
            dataclasses.replace(edge, entries=other).check(root)


def test_entries_after_a_full_bundle_are_damaged():
    with pytest.raises(LogDamagedError, match="bundle"):
        dataclasses.replace(grown(256), entries=entries(1)).check(root_of(entries(256)))
