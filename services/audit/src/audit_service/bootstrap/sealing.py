"""Wire the function that seals."""

import os
from dataclasses import dataclass

from countersign_common.aws.clients import dynamodb_client, kms_client, s3_client
from countersign_common.clock import system_clock
from countersign_common.ids import new_id
from countersign_common.parallel import MAX_THREADS
from countersign_common.settings import read_settings
from countersign_common.telemetry import Telemetry

from audit_service.adapters.dynamodb_sealing_ledger import DynamoDbSealingLedger
from audit_service.adapters.kms_checkpoint_signer import KmsCheckpointSigner
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.s3_log_tiles import S3LogTiles
from audit_service.use_cases.seal_checkpoint import SealCheckpoint


@dataclass(frozen=True)
class SealerSettings:
    """Environment variables of the function that seals.

    Attributes:
        audit_log_table: Name of the table of the log's bookkeeping.
        log_key_id: ARN of the KMS key that signs checkpoints.
        log_origin: The log's name in its checkpoints.
        proof_bucket: Name of the bucket of the log's tiles.
    """

    audit_log_table: str
    log_key_id: str
    log_origin: str
    proof_bucket: str


def build_sealer() -> SealCheckpoint:
    """Return the sealer that the environment describes.

    Raises:
        MissingSettingsError: Lists the variables that are not set.
    """
    settings = read_settings(SealerSettings, os.environ)
    kms = kms_client()
    verifier = KmsCheckpointVerifier(kms, settings.log_key_id, settings.log_origin)
    return SealCheckpoint(
        ledger=DynamoDbSealingLedger(dynamodb_client(connections=MAX_THREADS), settings.audit_log_table),
        tiles=S3LogTiles(s3_client(connections=MAX_THREADS), settings.proof_bucket),
        signer=KmsCheckpointSigner(kms, settings.log_key_id, verifier),
        verifier=verifier,
        clock=system_clock,
        new_id=new_id,
        warn=Telemetry("seal-checkpoint").warning,
    )
