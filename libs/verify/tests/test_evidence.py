"""An evidence bundle shows each way to tamper with what is stored."""

import copy
import json
from datetime import timedelta

import pytest
from countersign_verify.cli import app
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

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
)
from .deployment import NOON, Deployment, at, one_line, stored, timed_chain
from .log_builders import LogKey, Witness, consistency_proof, manifest_entry

CHAIN = timed_chain(build_chain(4))
OTHERS = timed_chain(
    [
        reseal(record, eventId=f"other-{number}") | {"datasetId": f"other-{number}"}
        for number, record in enumerate(build_chain(4, OTHER_WORKFLOW))
    ]
)


@pytest.fixture
def deployment():
    """The workflow, events of others, and five quiet minutes."""
    minutes = [
        [mine, other, build_standalone(100 + number)]
        for number, (mine, other) in enumerate(zip(CHAIN, OTHERS, strict=True))
    ]
    return Deployment(*minutes, *[[]] * 6)


@pytest.fixture
def verify(tmp_path):
    def run(*bundles, options=()):
        file = tmp_path / "evidence.json"
        file.write_text("".join(map(one_line, bundles)), encoding="utf-8")
        now = max(bundle["createdAt"] for bundle in bundles)
        result = CliRunner().invoke(app, [str(file), "--json", "--at", now, *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def codes(result):
    """Return pairs of position and code, of all findings."""
    output = json.loads(result.stdout)
    found = [finding for group in output["groups"] for finding in group["findings"]] + output["findings"]
    assert result.exit_code == (1 if found else 0)
    assert output["verdict"] == ("invalid" if found else "valid")
    return {(finding["sequence"], finding["code"]) for finding in found}


# Valid bundles


def test_a_bundle_of_what_was_written_is_valid(deployment, verify):
    result = verify(deployment.bundle(WORKFLOW, CHAIN))
    assert codes(result) == set()
    output = json.loads(result.stdout)
    (group,) = output["groups"]
    assert (group["workflowId"], group["records"], group["sealed"], group["pending"]) == (WORKFLOW, 4, 4, 0)
    assert group["attested"]["version"] == 4
    assert group["headHash"] == CHAIN[-1]["hash"]
    assert output["checkpoint"]["size"] == len(deployment.entries)
    assert output["checkpoint"]["keyPinned"] is False


@pytest.mark.parametrize("pretty", [None, 2])
def test_a_bundle_is_read_from_any_notation_of_json(deployment, tmp_path, pretty):
    file = tmp_path / "evidence.json"
    file.write_text(
        json.dumps(deployment.bundle(WORKFLOW, CHAIN), indent=pretty, sort_keys=True), encoding="utf-8"
    )
    assert CliRunner().invoke(app, [str(file)]).exit_code == 0


def test_pages_are_verified_together(deployment, verify):
    first = deployment.bundle(WORKFLOW, CHAIN[:2], cursor="next")
    second = deployment.bundle(WORKFLOW, CHAIN[2:])
    assert codes(verify(first, second)) == codes(verify(second, first)) == set()
    assert codes(verify(first)) == {(4, "missing-tail"), (None, "missing-tail")}
    assert codes(verify(second)) == {(1, "missing"), (2, "missing")}


def test_a_record_newer_than_the_checkpoint_is_pending_and_not_missing(deployment, verify):
    newest = reseal_workflow(
        reseal(build_chain(5)[4], occurredAt=at(deployment.now)), previousHash=CHAIN[-1]["hash"]
    )
    result = verify(deployment.bundle(WORKFLOW, [*CHAIN, newest]))
    assert codes(result) == set()
    assert json.loads(result.stdout)["groups"][0]["pending"] == 1


def test_records_without_proof_are_not_pending_for_longer_than_an_hour(deployment, verify):
    """A forger chooses `createdAt` and the times of events, and could leave out all proofs."""
    forged = deployment.bundle(WORKFLOW, CHAIN, proofs=[], manifests=[], createdAt=at(NOON))
    assert codes(verify(forged)) == set()
    late = verify(forged, options=["--at", at(NOON + timedelta(minutes=70))])
    assert codes(late) == {
        (sequence, code) for sequence in range(1, 5) for code in ("not-sealed", "unattested")
    }
    (group,) = json.loads(verify(forged).stdout)["groups"]
    assert (group["sealed"], group["pending"]) == (0, 4)


@pytest.mark.parametrize("time", ["yesterday", "2026-11-02T12:00:00"])
def test_a_time_without_zone_is_unusable(deployment, verify, time):
    assert verify(deployment.bundle(WORKFLOW, CHAIN), options=["--at", time]).exit_code == 2


def test_a_manifest_newer_than_the_checkpoint_is_not_a_finding(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    bundle["proofs"] = [
        proof for proof in bundle["proofs"] if proof["entryId"] != deployment.manifests[-1][0]
    ]
    assert codes(verify(bundle)) == set()


def test_withheld_persons_are_not_findings(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, [stored(record, "person") | {"person": None} for record in CHAIN])
    result = verify(bundle)
    assert codes(result) == set()
    assert json.loads(result.stdout)["groups"][0]["withheld"] == 4


def test_withheld_contents_of_drafts_are_not_findings(deployment, verify):
    """A participant gets the sealed text of another user's draft, without which the chain can't be verified."""
    hidden = stored(CHAIN[0], "person", "content") | {"person": None, "content": None}
    result = verify(deployment.bundle(WORKFLOW, [hidden, *CHAIN[1:]]))
    assert codes(result) == set()
    assert json.loads(result.stdout)["groups"][0]["withheld"] == 2
    assert codes(verify(deployment.bundle(WORKFLOW, [hidden | {"withheld": ["person"]}, *CHAIN[1:]]))) == {
        (1, "removed-without-erasure")
    }


def test_without_manifests_that_are_withheld_the_rest_is_verified_and_that_is_noted(deployment, verify):
    participants = {"manifests": [], "withheld": ["manifests"]}
    result = verify(deployment.bundle(WORKFLOW, CHAIN, **participants))
    assert codes(result) == set()
    assert "withheld" in json.loads(result.stdout)["groups"][0]["notes"][0]
    forged = [*CHAIN[:-1], reseal(CHAIN[-1], outcome="APPROVED")]
    assert codes(verify(deployment.bundle(WORKFLOW, forged, **participants))) == {(4, "rewritten")}


def test_records_of_a_manifest_that_is_too_large_are_not_unattested_and_that_is_noted(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    omitted = [each["name"] for each in bundle["manifests"]][1:2]
    bundle["manifests"] = [each for each in bundle["manifests"] if each["name"] not in omitted]
    assert codes(verify(bundle)) == {(2, "unattested")}
    result = verify(bundle | {"omittedManifests": omitted})
    assert codes(result) == set()
    assert omitted[0] in json.loads(result.stdout)["groups"][0]["notes"][0]
    other = at(NOON + timedelta(hours=9))
    assert codes(verify(bundle | {"omittedManifests": [other]})) == {(2, "unattested")}


# Erasures


@pytest.fixture
def erasure(deployment):
    record = build_erasure(500, {CHAIN[1]["datasetId"]: ["person", "content"]})
    record = reseal(record, occurredAt=at(deployment.now))
    deployment.commit(record)
    return record


def erased_chain():
    return [CHAIN[0], erase(CHAIN[1], "person", "content"), *CHAIN[2:]]


def test_parts_erased_by_an_event_in_the_log_are_valid(deployment, verify, erasure):
    result = verify(deployment.bundle(WORKFLOW, erased_chain(), [erasure]))
    assert codes(result) == set()
    parts = json.loads(result.stdout)["groups"][0]["erasedParts"]
    assert {(each["sequence"], each["part"], each["by"]) for each in parts} == {
        (2, "person", erasure["datasetId"]),
        (2, "content", erasure["datasetId"]),
    }


def test_parts_removed_without_an_erasure_event_are_found(deployment, verify):
    assert codes(verify(deployment.bundle(WORKFLOW, erased_chain()))) == {(2, "removed-without-erasure")}


def test_an_erasure_event_that_is_not_in_the_log_explains_nothing(deployment, verify):
    forged = reseal(build_erasure(500, {CHAIN[1]["datasetId"]: ["person", "content"]}), occurredAt=at(NOON))
    assert (2, "removed-without-erasure") in codes(
        verify(deployment.bundle(WORKFLOW, erased_chain(), [forged]))
    )


def test_an_erasure_event_whose_content_was_changed_explains_nothing(deployment, verify, erasure):
    other = recommit(erasure, "content", canonical({"after": {"erased": []}}))
    bundle = deployment.bundle(WORKFLOW, erased_chain(), [erasure | {"canonical": other["canonical"]}])
    assert (2, "removed-without-erasure") in codes(verify(bundle))


def test_erased_content_does_not_hide_a_changed_state(deployment, verify, erasure):
    """The salted hash of erased data can't be compared, the status still can."""
    deployment.publish([CHAIN[3]], status="APPROVED")
    assert codes(verify(deployment.bundle(WORKFLOW, erased_chain(), [erasure]))) == {(4, "state-mismatch")}


# Rewritten, cut and forged records


def rechained(chain, start):
    """Return a chain whose records from a position on are linked to the changed one before."""
    chain = list(chain)
    for index in range(start, len(chain)):
        chain[index] = reseal_workflow(chain[index], previousHash=chain[index - 1]["hash"])
    return chain


def test_the_last_record_rewritten_with_a_new_hash_is_found(deployment, verify):
    forged = [*CHAIN[:-1], reseal(CHAIN[-1], outcome="APPROVED")]
    assert (4, "rewritten") in codes(verify(deployment.bundle(WORKFLOW, forged)))


def test_a_whole_chain_rehashed_with_another_amount_is_found(deployment, verify):
    forged = [
        recommit(record, "content", '{"after":{"amount":99},"before":null,"comment":null,"title":"x"}')
        for record in CHAIN
    ]
    found = codes(verify(deployment.bundle(WORKFLOW, rechained(forged, 1))))
    assert {(sequence, "rewritten") for sequence in range(1, 5)} <= found


def test_a_removed_tail_is_found(deployment, verify):
    assert codes(verify(deployment.bundle(WORKFLOW, CHAIN[:3]))) == {(4, "missing-tail")}


def test_a_removed_record_is_found(deployment, verify):
    assert codes(verify(deployment.bundle(WORKFLOW, [CHAIN[0], *CHAIN[2:]]))) == {(2, "missing")}


def test_all_records_removed_are_found(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, [])
    assert (4, "missing-tail") in codes(verify(bundle))


def test_a_forged_record_that_was_sealed_but_that_no_manifest_names_is_unattested(deployment, verify):
    forged = reseal_workflow(reseal(build_chain(5)[4], occurredAt=at(NOON)), previousHash=CHAIN[-1]["hash"])
    deployment.seal(forged)
    deployment.publish([])
    assert codes(verify(deployment.bundle(WORKFLOW, [*CHAIN, forged]))) == {(5, "unattested")}


def test_a_recent_record_that_no_later_manifest_names_is_unattested(verify):
    """A manifest in the log shows that those of the minutes before it were published."""
    forged = reseal_workflow(
        reseal(build_chain(5)[4], occurredAt=at(NOON + timedelta(minutes=4, seconds=10))),
        previousHash=CHAIN[-1]["hash"],
    )
    deployment = Deployment(*[[record] for record in CHAIN])
    deployment.commit(forged, named=[])
    deployment.publish([])
    assert codes(verify(deployment.bundle(WORKFLOW, [*CHAIN, forged]))) == {(5, "unattested")}


def test_the_last_record_replaced_by_a_forged_one_is_missing_and_not_a_missing_tail(deployment, verify):
    forged = reseal(CHAIN[3], eventId="forged") | {"datasetId": "forged"}
    deployment.seal(forged)
    found = codes(verify(deployment.bundle(WORKFLOW, [*CHAIN[:3], forged])))
    assert found == {(4, "missing"), (4, "unattested"), (4, "state-mismatch")}


def test_a_chain_of_a_workflow_that_never_existed_is_unattested(deployment, verify):
    forged = timed_chain(build_chain(2, "018f0000-0000-7000-8000-00000000000f"))
    forged = [
        reseal(record, eventId=f"forged-{n}") | {"datasetId": f"forged-{n}"}
        for n, record in enumerate(forged)
    ]
    forged = rechained(forged, 1)
    deployment.seal(*forged)
    deployment.publish([])
    bundle = deployment.bundle("018f0000-0000-7000-8000-00000000000f", forged)
    assert codes(verify(bundle)) == {(1, "unattested"), (2, "unattested")}


def test_a_forged_record_without_any_manifest_in_the_bundle_is_unattested(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, CHAIN, manifests=[])
    assert codes(verify(bundle)) == {(sequence, "unattested") for sequence in range(1, 5)}


def test_an_old_record_that_is_not_in_the_log_is_found(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    bundle["proofs"] = [proof for proof in bundle["proofs"] if proof["entryId"] != CHAIN[3]["datasetId"]]
    assert codes(verify(bundle)) == {(4, "not-sealed")}


def test_an_old_manifest_that_is_not_in_the_log_is_found_and_names_nothing(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    bundle["proofs"] = [proof for proof in bundle["proofs"] if proof["entryId"] != deployment.manifests[1][0]]
    assert codes(verify(bundle)) == {(None, "not-sealed"), (2, "unattested")}


def test_a_changed_manifest_is_found(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    manifest = bundle["manifests"][3]
    manifest["text"] = manifest["text"].replace('"status":"DRAFT"', '"status":"APPROVED"')
    assert (None, "manifest-mismatch") in codes(verify(bundle))


@pytest.mark.parametrize(
    "change", [lambda text: " " + text, lambda text: text.replace("v1", "v2"), lambda text: "{}"]
)
def test_a_sealed_text_that_is_not_a_manifest_is_found(deployment, verify, change):
    name, text = deployment.manifests[-1]
    deployment.manifests[-1] = (name, change(text))
    deployment.entries[-1] = (name, manifest_entry(name, change(text)))
    assert (None, "manifest-mismatch") in codes(verify(deployment.bundle(WORKFLOW, CHAIN)))


def test_a_manifest_sealed_under_another_name_is_found(deployment, verify):
    _, text = deployment.manifests[-1]
    deployment.manifests[-1] = ("2026-11-02T13:00:00Z", text)
    deployment.entries[-1] = ("2026-11-02T13:00:00Z", manifest_entry("2026-11-02T13:00:00Z", text))
    assert codes(verify(deployment.bundle(WORKFLOW, CHAIN))) == {(None, "manifest-mismatch")}


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"status": "APPROVED"}, (4, "state-mismatch")),
        ({"dataHash": "0" * 64}, (4, "state-mismatch")),
        ({"headHash": "0" * 64}, (4, "state-mismatch")),
        ({"version": 5}, (5, "missing-tail")),
    ],
)
def test_a_state_that_the_chain_does_not_explain_is_found(deployment, verify, state, code):
    deployment.publish([CHAIN[3]], **state)
    assert codes(verify(deployment.bundle(WORKFLOW, CHAIN))) == {code}


def test_an_older_version_that_is_attested_after_a_newer_one_was_committed_is_found(deployment, verify):
    """The state of the workflow was set back, and says what it said then."""
    deployment.publish([CHAIN[1]])
    text = json.loads(deployment.manifests[-1][1])
    deployment.manifests.pop()
    deployment.entries.pop()
    name, changed = text["to"], canonical(text | {"events": []})
    deployment.manifests.append((name, changed))
    deployment.entries.append((name, manifest_entry(name, changed)))
    result = verify(deployment.bundle(WORKFLOW, CHAIN))
    assert codes(result) == {(3, "state-mismatch"), (4, "state-mismatch")}
    assert "attests an older version, and version 4 was committed" in result.stdout


@pytest.fixture
def erasure_of_the_newest(deployment):
    """The content of the newest event is erased, and a manifest that is written then attests no data."""
    record = build_erasure(501, {CHAIN[3]["datasetId"]: ["content"]})
    record = reseal(record, occurredAt=at(deployment.now))
    deployment.commit(record)
    deployment.publish([CHAIN[3]], dataHash=None)
    return record


WITHOUT_NEWEST_CONTENT = [*CHAIN[:3], erase(CHAIN[3], "content")]


def test_an_attested_state_whose_content_was_erased_is_valid(deployment, verify, erasure_of_the_newest):
    bundle = deployment.bundle(WORKFLOW, WITHOUT_NEWEST_CONTENT, [erasure_of_the_newest])
    assert codes(verify(bundle)) == set()


def test_content_that_a_manifest_of_the_bundle_attests_as_erased_is_found(deployment, verify):
    deployment.publish([CHAIN[3]], dataHash=None)
    assert codes(verify(deployment.bundle(WORKFLOW, CHAIN))) == {(4, "state-mismatch")}


def test_content_in_a_bundle_from_before_its_erasure_is_valid(deployment, verify, erasure_of_the_newest):
    newer = deployment.bundle(WORKFLOW, WITHOUT_NEWEST_CONTENT, [erasure_of_the_newest])
    older = Deployment(*[[record] for record in CHAIN], [], key=deployment.key).bundle(WORKFLOW, CHAIN)
    found = codes(verify(older, newer))
    assert not {code for _, code in found if code == "state-mismatch"}, found


@pytest.mark.parametrize("order", [1, -1])
def test_a_second_copy_of_a_bundle_does_not_hide_content_that_must_be_erased(deployment, verify, order):
    before = deployment.bundle(WORKFLOW, CHAIN)
    deployment.publish([CHAIN[3]], dataHash=None)
    bundles = [before, deployment.bundle(WORKFLOW, CHAIN)]
    assert codes(verify(*bundles[::order])) == {(4, "state-mismatch")}


def test_records_of_two_workflows_swapped_are_found(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, [CHAIN[0], OTHERS[1], *CHAIN[2:]])
    assert {(2, "wrong-workflow"), (2, "missing")} <= codes(verify(bundle))


def test_a_record_moved_to_another_id_is_found(deployment, verify):
    moved = CHAIN[1] | {"datasetId": CHAIN[2]["datasetId"]}
    assert (2, "event-id-mismatch") in codes(
        verify(deployment.bundle(WORKFLOW, [CHAIN[0], moved, *CHAIN[2:]]))
    )


def test_changed_participants_are_found(deployment, verify):
    forged = [*CHAIN[:-1], reseal(CHAIN[-1], participants=["user:mallory"])]
    assert (4, "rewritten") in codes(verify(deployment.bundle(WORKFLOW, forged)))


def test_a_record_that_can_not_be_read_is_a_finding_and_not_dropped(deployment, verify):
    unreadable = {
        "datasetId": CHAIN[1]["datasetId"],
        "hash": CHAIN[1]["hash"],
        "sealed": None,
        "person": None,
        "content": None,
        "raw": {"sealed": "AAAA"},
    }
    found = codes(verify(deployment.bundle(WORKFLOW, [CHAIN[0], unreadable, *CHAIN[2:]])))
    assert found == {(None, "unreadable"), (2, "missing")}


BUNDLE = Deployment(*[[record] for record in CHAIN], []).bundle(WORKFLOW, CHAIN)


@given(st.data())
def test_any_change_of_a_record_in_a_bundle_is_found(data):
    bundle = copy.deepcopy(BUNDLE)
    record = data.draw(st.sampled_from(bundle["records"]))
    place = data.draw(st.sampled_from(["sealed", "hash", "person", "content", "salt"]))
    holder, name = (
        (record, place)
        if place in record and place not in ("person", "content")
        else (record["content" if place == "salt" else place], "salt" if place == "salt" else "value")
    )
    position = data.draw(st.integers(0, len(holder[name]) - 1))
    char = data.draw(
        st.characters(exclude_categories=["Cs"]).filter(lambda other: other != holder[name][position])
    )
    holder[name] = holder[name][:position] + char + holder[name][position + 1 :]
    result = CliRunner().invoke(app, ["-"], input=one_line(bundle).encode())
    assert result.exit_code == 1


# Checkpoints and keys


def test_a_checkpoint_signed_with_another_key_is_found_with_the_key_of_the_log(deployment, verify, tmp_path):
    forged = Deployment(*[[reseal(record, requestId="forged")] for record in CHAIN], key=LogKey("mallory"))
    bundle = forged.bundle(WORKFLOW, CHAIN)
    for name, raw in (("key.der", deployment.key.der), ("key.pem", deployment.key.pem.encode())):
        (tmp_path / name).write_bytes(raw)
    for options in (
        ["--key", deployment.key.vkey],
        ["--key", str(tmp_path / "key.der")],
        ["--key", str(tmp_path / "key.pem")],
        ["--fingerprint", deployment.key.fingerprint],
    ):
        assert (None, "checkpoint-invalid") in codes(verify(bundle, options=options))
        result = verify(deployment.bundle(WORKFLOW, CHAIN), options=options)
        assert codes(result) == set()
        assert json.loads(result.stdout)["checkpoint"]["keyPinned"] is True


def test_a_changed_checkpoint_is_found(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    lines = bundle["checkpoint"].split("\n")
    lines[1] = str(int(lines[1]) + 1)
    assert codes(verify(bundle | {"checkpoint": "\n".join(lines)})) == {(None, "checkpoint-invalid")}


def test_a_changed_proof_is_found(deployment, verify):
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    proof = next(each for each in bundle["proofs"] if each["entryId"] == CHAIN[2]["datasetId"])
    changed = copy.deepcopy(bundle)
    changed["proofs"].append(proof | {"index": proof["index"] + 1})
    assert codes(verify(changed)) == {(3, "rewritten")}


def test_a_log_with_two_trees_of_one_size_is_found(deployment, verify):
    fork = Deployment(
        *[[reseal(record, requestId="fork")] for record in CHAIN], *[[]] * 6, key=deployment.key
    )
    while len(fork.entries) < len(deployment.entries):
        fork.publish([])
    bundles = deployment.bundle(WORKFLOW, CHAIN), fork.bundle(OTHER_WORKFLOW, [])
    assert (None, "checkpoint-invalid") in codes(verify(*bundles))


def test_bundles_of_two_logs_are_found(deployment, verify):
    other = Deployment(*[[record] for record in OTHERS], *[[]] * 6, key=LogKey("another key"))
    bundles = deployment.bundle(WORKFLOW, CHAIN), other.bundle(OTHER_WORKFLOW, OTHERS)
    assert codes(verify(*bundles)) == {(None, "checkpoint-invalid")}


@pytest.fixture
def kept(deployment, tmp_path):
    """A checkpoint that the auditor kept, and the proof to the newest one."""
    size = 5
    note, proof = tmp_path / "kept", tmp_path / "consistency.json"
    note.write_text(deployment.key.checkpoint(deployment.leaves[:size]), encoding="utf-8")
    hashes = [node.hex() for node in consistency_proof(size, deployment.leaves)]
    proof.write_text(
        json.dumps({"from": size, "to": len(deployment.entries), "proof": hashes}), encoding="utf-8"
    )
    return note, proof


def test_a_kept_checkpoint_is_consistent(deployment, verify, kept):
    note, proof = map(str, kept)
    options = ["--checkpoint", note, "--consistency", proof]
    assert codes(verify(deployment.bundle(WORKFLOW, CHAIN), options=options)) == set()


def test_a_kept_checkpoint_without_proof_is_unusable(deployment, verify, kept):
    result = verify(deployment.bundle(WORKFLOW, CHAIN), options=["--checkpoint", str(kept[0])])
    assert result.exit_code == 2
    assert f"consistency?from=5&to={len(deployment.entries)}" in result.stderr


def test_a_rewritten_log_is_not_consistent_with_a_kept_checkpoint(deployment, verify, kept, tmp_path):
    """The attacker has everything but an outsider's checkpoint, even the key."""
    forged = rechained([CHAIN[0], reseal(CHAIN[1], outcome="APPROVED"), *CHAIN[2:]], 2)
    rewritten = Deployment(*[[record] for record in forged], *[[]] * 20, key=deployment.key)
    hashes = [node.hex() for node in consistency_proof(5, rewritten.leaves)]
    proof = tmp_path / "consistency.json"
    proof.write_text(json.dumps({"from": 5, "to": len(rewritten.entries), "proof": hashes}), encoding="utf-8")
    bundle = rewritten.bundle(WORKFLOW, forged)
    assert codes(verify(bundle)) == set()
    options = ["--checkpoint", str(kept[0]), "--consistency", str(proof)]
    assert codes(verify(bundle, options=options)) == {(None, "checkpoint-invalid")}


def test_an_old_checkpoint_replayed_is_found_with_a_newer_one(deployment, verify, tmp_path):
    old = Deployment(*[[record] for record in CHAIN])
    kept = tmp_path / "kept"
    kept.write_text(deployment.checkpoint, encoding="utf-8")
    result = verify(old.bundle(WORKFLOW, CHAIN), options=["--checkpoint", str(kept)])
    assert codes(result) == {(None, "checkpoint-invalid")}


def test_a_witness_can_sign_any_time(deployment, verify):
    witness = Witness()
    note = deployment.checkpoint + witness.cosign(deployment.checkpoint, 2**64 - 1) + "\n"
    result = verify(deployment.bundle(WORKFLOW, CHAIN, checkpoint=note), options=["--witness", witness.vkey])
    assert json.loads(result.stdout)["checkpoint"]["witnesses"][0]["signedAt"] == "9999-12-31T23:59:59Z"


@pytest.mark.parametrize("time", ["", "x", "0001-01-01T00:00:00Z", "0001-01-01T00:10:00+14:00"])
def test_what_is_not_a_time_of_an_event_excuses_nothing(deployment, verify, time):
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    assert codes(verify(bundle | {"omittedManifests": [time]})) == set()
    unnamed = bundle | {"manifests": [], "omittedManifests": [time]}
    assert codes(verify(unnamed)) == {(number, "unattested") for number in range(1, 5)}


def test_the_witnesses_that_have_signed_are_shown(deployment, verify):
    witness, other = Witness(), Witness("witness.example.com/w2")
    note = deployment.checkpoint + witness.cosign(deployment.checkpoint, 1_795_564_800) + "\n"
    bundle = deployment.bundle(WORKFLOW, CHAIN, checkpoint=note)
    result = verify(bundle, options=["--witness", witness.vkey, "--witness", other.vkey])
    assert codes(result) == set()
    assert json.loads(result.stdout)["checkpoint"]["witnesses"] == [
        {"name": witness.name, "signedAt": "2026-11-25T00:00:00Z"},
        {"name": other.name, "signedAt": None},
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"format": "countersign.evidence.v2"},
        {"records": None},
        {"proofs": [{"entryId": "x", "index": -1, "hashes": []}]},
        {"proofs": [{"entryId": "x", "index": 0, "hashes": ["00"]}]},
    ],
)
def test_a_file_that_is_not_a_bundle_is_unusable(deployment, verify, change):
    result = verify(deployment.bundle(WORKFLOW, CHAIN) | change)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_bundle_with_a_name_twice_is_unusable(deployment, tmp_path):
    text = one_line(deployment.bundle(WORKFLOW, CHAIN)).replace('"cursor"', '"cursor": null, "cursor"')
    (tmp_path / "twice").write_text(text, encoding="utf-8")
    assert CliRunner().invoke(app, [str(tmp_path / "twice")]).exit_code == 2


def test_the_html_report_shows_findings_and_escapes_texts(deployment, verify, tmp_path):
    evil = "<script>alert(1)</script>"
    html = tmp_path / "report.html"
    result = verify(deployment.bundle(evil, CHAIN), options=["--html", str(html)])
    assert result.exit_code == 1
    page = html.read_text(encoding="utf-8")
    assert "wrong-workflow" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page


# A copy of the manifest bucket


def test_a_tail_removed_with_the_manifests_that_name_it_is_found_with_a_copy_of_the_manifests(
    deployment, verify, tmp_path
):
    """The maker of a bundle can leave out what it wants."""
    deployment.write(tmp_path / "copy")
    bundle = deployment.bundle(WORKFLOW, CHAIN[:3])
    bundle["manifests"] = [each for each in bundle["manifests"] if CHAIN[3]["datasetId"] not in each["text"]]
    assert codes(verify(bundle)) == set()
    options = ["--manifests", str(tmp_path / "copy")]
    assert codes(verify(bundle, options=options)) == {(4, "missing-tail")}
    assert codes(verify(deployment.bundle(WORKFLOW, CHAIN), options=options)) == set()


def test_exports_are_compared_with_a_copy_of_the_manifests(deployment, tmp_path):
    deployment.write(tmp_path / "copy")
    export = tmp_path / "export"

    def run(*records):
        export.write_text(to_file(*records), encoding="utf-8")
        result = CliRunner().invoke(app, [str(export), "--json", "--manifests", str(tmp_path / "copy")])
        return codes(result)

    assert run(*CHAIN) == set()
    assert run(*CHAIN[:3]) == {(4, "missing-tail")}
    assert run(*CHAIN[:3], reseal(CHAIN[3], outcome="APPROVED")) == {(4, "rewritten"), (4, "state-mismatch")}


def test_a_changed_manifest_in_a_copy_is_found_and_an_empty_copy_is_unusable(deployment, verify, tmp_path):
    deployment.write(tmp_path / "copy")
    name, text = deployment.manifests[1]
    (tmp_path / f"copy/manifests/{name}.json").write_text(text.replace("DRAFT", "OTHER"), encoding="utf-8")
    bundle = deployment.bundle(WORKFLOW, CHAIN)
    assert (None, "manifest-mismatch") in codes(
        verify(bundle, options=["--manifests", str(tmp_path / "copy")])
    )
    (tmp_path / "empty").mkdir()
    assert verify(bundle, options=["--manifests", str(tmp_path / "empty")]).exit_code == 2
