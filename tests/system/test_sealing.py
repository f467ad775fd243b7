"""The log of the deployed system: what was recorded is sealed in one log, with the deployed key."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from countersign_verify.cli import app
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from typer.testing import CliRunner

from harness.audit_log import AuditLog
from harness.functions import deployed
from harness.scenario import Scenario
from harness.stores import Stores
from local_cloud.errors import CloudError
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until


@pytest.fixture
def log(cloud: RunningCloud) -> AuditLog:
    """The cloud's log."""
    return AuditLog(cloud)


def records_of(scenario: Scenario, stores: Stores) -> list[dict[str, Any]]:
    """Act twice, and return the records."""
    workflow_id = scenario.create_draft()
    scenario.requester.act(workflow_id, "REQUEST").expect(200)
    return wait_until(
        lambda: found if len(found := stores.audit_records(workflow_id)) == 2 else None, timeout=30
    )


def entry_of(record: dict[str, Any]) -> bytes:
    """Return the entry of a record."""
    return f"countersign/v1/event\n{record['datasetId']}\n{record['hash']}\n".encode()


def signed_parts(note: str) -> tuple[bytes, list[str], bytes]:
    """Return the text that is signed, its three lines, and the signature with the key id before it."""
    text, _, line = note.partition("\n\n")
    return f"{text}\n".encode(), text.split("\n"), base64.b64decode(line.split("\n")[0].split(" ")[2])


def tile_path(kind: str, index: int, size: int) -> str:
    """Return the path of the tile or bundle with a leaf, in a log of less than 256,000 entries."""
    number, width = index // 256, min(256, size - index // 256 * 256)
    return f"tile/{kind}/{number:03d}" + ("" if width == 256 else f".p/{width}")


def test_an_action_is_a_leaf_of_the_tree_that_the_deployed_key_has_signed(
    log: AuditLog, cloud, stores: Stores
):
    records = records_of(Scenario.create(cloud), stores)
    assert log.seal()["pending"] == 0
    note = log.read("checkpoint").decode()
    text, (origin, size, root), value = signed_parts(note)
    assert origin == cloud.outputs["log_origin"]
    assert len(base64.b64decode(root)) == 32
    key = load_pem_public_key(cloud.outputs["log_public_key"].encode())
    assert isinstance(key, EllipticCurvePublicKey)
    key.verify(value[4:], text, ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(value[4:], text + b"x", ECDSA(SHA256()))
    for record in records:
        index = log.position(record["datasetId"])
        assert index is not None
        assert index < int(size)
        hashes = log.read(tile_path("0", index, int(size)))
        at = index % 256 * 32
        assert hashes[at : at + 32] == hashlib.sha256(b"\x00" + entry_of(record)).digest()
        assert entry_of(record) in log.read(tile_path("entries", index, int(size)))


def test_the_outputs_of_the_deployment_name_one_key(log: AuditLog, cloud: RunningCloud, stores: Stores):
    records_of(Scenario.create(cloud), stores)
    log.seal()
    der = log.read("public-key.der")
    digest = hashlib.sha256(der).digest()
    outputs = cloud.outputs
    encoded = base64.b64encode(b"\x02" + der).decode()
    assert outputs["log_vkey"] == f"{outputs['log_origin']}+{digest.hex()[:8]}+{encoded}"
    assert outputs["log_fingerprint"] == "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
    pem = base64.b64decode("".join(outputs["log_public_key"].strip().splitlines()[1:-1]))
    assert pem == der
    settings = json.loads(
        cloud.client("s3").get_object(Bucket=outputs["console_bucket"], Key="config.json")["Body"].read()
    )
    assert (settings["logKey"], settings["logFingerprint"]) == (
        outputs["log_vkey"],
        outputs["log_fingerprint"],
    )


def test_a_copy_of_the_bucket_is_valid_for_the_offline_verifier(
    log: AuditLog, cloud: RunningCloud, stores: Stores, tmp_path: Path
):
    records_of(Scenario.create(cloud), stores)
    log.seal()
    log.download(tmp_path / "proof")
    result = CliRunner().invoke(
        app, ["log", str(tmp_path / "proof"), "--key", cloud.outputs["log_vkey"], "--json"]
    )
    report = json.loads(result.stdout)
    assert report["findings"] == []
    assert result.exit_code == 0


def test_the_bucket_keeps_every_version(log: AuditLog, cloud: RunningCloud, stores: Stores):
    records_of(Scenario.create(cloud), stores)
    log.seal()
    s3, bucket = cloud.client("s3"), cloud.outputs["proof_bucket"]
    version = s3.head_object(Bucket=bucket, Key="checkpoint")["VersionId"]
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, Key="checkpoint", VersionId=version)
    retention = s3.get_object_retention(Bucket=bucket, Key="checkpoint")["Retention"]
    assert retention["Mode"] == "GOVERNANCE"  # on AWS: COMPLIANCE


def test_the_key_lets_only_the_sealer_sign(cloud: RunningCloud):
    """The emulator stores the key's policy and doesn't enforce it. AWS does."""
    sealer = cloud.client("lambda").get_function_configuration(
        FunctionName=deployed(cloud, "audit-seal-checkpoint")
    )
    key_id = sealer["Environment"]["Variables"]["LOG_KEY_ID"]
    policy = json.loads(cloud.client("kms").get_key_policy(KeyId=key_id, PolicyName="default")["Policy"])
    signers = [
        statement["Principal"]["AWS"]
        for statement in policy["Statement"]
        if "kms:Sign" in statement["Action"] or "kms:CreateGrant" in statement["Action"]
    ]
    assert signers == [sealer["Role"]]


@pytest.fixture
def changed_state(cloud: RunningCloud, log: AuditLog, stores: Stores) -> Iterator[None]:
    """The log's state with another root, until the test ends."""
    records_of(Scenario.create(cloud), stores)
    log.seal()
    table, client = cloud.outputs["audit_log_table"], cloud.client("dynamodb")
    key = {"pk": {"S": "LOG"}, "sk": {"S": "STATE"}}
    root = client.get_item(TableName=table, Key=key)["Item"]["root"]

    def write(value: Any) -> None:
        client.update_item(
            TableName=table,
            Key=key,
            UpdateExpression="SET #root = :root",
            ExpressionAttributeNames={"#root": "root"},
            ExpressionAttributeValues={":root": value},
        )

    write({"B": bytes(32)})
    yield
    write(root)


@pytest.mark.alone  # no other test can seal meanwhile
@pytest.mark.usefixtures("changed_state")
def test_nothing_is_signed_while_the_state_is_not_what_was_signed(
    log: AuditLog, cloud: RunningCloud, stores: Stores
):
    before = log.read("checkpoint")
    records_of(Scenario.create(cloud), stores)
    with pytest.raises(CloudError, match="not those of the signed tree"):
        log.seal()
    assert log.read("checkpoint") == before
