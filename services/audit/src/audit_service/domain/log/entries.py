"""Entries of the log: the texts that the leaves of the tree hash.

An entry binds an id to a hash and has no personal data. `docs/proof/README.md` describes the format for verifiers.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_PREFIX = "countersign/v1/"

_HASH = re.compile(r"[0-9a-f]{64}\Z")


class EntryKind(StrEnum):
    """What an entry is about."""

    EVENT = "event"
    MANIFEST = "manifest"


class InvalidEntryError(ValueError):
    """Bytes are not an entry, or not a bundle of entries."""


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        kind: What it is about.
        entry_id: The event's id, or the manifest's name. One line of text.
        hash: SHA-256 of the event's sealed text or of the manifest's bytes, 64 hex digits.
    """

    kind: EntryKind
    entry_id: str
    hash: str

    @property
    def text(self) -> str:
        """The text that the leaf hashes, as UTF-8."""
        return f"{_PREFIX}{self.kind.value}\n{self.entry_id}\n{self.hash}\n"

    def to_bytes(self) -> bytes:
        return self.text.encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Entry":
        """
        Raises:
            InvalidEntryError: The bytes are not an entry.
        """
        try:
            kind, entry_id, digest, end = data.decode().split("\n")
            entry = cls(EntryKind(kind.removeprefix(_PREFIX)), entry_id, digest)
        except ValueError as error:
            raise InvalidEntryError("Not an entry of the log.") from error
        if end or not entry.entry_id or not _HASH.match(digest) or entry.to_bytes() != data:
            raise InvalidEntryError("Not an entry of the log.")
        return entry


@dataclass(frozen=True)
class LeafPosition:
    """Where an entry is in the log.

    Attributes:
        index: Of the leaf, from 0.
        hash: That the entry binds, 64 hex digits.
    """

    index: int
    hash: str


def pack_bundle(entries: Iterable[Entry]) -> bytes:
    """Return the entry bundle of C2SP tlog-tiles: each entry after its length, a big-endian 16-bit number."""
    texts = (entry.to_bytes() for entry in entries)
    return b"".join(struct.pack(">H", len(text)) + text for text in texts)


def unpack_bundle(bundle: bytes) -> Iterator[Entry]:
    """Yield the entries of a bundle.

    Raises:
        InvalidEntryError: The bytes are not a bundle.
    """
    position = 0
    while position < len(bundle):
        start = position + 2
        position = start + int.from_bytes(bundle[position:start])
        if position > len(bundle):
            raise InvalidEntryError("The bundle is cut off.")
        yield Entry.from_bytes(bundle[start:position])
