"""The hash chain: whatever is done to it, but for cutting off its end, is found."""

import json
from dataclasses import replace

import pytest
from countersign_common.canonical import Opening, canonical_text
from countersign_common.chain import first_previous_hash, hash_of, verify
from hypothesis import given
from hypothesis import strategies as st

from .builders import WORKFLOW, a_chain

lengths = st.integers(1, 8)
OTHER = "018f0000-0000-7000-8000-000000000002"


def reasons(chain, workflow_id=WORKFLOW) -> set[str]:
    return {found.reason for found in verify(workflow_id, chain).breaks}


@given(lengths, st.randoms())
def test_an_unbroken_chain_is_intact_in_whatever_order_it_is_read(length, random):
    chain = a_chain(length)
    head = chain[-1].hash
    random.shuffle(chain)
    verdict = verify(WORKFLOW, chain)
    assert (verdict.intact, verdict.events, verdict.head_hash) == (True, length, head)


def test_a_chain_of_nothing_is_intact_and_has_no_head():
    verdict = verify(WORKFLOW, [])
    assert (verdict.intact, verdict.events, verdict.head_hash) == (True, 0, None)


@given(st.data())
def test_erasing_person_and_content_changes_nothing(data):
    chain = a_chain(data.draw(lengths))
    erased = [
        replace(
            event,
            person=data.draw(st.sampled_from([event.person, None])),
            content=data.draw(st.sampled_from([event.content, None])),
        )
        for event in chain
    ]
    assert verify(WORKFLOW, erased) == verify(WORKFLOW, chain)


@given(st.data())
def test_any_single_change_of_a_sealed_part_is_found(data):
    chain = a_chain(data.draw(lengths))
    place = data.draw(st.integers(0, len(chain) - 1))
    text = chain[place].sealed
    at = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda other: other != text[at]))
    chain[place] = replace(chain[place], sealed=text[:at] + char + text[at + 1 :])
    assert not verify(WORKFLOW, chain).intact


@given(st.data())
def test_a_change_that_is_hashed_anew_is_found_wherever_an_event_follows(data):
    chain = a_chain(data.draw(st.integers(2, 8)))
    place = data.draw(st.integers(0, len(chain) - 2))
    sealed = canonical_text(json.loads(chain[place].sealed) | {"outcome": "APPROVED"})
    chain[place] = replace(chain[place], sealed=sealed, hash=hash_of(sealed))
    verdict = verify(WORKFLOW, chain)
    assert [(found.sequence, found.reason) for found in verdict.breaks] == [
        (place + 2, "previous-hash-mismatch")
    ]


@given(st.data())
def test_another_hash_is_found(data):
    chain = a_chain(data.draw(lengths))
    place = data.draw(st.integers(0, len(chain) - 1))
    chain[place] = replace(chain[place], hash="0" * 64)
    verdict = verify(WORKFLOW, chain)
    assert [(found.sequence, found.reason) for found in verdict.breaks] == [(place + 1, "hash-mismatch")]
    assert verdict.breaks[0].dataset_id == f"dataset-{place + 1}"


@given(st.data())
def test_an_event_that_was_removed_before_the_end_is_missed(data):
    chain = a_chain(data.draw(st.integers(2, 8)))
    place = data.draw(st.integers(0, len(chain) - 2))
    del chain[place]
    verdict = verify(WORKFLOW, chain)
    assert [(found.sequence, found.reason, found.dataset_id) for found in verdict.breaks] == [
        (place + 1, "missing", None)
    ]


def test_what_a_chain_alone_cannot_show_is_that_its_end_was_cut_off():
    assert verify(WORKFLOW, a_chain(5)[:3]).intact


@given(st.data())
def test_two_events_that_changed_places_are_found(data):
    chain = a_chain(data.draw(st.integers(2, 8)))
    one, other = data.draw(st.lists(st.integers(0, len(chain) - 1), min_size=2, max_size=2, unique=True))
    swapped = list(chain)
    for at, source in ((one, chain[other]), (other, chain[one])):
        sealed = canonical_text(json.loads(source.sealed) | {"sequence": at + 1})
        swapped[at] = replace(source, sealed=sealed, hash=hash_of(sealed))
    assert not verify(WORKFLOW, swapped).intact


@given(st.data())
def test_an_event_that_is_there_twice_is_found(data):
    chain = a_chain(data.draw(lengths))
    twice = data.draw(st.sampled_from(chain))
    assert reasons([*chain, replace(twice, dataset_id="a copy")]) == {"fork"}


@given(st.data())
def test_an_opening_that_is_not_what_was_committed_to_is_found(data):
    chain = a_chain(data.draw(lengths))
    place = data.draw(st.integers(0, len(chain) - 1))
    part = data.draw(st.sampled_from(["person", "content"]))
    opening = getattr(chain[place], part)
    forged = data.draw(
        st.sampled_from(
            [replace(opening, value='{"name":"Eve"}'), replace(opening, salt=bytes(32)), Opening(b"", "")]
        )
    )
    chain[place] = replace(chain[place], **{part: forged})
    assert reasons(chain) == {f"{part}-mismatch"}


def test_person_and_content_do_not_pass_for_each_other():
    (event,) = a_chain(1)
    assert reasons([replace(event, person=event.content)]) == {"person-mismatch"}


def test_a_chain_does_not_pass_for_another_workflows():
    assert reasons(a_chain(3), OTHER) == {"wrong-workflow", "previous-hash-mismatch"}
    assert first_previous_hash(WORKFLOW) != first_previous_hash(OTHER)


def test_an_event_of_another_workflow_among_them_is_found():
    assert "wrong-workflow" in reasons([*a_chain(2), a_chain(3, OTHER)[2]])


@pytest.mark.parametrize(
    "sealed",
    [
        "",
        "not json",
        "[]",
        "null",
        "1",
        "{}",
        '{ "sequence": 1 }',
        '{"sequence":"1","workflowId":"w","previousHash":"p","personCommitment":"c","contentCommitment":"c"}',
        '{"a":1.5}',
        "[" * 100_000,
    ],
    ids=["empty", "text", "array", "null", "number", "bare", "spaced", "text for a number", "float", "deep"],
)
def test_what_cannot_be_read_is_told_and_does_not_stop_the_verifier(sealed):
    chain = a_chain(3)
    chain[1] = replace(chain[1], sealed=sealed)
    verdict = verify(WORKFLOW, chain)
    assert [(found.reason, found.sequence) for found in verdict.breaks] == [("unreadable", 0), ("missing", 2)]
    assert verdict.events == 3


def test_the_same_meaning_in_other_bytes_is_not_the_same():
    (event,) = a_chain(1)
    spaced = event.sealed.replace(":", ": ", 1)
    assert reasons([replace(event, sealed=spaced, hash=hash_of(spaced))]) == {"unreadable"}


def test_a_very_long_gap_does_not_make_a_very_long_answer():
    chain = a_chain(2)
    sealed = canonical_text(json.loads(chain[1].sealed) | {"sequence": 2**52})
    verdict = verify(WORKFLOW, [chain[0], replace(chain[1], sealed=sealed, hash=hash_of(sealed))])
    assert len(verdict.breaks) == 100


@pytest.mark.parametrize("sequence", [0, -1])
def test_a_place_before_the_first_is_found(sequence):
    chain = a_chain(2)
    sealed = canonical_text(json.loads(chain[0].sealed) | {"sequence": sequence})
    assert not verify(WORKFLOW, [replace(chain[0], sealed=sealed, hash=hash_of(sealed)), chain[1]]).intact


@pytest.mark.parametrize("sequence", [True, 0, -1, "1", None])
def test_an_event_whose_place_is_no_number_from_1_is_unreadable_even_with_its_own_hash(sequence):
    (event,) = a_chain(1)
    text = canonical_text(json.loads(event.sealed) | {"sequence": sequence})
    assert reasons([replace(event, sealed=text, hash=hash_of(text))]) == {"unreadable"}
