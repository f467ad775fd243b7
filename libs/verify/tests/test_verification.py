"""Every change to a chain is found, except removal of its newest records."""

import base64
import copy

import pytest
from countersign_verify.records import read_records
from countersign_verify.verification import Finding, Group, verify_records
from hypothesis import given
from hypothesis import strategies as st

from .builders import (
    OTHER_WORKFLOW,
    WORKFLOW,
    build_chain,
    build_erasure,
    build_standalone,
    canonical,
    erase,
    recommit,
    reseal,
    reseal_workflow,
    to_file,
    withhold_person,
)

lengths = st.integers(1, 6)
parts = pytest.mark.parametrize("part", ["person", "content"])


def verify(*records):
    return verify_records(read_records(to_file(*records)))


def reasons(*records):
    return {finding.code for verdict in verify(*records) for finding in verdict.findings}


def changed(data, text):
    position = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda other: other != text[position]))
    return text[:position] + char + text[position + 1 :]


# Intact records


@given(lengths, st.randoms())
def test_a_complete_chain_is_intact_in_any_order(length, random):
    chain = build_chain(length)
    head = chain[-1]["hash"]
    random.shuffle(chain)
    (verdict,) = verify(*chain)
    assert verdict.is_valid
    assert (verdict.group, verdict.workflow_id) == (Group.WORKFLOW, WORKFLOW)
    assert (verdict.records, verdict.head) == (length, head)


def test_each_workflow_has_its_own_verdict():
    damaged = copy.deepcopy(build_chain(2, OTHER_WORKFLOW))
    damaged[0]["hash"] = "0" * 64
    assert [verdict.is_valid for verdict in verify(*damaged, *build_chain(3))] == [True, False]


def test_a_record_that_is_in_two_files_is_not_a_fork():
    chain = build_chain(3)
    (verdict,) = verify(*chain, *chain[1:])
    assert (verdict.is_valid, verdict.records) == (True, 3)


@parts
def test_a_record_read_before_and_after_an_erasure_is_not_a_fork(part):
    chain = build_chain(2)
    for records in ([erase(chain[0], part), *chain], [*chain, erase(chain[0], part)]):
        (verdict,) = verify(*records)
        assert (verdict.findings, verdict.erased) == ([], 0)


@given(st.data())
def test_erased_parts_are_not_findings(data):
    chain = build_chain(data.draw(lengths))
    parts = [data.draw(st.sets(st.sampled_from(["person", "content"]))) for _ in chain]
    records = [erase(record, *removed) for record, removed in zip(chain, parts, strict=True)]
    named = {record["datasetId"]: sorted(removed) for record, removed in zip(chain, parts, strict=True)}
    assert reasons(*records, build_erasure(99, named)) == set()
    assert reasons(*records) == ({"removed-without-erasure"} if any(parts) else set())


def test_erased_parts_are_counted():
    first, second, third = build_chain(3)
    erasures = [
        build_erasure(99, {first["datasetId"]: ["person"], second["datasetId"]: ["person"]}),
        build_erasure(98, {first["datasetId"]: ["content"]}),
    ]
    verdict, _ = verify(erase(first, "person", "content"), erase(second, "person"), third, *erasures)
    assert (verdict.erased, verdict.withheld) == (3, 0)
    assert [(each.sequence, each.part, each.by) for each in verdict.erased_parts] == [
        (1, "person", erasures[0]["datasetId"]),
        (1, "content", erasures[1]["datasetId"]),
        (2, "person", erasures[0]["datasetId"]),
    ]


@pytest.mark.parametrize(
    "named",
    [{}, {"another": ["person"]}, {"0190b000-0000-7000-8000-000000000001": ["content"]}],
)
def test_a_part_that_no_erasure_names_was_removed_without_erasure(named):
    first, second = build_chain(2)
    assert reasons(erase(first, "person"), second, build_erasure(99, named)) == {"removed-without-erasure"}


def test_an_erasure_event_that_is_not_valid_explains_nothing():
    (record,) = build_chain(1)
    erasure = build_erasure(99, {record["datasetId"]: ["person"]})
    for forged in (
        reseal(erasure, source="/countersign/workflow"),
        reseal(erasure, outcome="DRAFT"),
        erasure | {"hash": "0" * 64},
        erase(erasure, "content"),
    ):
        assert "removed-without-erasure" in reasons(erase(record, "person"), forged)


def test_each_copy_of_a_record_is_checked():
    chain = build_chain(2)
    forged = chain[0] | {"content": {"title": "forged"}}
    assert reasons(forged, *chain) == reasons(*chain, forged) == {"content-shown-differs"}


# Withheld persons


def test_withheld_persons_are_counted_apart_from_erased_ones_and_are_not_findings():
    first, second, third = build_chain(3)
    erasure = build_erasure(99, {third["datasetId"]: ["person"]})
    verdict, _ = verify(withhold_person(first), withhold_person(second), erase(third, "person"), erasure)
    assert verdict.is_valid
    assert (verdict.withheld, verdict.erased) == (2, 1)


def test_a_withheld_person_may_have_been_erased_too():
    record = withhold_person(build_chain(1)[0]) | {"person": None}
    (verdict,) = verify(record)
    assert (verdict.findings, verdict.withheld, verdict.erased) == ([], 1, 0)


def test_a_record_read_by_a_participant_and_by_an_auditor_has_nothing_withheld():
    (record,) = build_chain(1)
    for records in ([withhold_person(record), record], [record, withhold_person(record)]):
        (verdict,) = verify(*records)
        assert (verdict.findings, verdict.withheld) == ([], 0)


def test_a_withheld_person_shows_a_name_at_most():
    record = withhold_person(build_chain(1)[0]) | {"person": {"name": "Rita", "email": "mallory@example.com"}}
    assert reasons(record) == {"person-shown-differs"}


def test_a_person_with_an_opening_is_checked_even_if_it_is_listed_as_withheld():
    record = build_chain(1)[0] | {"redacted": ["person"], "person": {"name": "Mallory"}}
    assert reasons(record) == {"person-shown-differs"}


def test_content_cannot_be_withheld():
    record = build_chain(1)[0]
    hidden = record | {
        "redacted": ["content"],
        "content": {"title": "forged"},
        "canonical": record["canonical"] | {"content": None},
    }
    assert reasons(hidden) == {"content-shown-differs", "removed-without-erasure"}


# Records outside workflows


def test_records_outside_workflows_are_verified_alone_and_grouped_apart():
    workflow, standalone = verify(build_standalone(7), *build_chain(2), build_standalone(9))
    assert (workflow.group, standalone.group) == (Group.WORKFLOW, Group.STANDALONE)
    assert standalone.workflow_id is None
    assert (standalone.is_valid, standalone.records) == (True, 2)


@parts
def test_a_changed_part_of_a_record_outside_workflows_is_found(part):
    record = copy.deepcopy(build_standalone(7))
    record["canonical"][part]["value"] = "{}"
    (verdict,) = verify(record)
    assert verdict.findings == [Finding(0, record["datasetId"], f"{part}-mismatch")]


def test_a_record_whose_workflow_block_was_removed_leaves_a_gap():
    chain = build_chain(3)
    sealed = {key: value for key, value in chain[1]["sealed"].items() if key != "workflow"}
    removed = reseal(chain[1] | {"sealed": sealed})
    assert reasons(chain[0], removed, chain[2]) == {"missing"}


# Changed texts


@given(st.data())
def test_any_single_change_of_a_sealed_text_is_found(data):
    chain = build_chain(data.draw(lengths))
    texts = data.draw(st.sampled_from(chain))["canonical"]
    texts["sealed"] = changed(data, texts["sealed"])
    assert reasons(*chain)


@given(st.data(), st.sampled_from(["person", "content"]))
def test_any_single_change_of_an_opening_is_found(data, part):
    chain = build_chain(data.draw(lengths))
    opening = data.draw(st.sampled_from(chain))["canonical"][part]
    opening["value"] = changed(data, opening["value"])
    assert f"{part}-mismatch" in reasons(*chain)


@pytest.mark.parametrize("salt", ["", "AAAA", "A", "é"])
def test_a_changed_salt_opens_nothing(salt):
    chain = build_chain(2)
    chain[1]["canonical"]["person"]["salt"] = salt
    assert reasons(*chain) == {"person-mismatch"}


def test_another_base64_text_of_the_same_salt_opens_nothing():
    chain = build_chain(1)
    opening = chain[0]["canonical"]["person"]
    last = opening["salt"][-2]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    opening["salt"] = opening["salt"][:-2] + alphabet[alphabet.index(last) + 1] + "="
    assert reasons(*chain) == {"person-mismatch"}


def test_a_salt_with_a_line_break_opens_nothing():
    chain = build_chain(1)
    opening = chain[0]["canonical"]["person"]
    opening["salt"] = opening["salt"][:4] + "\n" + opening["salt"][4:]
    assert reasons(*chain) == {"person-mismatch"}


def test_bytes_cannot_move_from_the_value_to_the_salt():
    """The commitment covers salt and value together, so it doesn't change when bytes move between them."""
    record = build_chain(1)[0]
    opening = record["canonical"]["content"]
    moved = base64.b64decode(opening["salt"]) + opening["value"].encode()
    opening |= {"salt": base64.b64encode(moved).decode(), "value": ""}
    record["content"] = None
    assert reasons(record) == {"content-mismatch"}


@pytest.mark.parametrize(
    "value",
    [
        "",
        "not JSON",
        "null",
        "7",
        "[1]",
        '{ "a": 1}',
        '{"a":1,"a":2}',
        '{"a":1.0}',
        '{"a":12.50}',
        '{"a":NaN}',
        '{"a":1e400}',
        '{"a":9007199254740993}',
        '{"a":-0}',
        '{"a":1E21}',
    ],
)
@pytest.mark.parametrize("shown", [None, {"a": 1}, {"a": 2}, {"a": 12.5}])
def test_a_committed_text_that_is_not_a_canonical_object_is_unreadable(value, shown):
    record = recommit(build_chain(1)[0], "content", value) | {"content": shown}
    assert reasons(record) == {"content-unreadable"}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", '{"sequence":1}', "[" * 100_000, '{"\\ud800":1}', '{"a":"\\ud800"}'],
)
def test_a_destroyed_sealed_text_is_unreadable_and_listed_last(text):
    chain = build_chain(2)
    chain[1]["canonical"]["sealed"] = text
    first, last = verify(*chain)
    assert first.is_valid
    assert last.group is Group.UNREADABLE
    assert last.findings == [Finding(0, chain[1]["datasetId"], "unreadable")]


@pytest.mark.parametrize(
    "fields",
    [
        {"eventId": None},
        {"personCommitment": 1},
        {"contentCommitment": None},
        {"target": None},
        {"target": {"type": "workflow"}},
        {"target": {"type": "workflow", "id": 7}},
        {"target": {"type": "user", "id": WORKFLOW}},
        {"workflow": []},
        {"workflow": {}},
        {"workflow": "1"},
    ],
)
def test_a_sealed_part_without_a_field_that_the_verification_needs_is_unreadable(fields):
    assert reasons(reseal(build_chain(1)[0], **fields)) == {"unreadable"}


@pytest.mark.parametrize(
    "fields",
    [{"sequence": value} for value in ("1", True, 0, -1, 1.5, None)]
    + [{"previousHash": value} for value in (1, None)],
)
def test_a_workflow_block_without_position_or_link_is_unreadable(fields):
    assert reasons(reseal_workflow(build_chain(1)[0], **fields)) == {"unreadable"}


@pytest.mark.parametrize("number", ["1.0", "1e3", "NaN", "Infinity", "9007199254740993", "9" * 10_000])
def test_a_sealed_text_with_a_number_that_is_not_canonical_is_unreadable(number):
    record = build_chain(1)[0]
    text = record["canonical"]["sealed"].replace('"schemaVersion":1', f'"schemaVersion":{number}')
    assert reasons(record | {"canonical": record["canonical"] | {"sealed": text}}) == {"unreadable"}


def test_a_sealed_text_that_is_not_canonical_is_unreadable():
    record = build_chain(1)[0]
    spaced = record["canonical"]["sealed"].replace(":", ": ", 1)
    assert reasons(record | {"canonical": record["canonical"] | {"sealed": spaced}}) == {"unreadable"}


def test_a_changed_stored_hash_is_found():
    chain = build_chain(2)
    chain[0]["hash"] = chain[1]["hash"]
    assert reasons(*chain) == {"hash-mismatch"}


def test_a_record_under_another_id_than_its_events_is_found():
    chain = build_chain(2)
    chain[0]["datasetId"] = "another"
    (verdict,) = verify(*chain)
    assert verdict.findings == [Finding(1, "another", "event-id-mismatch")]


# Broken chains


def test_missing_records_are_reported_with_their_positions():
    chain = build_chain(4)
    (verdict,) = verify(chain[0], chain[3])
    assert verdict.findings == [Finding(2, None, "missing"), Finding(3, None, "missing")]


def test_findings_are_listed_by_position():
    chain = build_chain(4)
    chain[3] |= {"hash": "0" * 64}
    (verdict,) = verify(chain[0], chain[2], chain[3])
    assert verdict.findings == [
        Finding(2, None, "missing"),
        Finding(4, chain[3]["datasetId"], "hash-mismatch"),
    ]


def test_a_missing_first_record_is_found():
    assert verify(*build_chain(3)[1:])[0].findings == [Finding(1, None, "missing")]


def test_a_forged_huge_sequence_reports_a_limited_number_of_missing_records():
    chain = build_chain(2)
    (verdict,) = verify(chain[0], reseal_workflow(chain[1], sequence=2**52))
    assert len(verdict.findings) == 100


def test_a_record_forged_with_its_hash_breaks_the_link_of_the_next():
    chain = build_chain(3)
    chain[1] = reseal(chain[1], actionType="APPROVE")
    (verdict,) = verify(*chain)
    assert verdict.findings == [Finding(3, chain[2]["datasetId"], "previous-hash-mismatch")]


def test_two_records_at_one_position_are_a_fork():
    chain = build_chain(2)
    second = reseal(chain[1], eventId="f") | {"datasetId": "f"}
    assert reasons(*chain, second) == {"fork"}


def test_a_chain_of_one_workflow_does_not_pass_for_that_of_another():
    target = {"type": "workflow", "id": OTHER_WORKFLOW}
    assert reasons(reseal(build_chain(1)[0], target=target)) == {"previous-hash-mismatch"}


def test_changed_participants_are_found():
    chain = build_chain(2)
    chain[0] = reseal(chain[0], participants=["user:mallory"])
    assert reasons(*chain) == {"previous-hash-mismatch"}


# What people are shown


@pytest.mark.parametrize(
    ("part", "shown"),
    [("sealed", {}), ("person", {"name": "Mallory"}), ("content", None), ("person", None), ("sealed", None)],
)
def test_what_people_are_shown_must_be_what_was_hashed(part, shown):
    chain = build_chain(2)
    chain[1][part] = shown
    assert reasons(*chain) == {f"{part}-shown-differs"}


@parts
def test_an_erased_part_must_not_be_shown(part):
    chain = build_chain(2)
    chain[0]["canonical"][part] = None
    erasure = build_erasure(99, {chain[0]["datasetId"]: [part]})
    assert reasons(*chain, erasure) == {f"{part}-shown-differs"}


@pytest.mark.parametrize(
    ("hashed", "shown"), [(1, True), (0, False), (True, 1), (1, "1"), (0.1, 0.2), (1e21, 1e22)]
)
def test_a_shown_value_of_another_type_or_number_differs(hashed, shown):
    record = recommit(build_chain(1)[0], "content", canonical({"value": hashed}))
    assert reasons(record | {"content": {"value": hashed}}) == set()
    assert reasons(record | {"content": {"value": shown}}) == {"content-shown-differs"}


@pytest.mark.parametrize(
    ("hashed", "shown"),
    [
        ("12.5", "12.50"),
        ("1200", "1200.0"),
        ("0", "-0"),
        ("1e-7", "0.0000001"),
        ("1e+21", "1000000000000000000000"),
        ("100000000000000000000", "1e20"),
        ("295147905179352830000", "295147905179352825856"),
    ],
)
def test_a_number_shown_in_another_notation_is_the_same_number(hashed, shown):
    record = recommit(build_chain(1)[0], "content", f'{{"value":{hashed}}}') | {"content": "here"}
    for notation in (hashed, shown):
        text = to_file(record).replace('"here"', f'{{"value":{notation}}}')
        (verdict,) = verify_records(read_records(text))
        assert verdict.findings == []
