"""The log's bookkeeping, tiles and key: how errors of their services are handled.

tests/component/test_sealing.py has these adapters on real engines.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber
from countersign_common.aws.writes import WRITE_ATTEMPTS
from countersign_common.errors import StoreUnavailableError

from audit_service.adapters.dynamodb_sealing_ledger import DynamoDbSealingLedger
from audit_service.adapters.kms_checkpoint_signer import KmsCheckpointSigner
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.s3_log_tiles import S3LogTiles
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.notes import Checkpoint, NoteSignature, SignedCheckpoint, VerifierKey
from audit_service.domain.log.tiles import Tile

TILE = Tile(0, 0, 1)
DER = b"public key"
ORIGIN = "log.example"
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
CHECKPOINT = Checkpoint(ORIGIN, 1, bytes(32))


def stubbed(service: str) -> Any:
    client = boto3.client(
        service, region_name="eu-west-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    return client, Stubber(client)


@pytest.fixture
def s3() -> Iterator[tuple[S3LogTiles, Stubber]]:
    client, stub = stubbed("s3")
    with stub:
        yield S3LogTiles(client, "proof"), stub
        stub.assert_no_pending_responses()


@pytest.fixture
def kms() -> Iterator[tuple[Any, Stubber]]:
    client, stub = stubbed("kms")
    with stub:
        yield client, stub
        stub.assert_no_pending_responses()


def content(value: bytes) -> dict[str, Any]:
    return {"Body": StreamingBody(BytesIO(value), len(value))}


def test_an_object_is_written_only_if_it_does_not_exist(s3):
    tiles, stub = s3
    expected = {
        "Bucket": "proof",
        "Key": "tile/0/000.p/1",
        "Body": bytes(32),
        "ContentType": ANY,
        "IfNoneMatch": "*",
    }
    stub.add_response("put_object", {}, expected)
    tiles.write({TILE: bytes(32)}, {})


def test_an_object_that_exists_with_the_same_content_is_a_success(s3):
    tiles, stub = s3
    stub.add_client_error("put_object", "PreconditionFailed", http_status_code=412)
    stub.add_response("get_object", content(bytes(32)))
    tiles.write({TILE: bytes(32)}, {})


def test_an_object_that_exists_with_another_content_is_damage(s3):
    tiles, stub = s3
    stub.add_client_error("put_object", "PreconditionFailed", http_status_code=412)
    stub.add_response("get_object", content(b"x" * 32))
    with pytest.raises(LogDamagedError):
        tiles.write({TILE: bytes(32)}, {})


@pytest.mark.parametrize(
    ("code", "status"), [("ConditionalRequestConflict", 409), ("SlowDown", 503), ("InternalError", 500)]
)
def test_a_write_that_can_be_repeated_is_an_unavailable_store(s3, code: str, status: int):
    tiles, stub = s3
    stub.add_client_error("put_object", code, http_status_code=status)
    with pytest.raises(StoreUnavailableError):
        tiles.write({TILE: bytes(32)}, {})


def test_a_denied_call_is_neither_damage_nor_an_unavailable_store(s3):
    tiles, stub = s3
    stub.add_client_error("put_object", "AccessDenied", http_status_code=403)
    with pytest.raises(ClientError):
        tiles.write({TILE: bytes(32)}, {})
    stub.add_client_error("get_object", "AccessDenied", http_status_code=403)
    with pytest.raises(ClientError):
        tiles.read_hashes(TILE)


def test_a_checkpoint_that_is_not_text_can_be_replaced(s3):
    tiles, stub = s3
    stub.add_response("get_object", content(b"\xff\xfe"))
    assert tiles.published_checkpoint() == "\N{REPLACEMENT CHARACTER}" * 2


def signed(*signatures: bytes) -> SignedCheckpoint:
    key = VerifierKey.ecdsa(ORIGIN, DER)
    return SignedCheckpoint(CHECKPOINT, tuple(NoteSignature(ORIGIN, key.key_id, each) for each in signatures))


def verifier(kms: tuple[Any, Stubber]) -> tuple[KmsCheckpointVerifier, Stubber]:
    client, stub = kms
    stub.add_response("get_public_key", {"PublicKey": DER}, {"KeyId": "key"})
    return KmsCheckpointVerifier(client, "key", ORIGIN), stub


def expect_verification(stub: Stubber, signature: bytes, is_valid: bool = True) -> None:
    expected = {
        "KeyId": "key",
        "Message": CHECKPOINT.text.encode(),
        "MessageType": "RAW",
        "Signature": signature,
        "SigningAlgorithm": "ECDSA_SHA_256",
    }
    if is_valid:
        stub.add_response("verify", {"SignatureValid": True}, expected)
    else:
        stub.add_client_error("verify", "KMSInvalidSignatureException", expected_params=expected)


def test_a_signature_is_verified_once_and_the_result_is_cached(kms):
    verify, stub = verifier(kms)
    expect_verification(stub, b"good")
    assert verify.verify(signed(b"good"))
    assert verify.verify(signed(b"good"))


def test_a_checkpoint_with_one_invalid_signature_of_the_key_is_not_valid(kms):
    verify, stub = verifier(kms)
    expect_verification(stub, b"good")
    expect_verification(stub, b"bad", is_valid=False)
    assert not verify.verify(signed(b"good", b"bad"))


def test_a_checkpoint_without_a_signature_of_the_key_is_not_valid(kms):
    verify, _ = verifier(kms)
    assert not verify.verify(SignedCheckpoint(CHECKPOINT, (NoteSignature(ORIGIN, b"1234", b"good"),)))


def test_a_checkpoint_of_another_log_is_not_valid(kms):
    client, _ = kms
    verify = KmsCheckpointVerifier(client, "key", ORIGIN)
    other = SignedCheckpoint(Checkpoint("other.example", 1, bytes(32)), signed(b"good").signatures)
    verify.__dict__["_key"] = VerifierKey.ecdsa(ORIGIN, DER)
    assert not verify.verify(other)


def test_kms_that_does_not_respond_is_no_verdict(kms):
    verify, stub = verifier(kms)
    stub.add_client_error("verify", "KMSInternalException", http_status_code=500)
    with pytest.raises(StoreUnavailableError):
        verify.verify(signed(b"good"))
    expect_verification(stub, b"good")
    assert verify.verify(signed(b"good"))


def test_a_text_is_signed_with_ecdsa_under_the_name_of_the_log(kms):
    client, stub = kms
    public, _ = verifier(kms)
    stub.add_response(
        "sign",
        {"Signature": b"der"},
        {
            "KeyId": "key",
            "Message": CHECKPOINT.text.encode(),
            "MessageType": "RAW",
            "SigningAlgorithm": "ECDSA_SHA_256",
        },
    )
    signature = KmsCheckpointSigner(client, "key", public).sign(CHECKPOINT.text)
    assert signature == signed(b"der").signatures[0]


@pytest.fixture
def ledger() -> Iterator[tuple[DynamoDbSealingLedger, Stubber]]:
    client, stub = stubbed("dynamodb")
    with stub:
        yield DynamoDbSealingLedger(client, "audit-log", pause=lambda _: None), stub
        stub.assert_no_pending_responses()


def unprocessed(*ids: str) -> dict[str, Any]:
    key = {"pk": {"S": "PENDING#0"}}
    requests = [{"DeleteRequest": {"Key": {**key, "sk": {"S": each}}}} for each in ids]
    return {"UnprocessedItems": {"audit-log": requests}}


def test_what_a_batch_did_not_process_is_sent_again(ledger):
    adapter, stub = ledger
    stub.add_response("batch_write_item", unprocessed("b"))
    stub.add_response("batch_write_item", {}, {"RequestItems": unprocessed("b")["UnprocessedItems"]})
    adapter.discard(["a", "b"])


def test_a_batch_that_stays_unprocessed_is_an_unavailable_store(ledger):
    adapter, stub = ledger
    for _ in range(WRITE_ATTEMPTS):
        stub.add_response("batch_write_item", unprocessed("a"))
    with pytest.raises(StoreUnavailableError):
        adapter.discard(["a"])


@pytest.mark.parametrize("call", ["acquire", "release"])
def test_a_lease_can_not_be_taken_or_ended_without_the_store(ledger, call: str):
    adapter, stub = ledger
    stub.add_client_error("update_item", "ThrottlingException")
    arguments = {"acquire": ("run", NINE, NINE), "release": ("run",)}[call]
    with pytest.raises(StoreUnavailableError):
        getattr(adapter, call)(*arguments)
