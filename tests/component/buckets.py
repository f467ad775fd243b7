"""Buckets with Object Lock for one test, on any engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engines.engine import Engine


@dataclass(frozen=True)
class Bucket:
    """A bucket.

    Attributes:
        client: A boto3 client for its engine.
        name: Name of the bucket.
    """

    client: Any
    name: str

    def versions(self) -> list[tuple[str, str]]:
        """Return key and version of every stored object."""
        found = self.client.list_object_versions(Bucket=self.name).get("Versions", [])
        return [(each["Key"], each["VersionId"]) for each in found]


@contextmanager
def new_bucket(engine: Engine) -> Iterator[Bucket]:
    """Create an empty bucket like those of the module proof_bucket in the `local` stage. Delete it at the end."""
    client, name = engine.client("s3"), f"manifests-{uuid4().hex[:12]}"
    client.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    retention = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
    client.put_object_lock_configuration(
        Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": retention}
    )
    bucket = Bucket(client, name)
    try:
        yield bucket
    finally:
        for key, version in bucket.versions():
            client.delete_object(Bucket=name, Key=key, VersionId=version, BypassGovernanceRetention=True)
        client.delete_bucket(Bucket=name)
