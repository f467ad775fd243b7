"""Rows: facts about records and manifests for the verification of chains, sorted by workflow and position."""

from collections.abc import Iterator
from typing import Any

import msgspec

from countersign_verify.external_sort import Row
from countersign_verify.manifests import Manifest
from countersign_verify.record_checks import CheckedRecord

PAGE, RECORD, NAMED, STATE = -1, 0, 1, 2
"""Kinds of rows: facts about a page of a bundle, a record, a record that a manifest names, and a state that a manifest
attests. They are read in this order at each position."""

_WORKFLOW, _STANDALONE, _UNREADABLE = "1", "2", "3"
STANDALONE_GROUP, UNREADABLE_GROUP = _STANDALONE, _UNREADABLE


class RecordFacts(msgspec.Struct, omit_defaults=True):
    """What is known of a record in a bundle.

    Attributes:
        is_included: True if its proof verifies, False if not, None without a proof.
        is_seal_due: whether it is old enough that it must be in the log.
        is_naming_due: whether it is old enough that a manifest must name it.
        is_covered: whether the interval of a manifest in the log includes it, or a later one.
        outcome: the status after the action, as sealed.
        data_hash: of the data after the action, with the salt of the content; empty if the content is closed.
        erased_in: name of a manifest of the same page that attests its content as erased, although the page has it;
            empty if there is none. A copy of the record in another file can be from before the erasure.
    """

    is_included: bool | None = None
    is_seal_due: bool = False
    is_naming_due: bool = False
    is_covered: bool = False
    outcome: str = ""
    data_hash: str = ""
    erased_in: str = ""


class AttestedState(msgspec.Struct):
    """The state of a workflow in a manifest.

    Attributes:
        status: of the workflow.
        data_hash: of its data; None if the content of its newest event was erased.
        manifest: name of the manifest.
    """

    status: str
    data_hash: str | None
    manifest: str


class PageFacts(msgspec.Struct, omit_defaults=True):
    """What is known of a page of a bundle.

    Attributes:
        is_last: whether it says that no page follows.
        detail: of the finding in `Row.codes`.
        note: what can't be verified with the page.
    """

    is_last: bool = False
    detail: str = ""
    note: str = ""


encode_facts = msgspec.json.Encoder().encode
decode_record_facts = msgspec.json.Decoder(RecordFacts).decode
decode_state = msgspec.json.Decoder(AttestedState).decode
decode_page = msgspec.json.Decoder(PageFacts).decode


def workflow_group(workflow_id: str) -> str:
    """Return the group of a workflow. Groups sort by workflow ID, and before the other groups."""
    return _WORKFLOW + workflow_id


def workflow_of(group: str) -> str | None:
    """Return the workflow ID of a group; None if the group is not a workflow."""
    return group[1:] if group.startswith(_WORKFLOW) else None


def record_row(checked: CheckedRecord, group: str | None = None, facts: Any = None) -> Row:
    """Return the row of a record.

    Args:
        checked: the record.
        group: the group, if it doesn't follow from the record.
        facts: more about it, for a record in a bundle.
    """
    workflow_id, sequence, dataset_id, hash_, previous_hash, _, _, _, closed, codes = checked
    if group is None:
        if workflow_id:
            group = _WORKFLOW + workflow_id
        elif workflow_id is None:
            group = _STANDALONE
        else:
            group = _UNREADABLE if codes == "unreadable" else _WORKFLOW
    extra = encode_facts(facts).decode() if facts is not None else ""
    return Row(group, sequence, RECORD, dataset_id, hash_, previous_hash, closed, codes or "", extra)


def manifest_rows(manifest: Manifest) -> Iterator[Row]:
    """Yield rows for what a manifest says."""
    for event in manifest.events:
        group = workflow_group(event.workflow_id)
        yield Row(group, event.sequence, NAMED, event.event_id, event.hash, "", 0, "", manifest.to)
    for state in manifest.workflows:
        group = workflow_group(state.workflow_id)
        attested = encode_facts(AttestedState(state.status, state.data_hash, manifest.to)).decode()
        yield Row(group, state.version, STATE, manifest.to, state.head_hash, "", 0, "", attested)
