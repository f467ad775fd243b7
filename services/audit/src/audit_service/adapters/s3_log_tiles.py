"""The tree in the proof bucket, as C2SP tlog-tiles names its parts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from countersign_common.aws.errors import busy, store_errors
from countersign_common.parallel import map_parallel

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, InvalidEntryError, pack_bundle, unpack_bundle
from audit_service.domain.log.merkle import HASH_BYTES
from audit_service.domain.log.tiles import Tile

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CHECKPOINT = "checkpoint"
PUBLIC_KEY = "public-key.der"


class S3LogTiles:
    """The port `LogTiles` on an S3 bucket.

    Tiles and bundles are written only if they don't exist: each has one content for ever. Only `checkpoint` changes.
    """

    def __init__(self, client: "S3Client", bucket: str) -> None:
        """
        Args:
            client: A client, with at least MAX_THREADS connections if it writes.
            bucket: Name of the proof bucket.
        """
        self._client = client
        self._bucket = bucket

    def read_hashes(self, tile: Tile) -> bytes:
        """Return the hashes of a tile."""
        hashes = self._read(tile.path)
        if len(hashes) != tile.width * HASH_BYTES:
            raise LogDamagedError(f"{tile.path} has {len(hashes)} bytes.")
        return hashes

    def read_entries(self, tile: Tile) -> Sequence[Entry]:
        """Return the entries of a bundle."""
        try:
            entries = list(unpack_bundle(self._read(tile.bundle_path)))
        except InvalidEntryError as error:
            raise LogDamagedError(f"{tile.bundle_path} can't be read.") from error
        if len(entries) != tile.width:
            raise LogDamagedError(f"{tile.bundle_path} has {len(entries)} entries.")
        return entries

    def write(self, hashes: Mapping[Tile, bytes], entries: Mapping[Tile, Sequence[Entry]]) -> None:
        """Write tiles and bundles in parallel."""
        objects = {tile.path: content for tile, content in hashes.items()}
        objects |= {tile.bundle_path: pack_bundle(bundle) for tile, bundle in entries.items()}
        map_parallel(lambda each: self._write_once(*each), objects.items())

    def published_checkpoint(self) -> str | None:
        """Return the object `checkpoint`."""
        content = self._find(CHECKPOINT)
        return None if content is None else content.decode(errors="replace")

    def publish_checkpoint(self, note: str) -> None:
        """Replace the object `checkpoint`."""
        with store_errors():
            self._client.put_object(
                Bucket=self._bucket,
                Key=CHECKPOINT,
                Body=note.encode(),
                ContentType="text/plain; charset=utf-8",
            )

    def publish_key(self, public_key: bytes) -> None:
        """Write the object `public-key.der`."""
        self._write_once(PUBLIC_KEY, public_key)

    def _write_once(self, key: str, content: bytes) -> None:
        try:
            with store_errors():
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=content,
                    ContentType="application/octet-stream",
                    IfNoneMatch="*",
                )
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code")
            if code == "ConditionalRequestConflict":  # another run writes it at this moment
                raise busy() from error
            if code != "PreconditionFailed":
                raise
            if self._find(key) != content:
                raise LogDamagedError(f"{key} is stored with another content.") from error

    def _read(self, key: str) -> bytes:
        content = self._find(key)
        if content is None:
            raise LogDamagedError(f"{key} is missing.")
        return content

    def _find(self, key: str) -> bytes | None:
        try:
            with store_errors():
                return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "NoSuchKey":
                raise
            return None
