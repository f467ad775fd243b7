"""The attacks on the log, on logs that are built here: no cloud is needed."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from attacks.expectations import LOG_ROWS, LogRow
from attacks.inspection import expect_row, verify_log
from attacks.log_copies import LogCopy
from audit_service.domain.log.entries import Entry, EntryKind
from audit_service.domain.log.merkle import EMPTY_ROOT, leaf_hash
from audit_service.domain.log.notes import Checkpoint, VerifierKey

ORIGIN = "countersign-test-proof.s3.eu-central-1.amazonaws.com"

# Size of the log, and of its kept checkpoint: in one tile, and with full tiles of two levels.
SIZES = [(40, 7), (700, 300)]


@pytest.fixture(params=SIZES, ids=str)
def built(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[LogCopy, str]:
    """A log with an older checkpoint, and its key."""
    size, old_size = request.param
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    entries = [
        Entry(EntryKind.EVENT, f"event-{number}", leaf_hash(b"%d" % number).hex()) for number in range(size)
    ]
    log = LogCopy(tmp_path / "log", "")
    log.sign(Checkpoint(ORIGIN, 0, EMPTY_ROOT), key)
    log.sign(log.write_tree(entries[:old_size]), key)
    old_note = log.note
    log.sign(log.write_tree(entries), key)
    return LogCopy(log.folder, old_note), VerifierKey.ecdsa(ORIGIN, public).text


@pytest.mark.parametrize("row", LOG_ROWS, ids=lambda row: row.attack.__name__)
def test_an_attack_on_the_log_is_found(row: LogRow, built: tuple[LogCopy, str]):
    expect_row(row, *built)


def test_a_log_that_no_one_attacked_is_valid(built: tuple[LogCopy, str], tmp_path: Path):
    log, key = built
    kept = tmp_path / "kept"
    kept.write_text(log.old_note)
    verdict = verify_log(log.folder, key=key, checkpoint=kept)
    assert (verdict.is_valid, verdict.codes) == (True, frozenset())
