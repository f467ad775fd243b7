"""What the audit service finds when someone changes its proof bucket: its own rules, on a copy of the bucket.

The copy takes the place of the bucket; the tables are as they were before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from attacks.log_copies import LogCopy
from audit_service.domain.errors import LogDamagedError
from audit_service.domain.log.entries import Entry, LeafPosition, unpack_bundle
from audit_service.domain.log.notes import SignedCheckpoint, VerifierKey
from audit_service.domain.log.tiles import TILE_WIDTH, Tile, tile_at
from audit_service.domain.reconciliation.comparison import Comparison
from audit_service.domain.reconciliation.leaves import check_bundle
from audit_service.ports import PublishedCheckpoint
from audit_service.use_cases.log_reader import LogReader


@dataclass(frozen=True)
class ChangedBucket:
    """A service whose proof bucket is a copy.

    Attributes:
        copy: The bucket.
        key: The log's key.
        note: The newest checkpoint, as the table has it.
        entries: By index, as the table has them.
    """

    copy: LogCopy
    key: VerifierKey
    note: str
    entries: Sequence[Entry]

    @classmethod
    def before_the_attack(cls, copy: LogCopy, key: str) -> "ChangedBucket":
        """Return the service with the tables that fit to the copy."""
        return cls(copy, VerifierKey.parse(key), copy.note, copy.entries())

    def findings(self) -> frozenset[str]:
        """Return the codes of what verification and reconciliation find in the log."""
        return frozenset(self._findings())

    def _findings(self) -> Iterator[str]:
        # The parts of the port `LogIndex` that are read.
        reader = LogReader(cast("Any", self), cast("Any", self), cast("Any", self))
        facts, _ = reader.facts([each.entry_id for each in self.entries], {})
        comparison = Comparison(facts, datetime.now(UTC))
        comparison.check_checkpoint()
        if facts.tree is not None:
            for group in range(-(-facts.tree.size // TILE_WIDTH)):
                check_bundle(comparison, group, self._bundle(tile_at(0, group, facts.tree.size)))
        for entry in self.entries:
            if comparison.check_entry(entry, is_young=False, can_reseal=False).is_other:
                yield "rewritten"
        yield from (finding.code.value for finding in comparison.findings.values())

    def _bundle(self, tile: Tile) -> list[Entry] | None:
        path = self.copy.folder / tile.bundle_path
        return list(unpack_bundle(path.read_bytes())) if path.exists() else None

    # The bucket

    def read_hashes(self, tile: Tile) -> bytes:
        path = self.copy.folder / tile.path
        if not path.exists():
            raise LogDamagedError(f"{tile.path} is missing.")
        return path.read_bytes()

    def published_checkpoint(self) -> str:
        return self.copy.note

    # The table

    def newest_checkpoint(self) -> PublishedCheckpoint:
        return PublishedCheckpoint(SignedCheckpoint.parse(self.note), "2026-01-31T09:00:00.000Z")

    def positions(self, entry_ids: Sequence[str]) -> Mapping[str, LeafPosition]:
        del entry_ids
        return {each.entry_id: LeafPosition(index, each.hash) for index, each in enumerate(self.entries)}

    def pending_since(self, entry_ids: Sequence[str]) -> Mapping[str, datetime]:
        del entry_ids
        return {}

    # The key

    def verify(self, signed: SignedCheckpoint) -> bool:
        public = load_der_public_key(self.key.public_key)
        assert isinstance(public, ec.EllipticCurvePublicKey)
        signatures = [each.signature for each in signed.signatures if each.is_by(self.key)]
        try:
            for each in signatures:
                public.verify(each, signed.checkpoint.text.encode(), ec.ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return bool(signatures)
