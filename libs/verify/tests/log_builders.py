"""Build logs, checkpoints, proofs and bundles from the specifications, without code of the verifier."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "countersign-proof.s3.eu-central-1.amazonaws.com"


def sha256(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


# RFC 6962, section 2.1, as it is written


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry)


def split_of(size: int) -> int:
    """Return the largest power of two smaller than the size."""
    return 1 << (size - 1).bit_length() - 1


def root_of(leaves: list[bytes]) -> bytes:
    """MTH, from leaf hashes."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = split_of(len(leaves))
    return sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:]))


def inclusion_proof(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH."""
    if len(leaves) <= 1:
        return []
    split = split_of(len(leaves))
    if index < split:
        return [*inclusion_proof(index, leaves[:split]), root_of(leaves[split:])]
    return [*inclusion_proof(index - split, leaves[split:]), root_of(leaves[:split])]


def consistency_proof(old_size: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF."""
    return _subproof(old_size, leaves, True) if 0 < old_size < len(leaves) else []


def _subproof(old_size: int, leaves: list[bytes], is_whole: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if is_whole else [root_of(leaves)]
    split = split_of(len(leaves))
    if old_size <= split:
        return [*_subproof(old_size, leaves[:split], is_whole), root_of(leaves[split:])]
    return [*_subproof(old_size - split, leaves[split:], False), root_of(leaves[:split])]


# Entries and tiles


def event_entry(event_id: str, hash_: str) -> bytes:
    return f"countersign/v1/event\n{event_id}\n{hash_}\n".encode()


def manifest_entry(name: str, text: str) -> bytes:
    return f"countersign/v1/manifest\n{name}\n{sha256(text.encode()).hex()}\n".encode()


def tile_path(level: int | str, number: int, width: int = 256) -> str:
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    path = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{path}" + (f".p/{width}" if width < 256 else "")


def log_files(entries: list[bytes]) -> dict[str, bytes]:
    """Return the tiles and the entry bundles of a log, by path."""
    files = {}
    for number in range(-(-len(entries) // 256)):
        bundle = entries[number * 256 : number * 256 + 256]
        files[tile_path("entries", number, len(bundle))] = b"".join(
            len(entry).to_bytes(2, "big") + entry for entry in bundle
        )
    level, row = 0, [leaf_hash(entry) for entry in entries]
    while row:
        for number in range(-(-len(row) // 256)):
            tile = row[number * 256 : number * 256 + 256]
            files[tile_path(level, number, len(tile))] = b"".join(tile)
        row = [root_of(row[start : start + 256]) for start in range(0, len(row) - 255, 256)]
        level += 1
    return files


# Keys and notes


class LogKey:
    """A P-256 key whose signatures are deterministic (RFC 6979), so that the vectors can be built again."""

    def __init__(self, seed: str = "countersign test log", origin: str = ORIGIN) -> None:
        self._key = ec.derive_private_key(int.from_bytes(sha256(seed.encode()), "big") >> 1, ec.SECP256R1())
        self.origin = origin
        self.der = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.pem = (
            self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        )
        self.id = sha256(self.der)[:4]
        self.vkey = f"{origin}+{self.id.hex()}+{base64.b64encode(bytes([2]) + self.der).decode()}"
        self.fingerprint = "SHA256:" + base64.b64encode(sha256(self.der)).decode().rstrip("=")

    def sign(self, text: str) -> str:
        """Return the text of a note with the signature of this key."""
        signature = self._key.sign(text.encode(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        return f"{text}\n— {self.origin} {base64.b64encode(self.id + signature).decode()}\n"

    def checkpoint(self, leaves: list[bytes]) -> str:
        return self.sign(f"{self.origin}\n{len(leaves)}\n{base64.b64encode(root_of(leaves)).decode()}\n")


class Witness:
    """A witness with an Ed25519 key."""

    def __init__(self, name: str = "witness.example.com/w1") -> None:
        self.name = name
        self._key = ed25519.Ed25519PrivateKey.from_private_bytes(sha256(name.encode()))
        self.public = self._key.public_key().public_bytes_raw()
        self.private = self._key.private_bytes_raw()
        self.id = sha256(name.encode() + b"\n\x04" + self.public)[:4]
        self.vkey = f"{name}+{self.id.hex()}+{base64.b64encode(bytes([4]) + self.public).decode()}"

    def cosign(self, note: str, time: int) -> str:
        """Return the signature line, without line feed."""
        text = note.rpartition("\n\n")[0] + "\n"
        signature = self._key.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
        return f"— {self.name} {base64.b64encode(self.id + time.to_bytes(8, 'big') + signature).decode()}"


def write_log(folder: Path, entries: list[bytes], key: LogKey) -> None:
    """Write a copy of a proof bucket."""
    files = log_files(entries)
    files["checkpoint"] = key.checkpoint([leaf_hash(entry) for entry in entries]).encode()
    files["public-key.der"] = key.der
    for path, raw in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
