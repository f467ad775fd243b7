"""The log on real engines: its bookkeeping, its tiles, its key, and a sealer that is stopped at any call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from audit_service.adapters.dynamodb_audit_record_repository import DynamoDbAuditRecordRepository
from audit_service.adapters.dynamodb_sealing_ledger import DynamoDbSealingLedger
from audit_service.adapters.kms_checkpoint_signer import KmsCheckpointSigner
from audit_service.adapters.kms_checkpoint_verifier import KmsCheckpointVerifier
from audit_service.adapters.log_items import pending_item
from audit_service.adapters.s3_log_tiles import S3LogTiles
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, EntryKind, LeafPosition, unpack_bundle
from audit_service.domain.log.merkle import EMPTY_ROOT, leaf_hash
from audit_service.domain.log.notes import Checkpoint, NoteSignature, SignedCheckpoint
from audit_service.domain.log.sealing import LeaseLostError, LogState, SealingPlan
from audit_service.domain.log.tiles import Tile
from audit_service.ports import PublishedCheckpoint
from audit_service.use_cases.seal_checkpoint import BATCH, LEASE, SealCheckpoint
from component.buckets import Bucket, new_bucket
from component.calls import calls_of
from component.tables import Table, new_table
from engines.definitions import Definitions
from engines.engine import Engine
from engines.registry import EngineRegistry
from services.audit.tests.builders import make_chain
from services.audit.tests.domain.log import naive_tree

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
ORIGIN = "log.example"


def entry(number: int, kind: EntryKind = EntryKind.EVENT) -> Entry:
    """Return an entry with this number."""
    return Entry(kind, f"0190b000-0000-7000-8000-{number:012x}", f"{number:064x}")


def entries(count: int, start: int = 0) -> tuple[Entry, ...]:
    """Return entries with different numbers."""
    return tuple(entry(start + number) for number in range(count))


def record(table: Table, *recorded: Entry, at: datetime = NINE) -> None:
    """Make entries pending, each a second after the one before."""
    for number, each in enumerate(recorded):
        table.put(pending_item(each, at + timedelta(seconds=number)))


def signed(size: int) -> PublishedCheckpoint:
    """Return a checkpoint whose signature is none."""
    checkpoint = Checkpoint(ORIGIN, size, size.to_bytes(32))
    note = SignedCheckpoint(checkpoint, (NoteSignature(ORIGIN, b"1234", b"signature"),))
    return PublishedCheckpoint(note, f"2026-11-24T09:00:{size:02d}.000Z")


# The bookkeeping


@pytest.fixture
def ledger(audit_log_table: Table) -> DynamoDbSealingLedger:
    """The adapter under test."""
    return DynamoDbSealingLedger(audit_log_table.client, audit_log_table.name, pause=lambda _: None)


def test_the_lease_is_taken_by_one_run_and_ends_by_itself(ledger: DynamoDbSealingLedger) -> None:
    assert ledger.acquire("a", NINE, NINE + LEASE) == LogState(0, EMPTY_ROOT)
    assert ledger.acquire("b", NINE + LEASE, NINE + 2 * LEASE) is None
    later = NINE + LEASE + timedelta(milliseconds=1)
    assert ledger.acquire("b", later, later + LEASE) == LogState()
    ledger.release("a")  # no longer its lease
    assert ledger.acquire("c", later, later + LEASE) is None
    ledger.release("b")
    assert ledger.acquire("c", later, later + LEASE) == LogState()


def test_many_runs_at_once_share_one_lease(ledger: DynamoDbSealingLedger) -> None:
    with ThreadPoolExecutor(8) as executor:
        states = list(executor.map(lambda run: ledger.acquire(f"run-{run}", NINE, NINE + LEASE), range(8)))
    assert len([state for state in states if state is not None]) == 1


def test_a_plan_is_kept_until_it_is_finished(ledger: DynamoDbSealingLedger, audit_log_table: Table) -> None:
    first, second = SealingPlan(0, entries(3)), SealingPlan(3, entries(2, 3))
    record(audit_log_table, *first.entries, *second.entries)
    ledger.acquire("a", NINE, NINE + LEASE)
    for plan in (first, second):
        ledger.plan("a", plan)
        assert state_of(ledger).plan == plan
        ledger.commit("a", plan, signed(plan.new_size))
        state = state_of(ledger)
        assert state.note == signed(plan.new_size).signed.note
        assert (state.size, state.root, state.plan) == (
            plan.new_size,
            plan.new_size.to_bytes(32),
            plan,
        )
        assert state.sealed_at == NINE + timedelta(seconds=plan.new_size)
        ledger.finish("a", plan)
        assert state_of(ledger).plan is None
    ids = [each.entry_id for each in entries(6)]
    assert ledger.positions(ids) == {
        each.entry_id: LeafPosition(index, each.hash) for index, each in enumerate(entries(5))
    }
    assert ledger.pending(100).entries == []
    history = [item for item in audit_log_table.items() if item["pk"]["S"] == "CHECKPOINT"]
    assert sorted(int(item["size"]["N"]) for item in history) == [3, 5]


def test_a_plan_as_large_as_a_batch_is_read_back(ledger: DynamoDbSealingLedger) -> None:
    # Random ids and hashes, which compress least.
    random = Random(1)
    plan = SealingPlan(
        0,
        tuple(
            Entry(EntryKind.EVENT, str(UUID(bytes=random.randbytes(16))), random.randbytes(32).hex())
            for _ in range(BATCH)
        ),
    )
    ledger.acquire("a", NINE, NINE + LEASE)
    ledger.plan("a", plan)
    assert state_of(ledger).plan == plan


def test_a_run_without_the_lease_changes_nothing(
    ledger: DynamoDbSealingLedger, audit_log_table: Table
) -> None:
    plan, other = SealingPlan(0, entries(2)), SealingPlan(0, entries(2, 7))
    ledger.acquire("a", NINE, NINE + LEASE)
    for stale in ("b", "c"):
        with pytest.raises(LeaseLostError):
            ledger.plan(stale, other)
    ledger.plan("a", plan)
    with pytest.raises(LeaseLostError):
        ledger.plan("a", other)
    with pytest.raises(LeaseLostError):
        ledger.commit("b", plan, signed(2))
    with pytest.raises(LeaseLostError):
        ledger.finish("a", plan)  # not committed
    assert state_of(ledger).plan == plan
    ledger.commit("a", plan, signed(2))
    with pytest.raises(LeaseLostError):
        ledger.commit("a", plan, signed(2))
    with pytest.raises(LeaseLostError):
        ledger.finish("b", plan)
    assert state_of(ledger).size == 2


def test_pending_entries_come_oldest_first_and_a_share_of_each_shard(
    ledger: DynamoDbSealingLedger, audit_log_table: Table
) -> None:
    recorded = entries(40)[::-1]
    record(audit_log_table, *recorded)
    page = ledger.pending(1_000)
    assert tuple(each.entry for each in page.entries) == recorded
    assert (page.entries[0].added_at, page.is_complete, page.unreadable) == (NINE, True, [])
    part = ledger.pending(16)
    assert not part.is_complete
    assert 8 <= len(part.entries) <= 16


def test_what_is_pending_and_not_an_entry_is_named(
    ledger: DynamoDbSealingLedger, audit_log_table: Table
) -> None:
    record(audit_log_table, entry(1))
    key = {"pk": {"S": "PENDING#3"}, "sk": {"S": "damaged"}}
    for damaged in (
        key,
        {**key, "sk": {"S": "no hash"}, "kind": {"S": "event"}, "addedAt": {"S": "2026-11-24T09:00:00.000Z"}},
        {**pending_item(entry(2), NINE), "kind": {"S": "secret"}},
        {**pending_item(entry(3), NINE), "hash": {"B": b"short"}},
        {**pending_item(entry(4), NINE), "hash": {"S": "text"}},
        {**pending_item(entry(5), NINE), "addedAt": {"S": "now"}},
        {**pending_item(entry(6), NINE), "sk": {"S": "two\nlines"}},
    ):
        audit_log_table.put(damaged)
    page = ledger.pending(1_000)
    assert [each.entry for each in page.entries] == [entry(1)]
    assert len(page.unreadable) == 7
    assert "PENDING#3 damaged" in page.unreadable


@pytest.mark.parametrize(
    "change",
    [
        {"planned": {"N": "4"}},
        {"planned": {"S": "3"}},
        {"size": {"N": "1"}},
        {"root": {"S": "text"}, "note": {"N": "1"}},
        {"sealedAt": {"S": "now"}},
    ],
    ids=str,
)
def test_a_state_that_was_changed_is_damaged(
    ledger: DynamoDbSealingLedger, audit_log_table: Table, change: Mapping[str, Any]
) -> None:
    first, second = SealingPlan(0, entries(2)), SealingPlan(2, entries(1, 2))
    ledger.acquire("a", NINE, NINE + LEASE)
    ledger.plan("a", first)
    ledger.commit("a", first, signed(2))
    ledger.finish("a", first)
    ledger.plan("a", second)
    key = {"pk": {"S": "LOG"}, "sk": {"S": "STATE"}}
    item = audit_log_table.client.get_item(TableName=audit_log_table.name, Key=key)["Item"]
    audit_log_table.put({**item, **change})
    with pytest.raises(LogDamagedError):
        state_of(ledger)


def test_a_plan_that_is_gone_is_damage(ledger: DynamoDbSealingLedger, audit_log_table: Table) -> None:
    ledger.acquire("a", NINE, NINE + LEASE)
    ledger.plan("a", SealingPlan(0, entries(2)))
    key = {"pk": {"S": "LOG"}, "sk": {"S": "PLAN"}}
    audit_log_table.client.delete_item(TableName=audit_log_table.name, Key=key)
    with pytest.raises(LogDamagedError):
        state_of(ledger)


def test_a_record_is_pending_from_its_transaction_on(
    ledger: DynamoDbSealingLedger, audit_log_table: Table, audit_trail_table: Table
) -> None:
    records = DynamoDbAuditRecordRepository(
        audit_trail_table.client, audit_trail_table.name, audit_log_table.name, clock=lambda: NINE
    )
    chain = make_chain(3)
    manifest = Entry(EntryKind.MANIFEST, "2026-11-24T09:00:00Z", "0" * 64)
    records.add(chain, [manifest])
    records.add(chain, [manifest])
    pending = {each.entry for each in ledger.pending(100).entries}
    assert pending == {
        manifest,
        *(Entry(EntryKind.EVENT, each.dataset_id, each.hash) for each in chain),
    }
    conflict = Entry(EntryKind.MANIFEST, manifest.entry_id, "f" * 64)
    assert set(records.add([], [conflict]).failed) == {manifest.entry_id}


def state_of(ledger: DynamoDbSealingLedger) -> LogState:
    """Return the state, with the lease of run "a" again."""
    ledger.release("a")
    state = ledger.acquire("a", NINE, NINE + LEASE)
    assert state is not None
    return state


# The tiles


@pytest.fixture
def tiles(proof_bucket: Bucket) -> S3LogTiles:
    """The adapter under test."""
    return S3LogTiles(proof_bucket.client, proof_bucket.name)


def test_tiles_and_bundles_are_objects_with_the_names_of_the_specification(
    tiles: S3LogTiles, proof_bucket: Bucket
) -> None:
    tile, full = Tile(0, 1067, 3), Tile(1, 0)
    tiles.write({tile: b"abc" * 32, full: bytes(256 * 32)}, {tile: entries(3)})
    assert sorted(key for key, _ in proof_bucket.versions()) == [
        "tile/0/x001/067.p/3",
        "tile/1/000",
        "tile/entries/x001/067.p/3",
    ]
    assert tiles.read_hashes(tile) == b"abc" * 32
    assert list(tiles.read_entries(tile)) == list(entries(3))


def test_writing_the_same_again_keeps_one_version_and_another_content_is_refused(
    tiles: S3LogTiles, proof_bucket: Bucket
) -> None:
    tile = Tile(0, 0, 1)
    tiles.write({tile: bytes(32)}, {tile: entries(1)})
    tiles.write({tile: bytes(32)}, {tile: entries(1)})
    tiles.publish_key(b"der")
    tiles.publish_key(b"der")
    assert len(proof_bucket.versions()) == 3
    with pytest.raises(LogDamagedError, match=r"tile/0/000\.p/1 "):
        tiles.write({tile: b"x" * 32}, {})
    with pytest.raises(LogDamagedError, match=r"tile/entries/000\.p/1 "):
        tiles.write({}, {tile: entries(1, 9)})
    with pytest.raises(LogDamagedError, match=r"public-key\.der"):
        tiles.publish_key(b"another")
    assert tiles.read_hashes(tile) == bytes(32)


def test_what_is_missing_or_has_another_length_is_damage(tiles: S3LogTiles, proof_bucket: Bucket) -> None:
    with pytest.raises(LogDamagedError, match="missing"):
        tiles.read_hashes(Tile(0, 0, 1))
    with pytest.raises(LogDamagedError, match="missing"):
        tiles.read_entries(Tile(0, 0, 1))
    for key, content in (
        ("tile/0/000.p/2", bytes(33)),
        ("tile/entries/000.p/2", b"\x00\x05abc"),
        ("tile/entries/001.p/2", b""),
    ):
        proof_bucket.client.put_object(Bucket=proof_bucket.name, Key=key, Body=content)
    with pytest.raises(LogDamagedError, match="33 bytes"):
        tiles.read_hashes(Tile(0, 0, 2))
    with pytest.raises(LogDamagedError, match="can't be read"):
        tiles.read_entries(Tile(0, 0, 2))
    with pytest.raises(LogDamagedError, match="0 entries"):
        tiles.read_entries(Tile(0, 1, 2))


def test_the_checkpoint_is_replaced_and_its_versions_are_kept(
    tiles: S3LogTiles, proof_bucket: Bucket
) -> None:
    assert tiles.published_checkpoint() is None
    for note in ("first — é\n", "second\n"):
        tiles.publish_checkpoint(note)
        assert tiles.published_checkpoint() == note
    assert [key for key, _ in proof_bucket.versions()] == ["checkpoint"] * 2


# The key


@pytest.fixture
def key_id(kms: Engine) -> str:
    """A key as Terraform creates it."""
    return new_key(kms.client("kms"))


def new_key(client: Any) -> str:
    """Create a key."""
    created = client.create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")
    return str(created["KeyMetadata"]["KeyId"])


def test_a_checkpoint_that_the_key_signed_is_verified_by_kms_and_by_others(kms: Engine, key_id: str) -> None:
    client = kms.client("kms")
    verifier = KmsCheckpointVerifier(client, key_id, ORIGIN)
    signer = KmsCheckpointSigner(client, key_id, verifier)
    checkpoint = Checkpoint(ORIGIN, 5, bytes(32))
    note = SignedCheckpoint(checkpoint, (signer.sign(checkpoint.text),))
    assert verifier.verify(SignedCheckpoint.parse(note.note))
    assert verify_with_cryptography(verifier.key().public_key, note.note)
    assert verifier.key().name == ORIGIN
    other = SignedCheckpoint(Checkpoint(ORIGIN, 6, bytes(32)), note.signatures)
    assert not verifier.verify(other)
    assert not verify_with_cryptography(verifier.key().public_key, other.note)
    another_key = KmsCheckpointVerifier(client, new_key(client), ORIGIN)
    assert not another_key.verify(note)


def verify_with_cryptography(public_key: bytes, note: str) -> bool:
    """Return whether a note has a valid signature, without the code under test."""
    key = load_der_public_key(public_key)
    assert isinstance(key, EllipticCurvePublicKey)
    (signature,) = SignedCheckpoint.parse(note).signatures
    try:
        key.verify(signature.signature, note.partition("\n\n")[0].encode() + b"\n", ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


# The sealer


class Killed(BaseException):
    """The process has ended."""


class World:
    """The sealer on the best engine of each service."""

    def __init__(self, table: Table, bucket: Bucket, kms: Any) -> None:
        self.table, self.bucket, self.kms = table, bucket, kms
        self.now = NINE
        self.key_id = new_key(kms)
        self.warnings: list[str] = []
        self.recorded: list[Entry] = []

    def sealer(self) -> SealCheckpoint:
        """Return a sealer, as a new container has one."""
        verifier = KmsCheckpointVerifier(self.kms, self.key_id, ORIGIN)
        return SealCheckpoint(
            ledger=DynamoDbSealingLedger(self.table.client, self.table.name),
            tiles=S3LogTiles(self.bucket.client, self.bucket.name),
            signer=KmsCheckpointSigner(self.kms, self.key_id, verifier),
            verifier=verifier,
            clock=lambda: self.now,
            new_id=lambda: str(uuid4()),
            warn=lambda message, **_: self.warnings.append(message),
        )

    def record(self, count: int) -> None:
        """Make more entries pending."""
        new = entries(count, len(self.recorded))
        record(self.table, *new, at=self.now)
        self.recorded += new

    def objects(self) -> dict[str, bytes]:
        """Return the bucket's objects."""
        client, name = self.bucket.client, self.bucket.name
        keys = {key for key, _ in self.bucket.versions()}
        return {key: client.get_object(Bucket=name, Key=key)["Body"].read() for key in keys}

    def check(self) -> Checkpoint:
        """Check that everything is sealed once, in one log. Return its newest checkpoint."""
        objects, items = self.objects(), self.table.items()
        versions = [key for key, _ in self.bucket.versions() if key != "checkpoint"]
        assert len(set(versions)) == len(versions)  # each tile was written once
        checkpoint = SignedCheckpoint.parse(objects["checkpoint"].decode()).checkpoint
        sealed = sealed_entries(objects, checkpoint.size)
        assert sorted(each.entry_id for each in sealed) == sorted(each.entry_id for each in self.recorded)
        leaves = [leaf_hash(each.to_bytes()) for each in sealed]
        history = [item["note"]["S"] for item in items if item["pk"]["S"] == "CHECKPOINT"]
        assert objects["checkpoint"].decode() in history
        for note in history:
            signed = SignedCheckpoint.parse(note).checkpoint
            assert signed == Checkpoint(ORIGIN, signed.size, naive_tree.root(leaves[: signed.size]))
            assert verify_with_cryptography(objects["public-key.der"], note)
        positions = {
            item["pk"]["S"].removeprefix("ENTRY#"): int(item["index"]["N"])
            for item in items
            if item["sk"]["S"] == "INDEX"
        }
        assert positions == {each.entry_id: index for index, each in enumerate(sealed)}
        assert [item for item in items if item["pk"]["S"].startswith("PENDING#")] == []
        return checkpoint


def sealed_entries(objects: Mapping[str, bytes], size: int) -> list[Entry]:
    """Return the entries of the tree, from its bundles."""
    found: list[Entry] = []
    for index in range(-(-size // 256)):
        width = min(256, size - index * 256)
        found += unpack_bundle(objects[f"tile/entries/{index:03d}" + ("" if width == 256 else f".p/{width}")])
    return found


@pytest.fixture
def world(registry: EngineRegistry, definitions: Definitions) -> Iterator[World]:
    """Empty stores and a new key."""
    table_engine, bucket_engine, kms = (registry.engines_for(name)[0] for name in ("dynamodb", "s3", "kms"))
    with (
        new_table(table_engine, definitions, "audit-log") as table,
        new_bucket(bucket_engine) as bucket,
    ):
        yield World(table, bucket, kms.client("kms"))


def test_a_run_with_a_few_entries_makes_few_calls(world: World) -> None:
    sealer = world.sealer()
    world.record(3)
    sealer(lambda: 50.0)
    world.record(2)
    with calls_of(world.table.client) as table, calls_of(world.bucket.client) as bucket:
        result = sealer(lambda: 50.0)
    assert (result and result.size, result and result.sealed) == (5, 2)
    assert sorted(table) == sorted(
        [
            "UpdateItem",  # lease and state
            *["Query"] * 8,  # pending entries
            "BatchGetItem",  # positions
            "TransactWriteItems",  # plan
            "TransactWriteItems",  # checkpoint
            "BatchWriteItem",  # positions
            "BatchWriteItem",  # pending entries
            "UpdateItem",  # plan ended
            "UpdateItem",  # lease ended
        ]
    )
    # The edge of the tree and the published checkpoint are read; a tile, a bundle and the checkpoint are written.
    assert sorted(bucket) == ["GetObject"] * 3 + ["PutObject"] * 3
    with calls_of(world.table.client) as table, calls_of(world.bucket.client) as bucket:
        sealer(lambda: 50.0)
    assert sorted(table) == [*["Query"] * 8, *["UpdateItem"] * 2]
    assert bucket == ["GetObject"] * 3
    world.check()


def test_runs_on_real_engines_make_one_log(world: World) -> None:
    for count in (1, 254, 1, 3, 300):
        world.record(count)
        world.sealer()(lambda: 50.0)
    assert world.check().size == 559
    assert world.warnings == []


@contextmanager
def killed_at(clients: Sequence[Any], call: int) -> Iterator[Callable[[], bool]]:
    """Let a call fail, before it is sent if the number is even and after it if it is odd, and all calls after it.

    Yields a function that returns whether that has happened.
    """
    count = 0

    def stop(**_: Any) -> None:
        nonlocal count
        count += 1
        if count > call:
            raise Killed

    for client in clients:
        for event in ("before-call", "after-call"):
            client.meta.events.register_first(event, stop)
    try:
        yield lambda: count > call
    finally:
        for client in clients:
            for event in ("before-call", "after-call"):
                client.meta.events.unregister(event, stop)


def test_a_run_that_is_killed_at_any_call_is_continued_by_the_next_one(world: World) -> None:
    clients = (world.table.client, world.bucket.client, world.kms)
    world.record(250)
    world.sealer()(lambda: 50.0)
    killed = 0
    for call in range(200):
        world.record(2)
        world.now += LEASE + timedelta(seconds=1)
        with killed_at(clients, call) as has_happened:
            try:
                world.sealer()(lambda: 50.0)
            except Killed:
                killed += 1
        if not has_happened():
            break
    assert killed > 40  # each of more than 20 calls, before and after
    world.now += LEASE + timedelta(seconds=1)
    world.sealer()(lambda: 50.0)
    world.check()


def test_runs_at_the_same_time_make_one_log(world: World) -> None:
    for _ in range(5):
        world.record(30)
        with ThreadPoolExecutor(4) as executor:
            results = list(executor.map(lambda _: world.sealer()(lambda: 50.0), range(4)))
        assert sum(result.sealed for result in results if result is not None) <= 30
    world.sealer()(lambda: 50.0)
    world.check()


def test_runs_whose_leases_expire_at_once_make_one_log(world: World) -> None:
    def run(number: int) -> None:
        sealer = world.sealer()
        # Each takes the lease of the others.
        ahead = SealCheckpoint(
            **{**vars(sealer), "clock": lambda: world.now + number * (LEASE + timedelta(seconds=1))}
        )
        # Damage: what another run has published since this one read the state.
        with suppress(LeaseLostError, LogDamagedError):
            ahead(lambda: 50.0)

    for _ in range(5):
        world.record(30)
        with ThreadPoolExecutor(4) as executor:
            list(executor.map(run, range(4)))
        world.now += 5 * LEASE
    world.sealer()(lambda: 50.0)
    world.now += 5 * LEASE
    world.sealer()(lambda: 50.0)
    world.check()


def test_ten_thousand_entries_are_sealed_in_one_run(world: World) -> None:
    items = [pending_item(each, NINE) for each in entries(10_000)]
    world.recorded += entries(10_000)
    with ThreadPoolExecutor(8) as executor:
        list(executor.map(lambda start: write(world.table, items[start : start + 25]), range(0, 10_000, 25)))
    result = world.sealer()(lambda: 50.0)
    assert (result and result.size, result and result.pending) == (10_000, 0)
    objects = world.objects()
    checkpoint = SignedCheckpoint.parse(objects["checkpoint"].decode()).checkpoint
    assert len({each.entry_id for each in sealed_entries(objects, 10_000)}) == checkpoint.size == 10_000


def write(table: Table, items: Sequence[Mapping[str, Any]]) -> None:
    """Write up to 25 items."""
    requests = [{"PutRequest": {"Item": item}} for item in items]
    table.client.batch_write_item(RequestItems={table.name: requests})
