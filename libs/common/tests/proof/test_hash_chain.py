"""The hash chain: every change except for removing the newest events is found."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from countersign_common.proof.canonical import canonical_text
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import (
    MAX_MISSING_FINDINGS,
    ChainPosition,
    ChainVerdict,
    Link,
    StoredEvent,
    end_of,
    first_previous_hash,
    hash_of,
    read_link,
    sort_links,
    verify_chain,
)
from hypothesis import given
from hypothesis import strategies as st

from ..builders import OTHER_WORKFLOW_ID, WORKFLOW_ID, stored_chain

lengths = st.integers(1, 8)


def findings(chain: list[StoredEvent], workflow_id: str = WORKFLOW_ID) -> list[tuple[int, str]]:
    return [(finding.sequence, finding.code) for finding in verify_chain(workflow_id, chain).findings]


def codes(chain: list[StoredEvent], workflow_id: str = WORKFLOW_ID) -> set[str]:
    return {code for _, code in findings(chain, workflow_id)}


def rewritten(event: StoredEvent, change: Callable[[Any], None]) -> StoredEvent:
    """Return the event with a changed sealed part and the hash that belongs to it."""
    sealed = json.loads(event.sealed)
    change(sealed)
    text = canonical_text(sealed)
    return replace(event, sealed=text, hash=hash_of(text))


def with_sequence(event: StoredEvent, sequence: Any) -> StoredEvent:
    return rewritten(event, lambda sealed: sealed["workflow"].update(sequence=sequence))


def test_hash_is_sha_256_of_the_sealed_text():
    assert hash_of('{"ä":1}') == hashlib.sha256('{"ä":1}'.encode()).hexdigest()


def test_first_previous_hash_depends_on_the_workflow():
    expected = hashlib.sha256(b"countersign/v1/workflow\x00" + WORKFLOW_ID.encode()).hexdigest()
    assert first_previous_hash(WORKFLOW_ID) == expected
    assert first_previous_hash(WORKFLOW_ID) != first_previous_hash(OTHER_WORKFLOW_ID)


@given(lengths, st.randoms())
def test_unchanged_chain_is_intact_in_any_order(length, random):
    chain = stored_chain(length)
    head = chain[-1].hash
    random.shuffle(chain)
    verdict = verify_chain(WORKFLOW_ID, chain)
    assert verdict == ChainVerdict(length, head, ())
    assert verdict.is_intact


def test_empty_chain_is_intact_without_a_head():
    assert verify_chain(WORKFLOW_ID, []) == ChainVerdict(0, None, ())


@given(st.data())
def test_erasing_person_and_content_does_not_change_the_verdict(data):
    chain = stored_chain(data.draw(lengths))
    erased = [
        replace(
            event,
            person=data.draw(st.sampled_from([event.person, None])),
            content=data.draw(st.sampled_from([event.content, None])),
        )
        for event in chain
    ]
    assert verify_chain(WORKFLOW_ID, erased) == verify_chain(WORKFLOW_ID, chain)


def test_fields_added_to_the_sealed_part_later_are_hashed_like_the_others():
    chain = [rewritten(stored_chain(1)[0], lambda sealed: sealed.update(addedLater={"amount": 12.5}))]
    assert verify_chain(WORKFLOW_ID, chain).is_intact


@given(st.data())
def test_any_changed_character_of_a_sealed_part_is_found(data):
    chain = stored_chain(data.draw(lengths))
    index = data.draw(st.integers(0, len(chain) - 1))
    text = chain[index].sealed
    offset = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda other: other != text[offset]))
    chain[index] = replace(chain[index], sealed=text[:offset] + char + text[offset + 1 :])
    assert not verify_chain(WORKFLOW_ID, chain).is_intact


@given(st.data())
def test_hash_mismatch_is_found_at_its_event(data):
    chain = stored_chain(data.draw(lengths))
    index = data.draw(st.integers(0, len(chain) - 1))
    chain[index] = replace(chain[index], hash="0" * 64)
    verdict = verify_chain(WORKFLOW_ID, chain)
    (finding,) = verdict.findings
    assert (finding.sequence, finding.code) == (index + 1, "hash-mismatch")
    assert finding.dataset_id == f"event-{index + 1}"


@given(st.data())
def test_changed_event_with_a_matching_hash_is_found_at_the_next_event(data):
    chain = stored_chain(data.draw(st.integers(2, 8)))
    index = data.draw(st.integers(0, len(chain) - 2))
    chain[index] = rewritten(chain[index], lambda sealed: sealed.update(outcome="APPROVED"))
    assert findings(chain) == [(index + 2, "previous-hash-mismatch")]


def test_record_under_the_id_of_another_event_is_found():
    chain = stored_chain(2)
    chain[1] = replace(chain[1], dataset_id="another-event")
    (finding,) = verify_chain(WORKFLOW_ID, chain).findings
    assert (finding.sequence, finding.dataset_id, finding.code) == (2, "another-event", "event-id-mismatch")
    assert "event-2" in finding.detail


@given(st.data())
def test_event_removed_before_the_end_is_missing(data):
    chain = stored_chain(data.draw(st.integers(2, 8)))
    index = data.draw(st.integers(0, len(chain) - 2))
    del chain[index]
    (finding,) = verify_chain(WORKFLOW_ID, chain).findings
    assert (finding.sequence, finding.code, finding.dataset_id) == (index + 1, "missing", None)


def test_removing_the_newest_events_cannot_be_found_by_the_chain_alone():
    assert verify_chain(WORKFLOW_ID, stored_chain(5)[:3]).is_intact


@given(st.data())
def test_two_swapped_events_are_found(data):
    chain = stored_chain(data.draw(st.integers(2, 8)))
    one, other = data.draw(st.lists(st.integers(0, len(chain) - 1), min_size=2, max_size=2, unique=True))
    swapped = list(chain)
    swapped[one] = with_sequence(chain[other], one + 1)
    swapped[other] = with_sequence(chain[one], other + 1)
    assert not verify_chain(WORKFLOW_ID, swapped).is_intact


@given(st.data())
def test_second_event_at_a_position_is_a_fork(data):
    chain = stored_chain(data.draw(lengths))
    index = data.draw(st.integers(0, len(chain) - 1))
    fork = rewritten(chain[index], lambda sealed: sealed.update(eventId="event-x"))
    fork = replace(fork, dataset_id="event-x")
    assert findings([*chain, fork]) == [(index + 1, "fork")]


def test_events_after_a_fork_are_verified_too():
    chain = stored_chain(4)
    fork = rewritten(chain[0], lambda sealed: sealed.update(eventId="event-x"))
    del chain[2]
    assert findings([*chain, replace(fork, dataset_id="event-x")]) == [(1, "fork"), (3, "missing")]


def test_copy_of_an_event_under_another_key_is_a_fork_with_the_wrong_id():
    chain = stored_chain(2)
    assert codes([*chain, replace(chain[0], dataset_id="z-copy")]) == {"fork", "event-id-mismatch"}


@pytest.mark.parametrize("part", ["person", "content"])
@pytest.mark.parametrize(
    "forge",
    [
        lambda opening: replace(opening, value='{"name":"Eve"}'),
        lambda opening: replace(opening, salt=bytes(32)),
        lambda _: CommitmentOpening(b"", ""),
        lambda opening: replace(opening, value="\ud800"),
    ],
    ids=["value", "salt", "nothing", "surrogate"],
)
def test_changed_person_or_content_is_found(part, forge):
    chain = stored_chain(3)
    chain[1] = replace(chain[1], **{part: forge(getattr(chain[1], part))})
    assert findings(chain) == [(2, f"{part}-mismatch")]


def test_swapped_person_and_content_are_found():
    (event,) = stored_chain(1)
    assert codes([replace(event, person=event.content)]) == {"person-mismatch"}
    assert codes([replace(event, content=event.person)]) == {"content-mismatch"}


def test_chain_of_another_workflow_is_found():
    assert findings(stored_chain(2), OTHER_WORKFLOW_ID) == [
        (1, "wrong-workflow"),
        (1, "previous-hash-mismatch"),
        (2, "wrong-workflow"),
    ]


def test_chain_rewritten_for_another_workflow_still_starts_with_the_wrong_hash():
    chain = [rewritten(stored_chain(1)[0], lambda sealed: sealed["target"].update(id=OTHER_WORKFLOW_ID))]
    assert findings(chain, OTHER_WORKFLOW_ID) == [(1, "previous-hash-mismatch")]


def test_event_of_another_workflow_among_the_events_is_found():
    foreign = stored_chain(3, OTHER_WORKFLOW_ID)[2]
    assert findings([*stored_chain(2), foreign]) == [(3, "wrong-workflow"), (3, "previous-hash-mismatch")]


@pytest.mark.parametrize(
    "sealed",
    [
        "",
        "not json",
        "[]",
        "null",
        "1",
        "{}",
        '{"workflow":null}',
        '{"a":1e400}',
        "[" * 100_000,
    ],
    ids=["empty", "text", "array", "null", "number", "bare", "no workflow", "infinity", "deep"],
)
def test_unreadable_event_is_found_and_the_others_are_verified(sealed):
    chain = stored_chain(3)
    chain[1] = replace(chain[1], sealed=sealed)
    verdict = verify_chain(WORKFLOW_ID, chain)
    assert [(finding.sequence, finding.code) for finding in verdict.findings] == [
        (0, "unreadable"),
        (2, "missing"),
    ]
    assert verdict.findings[0].dataset_id == "event-2"
    assert verdict.events == 3


@pytest.mark.parametrize("path", ["eventId", "target", "personCommitment", "contentCommitment", "workflow"])
@pytest.mark.parametrize("value", [None, 1, "absent"])
def test_sealed_part_that_lacks_what_makes_a_chain_is_unreadable(path, value):
    def change(sealed: Any) -> None:
        if value == "absent":
            del sealed[path]
        else:
            sealed[path] = value

    assert codes([rewritten(stored_chain(1)[0], change)]) == {"unreadable"}


@pytest.mark.parametrize("value", [None, 1, ["x"]])
def test_previous_hash_or_target_that_is_not_text_is_unreadable(value):
    (event,) = stored_chain(1)
    assert codes([rewritten(event, lambda sealed: sealed["workflow"].update(previousHash=value))]) == {
        "unreadable"
    }
    assert codes([rewritten(event, lambda sealed: sealed["target"].update(id=value))]) == {"unreadable"}


@pytest.mark.parametrize("target_type", ["scheme", "", None, 1, "absent"])
def test_workflow_block_of_a_target_that_is_not_a_workflow_is_unreadable(target_type):
    def change(sealed: Any) -> None:
        sealed["target"]["type"] = target_type
        if target_type == "absent":
            del sealed["target"]["type"]

    assert codes([rewritten(stored_chain(1)[0], change)]) == {"unreadable"}


@pytest.mark.parametrize("sequence", [True, 0, -1, "1", None, 1.5])
def test_sequence_that_is_not_an_integer_from_1_is_unreadable(sequence):
    assert codes([with_sequence(stored_chain(1)[0], sequence)]) == {"unreadable"}


def test_same_meaning_in_other_bytes_is_unreadable():
    (event,) = stored_chain(1)
    spaced = event.sealed.replace(":", ": ", 1)
    assert codes([replace(event, sealed=spaced, hash=hash_of(spaced))]) == {"unreadable"}


def test_large_gap_has_a_limited_number_of_findings():
    chain = stored_chain(2)
    chain[1] = with_sequence(chain[1], 2**52)
    assert codes(chain) == {"missing"}
    assert len(findings(chain)) == MAX_MISSING_FINDINGS == 100


def test_each_finding_has_a_sentence_that_explains_it():
    chain = stored_chain(7)
    chain[0] = replace(chain[0], sealed="{")
    chain[1] = replace(chain[1], hash="0" * 64)
    chain[2] = replace(chain[2], person=chain[2].content, content=chain[2].person)
    chain[3] = rewritten(chain[3], lambda sealed: sealed["target"].update(id=OTHER_WORKFLOW_ID))
    fork = replace(rewritten(chain[5], lambda sealed: sealed.update(eventId="event-x")), dataset_id="event-x")
    renamed = replace(chain[6], dataset_id="event-y")
    verdict = verify_chain(WORKFLOW_ID, [*chain[:6], fork, renamed])
    assert [(finding.sequence, finding.code, finding.detail) for finding in verdict.findings] == [
        (0, "unreadable", "The sealed part is not the canonical JSON of a workflow event."),
        (1, "missing", "No event has this position."),
        (2, "hash-mismatch", "The sealed part does not have the stored hash."),
        (3, "person-mismatch", "The person part is not what the sealed part commits to."),
        (3, "content-mismatch", "The content part is not what the sealed part commits to."),
        (4, "wrong-workflow", f"The event belongs to {OTHER_WORKFLOW_ID}."),
        (5, "previous-hash-mismatch", "The event does not follow the one before it."),
        (6, "fork", "Another event has the same position."),
        (7, "event-id-mismatch", "The record is of event event-7."),
    ]


def test_findings_are_sorted_by_sequence():
    chain = stored_chain(4)
    chain[3] = replace(chain[3], hash="0" * 64)
    chain[0] = replace(chain[0], content=CommitmentOpening(bytes(32), "{}"))
    del chain[1]
    assert findings(chain) == [(1, "content-mismatch"), (2, "missing"), (4, "hash-mismatch")]


def test_a_number_that_no_double_holds_makes_an_event_unreadable():
    chain = stored_chain(2)
    sealed = f'{chain[1].sealed[:-1]},"zz":1e400}}'
    chain[1] = replace(chain[1], sealed=sealed, hash=hash_of(sealed))
    assert findings(chain) == [(0, "unreadable")]


def _links(chain: list[StoredEvent]) -> list[Link]:
    links = [link for link in map(read_link, chain) if link is not None]
    sort_links(links)
    return links


def test_a_chain_continues_after_its_newest_event():
    chain = stored_chain(3)
    start = ChainPosition(1, first_previous_hash(WORKFLOW_ID))
    assert end_of([], start) == start
    assert end_of(_links(chain), start) == ChainPosition(4, chain[2].hash)
    assert end_of(_links(chain[:1]), start) == ChainPosition(2, chain[0].hash)


def test_events_before_the_start_do_not_move_where_a_chain_continues():
    chain = stored_chain(4)
    start = ChainPosition(4, chain[2].hash)
    assert end_of(_links(chain[:3]), start) == start
    assert end_of(_links(chain), start) == ChainPosition(5, chain[3].hash)


def test_a_chain_continues_after_the_first_of_two_events_at_one_position():
    chain = stored_chain(2)
    fork = replace(rewritten(chain[1], lambda sealed: sealed.update(eventId="event-x")), dataset_id="event-x")
    first = min(chain[1], fork, key=lambda event: event.dataset_id)
    start = ChainPosition(1, first_previous_hash(WORKFLOW_ID))
    assert end_of(_links([*chain, fork]), start) == ChainPosition(3, first.hash)
