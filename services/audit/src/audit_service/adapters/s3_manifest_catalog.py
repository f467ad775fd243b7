"""The workflow service's manifests in order, in its bucket."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from countersign_common.aws.errors import store_errors
from countersign_common.events.manifest import MANIFEST_PREFIX, manifest_key

from audit_service.adapters.s3_manifest_reader import PAGE_LIMIT
from audit_service.domain.manifests import StoredManifest
from audit_service.ports import ManifestReader, ManifestVersion

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REMEMBERED_CHARACTERS = 16_000_000
"""Texts that a container remembers. The manifest of a minute without commits has about 300 characters."""

_SMALL = 20_000
_SUFFIX = ".json"


class S3ManifestCatalog:
    """The port `ManifestCatalog` on an S3 bucket.

    A container caches small manifests by the ETag in the listing, which is the MD5 of the bytes. So a sweep over
    many minutes in which nothing was committed reads listings only.
    """

    def __init__(self, client: "S3Client", bucket: str, reader: ManifestReader) -> None:
        """
        Args:
            client: A client with timeouts.
            bucket: Name of the manifest bucket.
            reader: Reads manifests by name.
        """
        self._client = client
        self._bucket = bucket
        self._reader = reader
        self._remembered: OrderedDict[ManifestVersion, StoredManifest] = OrderedDict()
        self._characters = 0

    def list_versions(self, *, after: str, limit: int) -> list[ManifestVersion]:
        """List at most PAGE_LIMIT keys."""
        with store_errors():
            response = self._client.list_objects_v2(
                Bucket=self._bucket,
                Prefix=MANIFEST_PREFIX,
                StartAfter=manifest_key(after) if after else "",
                MaxKeys=min(limit, PAGE_LIMIT),
            )
        return [
            ManifestVersion(each["Key"].removeprefix(MANIFEST_PREFIX).removesuffix(_SUFFIX), each["ETag"])
            for each in response.get("Contents", [])
            if each["Key"].endswith(_SUFFIX)
        ]

    def read(self, version: ManifestVersion) -> StoredManifest | None:
        """Return the cached text, or read it."""
        remembered = self._remembered.get(version)
        if remembered is not None:
            return remembered
        manifest = self._reader.get(version.name)
        if manifest is not None and len(manifest.text) <= _SMALL:
            self._remember(version, manifest)
        return manifest

    def get(self, name: str) -> StoredManifest | None:
        """Read a manifest."""
        return self._reader.get(name)

    def _remember(self, version: ManifestVersion, manifest: StoredManifest) -> None:
        if self._remembered.setdefault(version, manifest) is manifest:
            self._characters += len(manifest.text)
        while self._characters > REMEMBERED_CHARACTERS:
            _, oldest = self._remembered.popitem(last=False)
            self._characters -= len(oldest.text)
