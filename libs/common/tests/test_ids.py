"""Identifiers."""

from uuid import UUID

import pytest

from countersign_common.ids import derived_id, is_id, new_id

PARENT = "018f0000-0000-7000-8000-000000000001"


def test_new_ids_are_of_version_7_and_sort_as_they_were_made():
    made = [new_id() for _ in range(200)]
    assert {UUID(each).version for each in made} == {7}
    assert made == sorted(made)
    assert len(set(made)) == 200


def test_a_derived_id_is_the_same_for_the_same_two_and_another_for_any_other():
    assert derived_id(PARENT, "bo") == derived_id(PARENT, "bo")
    assert len({derived_id(PARENT, "bo"), derived_id(PARENT, "cy"), derived_id(new_id(), "bo")}) == 3
    assert UUID(derived_id(PARENT, "bo")).version == 5


def test_a_derived_id_needs_a_uuid_to_derive_from():
    with pytest.raises(ValueError, match="UUID"):
        derived_id("not one", "bo")


def test_ids_that_are_made_here_are_ids():
    assert is_id(new_id())
    assert is_id(derived_id(PARENT, "bo"))


@pytest.mark.parametrize(
    "text", ["", "1", PARENT.upper(), PARENT.replace("-", ""), f"{PARENT}\n", f"{{{PARENT}}}"]
)
def test_other_ways_to_write_a_uuid_are_no_ids(text):
    assert not is_id(text)
