"""A cache of tiles in a warm container. The content of a tile should never change."""

import time
from collections.abc import Callable
from functools import lru_cache

from audit_service.domain.log.tiles import Tile
from audit_service.ports import TileReader

CACHED_TILES = 512
"""Of up to 8 KB each: 4 MB."""

CACHED_SECONDS = 60
"""How long a tile is used without reading it again: a tile that someone changes is found after this time."""


class CachedTileReader:
    """The port `TileReader` on another one. It remembers the tiles that were read last."""

    def __init__(self, tiles: TileReader, seconds: Callable[[], float] = time.monotonic) -> None:
        """
        Args:
            tiles: What is read.
            seconds: Returns the time of a clock that only goes forward.
        """
        self._tiles = tiles
        self._seconds = seconds
        self._read = lru_cache(CACHED_TILES)(lambda tile, _period: tiles.read_hashes(tile))

    def read_hashes(self, tile: Tile) -> bytes:
        """Return the hashes of a tile. Only what was read is remembered, not that a tile is missing."""
        return self._read(tile, int(self._seconds() // CACHED_SECONDS))

    def published_checkpoint(self) -> str | None:
        """Return the newest published checkpoint. It is read each time."""
        return self._tiles.published_checkpoint()
