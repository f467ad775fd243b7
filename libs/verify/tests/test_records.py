"""Which files are read, and which are rejected."""

import json

import pytest
from countersign_verify.records import NotARecordError, read_records

from .builders import build_chain, to_file

CHAIN = build_chain(2)


@pytest.mark.parametrize(
    "text",
    [
        to_file(*CHAIN),
        to_file(*CHAIN).replace("\n", "\r\n\r\n"),
        "\ufeff" + json.dumps(CHAIN, indent=2),
        "".join(json.dumps(record, indent=2) for record in CHAIN),
        "".join(json.dumps(record, ensure_ascii=False) for record in CHAIN),
    ],
    ids=["lines", "empty_lines", "indented_array", "indented_objects", "not_escaped"],
)
def test_records_are_read_from_lines_objects_and_arrays(text):
    assert [record.dataset_id for record in read_records(text)] == [each["datasetId"] for each in CHAIN]


@pytest.mark.parametrize("text", ["", " \n", "[]"])
def test_an_empty_file_has_no_records(text):
    assert list(read_records(text)) == []


def test_unknown_fields_are_ignored():
    (record,) = read_records(json.dumps(CHAIN[0] | {"new": 1, "redacted": ["new"]}))
    assert not record.is_person_withheld


def _without(name):
    return {key: value for key, value in CHAIN[0].items() if key != name}


def _with_canonical(**texts):
    return CHAIN[0] | {"canonical": CHAIN[0]["canonical"] | texts}


INVALID = {
    "not_json": "{",
    "too_deep": "[" * 100_000,
    "number": "7",
    "null": "null",
    "page_of_a_search": json.dumps({"items": [], "cursor": None}),
    **{
        f"without_{name}": json.dumps(_without(name))
        for name in ("datasetId", "hash", "sealed", "person", "content", "canonical")
    },
    "hash_is_a_number": json.dumps(CHAIN[0] | {"hash": 1}),
    "sealed_text_is_an_object": json.dumps(_with_canonical(sealed={})),
    "opening_without_salt": json.dumps(_with_canonical(person={"value": "{}"})),
    "salt_is_a_number": json.dumps(_with_canonical(person={"salt": 1, "value": "{}"})),
    "redacted_is_a_number": json.dumps(CHAIN[0] | {"redacted": 1}),
    "redacted_lists_a_number": json.dumps(CHAIN[0] | {"redacted": [1]}),
    "lone_surrogate": json.dumps(_with_canonical(sealed="\ud800")),
    "same_key_twice": json.dumps(CHAIN[0])[:-1] + ',"content":{"title":"forged"}}',
    "same_key_twice_within": json.dumps(CHAIN[0]).replace('"title":', '"title": "forged", "title":', 1),
    "null_salt_in_second_record": to_file(CHAIN[1], _with_canonical(content={"salt": None, "value": ""})),
    "second_value_is_not_a_record": to_file(CHAIN[0]) + "{}",
}


@pytest.mark.parametrize("text", INVALID.values(), ids=INVALID.keys())
def test_a_file_with_anything_else_is_rejected(text):
    with pytest.raises(NotARecordError):
        list(read_records(text))
