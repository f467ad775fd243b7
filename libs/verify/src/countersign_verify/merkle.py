"""RFC 6962 Merkle trees: hashes, the root of a stream of leaves, inclusion proofs and consistency proofs.

Source: RFC 6962, section 2.1, and for the two verification algorithms RFC 9162, sections 2.1.3.2 and 2.1.4.2.
"""

import hashlib
from collections.abc import Sequence

HASH_LENGTH = 32

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class RootBuilder:
    """Compute the root of a tree from its leaves in order, with one hash per level in memory.

    Attributes:
        size: number of leaves so far.
    """

    def __init__(self) -> None:
        self.size = 0
        self._subtrees: list[bytes] = []  # of the complete subtrees, largest first: one per bit of the size

    def append(self, hash_: bytes, leaves: int = 1) -> None:
        """Append a leaf by its hash, or a complete subtree.

        Args:
            hash_: the leaf hash, or the root of the subtree.
            leaves: leaves of the subtree: a power of two that divides the present size.
        """
        size = self.size // leaves
        while size % 2:
            hash_ = node_hash(self._subtrees.pop(), hash_)
            size //= 2
        self._subtrees.append(hash_)
        self.size += leaves

    def copy(self) -> "RootBuilder":
        """Return a builder with the same leaves, to which others can be appended."""
        other = RootBuilder()
        other.size, other._subtrees = self.size, [*self._subtrees]
        return other

    def root(self) -> bytes:
        """Return the root of the leaves so far."""
        if not self._subtrees:
            return EMPTY_ROOT
        root = self._subtrees[-1]
        for subtree in reversed(self._subtrees[:-1]):
            root = node_hash(subtree, root)
        return root


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root of a tree from the hashes of its leaves."""
    builder = RootBuilder()
    for hash_ in hashes:
        builder.append(hash_)
    return builder.root()


def includes(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether a proof shows that a leaf is in a tree.

    Args:
        index: position of the leaf, from 0.
        size: leaves in the tree.
        leaf: the leaf hash.
        proof: hashes of the siblings, from the leaf up.
        root: root of the tree.
    """
    if not 0 <= index < size or len(leaf) != HASH_LENGTH or not _are_hashes(proof):
        return False
    position, last = index, size - 1
    node = leaf
    for sibling in proof:
        if last == 0:
            return False
        if position % 2 or position == last:
            node = node_hash(sibling, node)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Return whether a proof shows that the new tree only appends leaves to the old one."""
    if not 0 <= old_size <= new_size or not _are_hashes(proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    return _is_extension(old_size, old_root, new_size, new_root, proof)


def _is_extension(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Check a proof between two trees of different sizes that are not empty."""
    # If the old tree is complete, its root is the first node of the path, and the proof leaves it out.
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    position, last = old_size - 1, new_size - 1
    while position % 2:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if position % 2 or position == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, node)
        position, last = position >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _are_hashes(proof: Sequence[bytes]) -> bool:
    return all(len(hash_) == HASH_LENGTH for hash_ in proof)
