"""Write the vectors of the log into docs/proof/vectors.json: `python -m tests.build_vectors` in libs/verify."""

import base64
import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from .builders import WORKFLOW, build_chain, build_erasure, erase, reseal
from .deployment import Deployment, at, timed_chain
from .log_builders import (
    LogKey,
    Witness,
    consistency_proof,
    event_entry,
    inclusion_proof,
    leaf_hash,
    log_files,
    manifest_entry,
    root_of,
    sha256,
    tile_path,
)

FILE = Path(__file__).parents[3] / "docs/proof/vectors.json"

RFC6962_LEAVES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
"""The leaves that Certificate Transparency's own tests use."""

NO_SALT = "A" * 43 + "="

COSIGNED_AT = 1_795_564_800


def numbered_entries(count: int) -> list[bytes]:
    """Return entries: the i-th has the UUID with the number i, and the SHA-256 of i as decimal text."""
    return [event_entry(str(uuid.UUID(int=i)), sha256(str(i).encode()).hex()) for i in range(count)]


def log_vectors() -> dict[str, Any]:
    key, witness = LogKey(), Witness()
    leaves = [leaf_hash(bytes.fromhex(data)) for data in RFC6962_LEAVES]
    event_id, hash_ = "0190b000-0000-7000-8000-000000000001", sha256(b"sealed text").hex()
    manifest, text = "2026-11-24T23:26:00Z", '{"format":"countersign.manifest.v1"}'
    entries = [*numbered_entries(6), manifest_entry(manifest, text)]
    entry_leaves = [leaf_hash(entry) for entry in entries]
    note = key.checkpoint(entry_leaves)
    return {
        "leaves": [
            {"dataHex": data, "leafHash": leaf.hex()}
            for data, leaf in zip(RFC6962_LEAVES, leaves, strict=True)
        ],
        "roots": [{"size": size, "rootHash": root_of(leaves[:size]).hex()} for size in range(9)],
        "inclusion": [
            {
                "leafIndex": index,
                "treeSize": size,
                "leafHash": leaves[index].hex(),
                "proof": [node.hex() for node in inclusion_proof(index, leaves[:size])],
                "rootHash": root_of(leaves[:size]).hex(),
            }
            for size in range(1, 9)
            for index in range(size)
        ],
        "consistency": [
            {
                "from": old,
                "to": new,
                "fromRootHash": root_of(leaves[:old]).hex(),
                "toRootHash": root_of(leaves[:new]).hex(),
                "proof": [node.hex() for node in consistency_proof(old, leaves[:new])],
            }
            for new in range(1, 9)
            for old in range(1, new + 1)
        ],
        "entries": [
            _entry("event", event_id, hash_, event_entry(event_id, hash_)),
            _entry("manifest", manifest, sha256(text.encode()).hex(), manifest_entry(manifest, text)),
        ],
        "tilePaths": [
            {"level": level, "number": number, "width": width, "path": tile_path(level, number, width)}
            for level, number, width in (
                (0, 0, 256),
                (0, 0, 1),
                (1, 999, 256),
                ("entries", 1000, 255),
                (2, 1_234_067, 256),
                ("entries", 1_234_067_000, 17),
            )
        ],
        "tiles": {
            "description": "Files of a log whose i-th entry has eventId = the UUID with the integer value i and "
            "hash = SHA-256 of i as decimal text, i from 0.",
            "size": 70_000,
            "rootHash": _root_of_large([leaf_hash(entry) for entry in numbered_entries(70_000)]).hex(),
            "files": [
                {"path": path, "bytes": len(raw), "sha256": sha256(raw).hex()}
                for path, raw in log_files(numbered_entries(70_000)).items()
                if path
                in {
                    "tile/entries/000",
                    "tile/entries/273.p/112",
                    "tile/0/272",
                    "tile/0/273.p/112",
                    "tile/1/000",
                    "tile/1/001.p/17",
                    "tile/2/000.p/1",
                }
            ],
        },
        "publicKey": {
            "origin": key.origin,
            "keyId": key.id.hex(),
            "vkey": key.vkey,
            "pem": key.pem,
            "derBase64": base64.b64encode(key.der).decode(),
            "fingerprint": key.fingerprint,
        },
        "checkpoint": {
            "entries": [entry.decode() for entry in entries],
            "note": note,
            "origin": key.origin,
            "size": len(entries),
            "rootHash": root_of(entry_leaves).hex(),
            "inclusion": [
                {"leafIndex": index, "proof": [node.hex() for node in inclusion_proof(index, entry_leaves)]}
                for index in range(len(entries))
            ],
        },
        "cosignature": {
            "name": witness.name,
            "keyId": witness.id.hex(),
            "vkey": witness.vkey,
            "time": COSIGNED_AT,
            "line": witness.cosign(note, COSIGNED_AT),
            "note": note + witness.cosign(note, COSIGNED_AT) + "\n",
        },
        "invalidNotes": _invalid_notes(key, note),
    }


def _entry(kind: str, entry_id: str, hash_: str, entry: bytes) -> dict[str, str]:
    return {
        "kind": kind,
        "id": entry_id,
        "hash": hash_,
        "entry": entry.decode(),
        "leafHash": leaf_hash(entry).hex(),
    }


def _root_of_large(leaves: list[bytes]) -> bytes:
    """Return the root without the copies that the definition makes."""
    while len(leaves) > 1:
        pairs = [
            sha256(b"\x01" + left + right) for left, right in zip(leaves[::2], leaves[1::2], strict=False)
        ]
        leaves = pairs + leaves[len(pairs) * 2 :]
    return leaves[0]


def _invalid_notes(key: LogKey, note: str) -> list[dict[str, str]]:
    """Return notes that must be rejected with the vectors' public key."""
    text, _, signature = note.rpartition("\n\n")
    origin, size, root = text.split("\n")
    other = LogKey("another key")
    raw = bytearray(base64.b64decode(signature.split(" ")[2]))
    raw[-1] ^= 1
    changed = f"— {key.origin} {base64.b64encode(raw).decode()}\n"
    notes = {
        "another size": f"{origin}\n{int(size) + 1}\n{root}\n\n{signature}",
        "another root": f"{origin}\n{size}\n{base64.b64encode(bytes(32)).decode()}\n\n{signature}",
        "another origin": f"other.example.com\n{size}\n{root}\n\n{signature}",
        "a changed signature": f"{text}\n\n{changed}",
        "signed by another key of the same name": other.sign(text + "\n"),
        "signed by the key under another name": f"{text}\n\n{signature.replace(key.origin, 'other.example.com')}",
        "a valid signature and a changed one": f"{note}{changed}",
        "no signature": f"{text}\n\n",
        "an extension line": key.sign(f"{text}\nextension\n"),
        "a size with a leading zero": key.sign(f"{origin}\n0{size}\n{root}\n"),
        "a root of another length": key.sign(f"{origin}\n{size}\n{base64.b64encode(bytes(31)).decode()}\n"),
        "another origin, signed": key.sign(f"other.example.com\n{size}\n{root}\n"),
    }
    return [{"name": name, "note": each} for name, each in notes.items()]


def evidence_vectors() -> dict[str, Any]:
    """Return a valid bundle, and changes of it with the findings that they lead to."""
    chain = timed_chain(build_chain(3))
    deployment = Deployment(*([record] for record in chain))
    erasure = build_erasure(500, {chain[1]["datasetId"]: ["person"]})
    deployment.commit(reseal(erasure, occurredAt=at(deployment.now)))
    erasure = reseal(erasure, occurredAt=at(deployment.now - timedelta(minutes=1)))
    for _ in range(6):
        deployment.publish([])
    bundle = deployment.bundle(WORKFLOW, [chain[0], erase(chain[1], "person"), chain[2]], [erasure])
    forged = reseal(chain[2], outcome="APPROVED")
    proofs = {proof["entryId"]: number for number, proof in enumerate(bundle["proofs"])}
    third = proofs[chain[2]["datasetId"]]
    manifest = bundle["manifests"][2]["text"]
    person = bundle["records"][0]["person"]
    return {
        "description": "`bundle` is valid with `log.publicKey`. Each of `changed` sets the values at the paths, "
        "and leads to these findings: pairs of position in the chain (null without) and code.",
        "bundle": bundle,
        "erasedBy": {"sequence": 2, "part": "person", "eventId": erasure["datasetId"]},
        "changed": [
            _changed(
                "the last record rewritten with a new hash",
                [
                    (["records", 2, "sealed"], forged["canonical"]["sealed"]),
                    (["records", 2, "hash"], forged["hash"]),
                ],
                [(3, "rewritten"), (3, "state-mismatch")],
            ),
            _changed(
                "a sealed text changed",
                [(["records", 2, "sealed"], forged["canonical"]["sealed"])],
                [(3, "hash-mismatch"), (3, "rewritten"), (3, "state-mismatch")],
            ),
            _changed("the tail removed", [(["records"], bundle["records"][:2])], [(3, "missing-tail")]),
            _changed("the first record removed", [(["records"], bundle["records"][1:])], [(1, "missing")]),
            _changed(
                "a person removed", [(["records", 0, "person"], None)], [(1, "removed-without-erasure")]
            ),
            _changed(
                "a person changed",
                [(["records", 0, "person", "value"], person["value"].replace("Rita", "Rosa"))],
                [(1, "person-mismatch")],
            ),
            _changed(
                "a salt changed",
                [(["records", 0, "content", "salt"], NO_SALT)],
                [(1, "content-mismatch")],
            ),
            _changed(
                "a proof removed", [(["proofs"], _without(bundle["proofs"], third))], [(3, "not-sealed")]
            ),
            _changed("a proof with another index", [(["proofs", third, "index"], 0)], [(3, "rewritten")]),
            _changed(
                "no manifests",
                [(["manifests"], [])],
                [(1, "unattested"), (2, "unattested"), (3, "unattested")],
            ),
            _changed(
                "a manifest changed",
                [(["manifests", 2, "text"], manifest.replace("DRAFT", "OTHER"))],
                [(None, "manifest-mismatch"), (3, "unattested")],
            ),
            _changed(
                "signed with another key",
                [(["checkpoint"], LogKey("another key").checkpoint(deployment.leaves))],
                [(None, "checkpoint-invalid")],
            ),
        ],
    }


def _changed(
    name: str, values: list[tuple[list[str | int], Any]], findings: list[tuple[int | None, str]]
) -> dict[str, Any]:
    return {
        "name": name,
        "set": [{"path": path, "value": value} for path, value in values],
        "findings": [list(finding) for finding in findings],
    }


def _without(values: list[Any], number: int) -> list[Any]:
    return [value for index, value in enumerate(values) if index != number]


if __name__ == "__main__":
    vectors = json.loads(FILE.read_text(encoding="utf-8"))
    vectors |= {"log": log_vectors(), "evidence": evidence_vectors()}
    FILE.write_text(json.dumps(vectors, indent=2) + "\n", encoding="utf-8")
