"""The tree that a checkpoint signs: only hashes that lead to its root are used."""

import hashlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.merkle import leaf_hash, root_hash
from audit_service.domain.log.proven_tree import ProvenTree, tile_root, tiles_to_prove
from audit_service.domain.log.tiles import StoredNodes, Tile, grown_tiles, perfect_root

LARGEST = 70_000
"""Three levels of tiles: 256 * 256 = 65,536."""


@cache
def leaves() -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(LARGEST)]


@cache
def stored(size: int) -> dict[Tile, bytes]:
    return grown_tiles(0, {}, leaves()[:size])


@cache
def root(size: int) -> bytes:
    return root_hash(StoredNodes(size, stored(size).__getitem__), size)


def tree_of(size: int, tiles: dict[Tile, bytes] | None = None, signed: bytes | None = None) -> ProvenTree:
    found = stored(size) if tiles is None else tiles

    def read(tile: Tile) -> bytes:
        if tile not in found:
            raise LogDamagedError(tile.path)
        return found[tile]

    return ProvenTree(size, root(size) if signed is None else signed, read)


SIZES = [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, LARGEST]


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_of_a_stored_tree_is_proven(size: int):
    tree = tree_of(size)
    assert tree.is_proven
    for index in {0, 1, 255, 256, size // 2, size - 2, size - 1}:
        if 0 <= index < size:
            assert tree.leaf(index) == leaves()[index]


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_leaf_outside_of_the_tree(index: int):
    with pytest.raises(ValueError, match="no leaf"):
        tree_of(3).leaf(index)


@pytest.mark.parametrize("size", SIZES)
def test_no_leaf_is_proven_under_another_root(size: int):
    tree = tree_of(size, signed=bytes(32))
    assert not tree.is_proven
    assert tree.leaf(0) is None
    assert tree.leaf(size - 1) is None


@given(st.sampled_from([300, 700, 66_000]), st.data())
def test_a_changed_bit_in_a_needed_tile_is_found(size: int, data: st.DataObject):
    index = data.draw(st.integers(0, size - 1))
    needed = sorted(tiles_to_prove([index], size), key=lambda tile: (tile.level, tile.index))
    tile = data.draw(st.sampled_from(needed))
    content = bytearray(stored(size)[tile])
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    tree = tree_of(size, stored(size) | {tile: bytes(content)})
    assert tree.leaf(index) is None or not tree.is_proven


@given(st.integers(1, LARGEST), st.data())
def test_the_named_tiles_are_enough(size: int, data: st.DataObject):
    size = data.draw(st.sampled_from([*SIZES, 300]))
    indices = data.draw(st.lists(st.integers(0, size - 1), max_size=4))
    needed = tiles_to_prove([*indices, size, -1], size)
    tree = tree_of(size, {tile: content for tile, content in stored(size).items() if tile in needed})
    assert tree.is_proven
    assert [tree.leaf(index) for index in indices] == [leaves()[index] for index in indices]


@pytest.mark.parametrize("content", [b"", bytes(32), None])
def test_a_tile_that_is_short_or_missing_proves_nothing(content: bytes | None):
    size = 600
    for tile in tiles_to_prove([0], size):
        changed = {name: each for name, each in stored(size).items() if name != tile or content is not None}
        if content is not None:
            changed[tile] = content
        tree = tree_of(size, changed)
        assert tree.leaf(0) is None or not tree.is_proven


def test_the_root_of_a_tile_is_that_of_its_hashes():
    hashes = [hashlib.sha256(str(number).encode()).digest() for number in range(256)]
    assert tile_root(b"".join(hashes)) == perfect_root(hashes)
