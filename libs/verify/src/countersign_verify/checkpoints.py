"""Compare checkpoints with each other: the newest tree must extend every older one."""

from collections.abc import Sequence

from countersign_verify.findings import Finding
from countersign_verify.inputs import InputError
from countersign_verify.merkle import EMPTY_ROOT
from countersign_verify.notes import NoteError
from countersign_verify.trust import ConsistencyProof, Trust, VerifiedCheckpoint


def check_against_older(
    checkpoints: Sequence[VerifiedCheckpoint],
    older: Sequence[str],
    proofs: Sequence[ConsistencyProof],
    trust: Trust,
) -> tuple[VerifiedCheckpoint | None, list[Finding]]:
    """Compare the checkpoints of bundles with each other and with those that the auditor kept.

    Args:
        checkpoints: of the bundles, verified.
        older: notes that the auditor kept.
        proofs: consistency proofs to the newest checkpoint.
        trust: keys that the auditor trusts.

    Returns:
        The newest checkpoint, and what is wrong.

    Raises:
        InputError: A proof is missing that only the auditor can get, or there is no checkpoint to compare.
    """
    newest = max(checkpoints, key=lambda each: each.checkpoint.size, default=None)
    if newest is None:
        if older:
            raise InputError("--checkpoint: the files have no valid checkpoint to compare it with")
        return None, []
    findings = list(_different_trees(checkpoints))
    for note in older:
        try:
            kept = trust.open_checkpoint(note, str(newest.key))
        except NoteError as error:
            raise InputError(f"--checkpoint: {error}") from error
        findings += _compare(kept, newest, proofs)
    return newest, findings


def _different_trees(checkpoints: Sequence[VerifiedCheckpoint]) -> list[Finding]:
    """Find two trees of the same size, and two logs."""
    findings = []
    roots: dict[tuple[str, int], bytes] = {}
    for each in checkpoints:
        checkpoint = each.checkpoint
        if roots.setdefault((checkpoint.origin, checkpoint.size), checkpoint.root) != checkpoint.root:
            detail = f"The log signed two different trees of {checkpoint.size} entries."
            findings.append(Finding(0, None, "checkpoint-invalid", detail))
    if len({(each.checkpoint.origin, each.key.material) for each in checkpoints}) > 1:
        detail = "The bundles are of different logs, or signed with different keys."
        findings.append(Finding(0, None, "checkpoint-invalid", detail))
    return findings


def _compare(
    kept: VerifiedCheckpoint, newest: VerifiedCheckpoint, proofs: Sequence[ConsistencyProof]
) -> list[Finding]:
    old, new = kept.checkpoint, newest.checkpoint
    if old.size > new.size:
        detail = f"It has {new.size} entries, fewer than the {old.size} of the checkpoint that you kept."
        return [Finding(0, None, "checkpoint-invalid", detail)]
    if old.size in (0, new.size):
        is_consistent = old.root == (new.root if old.size else EMPTY_ROOT)
    else:
        usable = [proof for proof in proofs if (proof.old_size, proof.new_size) == (old.size, new.size)]
        if not usable:
            raise InputError(
                f"--checkpoint: a consistency proof is missing. Get /audit-trail/consistency?from={old.size}"
                f"&to={new.size}, and give it with --consistency"
            )
        is_consistent = any(proof.connects(old, new) for proof in usable)
    if is_consistent:
        return []
    detail = (
        f"It doesn't only add to the checkpoint of {old.size} entries that you kept: the log was rewritten."
    )
    return [Finding(0, None, "checkpoint-invalid", detail)]
