"""The log's key in KMS: it signs checkpoints."""

from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors

from audit_service.domain.log.notes import NoteSignature
from audit_service.ports import CheckpointVerifier

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


class KmsCheckpointSigner:
    """The port `CheckpointSigner` on a KMS key of the type ECC_NIST_P256."""

    def __init__(self, client: "KMSClient", key_id: str, public: CheckpointVerifier) -> None:
        """
        Args:
            client: A client with timeouts.
            key_id: Id or ARN of the key.
            public: Its public half.
        """
        self._client = client
        self._key_id = key_id
        self._public = public

    def sign(self, text: str) -> NoteSignature:
        """Sign the text with ECDSA over its SHA-256."""
        key = self._public.key()
        with store_errors():
            response = self._client.sign(
                KeyId=self._key_id,
                Message=text.encode(),
                MessageType="RAW",
                SigningAlgorithm="ECDSA_SHA_256",
            )
        return NoteSignature(key.name, key.key_id, response["Signature"])
