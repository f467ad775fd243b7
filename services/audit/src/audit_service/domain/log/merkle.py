"""The Merkle tree of RFC 6962, section 2.1: root, inclusion proofs and consistency proofs."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

HASH_BYTES = 32

EMPTY_ROOT = hashlib.sha256().digest()


class Nodes(Protocol):
    """Hashes of a tree's complete subtrees."""

    def subtree(self, level: int, index: int) -> bytes:
        """Return the root of the leaves `index * 2**level` to `(index + 1) * 2**level`, exclusive."""
        ...


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node with two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_hash(nodes: Nodes, size: int) -> bytes:
    """Return the root of the tree's first `size` leaves."""
    return _range_root(nodes, 0, size) if size else EMPTY_ROOT


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Return the audit path of a leaf in the tree of the first `size` leaves, from the leaf up.

    Raises:
        ValueError: The tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of size {size} has no leaf {index}.")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(nodes, middle, end))
            end = middle
        else:
            path.append(_range_root(nodes, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(nodes: Nodes, old_size: int, new_size: int) -> list[bytes]:
    """Return the proof that the first `old_size` leaves are unchanged in the tree of `new_size` leaves.

    Raises:
        ValueError: The sizes are not `0 < old_size <= new_size`.
    """
    if not 0 < old_size <= new_size:
        raise ValueError(f"There is no proof between the sizes {old_size} and {new_size}.")
    path: list[bytes] = []
    start, end = 0, new_size
    is_known = True  # whether the verifier knows the root of [start, old_size): it is the old tree's root
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_range_root(nodes, middle, end))
            end = middle
        else:
            path.append(_range_root(nodes, start, middle))
            start = middle
            is_known = False
    if not is_known:
        path.append(_range_root(nodes, start, end))
    return path[::-1]


def root_of_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to (RFC 9162, section 2.1.3.2).

    Raises:
        ValueError: The proof does not have the length that index and size require.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of size {size} has no leaf {index}.")
    position, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ValueError("The proof is too long.")
        if position & 1 or position == last:
            root = node_hash(sibling, root)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise ValueError("The proof is too short.")
    return root


def _range_root(nodes: Nodes, start: int, end: int) -> bytes:
    size = end - start
    if size & (size - 1) == 0:  # a power of two: RFC 6962 splits trees so that `start` is a multiple of it
        level = size.bit_length() - 1
        return nodes.subtree(level, start >> level)
    middle = start + _split(size)
    return node_hash(_range_root(nodes, start, middle), _range_root(nodes, middle, end))


def _split(size: int) -> int:
    """Return the largest power of two smaller than the size."""
    return 1 << (size - 1).bit_length() - 1
