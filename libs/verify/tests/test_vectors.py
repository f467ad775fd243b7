"""The verifier agrees with the published vectors, which Countersign's services and console are tested against too."""

import base64
import json
from pathlib import Path

import pytest
from countersign_verify.canonical import canonical_text, decode
from countersign_verify.records import Opening, read_records
from countersign_verify.verification import _opens, _sha256, verify_records
from hypothesis import given
from hypothesis import strategies as st

from .builders import build_chain, reseal_workflow, to_file

VECTORS = json.loads((Path(__file__).parents[3] / "docs/proof/vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_canonical_texts_and_their_hashes_are_those_of_the_vectors(vector):
    assert canonical_text(decode(vector["input"])) == vector["canonical"]
    assert _sha256(vector["canonical"]) == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_a_canonical_text_is_its_own_canonical_text(vector):
    assert canonical_text(decode(vector["canonical"])) == vector["canonical"]


@pytest.mark.parametrize("vector", VECTORS["commitments"])
def test_commitments_open_with_their_part_only(vector):
    opening = Opening(base64.b64decode(vector["saltBase64"]), vector["value"])
    other_part = {"person": "content", "content": "person"}[vector["part"]]
    assert _opens(vector["part"], opening, vector["commitment"])
    assert not _opens(other_part, opening, vector["commitment"])


@pytest.mark.parametrize("vector", VECTORS["hashes"])
def test_hashes_of_sealed_texts_are_those_of_the_vectors(vector):
    assert _sha256(vector["sealed"]) == vector["hash"]


@pytest.mark.parametrize("vector", VECTORS["firstPreviousHash"])
def test_the_first_record_of_a_workflow_links_to_the_hash_of_its_id(vector):
    record = reseal_workflow(build_chain(1, vector["workflowId"])[0], previousHash=vector["hash"])
    (verdict,) = verify_records(read_records(to_file(record)))
    assert verdict.is_intact


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1" + "0" * 400, "9" * 10_000]
)
def test_a_number_that_no_double_holds_has_no_canonical_text(text):
    assert canonical_text(decode(text)) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_canonical_number_reads_back_as_the_same_double(number):
    text = canonical_text(number)
    assert float(text) == number
    assert canonical_text(decode(text)) == text
