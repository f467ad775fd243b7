"""Identifiers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from countersign_common.ids import creation_time, derived_id, is_id, new_id

PARENT = "018f0000-0000-7000-8000-000000000001"


def test_new_ids_have_version_7_are_unique_and_sort_by_creation():
    ids = [new_id() for _ in range(200)]
    assert {UUID(each).version for each in ids} == {7}
    assert ids == sorted(ids)
    assert len(set(ids)) == 200


def test_derived_id_depends_on_parent_and_name_only():
    assert derived_id(PARENT, "bo") == derived_id(PARENT, "bo")
    assert len({derived_id(PARENT, "bo"), derived_id(PARENT, "cy"), derived_id(new_id(), "bo")}) == 3
    assert UUID(derived_id(PARENT, "bo")).version == 5


def test_derived_id_requires_a_uuid_as_parent():
    with pytest.raises(ValueError, match="UUID"):
        derived_id("not a uuid", "bo")


def test_created_ids_are_valid():
    assert is_id(new_id())
    assert is_id(derived_id(PARENT, "bo"))


@pytest.mark.parametrize(
    "text", ["", "1", PARENT.upper(), PARENT.replace("-", ""), f"{PARENT}\n", f"{{{PARENT}}}"]
)
def test_other_forms_of_a_uuid_are_not_valid_ids(text):
    assert not is_id(text)


def test_the_creation_time_of_a_new_id_is_now():
    before = datetime.now(UTC)
    created = creation_time(new_id())
    assert created is not None
    assert abs(created - before) < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("018f0000-0000-7000-8000-000000000001", datetime(2024, 4, 21, 9, 32, 31, 104_000, UTC)),
        ("ffffffff-ffff-4fff-bfff-ffffffffffff", None),
        (derived_id("018f0000-0000-7000-8000-000000000001", "x"), None),
        ("not-an-id", None),
    ],
)
def test_only_a_uuid7_has_a_creation_time(text, expected):
    assert creation_time(text) == expected
