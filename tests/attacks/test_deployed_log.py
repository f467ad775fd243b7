"""Attacks on the log of the deployed system: what its API finds. Everything is restored at the end of each attack."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from attacks.attacker import Attacker, attacking
from attacks.inspection import is_settled, verification
from attacks.victims import Victim, create_victim
from audit_service.domain.log.notes import SignedCheckpoint
from audit_service.domain.log.tiles import edge_tiles
from harness.scenario import Scenario
from local_cloud.people import Person
from local_cloud.running import RunningCloud
from local_cloud.waiting import wait_until

pytestmark = pytest.mark.xdist_group("attacks")

_SETTLED_AFTER = 300

# Longer than a container of the API uses a tile without reading it again.
_FOUND_AFTER = 90

STATE = {"pk": {"S": "LOG"}, "sk": {"S": "STATE"}}


@pytest.fixture(scope="module")
def auditor(cloud: RunningCloud) -> Person:
    return cloud.sign_in("auditor")


@pytest.fixture(scope="module")
def sealed(cloud: RunningCloud, auditor: Person) -> Victim:
    """A workflow that is sealed and attested."""
    victim = create_victim(Scenario.create(cloud))
    wait_until(lambda: is_settled(auditor, victim.workflow_id), timeout=_SETTLED_AFTER, interval=1)
    return victim


@contextmanager
def replaced(cloud: RunningCloud, objects: dict[str, bytes]) -> Iterator[None]:
    """Replace objects of the proof bucket, and put the originals back at the end."""
    s3, bucket = cloud.client("s3"), cloud.outputs["proof_bucket"]
    originals = {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in objects}
    try:
        for key, content in objects.items():
            s3.put_object(Bucket=bucket, Key=key, Body=content)
        yield
    finally:
        for key, content in originals.items():
            s3.put_object(Bucket=bucket, Key=key, Body=content)


def codes(auditor: Person, sealed: Victim) -> frozenset[str]:
    return verification(auditor, sealed.workflow_id).codes


def problems(auditor: Person, sealed: Victim, attacker: Attacker) -> list[Any]:
    """Return the problems that the routes of the log respond with."""
    dataset_id = sealed.records(attacker)[0]["datasetId"]["S"]
    paths = ("/audit-trail/checkpoint", f"/audit-trail/{dataset_id}/proof")
    return [auditor.api.get(path).body.get("type") for path in paths]


LOG_DAMAGED = ["/docs/problems/log-damaged.md"] * 2


def test_swapped_hashes_in_tiles_are_found(cloud: RunningCloud, auditor: Person, sealed: Victim):
    s3, bucket = cloud.client("s3"), cloud.outputs["proof_bucket"]
    with attacking(cloud) as attacker:
        # The sealer refuses to grow the changed tiles: the tree keeps its size.
        note = auditor.api.get("/audit-trail/checkpoint").expect(200).body["note"]
        tile = edge_tiles(SignedCheckpoint.parse(note).checkpoint.size)[0]
        hashes = s3.get_object(Bucket=bucket, Key=tile.path)["Body"].read()
        changed = hashes[:-1] + bytes([hashes[-1] ^ 1])
        with replaced(cloud, {tile.path: changed}):
            wait_until(
                lambda: codes(auditor, sealed) == {"checkpoint-invalid"}, timeout=_FOUND_AFTER, interval=2
            )
            assert problems(auditor, sealed, attacker) == LOG_DAMAGED
    wait_until(lambda: codes(auditor, sealed) == frozenset(), timeout=_FOUND_AFTER, interval=2)


def test_an_old_checkpoint_in_the_table_is_found(cloud: RunningCloud, auditor: Person, sealed: Victim):
    with attacking(cloud) as attacker:
        history = attacker.log.query("CHECKPOINT")
        old = next(each for each in reversed(history) if each["size"] != history[-1]["size"])
        state = attacker.log.get(STATE)
        assert state is not None
        replay = {name: old[name] for name in ("size", "root", "note")} | {"sealedAt": old["sk"]}
        attacker.put(attacker.log, {**STATE, **replay})
        assert codes(auditor, sealed) == {"checkpoint-invalid"}
        assert problems(auditor, sealed, attacker) == LOG_DAMAGED
    assert codes(auditor, sealed) == frozenset()


def test_a_checkpoint_that_the_log_has_not_signed_is_found_in_the_bucket(
    cloud: RunningCloud, auditor: Person, sealed: Victim
):
    s3, bucket = cloud.client("s3"), cloud.outputs["proof_bucket"]
    note = s3.get_object(Bucket=bucket, Key="checkpoint")["Body"].read()
    origin, size, rest = note.split(b"\n", 2)
    with attacking(cloud) as attacker:
        with replaced(cloud, {"checkpoint": b"\n".join((origin, b"%d" % (int(size) + 1), rest))}):
            found = codes(auditor, sealed), problems(auditor, sealed, attacker)
        assert found == (frozenset({"checkpoint-invalid"}), LOG_DAMAGED)
