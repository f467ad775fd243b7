"""The Merkle tree, with the known answers of transparency-dev/merkle and against RFC 6962 word for word."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.domain.log.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_hash,
    root_of_inclusion,
)

from . import naive_tree
from .naive_tree import Leaves

# Inputs, roots and proofs of the reference tests of Certificate Transparency (transparency-dev/merkle).
INPUTS = [
    bytes.fromhex(text)
    for text in (
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
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

KNOWN = Leaves([*map(leaf_hash, INPUTS)])


def numbered(size: int) -> Leaves:
    """Return a tree whose leaves are all different."""
    return Leaves([leaf_hash(str(number).encode()) for number in range(size)])


def hexes(proof: list[bytes]) -> list[str]:
    return [each.hex() for each in proof]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference_tests(size: int):
    assert root_hash(KNOWN, size).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_reference_tests(index: int, size: int):
    proof = inclusion_proof(KNOWN, index, size)
    assert hexes(proof) == INCLUSION[index, size]
    assert root_of_inclusion(KNOWN.leaves[index], index, size, proof).hex() == ROOTS[size]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_reference_tests(old: int, new: int):
    assert hexes(consistency_proof(KNOWN, old, new)) == CONSISTENCY[old, new]


def test_the_root_of_the_empty_tree_is_the_hash_of_nothing():
    assert hashlib.sha256(b"").digest() == EMPTY_ROOT


sizes = st.integers(1, 600)


@given(sizes)
def test_every_root_is_the_one_of_the_rfc(size: int):
    tree = numbered(size)
    assert root_hash(tree, size) == naive_tree.root(tree.leaves)


@given(st.data(), sizes)
def test_every_inclusion_proof_is_the_one_of_the_rfc_and_leads_to_the_root(data: st.DataObject, size: int):
    tree = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(tree, index, size)
    assert proof == naive_tree.path(index, tree.leaves)
    assert root_of_inclusion(tree.leaves[index], index, size, proof) == naive_tree.root(tree.leaves)


@given(st.data(), sizes)
def test_every_consistency_proof_is_the_one_of_the_rfc(data: st.DataObject, size: int):
    tree = numbered(size)
    old = data.draw(st.integers(1, size))
    assert consistency_proof(tree, old, size) == naive_tree.proof(old, tree.leaves)


@given(st.data(), st.integers(2, 300))
def test_a_proof_with_any_change_does_not_lead_to_the_root(data: st.DataObject, size: int):
    tree = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(tree, index, size)
    root, leaf = naive_tree.root(tree.leaves), tree.leaves[index]
    at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
    changed = proof.copy()
    changed[at] = _flipped(proof[at], bit)
    assert root_of_inclusion(leaf, index, size, changed) != root
    assert root_of_inclusion(_flipped(leaf, bit), index, size, proof) != root


@given(st.data(), st.integers(2, 300))
def test_a_proof_of_another_length_is_rejected(data: st.DataObject, size: int):
    tree = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(tree, index, size)
    with pytest.raises(ValueError, match="too short"):
        root_of_inclusion(tree.leaves[index], index, size, proof[:-1])
    with pytest.raises(ValueError, match="too long"):
        root_of_inclusion(tree.leaves[index], index, size, [*proof, bytes(32)])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_inclusion_proof_for_a_leaf_that_the_tree_does_not_have(index: int, size: int):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(KNOWN, index, size)
    with pytest.raises(ValueError, match="no leaf"):
        root_of_inclusion(bytes(32), index, size, [])


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_there_is_no_consistency_proof_from_nothing_or_from_a_larger_tree(old: int, new: int):
    with pytest.raises(ValueError, match="no proof"):
        consistency_proof(KNOWN, old, new)


def _flipped(value: bytes, bit: int) -> bytes:
    return (int.from_bytes(value) ^ 1 << bit).to_bytes(32)
