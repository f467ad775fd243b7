"""The log of a deployed cloud, as the root user reads it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until


@dataclass(frozen=True)
class AuditLog:
    """Runs the sealer, and reads what it has written."""

    cloud: RunningCloud

    def seal(self) -> dict[str, Any]:
        """Run the sealer as soon as no other run is in progress. Return its counts."""

        def counts() -> dict[str, Any] | None:
            response: dict[str, Any] = self.cloud.invoke_when_free("audit-seal-checkpoint")
            return response if "size" in response else None

        return wait_until(counts, timeout=120, interval=0.2)

    def position(self, entry_id: str) -> int | None:
        """Return the index of a sealed entry; None if it isn't sealed."""
        key = {"pk": {"S": f"ENTRY#{entry_id}"}, "sk": {"S": "INDEX"}}
        item = self.cloud.client("dynamodb").get_item(
            TableName=self.cloud.outputs["audit_log_table"], Key=key, ConsistentRead=True
        )
        return int(item["Item"]["index"]["N"]) if "Item" in item else None

    def read(self, key: str) -> bytes:
        """Return an object of the proof bucket."""
        bucket = self.cloud.outputs["proof_bucket"]
        content: bytes = self.cloud.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
        return content

    def download(self, folder: Path) -> None:
        """Copy the proof bucket, the checkpoint first: the rest is then at least as new."""
        pages = self.cloud.client("s3").get_paginator("list_objects_v2")
        checkpoint = self.read("checkpoint")
        for key in pages.paginate(Bucket=self.cloud.outputs["proof_bucket"]).search("Contents[].Key"):
            file = folder / key
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(checkpoint if key == "checkpoint" else self.read(key))
