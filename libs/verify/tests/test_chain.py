"""Whatever is done to a chain, but for cutting off its end, is found."""

import base64
import copy

import pytest
from countersign_verify.chain import Break, verdicts
from countersign_verify.records import records_in
from hypothesis import given
from hypothesis import strategies as st

from .builders import OTHER, WORKFLOW, a_chain, as_file, canonical, reopened, resealed

lengths = st.integers(1, 6)


def judged(*records):
    return verdicts(records_in(as_file(*records)))


def reasons(*records):
    return {found.reason for verdict in judged(*records) for found in verdict.breaks}


@given(lengths, st.randoms())
def test_an_unbroken_chain_is_intact_in_whatever_order_it_is_read(length, random):
    chain = a_chain(length)
    head = chain[-1]["hash"]
    random.shuffle(chain)
    (verdict,) = judged(*chain)
    assert verdict.intact
    assert (verdict.workflow_id, len(verdict.hashes), verdict.hashes[-1]) == (WORKFLOW, length, head)


def test_each_workflow_has_a_verdict_of_its_own():
    damaged = copy.deepcopy(a_chain(2, OTHER))
    damaged[0]["hash"] = "0" * 64
    assert [verdict.intact for verdict in judged(*damaged, *a_chain(3))] == [True, False]


def test_a_record_that_stands_in_two_files_is_no_fork():
    chain = a_chain(3)
    (verdict,) = judged(*chain, *chain[1:])
    assert (verdict.intact, len(verdict.hashes)) == (True, 3)


@pytest.mark.parametrize("part", ["person", "content"])
def test_nor_is_one_that_was_collected_before_and_after_a_part_of_it_was_erased(part):
    chain = a_chain(2)
    erased = copy.deepcopy(chain[0])
    erased[part] = erased["canonical"][part] = None
    assert reasons(erased, *chain) == reasons(*chain, erased) == set()


@given(st.data())
def test_erased_parts_break_nothing(data):
    chain = a_chain(data.draw(lengths))
    for record in chain:
        for part in data.draw(st.sets(st.sampled_from(["person", "content"]))):
            record[part] = record["canonical"][part] = None
    assert reasons(*chain) == set()


def test_what_was_erased_is_counted():
    chain = a_chain(3)
    for record in chain[:2]:
        record["person"] = record["canonical"]["person"] = None
    assert [verdict.erased for verdict in judged(*chain)] == [2]


@given(st.data())
def test_any_single_change_of_a_sealed_text_is_found(data):
    chain = a_chain(data.draw(lengths))
    texts = data.draw(st.sampled_from(chain))["canonical"]
    texts["sealed"] = changed(data, texts["sealed"])
    assert reasons(*chain)


@given(st.data(), st.sampled_from(["person", "content"]))
def test_any_single_change_of_an_opening_is_found(data, part):
    chain = a_chain(data.draw(lengths))
    opening = data.draw(st.sampled_from(chain))["canonical"][part]
    opening["value"] = changed(data, opening["value"])
    assert f"{part}-mismatch" in reasons(*chain)


@pytest.mark.parametrize("salt", ["", "AAAA", "A", "é"])
def test_a_changed_salt_opens_nothing(salt):
    chain = a_chain(2)
    chain[1]["canonical"]["person"]["salt"] = salt
    assert reasons(*chain) == {"person-mismatch"}


def test_a_salt_with_a_line_break_in_it_is_another():
    chain = a_chain(1)
    opening = chain[0]["canonical"]["person"]
    opening["salt"] = opening["salt"][:4] + "\n" + opening["salt"][4:]
    assert reasons(*chain) == {"person-mismatch"}


def test_a_value_cannot_hide_in_its_salt():
    """The commitment is made over salt and value together, so bytes that change sides leave it as it was."""
    record = a_chain(1)[0]
    opening = record["canonical"]["content"]
    moved = base64.b64decode(opening["salt"]) + opening["value"].encode()
    opening |= {"salt": base64.b64encode(moved).decode(), "value": ""}
    record["content"] = None
    assert reasons(record) == {"content-mismatch"}


@pytest.mark.parametrize(
    "value", ["", "not JSON", "null", "7", "[1]", '{ "a": 1}', '{"a":1,"a":2}', '{"a":1.5}', '{"a":NaN}']
)
@pytest.mark.parametrize("shown", [None, {"a": 1}, {"a": 2}, {"a": 1.5}])
def test_what_was_committed_to_and_is_no_canonical_object_passes_for_nothing_else(value, shown):
    record = reopened(a_chain(1)[0], "content", value) | {"content": shown}
    assert reasons(record) == {"content-unreadable"}


def changed(data, text):
    at = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda other: other != text[at]))
    return text[:at] + char + text[at + 1 :]


def test_a_record_that_is_gone_is_told_with_its_place():
    chain = a_chain(4)
    (verdict,) = judged(chain[0], chain[3])
    assert verdict.breaks == (Break(2, None, "missing"), Break(3, None, "missing"))


def test_a_first_record_that_is_gone_is_found():
    assert judged(*a_chain(3)[1:])[0].breaks == (Break(1, None, "missing"),)


def test_a_sequence_that_was_forged_to_be_huge_is_no_endless_list():
    chain = a_chain(1)
    (verdict,) = judged(chain[0], resealed(a_chain(2)[1], sequence=2**52))
    assert len(verdict.breaks) == 100


def test_a_record_forged_with_all_its_hashes_breaks_the_link_of_the_next():
    chain = a_chain(3)
    chain[1] = resealed(chain[1], actionType="APPROVE")
    (verdict,) = judged(*chain)
    assert verdict.breaks == (Break(3, chain[2]["datasetId"], "previous-hash-mismatch"),)


def test_two_records_in_one_place_are_a_fork():
    chain = a_chain(2)
    second = resealed(chain[1], actionType="APPROVE") | {"datasetId": "f"}
    assert reasons(*chain, second) == {"fork"}


def test_a_chain_cannot_pass_for_another_workflows():
    assert reasons(*[resealed(record, workflowId=OTHER) for record in a_chain(1)]) == {
        "previous-hash-mismatch"
    }


def test_a_stored_hash_that_was_changed_is_found():
    chain = a_chain(2)
    chain[0]["hash"] = chain[1]["hash"]
    assert reasons(*chain) == {"hash-mismatch"}


@pytest.mark.parametrize(
    ("part", "shown"),
    [("sealed", {}), ("person", {"name": "Mallory"}), ("content", None), ("person", None), ("sealed", None)],
)
def test_what_is_shown_must_be_what_was_hashed(part, shown):
    chain = a_chain(2)
    chain[1][part] = shown
    assert reasons(*chain) == {f"{part}-shown-differs"}


@pytest.mark.parametrize("part", ["person", "content"])
def test_what_was_erased_is_not_shown(part):
    chain = a_chain(2)
    chain[0]["canonical"][part] = None
    assert reasons(*chain) == {f"{part}-shown-differs"}


@pytest.mark.parametrize(("hashed", "shown"), [(1, True), (0, False), (True, 1), (1200, 1200.0), (1, "1")])
def test_what_python_takes_for_equal_is_not_the_same(hashed, shown):
    record = reopened(a_chain(1)[0], "content", canonical({"approved": hashed}))
    assert reasons(record | {"content": {"approved": hashed}}) == set()
    assert reasons(record | {"content": {"approved": shown}}) == {"content-shown-differs"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        '{"sequence":1}',
        "[" * 100_000,
        '{"\\ud800":1}',
        '{"a":"\\ud800"}',
    ],
)
def test_a_destroyed_text_is_told(text):
    chain = a_chain(2)
    chain[1]["canonical"]["sealed"] = text
    first, rest = judged(*chain)
    assert first.intact
    assert (rest.workflow_id, rest.breaks) == (None, (Break(0, chain[1]["datasetId"], "unreadable"),))


@pytest.mark.parametrize(
    "facts",
    [
        {"sequence": "1"},
        {"sequence": True},
        {"sequence": 0},
        {"sequence": -1},
        {"sequence": None},
        {"previousHash": 1},
        {"contentCommitment": None},
    ],
)
def test_a_sealed_text_without_its_place_or_its_links_is_unreadable(facts):
    assert reasons(resealed(a_chain(1)[0], **facts)) == {"unreadable"}


@pytest.mark.parametrize("number", ["1.5", "1e3", "NaN", "Infinity", str(2**53 + 1), "9" * 10_000])
def test_numbers_that_have_no_canonical_form_make_a_text_unreadable(number):
    record = a_chain(1)[0]
    text = record["canonical"]["sealed"].replace('"sequence":1', f'"other":{number},"sequence":1')
    assert reasons(record | {"canonical": record["canonical"] | {"sealed": text}}) == {"unreadable"}


def test_a_text_that_is_not_canonical_is_not_what_was_hashed_even_with_its_own_hash():
    record = a_chain(1)[0]
    spaced = record["canonical"]["sealed"].replace(":", ": ", 1)
    assert reasons(record | {"canonical": record["canonical"] | {"sealed": spaced}}) == {"unreadable"}
