"""Files of records: what is read, and what is told of the rest."""

import json

import pytest
from countersign_verify.records import NotARecord, records_in

from .builders import a_chain, as_file

CHAIN = a_chain(2)


@pytest.mark.parametrize(
    "text",
    [
        as_file(*CHAIN),
        as_file(*CHAIN).replace("\n", "\r\n\r\n"),
        "\ufeff" + json.dumps(CHAIN, indent=2),
        "".join(json.dumps(record, indent=2) for record in CHAIN),
        "".join(json.dumps(record, ensure_ascii=False) for record in CHAIN),
    ],
)
def test_records_are_read_however_they_stand_one_after_another(text):
    assert [record.dataset_id for record in records_in(text)] == [each["datasetId"] for each in CHAIN]


@pytest.mark.parametrize("text", ["", " \n", "[]"])
def test_nothing_is_no_record(text):
    assert list(records_in(text)) == []


def _without(name):
    return {key: value for key, value in CHAIN[0].items() if key != name}


def _canonical(**texts):
    return CHAIN[0] | {"canonical": CHAIN[0]["canonical"] | texts}


BAD = {
    "no_json": "{",
    "too_deep": "[" * 100_000,
    "a_number": "7",
    "null": "null",
    "a_page_of_a_search": json.dumps({"items": [], "cursor": None}),
    **{
        f"no_{name}": json.dumps(_without(name))
        for name in ("datasetId", "hash", "sealed", "person", "canonical")
    },
    "a_hash_that_is_no_text": json.dumps(CHAIN[0] | {"hash": 1}),
    "a_sealed_text_that_is_an_object": json.dumps(_canonical(sealed={})),
    "an_opening_without_salt": json.dumps(_canonical(person={"value": "{}"})),
    "a_salt_that_is_no_text": json.dumps(_canonical(person={"salt": 1, "value": "{}"})),
    "a_lone_surrogate": json.dumps(_canonical(sealed="\ud800")),
    "a_name_that_stands_twice": json.dumps(CHAIN[0])[:-1] + ',"content":{"title":"forged"}}',
    "a_name_that_stands_twice_within": json.dumps(CHAIN[0]).replace(
        '"title":', '"title": "forged", "title":', 1
    ),
    "a_salt_that_is_no_text_among_good_ones": as_file(
        CHAIN[1], _canonical(content={"salt": None, "value": ""})
    ),
    "a_second_one_that_is_none": as_file(CHAIN[0]) + "{}",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_what_is_no_record_is_told(text):
    with pytest.raises(NotARecord):
        list(records_in(text))
