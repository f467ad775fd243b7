"""Commitments."""

import base64
import hashlib

import pytest
from countersign_common.proof.commitment import PARTS, CommitmentOpening, data_hash
from hypothesis import given
from hypothesis import strategies as st

from ..builders import unicode_text

salts = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize("part", PARTS)
def test_commitment_is_the_documented_hash(part):
    salt, value = bytes(range(32)), '{"name":"Bø"}'
    expected = hashlib.sha256(f"countersign/v1/{part}".encode() + b"\x00" + salt + value.encode()).hexdigest()
    assert CommitmentOpening(salt, value).commitment(part) == expected


@given(salts, unicode_text, salts, unicode_text)
def test_commitment_is_opened_by_its_own_salt_value_and_part_only(salt, value, other_salt, other_value):
    commitment = CommitmentOpening(salt, value).commitment("content")
    assert CommitmentOpening(salt, value).opens("content", commitment)
    assert not CommitmentOpening(salt, value).opens("person", commitment)
    if (other_salt, other_value) != (salt, value):
        assert not CommitmentOpening(other_salt, other_value).opens("content", commitment)


@given(salts, unicode_text)
def test_opening_round_trips_through_json(salt, value):
    opening = CommitmentOpening(salt, value)
    assert CommitmentOpening.from_json(opening.to_json()) == opening


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_salt_of_another_length_opens_nothing(length):
    opening = CommitmentOpening(bytes(length), "{}")
    assert not opening.opens("content", opening.commitment("content"))


def test_bytes_cannot_move_between_salt_and_value():
    opening = CommitmentOpening(bytes(31) + b"{", "}")
    moved = CommitmentOpening(bytes(31), "{}")
    assert moved.commitment("content") == opening.commitment("content")
    assert opening.opens("content", opening.commitment("content"))
    assert not moved.opens("content", opening.commitment("content"))


ZEROS = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize("salt", ["", "é", "AAAA", "A", "\ud800", f"{ZEROS}\n", f"!{ZEROS}", "not base64!"])
def test_salt_that_cannot_be_decoded_opens_nothing(salt):
    valid = CommitmentOpening.from_json({"salt": ZEROS, "value": "{}"})
    assert valid.opens("content", valid.commitment("content"))
    changed = CommitmentOpening.from_json({"salt": salt, "value": "{}"})
    assert not changed.opens("content", valid.commitment("content"))
    assert not changed.opens("content", changed.commitment("content"))


def test_salt_that_is_not_base64_becomes_empty():
    assert CommitmentOpening.from_json({"salt": f"{ZEROS}\n", "value": "{}"}) == CommitmentOpening(b"", "{}")


@pytest.mark.parametrize("commitment", ["", "0" * 64, "é", "\ud800"])
def test_another_commitment_is_not_opened(commitment):
    assert not CommitmentOpening(bytes(32), "{}").opens("content", commitment)


def test_value_with_a_lone_surrogate_opens_nothing():
    assert not CommitmentOpening(bytes(32), "\ud800").opens("content", "0" * 64)


def test_data_hash_is_the_documented_hash():
    salt, data = bytes(range(32)), '{"name":"Bø"}'
    expected = hashlib.sha256(b"countersign/v1/data\x00" + salt + data.encode()).hexdigest()
    assert data_hash(salt, data) == expected
    assert data_hash(bytes(32), data) != expected
