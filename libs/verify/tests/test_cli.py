"""The command: what it prints and how it exits."""

import pytest
from typer.testing import CliRunner

from countersign_verify.cli import app

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
def test_a_file_without_records_is_no_intact_one(run, text):
    done = run(text)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr


def test_a_file_that_is_not_there_is_told():
    done = CliRunner().invoke(app, ["no-such-file"])
    assert done.exit_code == 2
    assert "no-such-file" in done.stderr


def test_a_forged_id_moves_no_cursor(run):
    forged = a_chain(1)[0] | {"datasetId": "\x1b[2J", "hash": "0" * 64}
    done = run(as_file(forged))
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout
