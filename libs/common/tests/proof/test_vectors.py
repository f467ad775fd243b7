"""The published vectors in docs/proof/vectors.json."""

import hashlib
import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from countersign_common.proof.canonical import canonical_text, parse_number
from countersign_common.proof.commitment import CommitmentOpening
from countersign_common.proof.hash_chain import first_previous_hash, hash_of

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[4] / "docs" / "proof" / "vectors.json").read_text(encoding="utf-8")
)


def test_every_kind_of_vector_is_published():
    assert VECTORS.keys() >= {"canonical", "commitments", "hashes", "firstPreviousHash"}
    assert len(VECTORS["canonical"]) >= 15
    assert all(VECTORS.values())


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_canonical_text_is_the_published_one(vector):
    for text in (vector["input"], vector["canonical"]):
        canonical = canonical_text(json.loads(text, parse_float=parse_number))
        assert canonical == vector["canonical"]
        assert hashlib.sha256(canonical.encode()).hexdigest() == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["commitments"], ids=lambda vector: vector["commitment"][:8])
def test_commitment_is_the_published_one(vector):
    opening = CommitmentOpening(b64decode(vector["saltBase64"]), vector["value"])
    assert opening.commitment(vector["part"]) == vector["commitment"]
    assert opening.opens(vector["part"], vector["commitment"])


@pytest.mark.parametrize("vector", VECTORS["hashes"], ids=lambda vector: vector["hash"][:8])
def test_hash_is_the_published_one(vector):
    assert hash_of(vector["sealed"]) == vector["hash"]


@pytest.mark.parametrize("vector", VECTORS["firstPreviousHash"], ids=lambda vector: vector["workflowId"])
def test_first_previous_hash_is_the_published_one(vector):
    assert first_previous_hash(vector["workflowId"]) == vector["hash"]
