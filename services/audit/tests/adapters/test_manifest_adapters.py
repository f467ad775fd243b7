"""Manifests in S3, and which of them attest a workflow in DynamoDB, by moto."""

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from countersign_common.aws.clients import dynamodb_client, s3_client
from countersign_common.errors import StoreUnavailableError

from audit_service.adapters.dynamodb_attested_states import DynamoDbAttestedStates
from audit_service.adapters.s3_manifest_reader import S3ManifestReader

from .table import log_table_definition

BUCKET, TABLE = "manifests", "audit-integrity"
NAMES = [f"2026-01-31T09:0{minute}:00Z" for minute in range(4)]


@pytest.fixture
def bucket(aws: None) -> Any:
    made = boto3.resource("s3").create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    for name in NAMES:
        made.put_object(Key=f"manifests/{name}.json", Body=name.encode())
    return made


@pytest.fixture
def reader(bucket: Any) -> S3ManifestReader:
    return S3ManifestReader(s3_client(attempts=1), BUCKET)


def test_a_manifest_is_read_with_the_time_when_it_was_written(reader: S3ManifestReader):
    manifest = reader.get(NAMES[1])
    assert manifest is not None
    assert (manifest.name, manifest.text) == (NAMES[1], NAMES[1])
    assert abs(datetime.now(UTC) - manifest.published_at) < timedelta(minutes=1)
    assert reader.get("2026-01-31T10:00:00Z") is None


def test_a_manifest_that_is_not_text_is_read_as_something_with_another_hash(
    reader: S3ManifestReader, bucket: Any
):
    bucket.put_object(Key=f"manifests/{NAMES[0]}.json", Body=b"\xff{}")
    manifest = reader.get(NAMES[0])
    assert manifest is not None
    assert manifest.text == "\ufffd{}"


def test_names_are_listed_after_a_name_in_order(reader: S3ManifestReader, bucket: Any):
    bucket.put_object(Key="manifests/note.txt", Body=b"")
    bucket.put_object(Key="other/2026-01-31T09:09:00Z.json", Body=b"")
    assert reader.list_names(after=NAMES[1], limit=10) == NAMES[2:]
    assert reader.list_names(after="2026-01-31T09:00:30Z", limit=1) == [NAMES[1]]
    assert reader.list_names(after=NAMES[3], limit=10) == []


def test_a_bucket_that_is_not_available_is_a_store_that_is_not(monkeypatch: pytest.MonkeyPatch, aws: None):
    client = s3_client(attempts=1)
    reader = S3ManifestReader(client, BUCKET)
    monkeypatch.setattr(client, "_make_api_call", _unavailable)
    for call in (lambda: reader.get(NAMES[0]), lambda: reader.list_names(after=NAMES[0], limit=1)):
        with pytest.raises(StoreUnavailableError):
            call()


def test_the_manifest_that_attests_a_workflow_is_read_from_its_item(aws: None):
    client = dynamodb_client()
    client.create_table(TableName=TABLE, **log_table_definition())
    states = DynamoDbAttestedStates(client, TABLE)
    assert states.newest_manifest_of("w") is None
    item = {"pk": {"S": "WORKFLOW#w"}, "sk": {"S": "ATTESTED"}, "manifest": {"S": NAMES[0]}}
    client.put_item(TableName=TABLE, Item=item)
    assert states.newest_manifest_of("w") == NAMES[0]
    assert states.newest_manifest_of("x") is None


def _unavailable(*_: Any, **__: Any) -> Any:
    response = {"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
    raise ClientError(response, "GetObject")
