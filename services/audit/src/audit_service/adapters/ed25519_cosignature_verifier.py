"""Cosignatures of witnesses, verified in pure Python: the Lambda zips have no compiled library."""

from functools import lru_cache

from audit_service.domain.log.notes import VerifierKey

_REMEMBERED = 1000


class Ed25519CosignatureVerifier:
    """The port `CosignatureVerifier` on the package `ecdsa`. It caches results."""

    def __init__(self) -> None:
        self._is_valid = lru_cache(_REMEMBERED)(_verifies)

    def is_valid(self, key: VerifierKey, message: bytes, signature: bytes) -> bool:
        """Return whether the Ed25519 key has signed the message. It takes some milliseconds."""
        return self._is_valid(key.public_key, message, signature)


def _verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    # Imported here, because most containers never need it and the import takes as long as many requests.
    from ecdsa import BadSignatureError, Ed25519, VerifyingKey  # noqa: PLC0415
    from ecdsa.errors import MalformedPointError  # noqa: PLC0415

    try:
        VerifyingKey.from_string(public_key, curve=Ed25519).verify(signature, message)
    except (BadSignatureError, MalformedPointError):
        return False
    return True
