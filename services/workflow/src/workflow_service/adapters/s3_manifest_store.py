"""Manifests, in an S3 bucket with Object Lock."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from countersign_common.events.manifest import MANIFEST_PREFIX, manifest_key

from workflow_service.domain.errors import VersionConflictError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3ManifestStore:
    """A `ManifestStore`. Listings and reads after a write are consistent in S3."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def first_after(self, name: str) -> str | None:
        response = self._client.list_objects_v2(
            Bucket=self._bucket, Prefix=MANIFEST_PREFIX, StartAfter=manifest_key(name), MaxKeys=1
        )
        keys = [each["Key"] for each in response.get("Contents", [])]
        return self._get(keys[0]) if keys else None

    def add(self, name: str, text: str) -> str:
        key = manifest_key(name)
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=text.encode(),
                ContentType="application/json",
                # S3 requires a checksum for a bucket with a default retention.
                ChecksumAlgorithm="SHA256",
                IfNoneMatch="*",
            )
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code")
            if code == "ConditionalRequestConflict":
                raise VersionConflictError from error
            if code != "PreconditionFailed":
                raise
            return self._get(key)
        return text

    def _get(self, key: str) -> str:
        return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read().decode()
