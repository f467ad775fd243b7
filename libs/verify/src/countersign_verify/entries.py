"""The entries of the log and the files of a tiled log (https://c2sp.org/tlog-tiles)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

EVENT, MANIFEST = "event", "manifest"

TILE_WIDTH = 256
"""Hashes in a full tile, and entries in a full bundle."""

_ENTRY = re.compile(rb"countersign/v1/(event|manifest)\n([\x21-\x7e]{1,200})\n([0-9a-f]{64})\n")


@dataclass(frozen=True)
class Entry:
    """What a leaf of the log states.

    Attributes:
        kind: EVENT or MANIFEST.
        id: ID of the event, or name of the manifest.
        hash: of the sealed text of the event, or of the bytes of the manifest; 64 hex digits.
    """

    kind: str
    id: str
    hash: str


def entry_bytes(kind: str, entry_id: str, hash_: str) -> bytes:
    """Return the bytes of an entry, which its leaf hash is computed from."""
    return f"countersign/v1/{kind}\n{entry_id}\n{hash_}\n".encode()


def read_entry(raw: bytes) -> Entry | None:
    """Return an entry, or None if the bytes are not one."""
    match = _ENTRY.fullmatch(raw)
    return match and Entry(match[1].decode(), match[2].decode(), match[3].decode())


def tile_path(level: int | str, number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a tile or of an entry bundle.

    Args:
        level: 0 for leaf hashes, up to 63; `entries` for a bundle.
        number: of the tile in its level, from 0.
        width: hashes or entries in it.
    """
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    partial = f".p/{width}" if width < TILE_WIDTH else ""
    return f"tile/{level}/{'/'.join(groups)}{partial}"


def read_bundle(raw: bytes) -> Iterator[bytes]:
    """Yield the entries of a bundle.

    Raises:
        ValueError: The bundle ends within an entry.
    """
    position = 0
    while position < len(raw):
        start = position + 2
        position = start + int.from_bytes(raw[position:start], "big")
        if start > len(raw) or position > len(raw):
            raise ValueError("the bundle ends within an entry")
        yield raw[start:position]
