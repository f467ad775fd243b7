"""Tiles that were read before."""

import pytest

from audit_service.adapters.cached_tile_reader import CachedTileReader
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.tiles import Tile

from ..log_fakes import FakeLog


def test_a_tile_is_read_once():
    log = FakeLog()
    log.seal(Entry(EntryKind.EVENT, "e", "0" * 64))
    tile = Tile(0, 0, 1)
    reader = CachedTileReader(log)
    assert [reader.read_hashes(tile) for _ in range(3)] == [log.tiles[tile]] * 3
    assert log.reads == [tile]


def test_a_tile_that_was_missing_is_read_again():
    log = FakeLog()
    reader = CachedTileReader(log)
    tile = Tile(0, 0, 1)
    with pytest.raises(LogDamagedError):
        reader.read_hashes(tile)
    log.seal(Entry(EntryKind.EVENT, "e", "0" * 64))
    assert reader.read_hashes(tile) == log.tiles[tile]


def test_a_tile_that_was_changed_is_read_again_after_a_minute():
    log = FakeLog()
    log.seal(Entry(EntryKind.EVENT, "e", "0" * 64))
    tile, now = Tile(0, 0, 1), [1_000.0]
    reader = CachedTileReader(log, lambda: now[0])
    before = reader.read_hashes(tile)
    log.tiles[tile] = bytes(32)
    now[0] += 60
    assert before != reader.read_hashes(tile) == bytes(32)


def test_the_published_checkpoint_is_read_each_time():
    log = FakeLog()
    reader = CachedTileReader(log)
    assert reader.published_checkpoint() is None
    log.seal(Entry(EntryKind.EVENT, "e", "0" * 64))
    assert log.newest is not None
    assert reader.published_checkpoint() == log.newest.signed.note
