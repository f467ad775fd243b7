"""Signed notes: real ones of other logs verify, and changed ones do not."""

import base64

import pytest
from countersign_verify.notes import (
    NoteError,
    VerifierKey,
    read_checkpoint,
    read_public_key,
    read_vkey,
)
from hypothesis import given
from hypothesis import strategies as st

from .log_builders import LogKey, Witness

# The key and a checkpoint of Sigstore's log, from the public instance: ECDSA, like Countersign's.
REKOR_KEY = (
    "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0h"
    "rZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc="
)
REKOR_CHECKPOINT = (
    "rekor.sigstore.dev - 2605736670972794746\n90244708\nCOSIc1jqxpbuuTChPdiTqtZBBve7GAVJqTYjqAaM940=\n\n"
    "— rekor.sigstore.dev wNI9ajBEAiAkKWVCpp/N5yF/GlQkAyKQxUsjc3Vpu04YyALJvrBsvAIgcZfXJsJdwLdgUAWwnekWg8YXS4gf"
    "z/DM1wVhhcouJBE=\n"
)

# The example of Go's package golang.org/x/mod/sumdb/note: Ed25519.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="

KEY = LogKey()
NOTE = KEY.checkpoint([bytes(32), bytes(32)])
WITNESS = Witness()


def test_a_checkpoint_of_another_log_is_read_and_its_signature_verifies():
    checkpoint = read_checkpoint(REKOR_CHECKPOINT)
    assert checkpoint.size == 90244708
    assert checkpoint.is_signed_by(read_vkey(REKOR_KEY))
    assert not checkpoint.is_signed_by(read_vkey(KEY.vkey))


def test_an_ed25519_signature_of_gos_implementation_verifies():
    key, raw = read_vkey(GO_KEY), base64.b64decode(GO_SIGNATURE)
    assert raw[:4] == key.id
    assert key.verifies(raw[4:], GO_TEXT)
    assert not key.verifies(raw[4:], GO_TEXT + "\n")


@pytest.mark.parametrize("vkey", [REKOR_KEY, GO_KEY, KEY.vkey, WITNESS.vkey])
def test_a_vkey_is_written_as_it_was_read(vkey):
    assert str(read_vkey(vkey)) == vkey


def test_the_fingerprint_is_that_of_the_key():
    assert read_vkey(KEY.vkey).fingerprint == KEY.fingerprint


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+12345678",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("PeterNeumann", "PeterNeuman"),
        GO_KEY.replace("PeterNeumann", "Peter Neumann"),
        GO_KEY[:-4],
        GO_KEY + "=",
        KEY.vkey.replace("+Aj", "+Az"),
        "name+12345678+",
    ],
)
def test_other_texts_are_not_vkeys(vkey):
    with pytest.raises(NoteError):
        read_vkey(vkey)


def test_a_key_is_read_from_der_pem_and_vkey():
    assert read_public_key(KEY.der) == KEY.der
    assert read_public_key(b"\n" + KEY.pem.encode()) == KEY.der
    assert read_public_key(KEY.vkey.encode() + b"\n") == VerifierKey(KEY.origin, 2, KEY.der)


@pytest.mark.parametrize("raw", [b"", b"\xff", b"0", KEY.der[:-1], KEY.pem[:-40].encode()])
def test_other_files_are_not_keys(raw):
    with pytest.raises(NoteError):
        read_public_key(raw)


@given(st.data())
def test_a_checkpoint_with_any_character_changed_does_not_verify(data):
    position = data.draw(st.integers(0, len(NOTE) - 1))
    char = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda other: other != NOTE[position]))
    try:
        checkpoint = read_checkpoint(NOTE[:position] + char + NOTE[position + 1 :])
        assert not checkpoint.is_signed_by(read_vkey(KEY.vkey))
    except NoteError:
        pass


def test_a_cosigned_checkpoint_is_signed_by_log_and_witness():
    checkpoint = read_checkpoint(NOTE + WITNESS.cosign(NOTE, 1_795_564_800) + "\n")
    assert checkpoint.is_signed_by(read_vkey(KEY.vkey))
    assert checkpoint.cosigned_at(read_vkey(WITNESS.vkey)) == 1_795_564_800
    assert checkpoint.cosigned_at(read_vkey(Witness("witness.example.com/w2").vkey)) is None


def test_a_cosignature_of_another_checkpoint_or_time_is_rejected():
    line = WITNESS.cosign(KEY.checkpoint([bytes(32)]), 1_795_564_800)
    name, raw = line.split(" ")[1], bytearray(base64.b64decode(line.split(" ")[2]))
    raw[11] ^= 1
    for forged in (line, f"— {name} {base64.b64encode(raw).decode()}"):
        with pytest.raises(NoteError, match="not valid"):
            read_checkpoint(NOTE + forged + "\n").cosigned_at(read_vkey(WITNESS.vkey))


def test_a_log_signature_does_not_pass_for_a_cosignature():
    """Both have the type in the key ID, so that one key can't be used for the other."""
    key = read_vkey(WITNESS.vkey)
    assert VerifierKey(key.name, 1, key.material).id != key.id
