"""The workflow service's manifests, in its bucket."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from countersign_common.aws.errors import store_errors
from countersign_common.clock import to_milliseconds
from countersign_common.events.manifest import MANIFEST_PREFIX, manifest_key

from audit_service.domain.manifests import StoredManifest

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_SUFFIX = ".json"

_NO_SUCH_NAME = ("NoSuchKey", "KeyTooLongError")
"""Error codes of S3 for the name of a manifest. A name from a damaged item can be any text."""

PAGE_LIMIT = 1_000
"""Maximum number of keys in one response of ListObjectsV2 (S3 quota)."""


class S3ManifestReader:
    """The port `ManifestReader` on an S3 bucket."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        """
        Args:
            client: With time-outs, and a connection for each thread that reads.
            bucket: Name of the manifest bucket.
        """
        self._client = client
        self._bucket = bucket

    def get(self, name: str) -> StoredManifest | None:
        """Return a manifest. Bytes that are not UTF-8 are replaced, so that its hash does not match."""
        try:
            with store_errors():
                response = self._client.get_object(Bucket=self._bucket, Key=manifest_key(name))
                body = response["Body"].read()
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in _NO_SUCH_NAME:
                raise
            return None
        return StoredManifest(name, body.decode(errors="replace"), to_milliseconds(response["LastModified"]))

    def list_names(self, *, after: str, limit: int) -> Sequence[str]:
        """List at most PAGE_LIMIT keys."""
        with store_errors():
            response = self._client.list_objects_v2(
                Bucket=self._bucket,
                Prefix=MANIFEST_PREFIX,
                StartAfter=manifest_key(after),
                MaxKeys=min(limit, PAGE_LIMIT),
            )
        keys = [each["Key"] for each in response.get("Contents", [])]
        return [
            key.removeprefix(MANIFEST_PREFIX).removesuffix(_SUFFIX) for key in keys if key.endswith(_SUFFIX)
        ]
