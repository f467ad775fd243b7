"""What each attack is found by. The tests compare the deployed system with it, and docs/proof.md shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from attacks import log_copies, table_attacks
from attacks.attacker import Attacker
from attacks.log_copies import LogAttack
from attacks.victims import Victim

TableAttack = Callable[[Attacker, Victim, Victim], str]


class When(Enum):
    """When an attack is tried, relative to the victim's last event."""

    BEFORE_THE_MANIFEST = "before the workflow's state is attested"
    SEALED = "once the events are sealed and attested"
    AFTER_FIVE_MINUTES = "once nothing of the workflow can be on its way any more"
    SET_BACK = (
        "before the workflow's state is attested, and found five minutes later, when nothing is on its way"
    )


@dataclass(frozen=True)
class TableRow:
    """An attack on a workflow, and what finds it.

    Attributes:
        attack: Tampers with it.
        attacker: What the attacker can write to, a letter of `ATTACKERS`.
        title: The attack, for people.
        api: Codes that the verification of the workflow reports; empty if it reports nothing.
        bundle: Codes that the verifier reports for the evidence that the API returns after the attack.
        browser: Whether the console's own check of the workflow page fails.
        when: When it is tried.
        remark: What else a reader must know.
    """

    attack: TableAttack
    attacker: str
    title: str
    api: frozenset[str]
    bundle: frozenset[str]
    browser: bool
    when: When = When.SEALED
    remark: str = ""

    @property
    def is_early(self) -> bool:
        """Whether it is tried before the state of its victim is attested, and stays in place."""
        return self.when in (When.BEFORE_THE_MANIFEST, When.SET_BACK)


@dataclass(frozen=True)
class LogRow:
    """An attack on the proof bucket, and what finds it in a copy of the bucket.

    Attributes:
        attack: Tampers with a copy.
        title: The attack, for people.
        with_files: Codes that the verifier reports with nothing but the copy.
        with_key: Codes that it reports with the log's key, which the auditor got in another way.
        with_checkpoint: Codes that it reports with the key and a checkpoint that the auditor kept.
        api: Codes that the audit service itself reports if the same is done to its bucket, and not to its tables.
        remark: What else a reader must know.
    """

    attack: LogAttack
    title: str
    with_files: frozenset[str]
    with_key: frozenset[str]
    with_checkpoint: frozenset[str]
    api: frozenset[str]
    remark: str = ""


ATTACKERS = {
    "a": "can send to the queue `audit-trail` with a producer's credentials",
    "b": "can write to the table `audit-trail`",
    "c": "can write to the search index",
    "d": "can write to the workflow table",
    "e": "can do all of that, and write to all tables and buckets, but not sign with the log's key",
}


def _row(
    attack: TableAttack,
    attacker: str,
    title: str,
    *codes: str,
    browser: bool = True,
    when: When = When.SEALED,
    remark: str = "",
) -> TableRow:
    found = frozenset(codes)
    return TableRow(attack, attacker, title, found, found, browser, when, remark)


TABLE_ROWS = (
    _row(table_attacks.send_forged_event, "a", "A forged event of a workflow", "unattested"),
    _row(
        table_attacks.send_invented_workflow,
        "a",
        "The complete chain of a workflow that never existed",
        "unattested",
        browser=False,
        remark="There is no workflow page for it.",
    ),
    _row(table_attacks.rewrite_last_event, "b", "The last event rewritten, with a new hash", "rewritten"),
    _row(table_attacks.rehash_chain, "b", "A whole chain rehashed with another amount", "rewritten"),
    _row(table_attacks.delete_event, "b", "An event deleted", "missing", when=When.AFTER_FIVE_MINUTES),
    _row(
        table_attacks.delete_tail,
        "b",
        "The newest events deleted",
        "missing-tail",
        when=When.AFTER_FIVE_MINUTES,
    ),
    _row(table_attacks.remove_content, "b", "Content removed without an erasure", "removed-without-erasure"),
    _row(table_attacks.remove_person, "b", "A person removed without an erasure", "removed-without-erasure"),
    _row(table_attacks.change_participants, "b", "The participants of a record changed", "rewritten"),
    _row(table_attacks.damage_record, "b", "A record made unreadable", "unreadable"),
    _row(
        table_attacks.swap_events,
        "b",
        "Events of two workflows swapped",
        "event-id-mismatch",
        "wrong-workflow",
    ),
    _row(table_attacks.move_record, "b", "A record moved to another `datasetId`", "event-id-mismatch"),
    _row(table_attacks.replace_content, "b", "Content replaced", "content-mismatch"),
    _row(table_attacks.forge_salt, "b", "Content replaced, with a new salt", "content-mismatch"),
    _row(
        table_attacks.move_bytes_into_salt, "b", "Bytes moved from a value into its salt", "content-mismatch"
    ),
    _row(
        table_attacks.hide_record,
        "b",
        "A record removed from the list of its workflow",
        "missing",
        browser=False,
        when=When.AFTER_FIVE_MINUTES,
        remark="The console reads each record by its `datasetId`, and the record itself is intact.",
    ),
    _row(
        table_attacks.delete_document,
        "c",
        "A record hidden from searches",
        browser=False,
        remark="The record itself is intact. Reconciliation indexes it again within two minutes.",
    ),
    _row(
        table_attacks.change_document,
        "c",
        "A reader added to a record in the index",
        browser=False,
        remark="It gives no access: the stored record decides. Reconciliation corrects it.",
    ),
    _row(
        table_attacks.change_status,
        "d",
        "The status of a workflow changed without an event",
        "state-mismatch",
        when=When.BEFORE_THE_MANIFEST,
    ),
    _row(
        table_attacks.change_data,
        "d",
        "The data of a workflow changed without an event",
        "state-mismatch",
        when=When.BEFORE_THE_MANIFEST,
    ),
    _row(
        table_attacks.set_version_back,
        "d",
        "A workflow set back to an older version, and left like that",
        "state-mismatch",
        when=When.SET_BACK,
    ),
    _row(
        table_attacks.change_history,
        "d",
        "An event in the workflow's history changed",
        remark="The audit record is intact. Only the history that the console shows is wrong.",
    ),
    _row(
        table_attacks.rehash_everywhere,
        "e",
        "A whole chain rehashed with another amount, in all tables",
        "rewritten",
    ),
    _row(
        table_attacks.roll_back_tables,
        "e",
        "All tables rolled back to a backup from before the request",
        "missing-tail",
        browser=False,
        when=When.AFTER_FIVE_MINUTES,
        remark="The page shows the old state, which is consistent in itself.",
    ),
    _row(
        table_attacks.erase_everywhere,
        "e",
        "Content removed from both services without an erasure",
        "removed-without-erasure",
    ),
    _row(
        table_attacks.forge_erasure,
        "e",
        "Content removed, with a forged erasure event in the tables",
        "removed-without-erasure",
        when=When.AFTER_FIVE_MINUTES,
    ),
)


def _log_row(
    attack: LogAttack,
    title: str,
    code: str,
    *,
    files: bool = True,
    key: bool = True,
    api: bool = True,
    remark: str = "",
) -> LogRow:
    found: frozenset[str] = frozenset({code})
    nothing: frozenset[str] = frozenset()
    in_service = frozenset({"checkpoint-invalid"}) if api else nothing
    return LogRow(
        attack, title, found if files else nothing, found if key else nothing, found, in_service, remark
    )


LOG_ROWS = (
    _log_row(log_copies.replace_entry, "An entry replaced in its bundle", "rewritten"),
    _log_row(log_copies.swap_tile_hashes, "Two hashes swapped in a tile", "rewritten"),
    _log_row(log_copies.swap_leaves, "Two entries swapped, with all tiles", "checkpoint-invalid"),
    _log_row(log_copies.fork_log, "The log forked: another tree of the same size", "checkpoint-invalid"),
    _log_row(
        log_copies.fork_log_and_checkpoint,
        "The log forked, with the other root in the checkpoint",
        "checkpoint-invalid",
    ),
    _log_row(
        log_copies.sign_with_another_key,
        "The log forked, and signed with another key",
        "checkpoint-invalid",
        files=False,
        remark="Without a key from another source, nothing shows that it is the wrong one.",
    ),
    _log_row(
        log_copies.cut_and_sign_with_another_key,
        "The log cut off, and signed with another key",
        "checkpoint-invalid",
        files=False,
    ),
    _log_row(
        log_copies.replay_old_checkpoint,
        "An old checkpoint replayed, with the log of that time",
        "checkpoint-invalid",
        files=False,
        key=False,
        api=False,
        remark="It was valid once. A kept checkpoint, a witness, or a copy of the manifests shows that it is old. The "
        "sealer publishes the newest one again within a minute.",
    ),
)
