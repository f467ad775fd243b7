"""A small deployment: it seals records into a log, publishes manifests, and makes bundles of what is stored."""

import base64
import copy
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from .builders import Record, canonical, reseal, reseal_workflow
from .log_builders import (
    LogKey,
    event_entry,
    inclusion_proof,
    leaf_hash,
    log_files,
    manifest_entry,
    sha256,
    to_json,
)

Bundle = dict[str, Any]

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def at(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stored(record: Record, *withheld: str) -> Record:
    """Return a record as a bundle has it."""
    texts = record["canonical"]
    bundled = {"datasetId": record["datasetId"], "hash": record["hash"], **texts}
    return bundled | ({"withheld": list(withheld)} if withheld else {})


def data_hash(record: Record) -> str:
    opening = record["canonical"]["content"]
    data = canonical(json.loads(opening["value"])["after"])
    salted = b"countersign/v1/data\x00" + base64.b64decode(opening["salt"]) + data.encode()
    return hashlib.sha256(salted).hexdigest()


class Deployment:
    """Commits records one minute after the other, with a manifest and a sealing for each minute."""

    def __init__(self, *minutes: list[Record], start: datetime = NOON, key: LogKey | None = None) -> None:
        self.key = key or LogKey()
        self.now = start
        self.entries: list[tuple[str, bytes]] = []
        self.manifests: list[tuple[str, str]] = []
        self._previous = "0" * 64
        for records in minutes:
            self.commit(*records)

    @property
    def leaves(self) -> list[bytes]:
        return [leaf_hash(entry) for _, entry in self.entries]

    @property
    def checkpoint(self) -> str:
        return self.key.checkpoint(self.leaves)

    def seal(self, *records: Record) -> None:
        """Append records to the log."""
        self.entries += [
            (record["datasetId"], event_entry(record["datasetId"], record["hash"])) for record in records
        ]

    def commit(self, *records: Record, named: list[Record] | None = None, **state: Any) -> None:
        """Seal the records of one minute, and publish its manifest.

        Args:
            records: of workflows or not; only those of workflows are named.
            named: records that the manifest names, if they are others.
            state: fields of the attested states.
        """
        self.seal(*records)
        self.publish(
            [each for each in records if "workflow" in each["sealed"]] if named is None else named, **state
        )

    def publish(self, records: list[Record], **state: Any) -> None:
        newest = {record["sealed"]["target"]["id"]: record for record in records}
        manifest = {
            "format": "countersign.manifest.v1",
            "from": self._name(self.now),
            "to": self._name(self.now + timedelta(minutes=1)),
            "sequence": len(self.manifests) + 1,
            "previousSha256": self._previous,
            "events": sorted(
                (
                    {
                        "eventId": record["datasetId"],
                        "workflowId": record["sealed"]["target"]["id"],
                        "sequence": record["sealed"]["workflow"]["sequence"],
                        "hash": record["hash"],
                    }
                    for record in records
                ),
                key=lambda event: event["eventId"],
            ),
            "workflows": [
                {
                    "workflowId": workflow_id,
                    "version": record["sealed"]["workflow"]["sequence"],
                    "headHash": record["hash"],
                    "status": record["sealed"]["outcome"],
                    "dataHash": data_hash(record),
                    **state,
                }
                for workflow_id, record in sorted(newest.items())
            ],
        }
        text = canonical(manifest)
        name = manifest["to"]
        self._previous = sha256(text.encode()).hex()
        self.manifests.append((name, text))
        self.entries.append((name, manifest_entry(name, text)))
        self.now += timedelta(minutes=1)

    def proof(self, entry_id: str) -> dict[str, Any] | None:
        for index, (each, _) in enumerate(self.entries):
            if each == entry_id:
                hashes = [node.hex() for node in inclusion_proof(index, self.leaves)]
                return {"entryId": entry_id, "index": index, "hashes": hashes}
        return None

    def bundle(
        self, workflow_id: str, records: list[Record], erasures: Sequence[Record] = (), **fields: Any
    ) -> Bundle:
        """Return the bundle of what is stored now, as the API makes it.

        Args:
            workflow_id: of the workflow.
            records: that are stored.
            erasures: erasure events that name them.
            fields: other fields of the bundle.
        """
        ids = {record["datasetId"] for record in records}
        manifests = [
            (name, text)
            for name, text in self.manifests
            if any(f'"{dataset_id}"' in text for dataset_id in ids)
        ]
        attesting = [each for each in self.manifests if f'"{workflow_id}"' in each[1]]
        manifests += [each for each in (*attesting[-1:], *self.manifests[-1:]) if each not in manifests]
        proofs = map(
            self.proof,
            [*sorted(ids), *(each["datasetId"] for each in erasures), *(name for name, _ in manifests)],
        )
        bundle = {
            "format": "countersign.evidence.v1",
            "workflowId": workflow_id,
            "createdAt": at(self.now + timedelta(minutes=1)),
            "publicKey": self.key.vkey,
            "checkpoint": self.checkpoint,
            "cursor": None,
            "records": [record if "canonical" not in record else stored(record) for record in records],
            "proofs": [proof for proof in proofs if proof is not None],
            "manifests": [{"name": name, "text": text} for name, text in dict.fromkeys(manifests)],
            "erasures": [stored(record) for record in erasures],
        }
        return copy.deepcopy(bundle | fields)

    def write(self, folder: Path) -> None:
        """Write copies of the proof bucket and of the manifest bucket."""
        files = log_files([entry for _, entry in self.entries])
        files["checkpoint"] = self.checkpoint.encode()
        files["public-key.der"] = self.key.der
        for name, text in self.manifests:
            files[f"manifests/{name}.json"] = text.encode()
        for path, raw in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(raw)

    @staticmethod
    def _name(time: datetime) -> str:
        return time.isoformat().replace("+00:00", "Z")


def timed_chain(chain: list[Record], start: datetime = NOON) -> list[Record]:
    """Return a chain whose events are one minute apart, linked again."""
    timed: list[Record] = []
    for number, record in enumerate(chain):
        moved = reseal(record, occurredAt=at(start + timedelta(minutes=number, seconds=10)))
        timed.append(reseal_workflow(moved, previousHash=timed[-1]["hash"]) if timed else moved)
    return timed


def one_line(bundle: Bundle) -> str:
    return to_json(bundle) + "\n"
