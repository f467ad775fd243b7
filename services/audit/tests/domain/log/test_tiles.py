"""Tiles: their names, and that a tree in tiles is the tree of the RFC however it has grown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.domain.log.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_hash,
)
from audit_service.domain.log.tiles import (
    StoredNodes,
    Tile,
    edge_tiles,
    grown_tiles,
    perfect_root,
    tile_at,
    tiles_between,
)

from . import naive_tree


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 5, 3), "tile/0/005.p/3"),
        (Tile(1, 999), "tile/1/999"),
        (Tile(0, 1000), "tile/0/x001/000"),
        # The example of C2SP tlog-tiles.
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(2, 1234067, 8), "tile/2/x001/x234/067.p/8"),
    ],
)
def test_a_tile_has_the_path_of_the_specification(tile: Tile, path: str):
    assert tile.path == path


def test_a_bundle_has_the_number_and_the_width_of_its_tile():
    assert Tile(0, 1067, 17).bundle_path == "tile/entries/x001/067.p/17"
    assert Tile(0, 3).bundle_path == "tile/entries/003"


@pytest.mark.parametrize(
    ("level", "index", "size", "width"),
    [
        (0, 0, 1, 1),
        (0, 0, 256, 256),
        (0, 1, 257, 1),
        (0, 0, 257, 256),
        (1, 0, 70_000, 256),
        (1, 1, 70_000, 17),
    ],
)
def test_a_tile_is_as_wide_as_the_tree_fills_it(level: int, index: int, size: int, width: int):
    assert tile_at(level, index, size) == Tile(level, index, width)


def test_the_edge_of_a_tree_is_its_partial_tiles():
    # 70,000 leaves: 273 full tiles and 112 leaves; 273 roots: one full tile and 17; one root of those.
    assert edge_tiles(70_000) == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert edge_tiles(256) == [Tile(1, 0, 1)]
    assert edge_tiles(0) == []


def test_tiles_between_two_leaves_are_all_that_have_them():
    assert list(tiles_between(0, 255, 513, 600)) == [Tile(0, 0), Tile(0, 1), Tile(0, 2, 88)]
    assert list(tiles_between(0, 256, 512, 600)) == [Tile(0, 1)]


class Store:
    """Tiles by path, as a bucket keeps them; a tile is never written with two contents."""

    def __init__(self) -> None:
        self.size = 0
        self.leaves: list[bytes] = []
        self.tiles: dict[Tile, bytes] = {}

    def append(self, count: int) -> None:
        new = [leaf_hash(str(self.size + number).encode()) for number in range(count)]
        edge = {tile: self.tiles[tile] for tile in edge_tiles(self.size)}
        for tile, hashes in grown_tiles(self.size, edge, new).items():
            assert len(hashes) == tile.width * 32
            assert self.tiles.setdefault(tile, hashes) == hashes
        self.leaves += new
        self.size += count

    @property
    def nodes(self) -> StoredNodes:
        return StoredNodes(self.size, self.tiles.__getitem__)


# Batches that end at, before and after the borders of tiles.
batches = st.lists(st.sampled_from([1, 2, 3, 100, 254, 255, 256, 257, 511, 513]), min_size=1, max_size=6)


@given(batches)
def test_the_tree_in_tiles_has_the_root_of_the_rfc_after_every_batch(counts: list[int]):
    store = Store()
    for count in counts:
        store.append(count)
        assert root_hash(store.nodes, store.size) == naive_tree.root(store.leaves)


@given(batches, st.data())
def test_proofs_from_tiles_are_those_of_the_rfc(counts: list[int], data: st.DataObject):
    store = Store()
    for count in counts:
        store.append(count)
    size = data.draw(st.integers(1, store.size))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    leaves = store.leaves[:size]
    assert inclusion_proof(store.nodes, index, size) == naive_tree.path(index, leaves)
    assert consistency_proof(store.nodes, old, size) == naive_tree.proof(old, leaves)


def test_a_tree_of_three_levels_has_the_root_of_the_rfc():
    store = Store()
    for count in (65_000, 536, 1, 4_000):
        store.append(count)
    assert Tile(2, 0, 1) in store.tiles
    # Compared by perfect subtrees: the recursive implementation takes long for so many leaves.
    first, rest = store.leaves[:65_536], store.leaves[65_536:]
    assert store.nodes.subtree(16, 0) == perfect_root(first)
    tail = naive_tree.root(rest)
    assert root_hash(store.nodes, store.size) == naive_tree.root([perfect_root(first), tail])


def test_a_tile_that_is_too_short_is_noticed():
    store = Store()
    store.append(10)
    store.tiles[Tile(0, 0, 10)] = bytes(9 * 32)
    with pytest.raises(ValueError, match="too short"):
        root_hash(store.nodes, 10)
