"""A copy of the log shows each change of its entries, tiles, manifests and checkpoint."""

import json
import shutil

import pytest
from countersign_verify import log_copy
from countersign_verify.cli import app
from typer.testing import CliRunner

from .build_vectors import numbered_entries
from .builders import build_chain, build_standalone
from .deployment import Deployment, timed_chain
from .log_builders import LogKey, Witness, event_entry, leaf_hash, log_files, manifest_entry, write_log

CHAIN = timed_chain(build_chain(4))


@pytest.fixture
def run():
    def verify(folder, *options):
        result = CliRunner().invoke(app, ["log", str(folder), "--json", *map(str, options)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return verify


def codes(result):
    output = json.loads(result.stdout)
    assert result.exit_code == (1 if output["findings"] else 0)
    assert output["findingCount"] == len(output["findings"])
    return {finding["code"] for finding in output["findings"]}


@pytest.fixture
def deployment():
    minutes = [[record, build_standalone(100 + number)] for number, record in enumerate(CHAIN)]
    return Deployment(*minutes, *[[]] * 10)


@pytest.fixture
def folder(deployment, tmp_path):
    deployment.write(tmp_path / "log")
    return tmp_path / "log"


def test_a_copy_of_what_was_written_is_valid(run, folder, deployment):
    result = run(folder, "--manifests", folder, "--key", deployment.key.vkey)
    assert codes(result) == set()
    output = json.loads(result.stdout)
    assert output["records"] == output["checkpoint"]["size"] == len(deployment.entries)
    assert output["checkpoint"]["keyPinned"] is True
    assert "4 entries are not named by a manifest" in output["notes"][0]


def test_without_manifests_their_absence_is_noted(run, folder):
    result = run(folder)
    assert codes(result) == set()
    assert "--manifests" in json.loads(result.stdout)["notes"][0]


def test_the_witnesses_that_have_signed_are_shown(run, folder, deployment):
    witness = Witness()
    note = deployment.checkpoint + witness.cosign(deployment.checkpoint, 1_795_564_800) + "\n"
    (folder / "checkpoint").write_text(note, encoding="utf-8")
    result = run(folder, "--witness", witness.vkey)
    assert codes(result) == set()
    assert json.loads(result.stdout)["checkpoint"]["witnesses"] == [
        {"name": witness.name, "signedAt": "2026-11-25T00:00:00Z"}
    ]


def test_a_folder_without_checkpoint_is_unusable(run, tmp_path):
    for options in ([], ["--key", tmp_path / "missing"]):
        result = run(tmp_path, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr


def test_a_folder_without_manifests_is_unusable(run, folder, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run(folder, "--manifests", tmp_path / "empty").exit_code == 2


def test_another_key_or_fingerprint_is_found(run, folder, deployment):
    other = LogKey("mallory")
    assert codes(run(folder, "--key", other.vkey)) == {"checkpoint-invalid"}
    assert codes(run(folder, "--fingerprint", other.fingerprint)) == {"checkpoint-invalid"}
    assert codes(run(folder, "--fingerprint", deployment.key.fingerprint + "=")) == set()
    (folder / "public-key.der").write_bytes(other.der)
    assert codes(run(folder)) == {"checkpoint-invalid"}


# Every size, with full and partial tiles


@pytest.fixture(scope="module")
def entries():
    return numbered_entries(70_000)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 65_536, 65_800])
def test_a_log_of_any_size_is_valid(run, tmp_path, entries, size):
    write_log(tmp_path, entries[:size], LogKey())
    assert codes(run(tmp_path)) == set()


def test_a_large_log_is_verified_on_all_cores(run, tmp_path, entries, monkeypatch):
    monkeypatch.setattr(log_copy, "MIN_PARALLEL_ENTRIES", 1)
    write_log(tmp_path, entries, LogKey())
    (tmp_path / "kept").write_text(LogKey().checkpoint([leaf_hash(entry) for entry in entries[:65_555]]))
    assert codes(run(tmp_path, "--checkpoint", tmp_path / "kept")) == set()
    (tmp_path / "tile/1/000").write_bytes(bytes(8192))
    assert codes(run(tmp_path)) == {"tile-mismatch"}


@pytest.mark.parametrize("old", [0, 1, 255, 256, 300, 600])
def test_a_kept_checkpoint_of_any_size_is_compared(run, tmp_path, entries, old):
    write_log(tmp_path, entries[:600], LogKey())
    leaves = [leaf_hash(entry) for entry in entries[:old]]
    kept = tmp_path / "kept"
    kept.write_text(LogKey().checkpoint(leaves), encoding="utf-8")
    assert codes(run(tmp_path, "--checkpoint", kept)) == set()
    if old:
        kept.write_text(LogKey().checkpoint([*leaves[:-1], bytes(32)]), encoding="utf-8")
        assert codes(run(tmp_path, "--checkpoint", kept)) == {"checkpoint-invalid"}


def test_a_log_that_became_shorter_is_found(run, tmp_path, entries):
    write_log(tmp_path, entries[:600], LogKey())
    kept = tmp_path / "kept"
    kept.write_text(LogKey().checkpoint([leaf_hash(entry) for entry in entries[:601]]), encoding="utf-8")
    assert codes(run(tmp_path, "--checkpoint", kept)) == {"checkpoint-invalid"}


def test_a_log_rewritten_and_signed_again_is_found_with_a_kept_checkpoint(run, tmp_path, entries):
    kept = tmp_path / "kept"
    kept.write_text(LogKey().checkpoint([leaf_hash(entry) for entry in entries[:300]]), encoding="utf-8")
    write_log(tmp_path, [event_entry("forged", "0" * 64), *entries[1:600]], LogKey())
    assert codes(run(tmp_path)) == set()
    assert codes(run(tmp_path, "--checkpoint", kept)) == {"checkpoint-invalid"}


def test_partial_files_of_older_and_newer_sizes_are_used(run, tmp_path, entries):
    write_log(tmp_path, entries[:300], LogKey())
    for path, raw in log_files(entries[:310]).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    for path in ("tile/entries/001.p/44", "tile/0/001.p/44"):
        (tmp_path / path).unlink()
    assert codes(run(tmp_path)) == set()


def test_files_with_other_names_are_no_tiles(run, tmp_path, entries):
    write_log(tmp_path, entries[:300], LogKey())
    for name in ("²", "٣", "x", "44.tmp"):
        (tmp_path / "tile/0/001.p" / name).write_bytes(b"")
    assert codes(run(tmp_path)) == set()


# Tampering


@pytest.mark.parametrize("size", [10**6, 10**18])
def test_a_checkpoint_of_any_size_is_found_in_bounded_time(run, folder, monkeypatch, size):
    """Whoever can't sign can still state a size."""
    monkeypatch.setattr(log_copy, "MAX_UNREAD_BUNDLES", 100)
    origin, _, rest = (folder / "checkpoint").read_text().split("\n", 2)
    (folder / "checkpoint").write_text(f"{origin}\n{size}\n{rest}")
    result = run(folder)
    assert {"checkpoint-invalid", "file-missing"} <= codes(result)
    assert len(json.loads(result.stdout)["findings"]) < 500


def test_a_file_that_cannot_be_read_is_unusable(run, folder, monkeypatch):
    def fail(*_):
        raise PermissionError("not allowed")

    monkeypatch.setattr(log_copy, "read_widest", fail)
    result = run(folder)
    assert (result.exit_code, result.stderr) == (2, "not allowed\n")


def test_a_changed_entry_is_found_with_its_id(run, folder, deployment):
    path = folder / f"tile/entries/000.p/{len(deployment.entries)}"
    forged = CHAIN[1]["hash"][:-1] + ("0" if CHAIN[1]["hash"][-1] != "0" else "1")
    path.write_bytes(path.read_bytes().replace(CHAIN[1]["hash"].encode(), forged.encode()))
    result = run(folder)
    assert codes(result) == {"rewritten", "checkpoint-invalid"}
    assert CHAIN[1]["datasetId"] in {each["datasetId"] for each in json.loads(result.stdout)["findings"]}
    assert "rewritten" in codes(run(folder, "--manifests", folder))


def test_an_entry_and_its_tile_rewritten_are_found(run, folder, deployment):
    """The attacker can write to the bucket, and can't sign."""
    forged = [entry.replace(CHAIN[1]["hash"].encode(), b"0" * 64) for _, entry in deployment.entries]
    for path, raw in log_files(forged).items():
        (folder / path).write_bytes(raw)
    assert codes(run(folder)) == {"checkpoint-invalid"}


def test_swapped_tiles_are_found(run, tmp_path, entries):
    write_log(tmp_path, entries[:600], LogKey())
    first, second = tmp_path / "tile/0/000", tmp_path / "tile/0/001"
    raw = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(raw)
    assert codes(run(tmp_path)) == {"rewritten"}


def test_swapped_bundles_and_tiles_are_found(run, tmp_path, entries):
    write_log(tmp_path, [*entries[256:512], *entries[:256], *entries[512:600]], LogKey())
    (tmp_path / "checkpoint").write_text(LogKey().checkpoint([leaf_hash(entry) for entry in entries[:600]]))
    assert codes(run(tmp_path)) == {"checkpoint-invalid"}


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/002.p/88", "tile/entries/001", "tile/1/000.p/2"])
def test_a_missing_or_cut_file_is_found(run, tmp_path, entries, path):
    write_log(tmp_path, entries[:600], LogKey())
    raw = (tmp_path / path).read_bytes()
    (tmp_path / path).write_bytes(raw[:-1])
    result = run(tmp_path)
    assert codes(result) == {"file-missing"}
    assert path in result.stdout
    (tmp_path / path).unlink()
    assert codes(run(tmp_path)) == {"file-missing"}


@pytest.mark.parametrize(
    ("path", "added"),
    [("tile/0/000", bytes(32)), ("tile/0/002.p/88", b"x"), ("tile/entries/001", b"\x00\x00")],
)
def test_a_file_with_more_than_its_name_says_is_found(run, tmp_path, entries, path, added):
    write_log(tmp_path, entries[:600], LogKey())
    (tmp_path / path).write_bytes((tmp_path / path).read_bytes() + added)
    assert codes(run(tmp_path)) == {"file-missing"}


def test_a_bundle_and_its_tile_missing_are_found(run, tmp_path, entries):
    write_log(tmp_path, entries[:600], LogKey())
    shutil.rmtree(tmp_path / "tile/0")
    (tmp_path / "tile/entries/001").unlink()
    assert codes(run(tmp_path)) == {"file-missing"}


def test_a_checkpoint_of_a_shorter_log_is_valid_and_found_with_a_newer_one(run, folder, deployment, tmp_path):
    kept = tmp_path / "kept"
    kept.write_text(deployment.checkpoint, encoding="utf-8")
    (folder / "checkpoint").write_text(deployment.key.checkpoint(deployment.leaves[:5]), encoding="utf-8")
    assert codes(run(folder)) == set()
    assert codes(run(folder, "--checkpoint", kept)) == {"checkpoint-invalid"}


def test_an_invalid_entry_is_found(run, tmp_path, entries):
    write_log(tmp_path, [*entries[:5], b"something else\n"], LogKey())
    assert codes(run(tmp_path)) == {"unreadable"}


def test_a_second_entry_for_an_event_is_found(run, deployment, tmp_path):
    deployment.entries.append((CHAIN[0]["datasetId"], event_entry(CHAIN[0]["datasetId"], "0" * 64)))
    deployment.write(tmp_path)
    assert codes(run(tmp_path)) == {"entry-repeated"}
    assert codes(run(tmp_path, "--manifests", tmp_path)) == {"entry-repeated", "rewritten"}


# Manifests


def test_a_changed_manifest_is_found(run, folder, deployment):
    name, text = deployment.manifests[2]
    (folder / f"manifests/{name}.json").write_text(text.replace("DRAFT", "APPROVED"), encoding="utf-8")
    assert codes(run(folder, "--manifests", folder / "manifests")) == {"manifest-mismatch"}


@pytest.mark.parametrize("number", [0, 3])
def test_a_removed_manifest_is_found(run, folder, deployment, number):
    (folder / f"manifests/{deployment.manifests[number][0]}.json").unlink()
    assert codes(run(folder, "--manifests", folder)) == {"file-missing", "manifest-mismatch"}


def test_a_first_manifest_that_is_not_number_1_is_found(run, tmp_path):
    """Its `previousSha256` was written as if nothing had been before it."""
    deployment = Deployment([CHAIN[0]])
    name, text = deployment.manifests[0]
    forged = text.replace('"sequence":1,"to"', '"sequence":2,"to"')
    assert forged != text
    deployment.manifests[0] = (name, forged)
    deployment.entries[-1] = (name, manifest_entry(name, forged))
    deployment.write(tmp_path)
    assert codes(run(tmp_path, "--manifests", tmp_path)) == {"manifest-mismatch"}


def test_an_event_that_was_never_sealed_is_found(run, tmp_path):
    deployment = Deployment([CHAIN[0]])
    deployment.publish([CHAIN[1]])
    for _ in range(10):
        deployment.publish([])
    deployment.write(tmp_path)
    result = run(tmp_path, "--manifests", tmp_path)
    assert codes(result) == {"not-sealed"}
    assert CHAIN[1]["datasetId"] in result.stdout


def test_an_event_and_a_manifest_that_are_newer_than_the_checkpoint_are_not_findings(
    run, deployment, tmp_path
):
    size = len(deployment.entries)
    deployment.commit(build_chain(5)[4])
    deployment.write(tmp_path)
    (tmp_path / "checkpoint").write_text(
        deployment.key.checkpoint(deployment.leaves[:size]), encoding="utf-8"
    )
    assert codes(run(tmp_path, "--manifests", tmp_path)) == set()


def test_an_event_sealed_with_another_hash_than_committed_is_found(run, tmp_path):
    deployment = Deployment()
    deployment.commit(CHAIN[0], named=[CHAIN[0] | {"hash": "0" * 64}])
    deployment.write(tmp_path)
    assert codes(run(tmp_path, "--manifests", tmp_path)) == {"rewritten"}


@pytest.mark.parametrize(
    "fields",
    [{"sequence": 4}, {"previousSha256": "0" * 64}, {"from": "2026-11-02T12:00:00Z"}, {"format": "other"}],
)
def test_a_manifest_that_does_not_follow_the_one_before_is_found(run, tmp_path, fields):
    deployment = Deployment(*[[record] for record in CHAIN[:2]])
    name, text = deployment.manifests[1]
    forged = json.dumps(json.loads(text) | fields, separators=(",", ":"), sort_keys=True)
    deployment.manifests[1] = (name, forged)
    deployment.entries[-1] = (name, manifest_entry(name, forged))
    deployment.write(tmp_path)
    assert codes(run(tmp_path, "--manifests", tmp_path)) == {"manifest-mismatch"}
