"""Sealing: how entries become leaves of the tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry
from audit_service.domain.log.merkle import EMPTY_ROOT, HASH_BYTES, leaf_hash, root_hash
from audit_service.domain.log.tiles import TILE_WIDTH, StoredNodes, Tile, edge_tiles, grown_tiles, tile_at


@dataclass(frozen=True)
class PendingEntry:
    """An entry that is recorded and not sealed yet.

    Attributes:
        added_at: When it was recorded.
    """

    entry: Entry
    added_at: datetime


@dataclass(frozen=True)
class SealingPlan:
    """What is appended next, in this order. It is stored before anything else is written and never changes.

    So a tree of one size has one content, whatever fails on the way, and every tile has one content.

    Attributes:
        size: Number of leaves before.
        entries: At least one.
    """

    size: int
    entries: tuple[Entry, ...]

    @property
    def new_size(self) -> int:
        """Number of leaves after."""
        return self.size + len(self.entries)


@dataclass(frozen=True)
class LogState:
    """The state of the log.

    Attributes:
        size: Number of sealed leaves.
        root: Root hash of their tree.
        note: The signed checkpoint of this size, without cosignatures; None before the first one.
        sealed_at: When it was sealed; None before the first checkpoint.
        plan: What is being appended, or was appended and isn't indexed yet; None if nothing.
    """

    size: int = 0
    root: bytes = EMPTY_ROOT
    note: str | None = None
    sealed_at: datetime | None = None
    plan: SealingPlan | None = None


class LeaseLostError(Exception):
    """Another run seals. What this run would have written last is not written."""


@dataclass(frozen=True)
class Edge:
    """Where the tree grows: its partial tiles, and the entries of the last partial bundle.

    Attributes:
        size: Number of leaves.
        tiles: Partial tiles and their hashes.
        entries: The entries after the last full bundle.
    """

    size: int
    tiles: Mapping[Tile, bytes]
    entries: tuple[Entry, ...]

    @property
    def root(self) -> bytes:
        """The tree's root hash."""
        return root_hash(StoredNodes(self.size, self.tiles.__getitem__), self.size)

    def check(self, root: bytes) -> None:
        """Check that hashes and entries are those of the tree with this root.

        Raises:
            LogDamagedError: They aren't.
        """
        for tile, hashes in self.tiles.items():
            if len(hashes) != tile.width * HASH_BYTES:
                raise LogDamagedError(f"{tile.path} has {len(hashes)} bytes.")
        if self.root != root:
            raise LogDamagedError(f"The tiles are not those of the signed tree of size {self.size}.")
        leaves = b"".join(leaf_hash(entry.to_bytes()) for entry in self.entries)
        if leaves != self.tiles.get(tile_at(0, self.size // TILE_WIDTH, self.size), b""):
            raise LogDamagedError(f"The last bundle of entries is not of the tree of size {self.size}.")


@dataclass(frozen=True)
class Growth:
    """What appending entries changes.

    Attributes:
        edge: Of the grown tree.
        hashes: New tiles.
        bundles: New bundles, by their tiles of level 0.
    """

    edge: Edge
    hashes: Mapping[Tile, bytes]
    bundles: Mapping[Tile, Sequence[Entry]]


def grow(edge: Edge, entries: Sequence[Entry]) -> Growth:
    """Return what changes when entries are appended to the tree with this edge.

    Args:
        edge: Was checked.
        entries: At least one.
    """
    hashes = grown_tiles(edge.size, edge.tiles, [leaf_hash(entry.to_bytes()) for entry in entries])
    size = edge.size + len(entries)
    tail = (*edge.entries, *entries)
    first = edge.size // TILE_WIDTH
    bundles = {
        tile_at(0, first + at // TILE_WIDTH, size): tail[at : at + TILE_WIDTH]
        for at in range(0, len(tail), TILE_WIDTH)
    }
    known = {**edge.tiles, **hashes}
    rest = size % TILE_WIDTH
    new_edge = Edge(size, {tile: known[tile] for tile in edge_tiles(size)}, tail[len(tail) - rest :])
    return Growth(new_edge, hashes, bundles)
