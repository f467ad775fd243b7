"""Entries and their bundles."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.domain.log.entries import Entry, EntryKind, InvalidEntryError, pack_bundle, unpack_bundle

EVENT = Entry(EntryKind.EVENT, "0190b000-0000-7000-8000-000000000001", "0a" * 32)
MANIFEST = Entry(EntryKind.MANIFEST, "2026-11-24T23:26:00Z", "ff" * 32)

entries = st.builds(
    Entry,
    st.sampled_from(EntryKind),
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=80),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
)


def test_the_text_of_an_event_has_its_id_and_its_hash():
    assert EVENT.text == f"countersign/v1/event\n{EVENT.entry_id}\n{'0a' * 32}\n"


def test_the_text_of_a_manifest_has_its_name_and_its_hash():
    assert MANIFEST.text == f"countersign/v1/manifest\n2026-11-24T23:26:00Z\n{'ff' * 32}\n"


@given(entries)
def test_an_entry_is_read_back_as_it_was(entry: Entry):
    assert Entry.from_bytes(entry.to_bytes()) == entry


@pytest.mark.parametrize(
    "text",
    [
        "",
        "countersign/v1/event\nid\n",
        f"countersign/v1/event\nid\n{'0a' * 32}",
        f"countersign/v1/event\nid\n{'0a' * 32}\n\n",
        f"countersign/v1/event\nid\n{'0a' * 32}\nmore",
        f"countersign/v1/event\n\n{'0a' * 32}\n",
        f"countersign/v1/event\nid\n{'0A' * 32}\n",
        f"countersign/v1/event\nid\n{'0a' * 31}\n",
        "countersign/v1/event\nid\nnot a hash\n",
        f"countersign/v2/event\nid\n{'0a' * 32}\n",
        f"event\nid\n{'0a' * 32}\n",
        f"countersign/v1/secret\nid\n{'0a' * 32}\n",
    ],
)
def test_another_text_is_not_an_entry(text: str):
    with pytest.raises(InvalidEntryError, match=r"^Not an entry of the log\.$"):
        Entry.from_bytes(text.encode())


def test_bytes_that_are_not_utf_8_are_not_an_entry():
    with pytest.raises(InvalidEntryError, match=r"^Not an entry of the log\.$"):
        Entry.from_bytes(b"countersign/v1/event\n\xff\n" + b"0a" * 32 + b"\n")


def test_a_bundle_has_each_entry_after_its_length():
    first, second = EVENT.to_bytes(), MANIFEST.to_bytes()
    expected = len(first).to_bytes(2) + first + len(second).to_bytes(2) + second
    assert pack_bundle([EVENT, MANIFEST]) == expected


@given(st.lists(entries, max_size=20))
def test_a_bundle_is_read_back_as_it_was(bundle: list[Entry]):
    assert list(unpack_bundle(pack_bundle(bundle))) == bundle


def test_a_bundle_has_entries_of_up_to_65535_bytes():
    longest = replace(MANIFEST, entry_id="x" * (65_535 - len(replace(MANIFEST, entry_id="").to_bytes())))
    assert pack_bundle([longest])[:2] == b"\xff\xff"
    assert list(unpack_bundle(pack_bundle([longest, EVENT]))) == [longest, EVENT]


@given(st.lists(entries, min_size=1, max_size=3), st.data())
def test_a_bundle_that_is_cut_off_is_rejected(bundle: list[Entry], data: st.DataObject):
    packed = pack_bundle(bundle)
    whole = {len(pack_bundle(bundle[:count])) for count in range(len(bundle) + 1)}
    length = data.draw(st.integers(1, len(packed) - 1).filter(lambda each: each not in whole))
    with pytest.raises(InvalidEntryError, match=r"^The bundle is cut off\.$"):
        list(unpack_bundle(packed[:length]))
