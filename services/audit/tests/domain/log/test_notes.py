"""Checkpoints, signature lines and verifier keys (C2SP tlog-checkpoint and signed-note)."""

import base64
import hashlib

import pytest

from audit_service.domain.log.notes import (
    Checkpoint,
    InvalidNoteError,
    NoteSignature,
    SignedCheckpoint,
    VerifierKey,
)

ORIGIN = "example.com/log"
ROOT = bytes(range(32))
CHECKPOINT = Checkpoint(ORIGIN, 20852163, ROOT)
SIGNATURE = NoteSignature(ORIGIN, b"\x01\x02\x03\x04", b"a signature")
ROOT_TEXT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

# The key of Go's checksum database: a published verifier key (type 1, Ed25519).
GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


def test_the_text_of_a_checkpoint_has_origin_size_and_root():
    assert CHECKPOINT.text == f"{ORIGIN}\n20852163\n{ROOT_TEXT}\n"
    assert Checkpoint.parse(CHECKPOINT.text) == CHECKPOINT


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORIGIN}\n1\n{ROOT_TEXT}",
        f"{ORIGIN}\n1\n{ROOT_TEXT}\nextension\n",
        f"\n1\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n-1\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n+1\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n01\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n1_0\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n 1\n{ROOT_TEXT}\n",
        f"{ORIGIN}\none\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n1\n{ROOT_TEXT[:-1]}\n",
        f"{ORIGIN}\n1\nAAEC\n",
        f"{ORIGIN}\n1\n not base64\n",
    ],
)
def test_another_text_is_not_a_checkpoint(text: str):
    with pytest.raises(InvalidNoteError, match=r"^Not a checkpoint\.$"):
        Checkpoint.parse(text)


def test_a_signature_line_has_the_name_and_the_key_id_before_the_signature():
    encoded = base64.b64encode(b"\x01\x02\x03\x04a signature").decode()
    assert SIGNATURE.line == f"\N{EM DASH} {ORIGIN} {encoded}"
    assert NoteSignature.parse(SIGNATURE.line) == SIGNATURE


@pytest.mark.parametrize(
    "line",
    [
        "",
        f"- {ORIGIN} AQIDBGEgc2lnbmF0dXJl",
        f"\N{EM DASH} {ORIGIN}",
        f"\N{EM DASH} {ORIGIN} AQIDBA==",  # a key id and no signature
        f"\N{EM DASH} {ORIGIN} AQIDBGEgc2lnbmF0dXJl more",
        f"\N{EM DASH} {ORIGIN} AQIDBGEgc2lnbmF0dXJ",
        f"\N{EM DASH} {ORIGIN} AQIDBGEgc2lnbmF0dXJlZX==",  # the last bits are not zero
        "\N{EM DASH}  AQIDBGEgc2lnbmF0dXJl",
        "\N{EM DASH} a+b AQIDBGEgc2lnbmF0dXJl",
        "\N{EM DASH} a\tb AQIDBGEgc2lnbmF0dXJl",
    ],
)
def test_another_line_is_not_a_signature(line: str):
    with pytest.raises(InvalidNoteError, match=r"^Not a signature line\.$"):
        NoteSignature.parse(line)


def test_a_signed_checkpoint_has_an_empty_line_before_its_signatures():
    signed = SignedCheckpoint(CHECKPOINT, (SIGNATURE,))
    assert signed.note == f"{CHECKPOINT.text}\n{SIGNATURE.line}\n"
    assert SignedCheckpoint.parse(signed.note) == signed


def test_cosignatures_come_after_the_signatures():
    cosignature = NoteSignature("witness.example", b"\x05\x06\x07\x08", b"another")
    signed = SignedCheckpoint(CHECKPOINT, (SIGNATURE,)).with_signatures(cosignature)
    assert signed.note == f"{CHECKPOINT.text}\n{SIGNATURE.line}\n{cosignature.line}\n"
    assert SignedCheckpoint.parse(signed.note).signatures == (SIGNATURE, cosignature)


@pytest.mark.parametrize(
    "note",
    [
        "",
        CHECKPOINT.text,
        f"{CHECKPOINT.text}\n",
        f"{CHECKPOINT.text}{SIGNATURE.line}\n",
        f"{CHECKPOINT.text}\n{SIGNATURE.line}",
        f"{CHECKPOINT.text}\n\n{SIGNATURE.line}\n",
        f"{CHECKPOINT.text}\n{SIGNATURE.line}\n\n{SIGNATURE.line}\n",
        f"{CHECKPOINT.text}extension\n\n{SIGNATURE.line}\n",
    ],
)
def test_another_text_is_not_a_signed_checkpoint(note: str):
    with pytest.raises(InvalidNoteError):
        SignedCheckpoint.parse(note)


def test_a_published_verifier_key_is_read_and_written():
    key = VerifierKey.parse(GO_KEY)
    assert (key.name, key.key_id.hex(), key.material[0], len(key.public_key)) == (
        "sum.golang.org",
        "033de0ae",
        1,
        32,
    )
    assert key.text == GO_KEY


def test_the_key_id_of_an_ecdsa_key_is_the_hash_of_its_public_key():
    der = b"subject public key info"
    key = VerifierKey.ecdsa(ORIGIN, der)
    assert key.key_id == hashlib.sha256(der).digest()[:4]
    assert (key.material, key.public_key) == (b"\x02" + der, der)
    assert VerifierKey.parse(key.text) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+033de0ae",
        "name+033de0ae+",
        "+033de0ae+AQ==",
        "na me+033de0ae+AQ==",
        "name+033DE0AE+AQ==",
        "name+03 3de0ae+AQ==",
        "name+033de0+AQ==",
        "name+033de0ae+AQ",
        "name+033de0ae+A Q==",
    ],
)
def test_another_text_is_not_a_verifier_key(text: str):
    with pytest.raises(InvalidNoteError, match=r"^Not a verifier key: use <name>\+<key id>\+<base64>\.$"):
        VerifierKey.parse(text)


def test_a_signature_is_by_the_key_with_its_name_and_id_only():
    key = VerifierKey(ORIGIN, SIGNATURE.key_id, b"\x02key")
    assert SIGNATURE.is_by(key)
    assert not SIGNATURE.is_by(VerifierKey("another", SIGNATURE.key_id, b"\x02key"))
    assert not SIGNATURE.is_by(VerifierKey(ORIGIN, b"\x00\x02\x03\x04", b"\x02key"))
