"""Attacks on the log: an attacker who can write to the proof bucket and doesn't have its key.

They tamper with a copy of the bucket, as an auditor downloads it: the log of a shared cloud can't be repaired.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from audit_service.domain.log.entries import Entry, pack_bundle, unpack_bundle
from audit_service.domain.log.merkle import HASH_BYTES, leaf_hash, root_hash
from audit_service.domain.log.notes import Checkpoint, NoteSignature, SignedCheckpoint, VerifierKey
from audit_service.domain.log.tiles import TILE_WIDTH, StoredNodes, grown_tiles, tiles_between


@dataclass(frozen=True)
class LogCopy:
    """A copy of the proof bucket.

    Attributes:
        folder: Has the objects as files.
        old_note: An older checkpoint of the log.
    """

    folder: Path
    old_note: str

    @property
    def note(self) -> str:
        """The newest checkpoint."""
        return (self.folder / "checkpoint").read_text()

    @property
    def checkpoint(self) -> Checkpoint:
        """What the newest checkpoint signs."""
        return SignedCheckpoint.parse(self.note).checkpoint

    def entries(self) -> list[Entry]:
        """Return all entries."""
        size = self.checkpoint.size
        found: list[Entry] = []
        for tile in tiles_between(0, 0, size, size):
            found += unpack_bundle((self.folder / tile.bundle_path).read_bytes())
        return found

    def write(self, path: str, content: bytes) -> None:
        """Write a file, over what is there."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def write_bundles(self, entries: list[Entry]) -> None:
        """Write entries without changing the tiles."""
        for tile in tiles_between(0, 0, len(entries), len(entries)):
            start = tile.index * TILE_WIDTH
            self.write(tile.bundle_path, pack_bundle(entries[start : start + tile.width]))

    def write_tree(self, entries: list[Entry]) -> Checkpoint:
        """Write entries and all tiles that follow from them. Return the checkpoint of the tree, unsigned."""
        self.write_bundles(entries)
        tiles = grown_tiles(0, {}, [leaf_hash(entry.to_bytes()) for entry in entries])
        for tile, hashes in tiles.items():
            self.write(tile.path, hashes)
        nodes = StoredNodes(len(entries), lambda tile: tiles[tile])
        return Checkpoint(self.checkpoint.origin, len(entries), root_hash(nodes, len(entries)))

    def replace_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Replace what the newest checkpoint says, and keep its signatures."""
        forged = SignedCheckpoint(checkpoint, SignedCheckpoint.parse(self.note).signatures)
        self.write("checkpoint", forged.note.encode())

    def sign(self, checkpoint: Checkpoint, key: ec.EllipticCurvePrivateKey) -> None:
        """Sign a checkpoint with a key, and replace the log's public key with it."""
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        name = VerifierKey.ecdsa(checkpoint.origin, public)
        signature = key.sign(checkpoint.text.encode(), ec.ECDSA(SHA256()))
        signed = SignedCheckpoint(checkpoint, (NoteSignature(name.name, name.key_id, signature),))
        self.write("checkpoint", signed.note.encode())
        self.write("public-key.der", public)


LogAttack = Callable[[LogCopy], None]


def replace_entry(copy: LogCopy) -> None:
    """Replace the hash of an event in the bundle of entries."""
    copy.write_bundles(_with_another_hash(copy.entries()))


def swap_tile_hashes(copy: LogCopy) -> None:
    """Exchange two hashes in a tile."""
    size = copy.checkpoint.size
    path = next(tiles_between(0, 0, size, size)).path
    hashes = (copy.folder / path).read_bytes()
    one, two, rest = hashes[:HASH_BYTES], hashes[HASH_BYTES : 2 * HASH_BYTES], hashes[2 * HASH_BYTES :]
    copy.write(path, two + one + rest)


def swap_leaves(copy: LogCopy) -> None:
    """Exchange two entries, in the bundle and in all tiles."""
    one, two, *rest = copy.entries()
    copy.write_tree([two, one, *rest])


def fork_log(copy: LogCopy) -> None:
    """Build the whole tree of the same size with another event, under the signed checkpoint."""
    copy.write_tree(_with_another_hash(copy.entries()))


def fork_log_and_checkpoint(copy: LogCopy) -> None:
    """Build another tree of the same size, and write its root into the checkpoint, under the old signature."""
    copy.replace_checkpoint(copy.write_tree(_with_another_hash(copy.entries())))


def sign_with_another_key(copy: LogCopy) -> None:
    """Build another tree, and sign it with a key of the attacker."""
    copy.sign(copy.write_tree(_with_another_hash(copy.entries())), _new_key())


def cut_and_sign_with_another_key(copy: LogCopy) -> None:
    """Remove the newest half of the log, and sign the rest with a key of the attacker."""
    entries = copy.entries()
    copy.sign(copy.write_tree(entries[: len(entries) // 2]), _new_key())


def replay_old_checkpoint(copy: LogCopy) -> None:
    """Replace the newest checkpoint with an older one, and remove the newer entries."""
    old = SignedCheckpoint.parse(copy.old_note).checkpoint
    entries = copy.entries()[: old.size]
    copy.write_tree(entries)
    copy.write("checkpoint", copy.old_note.encode())


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _with_another_hash(entries: list[Entry]) -> list[Entry]:
    first = entries[0]
    forged = Entry(first.kind, first.entry_id, hashlib.sha256(b"forged").hexdigest())
    return [forged, *entries[1:]]
