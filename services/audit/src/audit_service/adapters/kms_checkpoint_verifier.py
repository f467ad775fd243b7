"""The public half of the log's key in KMS."""

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from countersign_common.aws.errors import store_errors

from audit_service.domain.log.notes import SignedCheckpoint, VerifierKey

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

_REMEMBERED = 1000


class KmsCheckpointVerifier:
    """The port `CheckpointVerifier` on a KMS key of the type ECC_NIST_P256. It remembers key and results."""

    def __init__(self, client: "KMSClient", key_id: str, origin: str) -> None:
        """
        Args:
            client: A client with timeouts.
            key_id: Id or ARN of the key.
            origin: Of the log. It is also the name of the key.
        """
        self._client = client
        self._key_id = key_id
        self._origin = origin
        self._is_valid = lru_cache(_REMEMBERED)(self._verify)

    def key(self) -> VerifierKey:
        """Return the public key under the log's origin."""
        return self._key

    def verify(self, signed: SignedCheckpoint) -> bool:
        """Return whether the key has signed the checkpoint of its log. Each signature by it must be valid."""
        signatures = [each.signature for each in signed.signatures if each.is_by(self._key)]
        return (
            signed.checkpoint.origin == self._origin
            and signatures != []
            and all(self._is_valid(signed.checkpoint.text, each) for each in signatures)
        )

    @cached_property
    def _key(self) -> VerifierKey:
        with store_errors():
            public_key = self._client.get_public_key(KeyId=self._key_id)["PublicKey"]
        return VerifierKey.ecdsa(self._origin, public_key)

    def _verify(self, text: str, signature: bytes) -> bool:
        try:
            with store_errors():
                response = self._client.verify(
                    KeyId=self._key_id,
                    Message=text.encode(),
                    MessageType="RAW",
                    Signature=signature,
                    SigningAlgorithm="ECDSA_SHA_256",
                )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "KMSInvalidSignatureException":
                raise
            return False
        return response["SignatureValid"]
