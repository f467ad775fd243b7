"""Signatures and keys, with the library `cryptography`. It is imported on first use, because that takes 0.1 s."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)


def ecdsa_verifies(der: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether a P-256 key signed a message with ECDSA and SHA-256.

    Args:
        der: SubjectPublicKeyInfo of the key, which `is_p256_key` accepts.
        signature: in DER.
        message: what was signed.
    """
    key = load_der_public_key(der)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    try:
        key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def ed25519_verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether an Ed25519 key of 32 bytes signed a message."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def is_p256_key(der: bytes) -> bool:
    """Return whether bytes are the SubjectPublicKeyInfo of a P-256 key."""
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


def der_of_pem(pem: bytes) -> bytes:
    """Return the SubjectPublicKeyInfo of a key in PEM.

    Raises:
        ValueError: It is not a public key.
    """
    try:
        key = load_pem_public_key(pem)
    except UnsupportedAlgorithm as error:
        raise ValueError("an unsupported key") from error
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


class WitnessKey:
    """The private key of a witness."""

    def __init__(self, seed: bytes) -> None:
        """Use the key of a seed of 32 bytes.

        Raises:
            ValueError: The seed has another length.
        """
        self._key = ed25519.Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return a signature, 64 bytes."""
        return self._key.sign(message)
