"""The command: what it prints and how it exits."""

import json
import os
import subprocess
import sys

import pytest
from countersign_verify.cli import app
from typer.testing import CliRunner

from .builders import OTHER, a_chain, as_file, resealed


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


def test_an_intact_chain_exits_0_and_tells_its_head(run):
    chain = a_chain(3)
    done = run(as_file(*chain[:2]), as_file(chain[2]))
    assert done.exit_code == 0
    assert done.stdout.startswith("intact")
    assert chain[2]["hash"] in done.stdout


def test_records_are_taken_from_the_standard_input(run):
    assert run(stdin=as_file(*a_chain(1))).exit_code == 0


def test_one_broken_chain_among_others_exits_1_and_tells_where(run):
    chain = a_chain(3)
    chain[1] = resealed(chain[1], outcome="APPROVED")
    done = run(as_file(*a_chain(2, OTHER), *chain))
    assert done.exit_code == 1
    assert "intact" in done.stdout
    assert f"at 3: previous-hash-mismatch ({chain[2]['datasetId']})" in done.stdout


def test_a_noted_head_that_is_still_there_is_no_news_and_one_that_was_cut_off_is(run):
    chain = a_chain(3)
    assert run(as_file(*chain), heads=[chain[1]["hash"].upper(), chain[2]["hash"]]).exit_code == 0
    done = run(as_file(*chain[:2]), heads=[chain[2]["hash"]])
    assert done.exit_code == 1
    assert f"no record has the head {chain[2]['hash']}" in done.stdout


@pytest.mark.parametrize("text", ["", "[]", "{", '{"items":[]}'])
def test_a_file_without_records_is_no_intact_one_nor_is_it_among_others(run, text):
    for texts in ([text], [as_file(*a_chain(1)), text]):
        done = run(*texts)
        assert done.exit_code == 2
        assert done.stdout == ""
        assert done.stderr


def test_what_is_no_utf_8_is_told(tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe{")
    done = CliRunner().invoke(app, [str(tmp_path / "binary")])
    assert (done.exit_code, done.stdout) == (2, "")
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("name", ["records", "-"])
def test_what_was_hashed_is_utf_8_whatever_the_terminal_speaks(name, tmp_path):
    raw = json.dumps(a_chain(1)[0], ensure_ascii=False).encode()
    (tmp_path / "records").write_bytes(raw)
    speaking = {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "countersign_verify", name],
        cwd=tmp_path,
        env={**os.environ, **speaking},
        input=raw,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_standard_input_that_is_closed_is_told():
    command = f"'{sys.executable}' -m countersign_verify - <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_erased_parts_are_counted(run):
    record = a_chain(1)[0]
    record["person"] = record["canonical"]["person"] = None
    assert f"1 record, 1 of their parts erased, head {record['hash']}" in run(as_file(record)).stdout


def test_a_file_that_is_not_there_is_told():
    done = CliRunner().invoke(app, ["no-such-file"])
    assert done.exit_code == 2
    assert "no-such-file" in done.stderr


def test_a_forged_id_moves_no_cursor_and_forges_no_line(run):
    forged_id = "a\nintact  \u202e\x1b[2J"
    forged = resealed(a_chain(1)[0], workflowId=forged_id) | {"datasetId": forged_id, "hash": "0" * 64}
    done = run(as_file(forged), heads=[forged_id])
    assert done.exit_code == 1
    assert done.stdout.count("a?intact  ??[2J") == 4
    assert done.stdout.isascii()
    assert not any(line.startswith("intact") for line in done.stdout.splitlines())


def test_a_workflow_may_have_an_odd_id(run):
    record = resealed(a_chain(1)[0], workflowId="")
    assert "BROKEN  workflow : 1 record read" in run(as_file(record)).stdout
