"""RFC 6962, section 2.1, word for word: slow, recursive, and independent of the code under test."""

import hashlib


def leaf(entry: bytes) -> bytes:
    """Return a leaf's hash."""
    return hashlib.sha256(b"\x00" + entry).digest()


def root(leaves: list[bytes]) -> bytes:
    """MTH, from the hashes of leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = largest_power_of_two_below(len(leaves))
    return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH."""
    if len(leaves) == 1:
        return []
    k = largest_power_of_two_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def proof(m: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF."""
    return _subproof(m, leaves, True)


def _subproof(m: int, leaves: list[bytes], is_complete: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if is_complete else [root(leaves)]
    k = largest_power_of_two_below(len(leaves))
    if m <= k:
        return [*_subproof(m, leaves[:k], is_complete), root(leaves[k:])]
    return [*_subproof(m - k, leaves[k:], False), root(leaves[:k])]


def largest_power_of_two_below(n: int) -> int:
    """Return k with k < n <= 2k."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


class Leaves:
    """Hashes of complete subtrees, from the hashes of all leaves: the port `Nodes`."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.leaves = leaves

    def subtree(self, level: int, index: int) -> bytes:
        leaves = self.leaves[index << level : (index + 1) << level]
        assert len(leaves) == 1 << level, "the subtree is not complete"
        return root(leaves)
