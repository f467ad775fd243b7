"""Ed25519 in pure Python, with the vectors of RFC 8032 and against another library."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_service.adapters.ed25519_cosignature_verifier import Ed25519CosignatureVerifier
from audit_service.domain.log.notes import COSIGNATURE_TYPE, VerifierKey

# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
        "b00d291612bb0c00",
    ),
]


def key(public: bytes) -> VerifierKey:
    return VerifierKey("w", bytes(4), COSIGNATURE_TYPE + public)


def is_valid(public: bytes, message: bytes, signature: bytes) -> bool:
    return Ed25519CosignatureVerifier().is_valid(key(public), message, signature)


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_rfc_are_valid_and_nothing_else(public: str, message: str, signature: str):
    values = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert is_valid(*values)
    assert not is_valid(values[0], values[1] + b"x", values[2])
    for at in (0, 31, 32, 63):
        broken = bytearray(values[2])
        broken[at] ^= 1
        assert not is_valid(values[0], values[1], bytes(broken))
    assert not is_valid(values[0], values[1], values[2][:-1])
    other = VECTORS[0 if public != VECTORS[0][0] else 1][0]
    assert not is_valid(bytes.fromhex(other), *values[1:])


@settings(max_examples=20, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_it_agrees_with_another_library(seed: bytes, message: bytes):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    assert is_valid(private.public_key().public_bytes_raw(), message, private.sign(message))


@pytest.mark.parametrize("public", [b"", b"x", b"\xff" * 32, bytes(31)])
def test_nothing_is_valid_with_an_invalid_key(public: bytes):
    assert not is_valid(public, b"", bytes(64))
