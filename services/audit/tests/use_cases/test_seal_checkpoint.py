"""Sealing: the log grows by what is pending, and is one log whatever fails."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry
from audit_service.domain.log.merkle import leaf_hash
from audit_service.domain.log.notes import Checkpoint, SignedCheckpoint
from audit_service.domain.log.sealing import LeaseLostError
from audit_service.use_cases import seal_checkpoint
from audit_service.use_cases.seal_checkpoint import LEASE

from ..domain.log import naive_tree
from ..sealing_fakes import KEY, NINE, ORIGIN, KilledError, Steps, World, entry, signature_of


def sealed_entries(world: World) -> list[Entry]:
    """Return the entries of the newest checkpoint, from its bundles."""
    size = world.state.size
    entries: list[Entry] = []
    for index in range(-(-size // 256)):
        width = min(256, size - index * 256)
        path = f"tile/entries/{index:03d}" + ("" if width == 256 else f".p/{width}")
        entries += world.objects[path]
    return entries


def check(world: World, *recorded: Entry) -> None:
    """Check that everything is sealed once, in one log."""
    entries = sealed_entries(world)
    assert sorted(entries, key=lambda each: each.entry_id) == sorted(recorded, key=lambda each: each.entry_id)
    leaves = [leaf_hash(each.to_bytes()) for each in entries]
    # Every text that was ever signed is a prefix of one tree, so there is one root for a size.
    for text in world.signed:
        checkpoint = Checkpoint.parse(text)
        assert checkpoint == Checkpoint(ORIGIN, checkpoint.size, naive_tree.root(leaves[: checkpoint.size]))
    assert world.state.root == naive_tree.root(leaves)
    assert world.published == world.state.note
    assert SignedCheckpoint.parse(world.published).checkpoint.text in world.signed
    assert {each.entry_id: index for index, each in enumerate(entries)} == {
        entry_id: position.index for entry_id, position in world.positions.items()
    }
    assert all(world.positions[each.entry_id].hash == each.hash for each in entries)
    assert (world.pending, world.state.plan, world.owner) == ({}, None, None)
    sizes = [each.signed.checkpoint.size for each in world.history]
    times = [each.signed_at for each in world.history]
    assert sizes == sorted(set(sizes))
    assert times == sorted(set(times))
    assert world.history[-1].signed.note == world.state.note


FIRST = [entry(number) for number in range(3)]
THEN = [entry(number) for number in range(10, 14)]


def test_pending_entries_become_leaves_oldest_first():
    world = World()
    world.record(entry(2), entry(1))
    result = world.seal()
    assert (result.size, result.sealed, result.pending, result.oldest_pending_seconds) == (2, 2, 0, 0.0)
    assert sealed_entries(world) == [entry(2), entry(1)]
    check(world, entry(1), entry(2))


def test_the_first_checkpoint_comes_with_the_public_key():
    world = World()
    world.record(entry(1))
    world.seal()
    assert world.objects["public-key.der"] == KEY.public_key


def test_nothing_is_signed_when_nothing_is_pending():
    world = World()
    assert world.seal().size == 0
    assert (world.signed, world.published) == ([], None)
    world.record(*FIRST)
    world.seal()
    assert world.seal().sealed == 0
    assert len(world.signed) == 1


def test_runs_continue_the_log():
    world = World()
    recorded = []
    for size in (1, 2, 253, 256, 1, 255, 300, 1, 500):
        new = [entry(len(recorded) + number) for number in range(size)]
        world.record(*new)
        recorded += new
        assert world.seal().sealed == size
    check(world, *recorded)


def test_an_entry_that_is_sealed_is_not_sealed_again():
    world = World()
    world.record(*FIRST)
    world.seal()
    world.record(FIRST[1], entry(5))
    assert world.seal().sealed == 1
    check(world, *FIRST, entry(5))
    assert world.warnings == []


def test_an_entry_that_is_sealed_with_another_hash_stays_as_it_is_and_is_reported():
    world = World()
    world.record(*FIRST)
    world.seal()
    world.record(entry(1, digest=99))
    assert world.seal().sealed == 0
    check(world, *FIRST)
    assert world.warnings == [
        ("entry is sealed with another hash", {"entryId": entry(1).entry_id, "index": 1})
    ]


def test_an_id_that_is_pending_in_two_places_gets_one_index():
    world = World()
    world.record(entry(1))
    world.pending["another shard"] = replace(world.pending[entry(1).entry_id], added_at=NINE + LEASE)
    world.seal()
    assert sealed_entries(world) == [entry(1)]


def test_what_can_not_be_read_is_reported_and_stops_nothing():
    world = World()
    world.record(*FIRST)
    world.unreadable.append("PENDING#1 x")
    result = world.seal()
    assert (result.sealed, result.pending) == (3, 1)
    assert world.warnings == [("unreadable pending entry", {"key": "PENDING#1 x"})]


def test_more_than_a_batch_is_sealed_in_one_run(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(seal_checkpoint, "BATCH", 100)
    world = World()
    recorded = [entry(number) for number in range(1_050)]
    world.record(*recorded)
    result = world.seal()
    assert (result.size, result.sealed, result.pending) == (1_050, 1_050, 0)
    assert len(world.history) == 11
    check(world, *recorded)


def test_a_run_without_time_leaves_the_rest_to_the_next_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(seal_checkpoint, "BATCH", 100)
    world = World()
    recorded = [entry(number) for number in range(250)]
    world.record(*recorded)
    world.unreadable.append("PENDING#1 x")
    result = world.seal(seconds=14.0)
    assert (result.size, result.sealed, result.pending) == (100, 100, 101)
    assert result.oldest_pending_seconds == 150.0  # one entry each second
    assert world.seal(seconds=14.0).size == 200
    assert world.seal(seconds=14.0).size == 250
    check(world, *recorded)


def test_a_run_with_fifteen_seconds_left_begins_another_batch(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(seal_checkpoint, "BATCH", 100)
    world = World()
    world.record(*[entry(number) for number in range(250)])
    assert world.seal(seconds=15.0).size == 250


def test_a_page_of_nothing_new_ends_the_run():
    world = World()
    world.page = 0
    world.record(*FIRST)
    assert world.seal().sealed == 0


def test_checkpoints_are_in_order_if_the_clock_goes_backward():
    world = World()
    world.record(*FIRST)
    world.seal()
    sealed_at = world.state.sealed_at
    world.now -= timedelta(hours=1)
    world.record(*THEN)
    world.seal()
    check(world, *FIRST, *THEN)
    assert world.state.sealed_at == sealed_at + timedelta(milliseconds=1)


# Stopped anywhere


def steps_of_a_run(world: World) -> int:
    steps = Steps()
    world.seal(steps)
    return steps.count


def two_runs_world() -> World:
    """Return a log with a checkpoint, and more to seal, across the border of a tile."""
    world = World()
    world.record(*[entry(number) for number in range(100, 354)])
    world.seal()
    world.record(*THEN)
    return world


RECORDED = [*[entry(number) for number in range(100, 354)], *THEN]
EMPTY_STEPS = steps_of_a_run(two_runs_world())


def test_a_run_has_steps_to_stop_at():
    assert EMPTY_STEPS > 25


@pytest.mark.parametrize("at", range(1, EMPTY_STEPS + 1))
def test_a_run_that_was_killed_anywhere_is_continued_by_the_next_one(at: int):
    world, steps = two_runs_world(), Steps()
    steps.at[at] = steps.kill
    with pytest.raises(KilledError):
        world.seal(steps)
    late = entry(999)
    world.record(late)
    world.now += LEASE + timedelta(seconds=1)
    assert world.seal() is not None
    check(world, *RECORDED, late)
    assert world.warnings == []


@pytest.mark.parametrize("at", range(1, steps_of_a_run(two_runs_world()) + 1))
def test_runs_that_are_killed_one_after_the_other_end_in_one_log(at: int):
    world = two_runs_world()
    for number, later in zip(range(1000, 1006), count(at)):
        steps = Steps()
        steps.at[later] = steps.kill
        world.record(entry(number))
        try:
            world.seal(steps)
        except KilledError:
            world.now += LEASE + timedelta(seconds=1)
    world.seal()
    check(world, *RECORDED, *[entry(number) for number in range(1000, 1006)])


@pytest.mark.parametrize("at", range(1, 12))
def test_the_first_run_that_was_killed_anywhere_is_continued_by_the_next_one(at: int):
    world, steps = World(), Steps()
    world.record(*FIRST)
    steps.at[at] = steps.kill
    with pytest.raises(KilledError):
        world.seal(steps)
    world.now += LEASE + timedelta(seconds=1)
    world.seal()
    check(world, *FIRST)


# Two runs at the same time


def test_a_second_run_does_nothing_while_the_first_one_has_the_lease():
    world, steps = two_runs_world(), Steps()
    results = []
    for at in range(2, EMPTY_STEPS):
        steps.at[at] = lambda: results.append(world.seal())
    world.seal(steps)
    assert results == [None] * (EMPTY_STEPS - 2)
    check(world, *RECORDED)


@pytest.mark.parametrize("at", range(2, EMPTY_STEPS + 1))
def test_a_run_that_continues_after_its_lease_has_expired_does_no_harm(at: int):
    world, steps = two_runs_world(), Steps()
    late = [entry(900), entry(901)]

    def other_runs() -> None:
        world.now += LEASE + timedelta(seconds=1)
        world.record(late[0])
        assert world.seal() is not None
        world.record(late[1])
        assert world.seal() is not None

    steps.at[at] = other_runs
    # With an old state, it can report what the other runs wrote as damage. Then it signs nothing.
    with suppress(LeaseLostError, LogDamagedError):
        world.seal(steps)
    world.seal()  # a checkpoint that the first run published late is replaced
    check(world, *RECORDED, *late)


def test_the_lease_of_a_killed_run_ends_by_itself():
    world, steps = two_runs_world(), Steps()
    steps.at[5] = steps.kill
    with pytest.raises(KilledError):
        world.seal(steps)
    world.now = world.until
    assert world.seal() is None
    world.now += timedelta(milliseconds=1)
    assert world.seal().sealed == len(THEN)


def test_the_lease_ends_with_a_run_that_fails():
    world = two_runs_world()
    world.objects.clear()
    with pytest.raises(LogDamagedError):
        world.seal()
    assert world.owner is None


# Refusals


def change_hash(world: World) -> None:
    path = next(path for path in world.objects if path.startswith("tile/0/") and "/000.p/254" in path)
    world.objects[path] = bytes(32) + world.objects[path][32:]


def remove_tile(world: World) -> None:
    del world.objects["tile/0/000.p/254"]


def remove_bundle(world: World) -> None:
    del world.objects["tile/entries/000.p/254"]


def change_bundle(world: World) -> None:
    bundle = world.objects["tile/entries/000.p/254"]
    world.objects["tile/entries/000.p/254"] = (entry(7), *bundle[1:])


def change_root(world: World) -> None:
    world.state = replace(world.state, root=bytes(32))


def change_size(world: World) -> None:
    world.state = replace(world.state, size=253)


def remove_note(world: World) -> None:
    world.state = replace(world.state, note=None)


def sign_with_another_key(world: World) -> None:
    signed = SignedCheckpoint.parse(world.state.note)
    forged = replace(signed, signatures=(replace(signed.signatures[0], key_id=b"1234"),))
    world.state = replace(world.state, note=forged.note)


def sign_for_another_log(world: World) -> None:
    checkpoint = Checkpoint("another.example", world.state.size, world.state.root)
    signed = SignedCheckpoint(checkpoint, (signature_of(checkpoint.text, 1),))
    world.state = replace(world.state, note=signed.note)


def roll_back_to_nothing(world: World) -> None:
    world.state = type(world.state)()


def publish_a_larger_tree(world: World) -> None:
    checkpoint = Checkpoint(ORIGIN, 255, bytes(32))
    world.published = SignedCheckpoint(checkpoint, (signature_of(checkpoint.text, 1),)).note


def publish_another_tree(world: World) -> None:
    checkpoint = Checkpoint(ORIGIN, 200, bytes(32))
    world.published = SignedCheckpoint(checkpoint, (signature_of(checkpoint.text, 1),)).note


def publish_another_tree_of_the_same_size(world: World) -> None:
    checkpoint = Checkpoint(ORIGIN, 254, bytes(32))
    world.published = SignedCheckpoint(checkpoint, (signature_of(checkpoint.text, 1),)).note


NOT_SIGNED = "The log's key has not signed the state of size 254."


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (change_bundle, ""),
        (change_hash, ""),
        (change_root, ""),
        (change_size, ""),
        (publish_a_larger_tree, "The published checkpoint has size 255, and the state 254."),
        (publish_another_tree, "The tree of size 254 is not consistent with the published one of 200."),
        (
            publish_another_tree_of_the_same_size,
            "The tree of size 254 is not consistent with the published one of 254.",
        ),
        (remove_bundle, "tile/entries/000.p/254 is missing."),
        (remove_note, NOT_SIGNED),
        (remove_tile, "tile/0/000.p/254 is missing."),
        (roll_back_to_nothing, "The published checkpoint has size 254, and the state 0."),
        (sign_for_another_log, NOT_SIGNED),
        (sign_with_another_key, NOT_SIGNED),
    ],
)
def test_nothing_is_signed_when_the_stored_log_is_not_what_was_signed(tamper, problem: str):
    world = two_runs_world()
    tamper(world)
    before = (world.state, world.published, dict(world.objects))
    with pytest.raises(LogDamagedError) as error:
        world.seal()
    assert problem in (error.value.detail, "")
    assert len(world.signed) == 1
    assert (world.state, world.published, world.objects) == before


def test_nothing_is_signed_after_the_tables_were_rolled_back():
    world = two_runs_world()
    state, positions = world.state, dict(world.positions)
    world.seal()
    world.state, world.positions = state, positions
    world.record(entry(7))
    with pytest.raises(LogDamagedError, match="258, and the state 254"):
        world.seal()
    assert len(world.signed) == 2


def test_a_fork_is_noticed_when_tables_and_checkpoint_were_rolled_back():
    world = two_runs_world()
    state, positions, published = world.state, dict(world.positions), world.published
    world.seal()
    world.state, world.positions, world.published = state, positions, published
    world.record(*[entry(number) for number in range(20, 24)])
    with pytest.raises(LogDamagedError, match="stored with another content"):
        world.seal()
    assert len(world.signed) == 2


@pytest.mark.parametrize("note", [None, "garbage", "\N{EM DASH}"])
def test_a_published_checkpoint_that_was_replaced_is_restored(note: str | None):
    world = two_runs_world()
    world.pending.clear()
    world.published = note
    world.seal()
    assert world.published == world.state.note
    assert world.warnings == [("published checkpoint replaced", {"size": 254})]


def test_the_same_tree_with_another_signature_is_replaced_by_the_stored_note():
    world = two_runs_world()
    world.pending.clear()
    text = SignedCheckpoint.parse(world.state.note).checkpoint.text
    world.published = SignedCheckpoint(Checkpoint.parse(text), (signature_of(text, 7),)).note
    world.seal()
    assert world.published == world.state.note


def test_what_is_published_before_the_first_checkpoint_is_left_as_it_is():
    world = World()
    world.published = "garbage"
    world.seal()
    assert (world.published, world.warnings) == ("garbage", [])


def test_an_older_checkpoint_that_is_published_again_is_replaced():
    world = two_runs_world()
    older = world.published
    world.seal()
    world.published = older
    world.seal()
    check(world, *RECORDED)
    assert [message for message, _ in world.warnings] == ["published checkpoint replaced"]


def test_a_signature_that_is_not_valid_is_not_published(monkeypatch: pytest.MonkeyPatch):
    world = two_runs_world()
    run, before = world.run(), world.published
    monkeypatch.setattr(type(run.signer), "sign", lambda *_: replace(signature_of("other", 1)))
    with pytest.raises(LogDamagedError, match=r"^The signature of the new checkpoint is not valid\.$"):
        run(lambda: 50.0)
    assert (world.published, world.state.size) == (before, 254)
