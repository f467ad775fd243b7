"""The tree that a checkpoint signs: hashes of stored tiles, each proven up to the signed root."""

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.merkle import HASH_BYTES, root_hash
from audit_service.domain.log.tiles import TILE_WIDTH, StoredNodes, Tile, edge_tiles, tile_at


class ProvenTree:
    """The hashes of a signed tree. A tile that isn't part of that tree is never used.

    The partial tiles at the tree's edge are proven together: they give its root. A full tile is proven by its root,
    which is a hash in the tile above it.
    """

    def __init__(self, size: int, root: bytes, read: Callable[[Tile], bytes]) -> None:
        """
        Args:
            size: Number of leaves.
            root: The signed root hash.
            read: Returns the bytes of a stored tile; raises LogDamagedError if there is none.
        """
        self.size = size
        self._root = root
        self._read = read
        self._proven: dict[Tile, bytes | None] = {}
        self._leaves: dict[int, bytes | None] = {}

    @cached_property
    def is_proven(self) -> bool:
        """Whether the stored tiles at the edge give the signed root."""
        try:
            edge = tuple(self._read(tile) for tile in edge_tiles(self.size))
            return _edge_root(self.size, edge) == self._root
        except (LogDamagedError, ValueError):
            return False

    def leaf(self, index: int) -> bytes | None:
        """Return the hash of a leaf; None if the stored tiles don't prove it.

        Raises:
            ValueError: The tree has no such leaf.
        """
        if not 0 <= index < self.size:
            raise ValueError(f"A tree of size {self.size} has no leaf {index}.")
        number = index // TILE_WIDTH
        # By number, because the name of a tile takes longer to create and to look up than to hash a leaf.
        if number not in self._leaves:
            self._leaves[number] = self._hashes(tile_at(0, number, self.size))
        hashes = self._leaves[number]
        return None if hashes is None else _hash_at(hashes, index % TILE_WIDTH)

    def read(self, tile: Tile) -> bytes:
        """Return the hashes of a tile.

        Raises:
            LogDamagedError: It is not part of the tree.
        """
        hashes = self._hashes(tile)
        if hashes is None:
            raise LogDamagedError(
                f"The stored {tile.path} is not part of the tree that the checkpoint signs."
            )
        return hashes

    def _hashes(self, tile: Tile) -> bytes | None:
        if tile not in self._proven:
            self._proven[tile] = self._prove(tile)
        return self._proven[tile]

    def _prove(self, tile: Tile) -> bytes | None:
        try:
            hashes = self._read(tile)
        except LogDamagedError:
            return None
        if len(hashes) != tile.width * HASH_BYTES:
            return None
        if tile.width < TILE_WIDTH:
            return hashes if self.is_proven else None
        above = self._hashes(_above(tile, self.size))
        if above is None or _hash_at(above, tile.index % TILE_WIDTH) != tile_root(hashes):
            return None
        return hashes


def tiles_to_prove(indices: Iterable[int], size: int) -> set[Tile]:
    """Return the tiles that prove these leaves in the tree of this size."""
    needed = set(edge_tiles(size))
    for index in {index // TILE_WIDTH for index in indices if 0 <= index < size}:
        tile = tile_at(0, index, size)
        while tile not in needed:
            needed.add(tile)
            tile = _above(tile, size)
    return needed


# The newest tree is verified many times until the next one is signed.
@lru_cache(maxsize=16)
def _edge_root(size: int, edge: tuple[bytes, ...]) -> bytes:
    """Return the root of a tree from the bytes of its partial tiles.

    Raises:
        ValueError: A tile is too short.
    """
    tiles = dict(zip(edge_tiles(size), edge, strict=True))
    return root_hash(StoredNodes(size, tiles.__getitem__), size)


# A full tile never changes, so a warm container computes its root once. 512 of them have 4 MB.
@lru_cache(maxsize=512)
def tile_root(hashes: bytes) -> bytes:
    """Return the root of a full tile."""
    sha256 = hashlib.sha256
    while len(hashes) > HASH_BYTES:
        pairs = range(0, len(hashes), 2 * HASH_BYTES)
        hashes = b"".join([sha256(b"\x01" + hashes[at : at + 2 * HASH_BYTES]).digest() for at in pairs])
    return hashes


def _above(tile: Tile, size: int) -> Tile:
    """Return the tile that has the root of a full tile. There always is one: a full tile is not at the top."""
    return tile_at(tile.level + 1, tile.index // TILE_WIDTH, size)


def _hash_at(hashes: bytes, position: int) -> bytes:
    return hashes[position * HASH_BYTES : (position + 1) * HASH_BYTES]
