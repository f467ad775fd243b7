"""What the command prints and how it exits."""

import json
import os
import subprocess
import sys

import pytest
from countersign_verify.cli import app
from countersign_verify.findings import SENTENCES
from typer.testing import CliRunner

from .builders import (
    OTHER_WORKFLOW,
    WORKFLOW,
    build_chain,
    build_erasure,
    build_standalone,
    erase,
    reseal,
    to_file,
    withhold_person,
)

NO_CHECKPOINT = (
    "No checkpoint: exports show changes within a chain only. Verify an evidence bundle to find more."
)


@pytest.fixture
def run(tmp_path):
    def verify(*texts, heads=(), stdin=None):
        files = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.json"
            path.write_text(text, encoding="utf-8")
            files.append(str(path))
        options = [part for head in heads for part in ("--head", head)]
        return CliRunner().invoke(app, [*files, *options, *(["-"] if stdin else [])], input=stdin)

    return verify


def test_an_intact_chain_exits_with_0_and_prints_its_head(run):
    chain = build_chain(3)
    result = run(to_file(*chain[:2]), to_file(chain[2]))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"valid    workflow {WORKFLOW}: 3 records, head {chain[2]['hash']}",
        NO_CHECKPOINT,
        "valid",
    ]


def test_records_are_read_from_standard_input(run):
    assert run(stdin=to_file(*build_chain(1))).exit_code == 0


def test_one_broken_chain_exits_with_1_and_prints_the_position(run):
    chain = build_chain(3)
    chain[1] = reseal(chain[1], outcome="APPROVED")
    result = run(to_file(*build_chain(2, OTHER_WORKFLOW), *chain))
    assert result.exit_code == 1
    assert f"valid    workflow {OTHER_WORKFLOW}: 2 records" in result.stdout
    assert (
        f"INVALID  workflow {WORKFLOW}: 3 records\n"
        f"         at 3: previous-hash-mismatch ({chain[2]['datasetId']}): "
        "The record doesn't follow the one before it.\n"
    ) in result.stdout
    assert result.stdout.endswith("INVALID: 1 finding\n")


def test_records_outside_workflows_and_unreadable_records_have_lines_of_their_own(run):
    standalone = build_standalone(7) | {"hash": "0" * 64}
    destroyed = build_standalone(8)
    destroyed["canonical"]["sealed"] = "{"
    result = run(to_file(standalone, build_standalone(9), destroyed))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "INVALID  records outside workflows: 2 records",
        f"         hash-mismatch ({standalone['datasetId']}): {SENTENCES['hash-mismatch']}",
        "INVALID  1 unreadable record",
        f"         unreadable ({destroyed['datasetId']}): {SENTENCES['unreadable']}",
        NO_CHECKPOINT,
        "INVALID: 2 findings",
    ]


def test_records_outside_workflows_have_no_head(run):
    result = run(to_file(build_standalone(7)))
    assert result.exit_code == 0
    assert "valid    records outside workflows: 1 record\n" in result.stdout


def test_a_noted_head_is_found_and_one_that_was_removed_exits_with_1(run):
    chain = build_chain(3)
    assert run(to_file(*chain), heads=[chain[1]["hash"].upper(), chain[2]["hash"]]).exit_code == 0
    result = run(to_file(*chain[:2]), heads=[chain[2]["hash"]])
    assert result.exit_code == 1
    assert f"No record has the head {chain[2]['hash']}" in result.stdout


def test_erased_and_withheld_parts_are_counted(run):
    first, second, third = build_chain(3)
    erasure = build_erasure(99, {first["datasetId"]: ["person"]})
    result = run(to_file(erase(first, "person"), withhold_person(second), withhold_person(third), erasure))
    assert result.exit_code == 0
    assert f"3 records, 1 part erased, 2 parts withheld, head {third['hash']}" in result.stdout
    assert f"at 1: person erased by {erasure['datasetId']} ({first['datasetId']})" in result.stdout


@pytest.mark.parametrize("text", ["", "[]", "{", '{"items":[]}'])
def test_a_file_without_records_exits_with_2_even_if_another_has_some(run, text):
    for texts in ([text], [to_file(*build_chain(1)), text]):
        result = run(*texts)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr


def test_a_file_that_is_not_utf_8_exits_with_2(tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe{")
    result = CliRunner().invoke(app, [str(tmp_path / "binary")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert isinstance(result.exception, SystemExit)


def test_a_file_that_does_not_exist_exits_with_2_and_is_named():
    result = CliRunner().invoke(app, ["no-such-file"])
    assert result.exit_code == 2
    assert "no-such-file" in result.stderr


@pytest.mark.parametrize("name", ["records", "-"])
def test_files_are_read_as_utf_8_in_any_locale(name, tmp_path):
    raw = json.dumps(build_chain(1)[0], ensure_ascii=False).encode()
    (tmp_path / "records").write_bytes(raw)
    locale = {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = subprocess.run(
        [sys.executable, "-m", "countersign_verify", name],
        cwd=tmp_path,
        env={**os.environ, **locale},
        input=raw,
        capture_output=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, b"")


def test_a_closed_standard_input_exits_with_2_and_no_traceback():
    command = f"'{sys.executable}' -m countersign_verify - <&-"
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_a_forged_id_cannot_control_the_terminal_or_forge_a_line(run):
    forged_id = "a\nvalid    \u202e\x1b[2J"
    target = {"type": "workflow", "id": forged_id}
    forged = reseal(build_chain(1)[0], target=target, eventId=forged_id)
    result = run(to_file(forged | {"datasetId": forged_id, "hash": "0" * 64}), heads=[forged_id])
    assert result.exit_code == 1
    assert result.stdout.count("a?valid    ??[2J") == 4
    assert result.stdout.isascii()
    assert not any(line.startswith("valid") for line in result.stdout.splitlines())


def test_an_empty_workflow_id_is_printed_as_it_is(run):
    record = reseal(build_chain(1)[0], target={"type": "workflow", "id": ""})
    assert "INVALID  workflow : 1 record" in run(to_file(record)).stdout
