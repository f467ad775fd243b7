"""The verifier agrees with the published vectors, which Countersign's services and console are tested against too."""

import copy
import json
from pathlib import Path

import pytest
from countersign_verify.canonical import canonical_text, decode
from countersign_verify.cli import app
from countersign_verify.entries import entry_bytes, tile_path
from countersign_verify.merkle import includes, is_consistent, leaf_hash, root_of
from countersign_verify.notes import NoteError, read_checkpoint, read_vkey, require_checkpoint
from countersign_verify.record_checks import _opening_problem
from countersign_verify.records import Opening, read_records
from countersign_verify.verification import verify_records
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from .build_vectors import evidence_vectors, log_vectors
from .builders import build_chain, reseal_workflow, sha256, to_file

VECTORS = json.loads((Path(__file__).parents[3] / "docs/proof/vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_canonical_texts_and_their_hashes_are_those_of_the_vectors(vector):
    assert canonical_text(decode(vector["input"])) == vector["canonical"]
    assert sha256(vector["canonical"]) == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_a_canonical_text_is_its_own_canonical_text(vector):
    assert canonical_text(decode(vector["canonical"])) == vector["canonical"]


@pytest.mark.parametrize("vector", VECTORS["commitments"])
def test_commitments_open_with_their_part_only(vector):
    opening = Opening(vector["saltBase64"], vector["value"])
    other_part = {"person": "content", "content": "person"}[vector["part"]]
    for part, problem in ((vector["part"], None), (other_part, "mismatch")):
        prefix = f"countersign/v1/{part}\0".encode()
        assert _opening_problem(prefix, opening, vector["commitment"], None) == problem


@pytest.mark.parametrize("vector", VECTORS["hashes"])
def test_hashes_of_sealed_texts_are_those_of_the_vectors(vector):
    assert sha256(vector["sealed"]) == vector["hash"]


@pytest.mark.parametrize("vector", VECTORS["firstPreviousHash"])
def test_the_first_record_of_a_workflow_links_to_the_hash_of_its_id(vector):
    record = reseal_workflow(build_chain(1, vector["workflowId"])[0], previousHash=vector["hash"])
    (verdict,) = verify_records(read_records(to_file(record)))
    assert verdict.is_valid


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


# The log

LOG = VECTORS["log"]


def hashes_of(proof):
    return [bytes.fromhex(node) for node in proof]


def test_the_vectors_of_the_log_are_those_that_the_tests_build():
    assert log_vectors() == LOG


@pytest.mark.parametrize("vector", LOG["leaves"])
def test_leaf_hashes_are_those_of_the_vectors(vector):
    assert leaf_hash(bytes.fromhex(vector["dataHex"])).hex() == vector["leafHash"]


@pytest.mark.parametrize("vector", LOG["roots"])
def test_roots_are_those_of_the_vectors(vector):
    leaves = [bytes.fromhex(each["leafHash"]) for each in LOG["leaves"]]
    assert root_of(leaves[: vector["size"]]).hex() == vector["rootHash"]


@pytest.mark.parametrize("vector", LOG["inclusion"])
def test_inclusion_proofs_of_the_vectors_verify(vector):
    leaf, root = bytes.fromhex(vector["leafHash"]), bytes.fromhex(vector["rootHash"])
    assert includes(vector["leafIndex"], vector["treeSize"], leaf, hashes_of(vector["proof"]), root)


@pytest.mark.parametrize("vector", LOG["consistency"])
def test_consistency_proofs_of_the_vectors_verify(vector):
    roots = [bytes.fromhex(vector[name]) for name in ("fromRootHash", "toRootHash")]
    assert is_consistent(vector["from"], roots[0], vector["to"], roots[1], hashes_of(vector["proof"]))


@pytest.mark.parametrize("vector", LOG["entries"])
def test_entries_are_those_of_the_vectors(vector):
    raw = entry_bytes(vector["kind"], vector["id"], vector["hash"])
    assert (raw.decode(), leaf_hash(raw).hex()) == (vector["entry"], vector["leafHash"])


@pytest.mark.parametrize("vector", LOG["tilePaths"])
def test_tile_paths_are_those_of_the_vectors(vector):
    assert tile_path(vector["level"], vector["number"], vector["width"]) == vector["path"]


def test_the_checkpoint_of_the_vectors_verifies_with_its_entries():
    vector, key = LOG["checkpoint"], read_vkey(LOG["publicKey"]["vkey"])
    checkpoint = read_checkpoint(vector["note"])
    leaves = [leaf_hash(entry.encode()) for entry in vector["entries"]]
    assert checkpoint.is_signed_by(key)
    assert (key.id.hex(), key.fingerprint) == (LOG["publicKey"]["keyId"], LOG["publicKey"]["fingerprint"])
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (
        vector["origin"],
        len(leaves),
        root_of(leaves),
    )
    for each in vector["inclusion"]:
        index = each["leafIndex"]
        assert includes(index, len(leaves), leaves[index], hashes_of(each["proof"]), checkpoint.root)


def test_the_cosignature_of_the_vectors_verifies():
    vector = LOG["cosignature"]
    assert read_checkpoint(vector["note"]).cosigned_at(read_vkey(vector["vkey"])) == vector["time"]


@pytest.mark.parametrize("vector", LOG["invalidNotes"], ids=lambda vector: vector["name"])
def test_invalid_notes_of_the_vectors_are_rejected(vector):
    key = read_vkey(LOG["publicKey"]["vkey"])
    with pytest.raises(NoteError):
        require_checkpoint(vector["note"], key)


# Evidence


def findings_of(bundle):
    """Return pairs of position and code, as the vectors list them."""
    command = ["-", "--json", "--key", LOG["publicKey"]["vkey"]]
    result = json.loads(CliRunner().invoke(app, command, input=json.dumps(bundle)).stdout)
    found = [finding for group in result["groups"] for finding in group["findings"]] + result["findings"]
    return sorted({(each["sequence"], each["code"]) for each in found}, key=str), result


def test_the_vectors_of_evidence_are_those_that_the_tests_build():
    assert json.loads(json.dumps(evidence_vectors())) == VECTORS["evidence"]


def test_the_bundle_of_the_vectors_is_valid():
    vectors = VECTORS["evidence"]
    findings, result = findings_of(vectors["bundle"])
    assert findings == []
    (part,) = result["groups"][0]["erasedParts"]
    expected = vectors["erasedBy"]
    assert (part["sequence"], part["part"], part["by"]) == (
        expected["sequence"],
        expected["part"],
        expected["eventId"],
    )


@pytest.mark.parametrize("vector", VECTORS["evidence"]["changed"], ids=lambda vector: vector["name"])
def test_changed_bundles_have_the_findings_of_the_vectors(vector):
    bundle = copy.deepcopy(VECTORS["evidence"]["bundle"])
    for change in vector["set"]:
        *path, last = change["path"]
        holder = bundle
        for name in path:
            holder = holder[name]
        holder[last] = change["value"]
    findings, _ = findings_of(bundle)
    assert findings == sorted(map(tuple, vector["findings"]), key=str)
