"""Tiles: how the tree is stored (C2SP tlog-tiles).

A tile has up to 256 consecutive hashes of one level; the levels of tiles are 8 levels of the tree apart. A tile that is
full never changes. The last tile of a level can be partial; its name has its width, so a longer one has another name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from audit_service.domain.log.merkle import HASH_BYTES, Nodes, node_hash

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT


class Tile(NamedTuple):
    """The name of a tile. A tuple, because a verification looks up hundreds of them.

    Attributes:
        level: Level of tiles, from 0: the hashes of leaves.
        index: Position among the tiles of the level, from 0.
        width: Number of hashes, 1 to 256.
    """

    level: int
    index: int  # type: ignore[assignment] # not the method of tuples
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path of its hashes, such as `tile/0/x001/067.p/3`."""
        return f"tile/{self.level}/{self._number}"

    @property
    def bundle_path(self) -> str:
        """The path of its entries, if it is of level 0."""
        return f"tile/entries/{self._number}"

    @property
    def _number(self) -> str:
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        number = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        return number if self.width == TILE_WIDTH else f"{number}.p/{self.width}"


def tile_at(level: int, index: int, size: int) -> Tile:
    """Return a tile as it is in the tree of this size."""
    return Tile(level, index, min(TILE_WIDTH, (size >> TILE_HEIGHT * level) - index * TILE_WIDTH))


def tiles_between(level: int, start: int, end: int, size: int) -> Iterator[Tile]:
    """Yield the tiles of a level, in a tree of this size, that have the hashes `start` to `end`, exclusive."""
    for index in range(start // TILE_WIDTH, -(-end // TILE_WIDTH)):
        yield tile_at(level, index, size)


def edge_tiles(size: int) -> list[Tile]:
    """Return the partial tiles of the tree of this size, at most one for each level: what it grows at."""
    edge, level = [], 0
    while count := size >> TILE_HEIGHT * level:
        if count % TILE_WIDTH:
            edge.append(tile_at(level, count // TILE_WIDTH, size))
        level += 1
    return edge


@dataclass(frozen=True)
class StoredNodes:
    """A tree's hashes, from its tiles.

    Attributes:
        size: Number of leaves.
        read: Returns the bytes of a tile.
    """

    size: int
    read: Callable[[Tile], bytes]

    def subtree(self, level: int, index: int) -> bytes:
        """Return the root of a complete subtree, from one tile.

        Raises:
            ValueError: The stored tile is too short.
        """
        tile_level, height = divmod(level, TILE_HEIGHT)
        first = index << height
        tile = tile_at(tile_level, first // TILE_WIDTH, self.size)
        offset = first % TILE_WIDTH * HASH_BYTES
        hashes = self.read(tile)[offset : offset + (HASH_BYTES << height)]
        if len(hashes) != HASH_BYTES << height:
            raise ValueError(f"{tile.path} is too short.")
        return perfect_root([hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)])


@dataclass(frozen=True)
class CachedNodes:
    """A tree's hashes for many proofs: each is computed once."""

    nodes: Nodes
    known: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def subtree(self, level: int, index: int) -> bytes:
        """Return the root of a complete subtree."""
        key = level, index
        if key not in self.known:
            self.known[key] = self.nodes.subtree(level, index)
        return self.known[key]


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root of a subtree whose number of leaves is a power of two."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def grown_tiles(size: int, edge: Mapping[Tile, bytes], leaves: Sequence[bytes]) -> dict[Tile, bytes]:
    """Return the tiles that change when leaves are appended.

    Args:
        size: The tree's size before.
        edge: Its partial tiles with their bytes: `edge_tiles(size)`.
        leaves: The hashes of the new leaves, at least one.
    """
    new_size = size + len(leaves)
    changed: dict[Tile, bytes] = {}
    hashes, level = list(leaves), 0
    while hashes:
        count = size >> TILE_HEIGHT * level
        first = count // TILE_WIDTH
        if count % TILE_WIDTH:
            stored = edge[tile_at(level, first, size)]
            hashes = [stored[at : at + HASH_BYTES] for at in range(0, len(stored), HASH_BYTES)] + hashes
        above: list[bytes] = []
        for at in range(0, len(hashes), TILE_WIDTH):
            group = hashes[at : at + TILE_WIDTH]
            changed[tile_at(level, first + at // TILE_WIDTH, new_size)] = b"".join(group)
            if len(group) == TILE_WIDTH:
                above.append(perfect_root(group))
        hashes, level = above, level + 1
    return changed
