"""Merkle trees agree with Certificate Transparency's test values, and every changed proof fails."""

import pytest
from countersign_verify.entries import Entry, entry_bytes, read_bundle, read_entry, tile_path
from countersign_verify.merkle import EMPTY_ROOT, RootBuilder, includes, is_consistent, leaf_hash, root_of
from hypothesis import given
from hypothesis import strategies as st

from . import log_builders
from .log_builders import consistency_proof, inclusion_proof, log_files

# Known values of transparency-dev/merkle (proof/verify_test.go), which come from Certificate Transparency.
LEAVES = [
    leaf_hash(bytes.fromhex(data))
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = [
    (
        0,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        5,
        8,
        (
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (2, 3, ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",)),
    (
        1,
        5,
        (
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
]
CONSISTENCY = [
    (1, 1, ()),
    (
        1,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        6,
        8,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (
        2,
        5,
        (
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
    (
        6,
        7,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
]

sizes = st.integers(1, 300)


def numbered(size):
    return [leaf_hash(str(number).encode()) for number in range(size)]


def from_hex(proof):
    return [bytes.fromhex(node) for node in proof]


def test_roots_are_the_known_ones():
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root_of([]) == EMPTY_ROOT
    assert [root_of(LEAVES[:size]).hex() for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_known_inclusion_proofs_verify(index, size, proof):
    assert includes(index, size, LEAVES[index], from_hex(proof), bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_known_consistency_proofs_verify(old, new, proof):
    roots = [bytes.fromhex(ROOTS[size - 1]) for size in (old, new)]
    assert is_consistent(old, roots[0], new, roots[1], from_hex(proof))


@given(sizes)
def test_the_root_of_a_stream_of_leaves_is_the_defined_one(size):
    assert root_of(numbered(size)) == log_builders.root_of(numbered(size))


@given(sizes, st.integers(0, 8))
def test_complete_subtrees_can_be_appended_instead_of_their_leaves(size, height):
    leaves, width = numbered(size), 2**height
    builder = RootBuilder()
    whole = size // width * width
    for start in range(0, whole, width):
        builder.append(log_builders.root_of(leaves[start : start + width]), width)
    for leaf in leaves[whole:]:
        builder.append(leaf)
    assert (builder.size, builder.root()) == (size, log_builders.root_of(leaves))


def flip_bit(data, values):
    """Return the values with one bit changed in one of them."""
    changed = [bytearray(value) for value in values]
    position = data.draw(st.integers(0, len(changed) - 1))
    bit = data.draw(st.integers(0, len(changed[position]) * 8 - 1))
    changed[position][bit // 8] ^= 1 << bit % 8
    return [bytes(value) for value in changed]


@given(sizes, st.data())
def test_every_inclusion_proof_verifies_and_no_changed_one_does(size, data):
    leaves = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(index, leaves), log_builders.root_of(leaves)
    assert includes(index, size, leaves[index], proof, root)

    leaf, *changed, other_root = flip_bit(data, [leaves[index], *proof, root])
    assert not includes(index, size, leaf, changed, other_root)
    other_index = data.draw(st.integers(-1, 2 * size).filter(lambda other: other != index))
    assert not includes(other_index, size, leaves[index], proof, root)
    for wrong in ([*proof, root], [root, *proof], [*proof, b""], proof[:-1] if proof else [root]):
        assert not includes(index, size, leaves[index], wrong, root)


@given(sizes, st.data())
def test_every_consistency_proof_verifies_and_no_changed_one_does(size, data):
    leaves = numbered(size)
    old = data.draw(st.integers(1, size))
    roots = [log_builders.root_of(leaves[:old]), log_builders.root_of(leaves)]
    proof = consistency_proof(old, leaves)
    assert is_consistent(old, roots[0], size, roots[1], proof)

    old_root, *changed, new_root = flip_bit(data, [roots[0], *proof, roots[1]])
    assert not is_consistent(old, old_root, size, new_root, changed)
    for wrong in ([*proof, roots[0]], [roots[1], *proof], [*proof, b""], proof[:-1] if proof else [roots[0]]):
        assert not is_consistent(old, roots[0], size, roots[1], wrong)
    assert size == old or not is_consistent(size, roots[1], old, roots[0], proof)


@given(st.integers(2, 100), st.data())
def test_a_log_with_one_leaf_rewritten_is_not_consistent(size, data):
    leaves = numbered(size)
    old = data.draw(st.integers(1, size - 1))
    rewritten = [*leaves]
    rewritten[data.draw(st.integers(0, old - 1))] = leaf_hash(b"rewritten")
    roots = log_builders.root_of(leaves[:old]), log_builders.root_of(rewritten)
    assert not is_consistent(old, roots[0], size, roots[1], consistency_proof(old, rewritten))


def test_sizes_that_no_proof_can_connect_are_not_consistent():
    first, second = LEAVES[:2]
    assert is_consistent(0, EMPTY_ROOT, 1, first, [])
    assert is_consistent(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    assert not is_consistent(0, first, 1, first, [])
    assert not is_consistent(0, EMPTY_ROOT, 1, first, [first])
    assert not is_consistent(1, first, 1, second, [])
    assert not is_consistent(-1, first, 1, first, [])
    assert not is_consistent(1, first, 2, root_of([first, second]), [])


def test_a_root_is_not_a_leaf_of_its_tree():
    """A proof that ends before the root, or beyond it, shows nothing."""
    root = root_of(LEAVES[:2])
    assert not includes(0, 2, root, [], root)
    assert not includes(1, 2, root, [], root)
    assert not is_consistent(2, root, 4, root, [])


# Entries and tiles


def test_entries_are_read_as_they_were_written():
    hash_ = "ab" * 32
    for kind, name in (
        ("event", "0190b000-0000-7000-8000-000000000001"),
        ("manifest", "2026-11-24T23:26:00Z"),
    ):
        assert read_entry(entry_bytes(kind, name, hash_)) == Entry(kind, name, hash_)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"countersign/v1/event\nid\n" + b"0" * 63 + b"\n",
        b"countersign/v1/event\nid\n" + b"0" * 64,
        b"countersign/v1/event\nid\n" + b"A" * 64 + b"\n",
        b"countersign/v1/event\n\n" + b"0" * 64 + b"\n",
        b"countersign/v1/event\ni d\n" + b"0" * 64 + b"\n",
        b"countersign/v1/other\nid\n" + b"0" * 64 + b"\n",
        b"countersign/v2/event\nid\n" + b"0" * 64 + b"\n",
        b"countersign/v1/event\nid\n" + b"0" * 64 + b"\n\n",
    ],
)
def test_other_bytes_are_not_entries(raw):
    assert read_entry(raw) is None


@given(st.integers(0, 10**12), st.integers(1, 256), st.sampled_from([0, 63, "entries"]))
def test_tile_paths_are_the_specified_ones(number, width, level):
    assert tile_path(level, number, width) == log_builders.tile_path(level, number, width)


def test_the_example_of_the_specification_has_its_path():
    assert tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tile_path("entries", 5, 17) == "tile/entries/005.p/17"


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=20))
def test_a_bundle_has_its_entries_and_a_cut_one_is_rejected(entries):
    raw = log_files(entries)[log_builders.tile_path("entries", 0, len(entries))]
    assert list(read_bundle(raw)) == entries
    with pytest.raises(ValueError, match="within an entry"):
        list(read_bundle(raw[:-1]))
