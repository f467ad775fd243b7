"""The sealer and the offline verifier, which share no code, have the same log."""

import base64
import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from countersign_verify.log_copy import verify_log
from countersign_verify.merkle import includes, is_consistent
from countersign_verify.notes import read_vkey
from countersign_verify.trust import Trust
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from audit_service.adapters.kms_checkpoint_signer import KmsCheckpointSigner
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.domain.log.entries import Entry, EntryKind, pack_bundle
from audit_service.domain.log.merkle import consistency_proof, inclusion_proof, leaf_hash, root_hash
from audit_service.domain.log.notes import InvalidNoteError, SignedCheckpoint, VerifierKey
from audit_service.domain.log.sealing import Edge, grow
from audit_service.domain.log.tiles import StoredNodes, Tile
from audit_service.use_cases.seal_checkpoint import SealCheckpoint
from repository import ROOT
from services.audit.tests.domain.log.naive_tree import Leaves
from services.audit.tests.sealing_fakes import ORIGIN, World, entry

VECTORS = json.loads((ROOT / "docs" / "proof" / "vectors.json").read_text(encoding="utf-8"))["log"]


class FakeKms:
    """A KMS with one key."""

    def __init__(self, der: bytes | None = None) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        public = self._private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self._der = der or public

    def get_public_key(self, **_: Any) -> Any:
        return {"PublicKey": self._der}

    def sign(self, *, Message: bytes, **_: Any) -> Any:
        return {"Signature": self._private.sign(Message, ec.ECDSA(SHA256()))}

    def verify(self, *, Message: bytes, Signature: bytes, **_: Any) -> Any:
        key = load_der_public_key(self._der)
        assert isinstance(key, ec.EllipticCurvePublicKey)
        try:
            key.verify(Signature, Message, ec.ECDSA(SHA256()))
        except InvalidSignature:
            raise ClientError({"Error": {"Code": "KMSInvalidSignatureException"}}, "Verify") from None
        return {"SignatureValid": True}


# The vectors for other implementations


def test_leaves_and_roots_are_those_of_the_vectors() -> None:
    leaves = [leaf_hash(bytes.fromhex(each["dataHex"])) for each in VECTORS["leaves"]]
    assert [each.hex() for each in leaves] == [each["leafHash"] for each in VECTORS["leaves"]]
    for each in VECTORS["roots"]:
        assert root_hash(Leaves(leaves), each["size"]).hex() == each["rootHash"]


def test_proofs_are_those_of_the_vectors() -> None:
    tree = Leaves([bytes.fromhex(each["leafHash"]) for each in VECTORS["leaves"]])
    for each in VECTORS["inclusion"]:
        proof = inclusion_proof(tree, each["leafIndex"], each["treeSize"])
        assert [node.hex() for node in proof] == each["proof"]
    for each in VECTORS["consistency"]:
        proof = consistency_proof(tree, each["from"], each["to"])
        assert [node.hex() for node in proof] == each["proof"]


def test_entries_are_those_of_the_vectors() -> None:
    for each in VECTORS["entries"]:
        found = Entry(EntryKind(each["kind"]), each["id"], each["hash"])
        assert (found.text, leaf_hash(found.to_bytes()).hex()) == (each["entry"], each["leafHash"])


def test_paths_of_tiles_are_those_of_the_vectors() -> None:
    for each in VECTORS["tilePaths"]:
        tile = Tile(0 if each["level"] == "entries" else each["level"], each["number"], each["width"])
        assert each["path"] == (tile.bundle_path if each["level"] == "entries" else tile.path)


def test_the_files_of_a_log_of_three_levels_are_those_of_the_vectors() -> None:
    every = tuple(
        Entry(
            EntryKind.EVENT,
            f"00000000-0000-0000-0000-{number:012x}",
            hashlib.sha256(str(number).encode()).hexdigest(),
        )
        for number in range(VECTORS["tiles"]["size"])
    )
    edge, files, tiles = Edge(0, {}, ()), dict[str, bytes](), dict[Tile, bytes]()
    for start in range(0, len(every), 4096):
        growth = grow(edge, every[start : start + 4096])
        edge = growth.edge
        tiles |= growth.hashes
        files |= {tile.path: content for tile, content in growth.hashes.items()}
        files |= {tile.bundle_path: pack_bundle(bundle) for tile, bundle in growth.bundles.items()}
    assert edge.root.hex() == VECTORS["tiles"]["rootHash"]
    for each in VECTORS["tiles"]["files"]:
        content = files[each["path"]]
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each["bytes"], each["sha256"])


def test_the_key_is_that_of_the_vectors() -> None:
    expected = VECTORS["publicKey"]
    key = VerifierKey.ecdsa(expected["origin"], base64.b64decode(expected["derBase64"]))
    assert (key.key_id.hex(), key.text) == (expected["keyId"], expected["vkey"])


def test_the_checkpoint_of_the_vectors_is_valid_with_and_without_a_cosignature() -> None:
    expected = VECTORS["checkpoint"]
    for note in (expected["note"], VECTORS["cosignature"]["note"]):
        signed = SignedCheckpoint.parse(note)
        assert signed.note == note
        assert (signed.checkpoint.size, signed.checkpoint.root.hex()) == (
            expected["size"],
            expected["rootHash"],
        )
        assert vectors_verifier().verify(signed)


@pytest.mark.parametrize("invalid", VECTORS["invalidNotes"], ids=lambda each: each["name"])
def test_invalid_notes_of_the_vectors_are_rejected(invalid: dict[str, str]) -> None:
    try:
        signed = SignedCheckpoint.parse(invalid["note"])
    except InvalidNoteError:
        return
    assert not vectors_verifier().verify(signed)


def vectors_verifier() -> KmsCheckpointVerifier:
    """Return the service's verifier with the vectors' key."""
    key = VECTORS["publicKey"]
    client: Any = FakeKms(base64.b64decode(key["derBase64"]))
    return KmsCheckpointVerifier(client, "key", key["origin"])


# A log that the sealer has written


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A copy of a log, with the checkpoints of its growth."""
    world, kms = World(), FakeKms()
    client: Any = kms
    verifier = KmsCheckpointVerifier(client, "key", ORIGIN)
    sealer = world.run()
    sealer = SealCheckpoint(
        **{
            **vars(sealer),
            "signer": KmsCheckpointSigner(client, "key", verifier),
            "verifier": verifier,
        }
    )
    recorded = 0
    for count in (1, 2, 253, 300, 1, 700):
        world.record(*[entry(number) for number in range(recorded, recorded + count)])
        recorded += count
        sealer(lambda: 50.0)
    folder = tmp_path_factory.mktemp("proof")
    for path, content in world.objects.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else pack_bundle(content))
    assert world.published is not None
    (folder / "checkpoint").write_text(world.published)
    return SimpleNamespace(world=world, folder=folder, key=verifier.key(), history=world.history)


def test_a_sealed_log_is_valid_for_the_offline_verifier_and_continues_each_older_checkpoint(
    sealed: SimpleNamespace,
) -> None:
    older = [each.signed.note for each in sealed.history]
    totals = verify_log(sealed.folder, None, Trust(read_vkey(sealed.key.text)), older, lambda *_: None)
    assert totals.findings == []
    assert totals.records == 1_257


@pytest.mark.parametrize("name", ["tile/0/001", "tile/entries/002", "tile/1/000.p/4", "checkpoint"])
def test_a_sealed_log_with_a_changed_file_is_not(sealed: SimpleNamespace, tmp_path: Path, name: str) -> None:
    for file in sealed.folder.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(sealed.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    changed = bytearray((tmp_path / name).read_bytes())
    # Another letter of base64, so that the line of a checkpoint's signature stays one.
    changed[-10] = ord("B") if changed[-10] == ord("A") else ord("A")
    (tmp_path / name).write_bytes(changed)
    totals = verify_log(tmp_path, None, Trust(read_vkey(sealed.key.text)), [], lambda *_: None)
    assert totals.findings != []


def test_the_offline_verifier_accepts_proofs_from_the_tiles(sealed: SimpleNamespace) -> None:
    size = sealed.world.state.size
    nodes = StoredNodes(size, lambda tile: sealed.world.objects[tile.path])
    for index in (0, 1, 255, 256, 556, 1_000, size - 1):
        leaf = leaf_hash(entry(index).to_bytes())
        proof = inclusion_proof(nodes, index, size)
        assert includes(index, size, leaf, proof, sealed.world.state.root)
        assert not includes(index, size, bytes(32), proof, sealed.world.state.root)
    for each in sealed.history:
        old = each.signed.checkpoint
        proof = consistency_proof(nodes, old.size, size)
        assert is_consistent(old.size, old.root, size, sealed.world.state.root, proof)
