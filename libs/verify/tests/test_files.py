"""Files of any size: blocks, worker processes, sorting on disk, and progress."""

import io
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from countersign_verify import external_sort, files, progress, verification
from countersign_verify.cli import app
from countersign_verify.external_sort import Row, merge_runs, write_run
from countersign_verify.files import UnusableFileError, Verification
from countersign_verify.trust import Trust
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from .builders import OTHER_WORKFLOW, WORKFLOW, build_chain, build_erasure, build_standalone, erase, to_file
from .deployment import Deployment, one_line, timed_chain

CHAIN = build_chain(20)


def verify(*paths, heads=()):
    verification = Verification(Trust(), frozenset(heads), datetime.now(UTC))
    return list(verification.verdicts([str(path) for path in paths])), verification


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(files, "BLOCK_BYTES", 3_000)


def test_records_are_read_once_wherever_a_block_ends(tmp_path, monkeypatch):
    path = tmp_path / "records"
    text = to_file(*CHAIN)
    path.write_text(text, encoding="utf-8")
    line = len(to_file(CHAIN[0]).encode())
    for block in [*range(line - 3, line + 3), 10, 1_000, 1_000_000]:
        monkeypatch.setattr(files, "BLOCK_BYTES", block)
        ([verdict], checked) = verify(path)
        assert (verdict.is_valid, verdict.records, checked.records) == (True, 20, 20)


@pytest.mark.parametrize("notation", ["lines", "array", "indented"])
def test_worker_processes_find_the_same(tmp_path, monkeypatch, small_blocks, notation):
    monkeypatch.setattr(files, "MIN_PARALLEL_BYTES", 0)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    erasure = build_erasure(99, {CHAIN[3]["datasetId"]: ["person"]})
    records = [*CHAIN[:3], erase(CHAIN[3], "person"), *CHAIN[4:10], *CHAIN[11:], erasure]
    path = tmp_path / "records"
    if notation == "lines":
        path.write_text(to_file(*records), encoding="utf-8")
    else:
        path.write_text(json.dumps(records, indent=2 if notation == "indented" else None), encoding="utf-8")
    (workflow, _), checked = verify(path, heads=[CHAIN[5]["hash"], "0" * 64])
    assert [(each.sequence, each.code) for each in workflow.findings] == [(11, "missing")]
    assert (workflow.records, workflow.erased) == (19, 1)
    assert checked.found_heads == {CHAIN[5]["hash"]}


def test_worker_processes_verify_bundles(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MIN_PARALLEL_BYTES", 0)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    chain = timed_chain(CHAIN[:4])
    deployment = Deployment(*[[record] for record in chain])
    path = tmp_path / "bundles"
    path.write_text(
        one_line(deployment.bundle(WORKFLOW, chain[:2], cursor="x"))
        + one_line(deployment.bundle(WORKFLOW, chain[2:])),
        encoding="utf-8",
    )
    ([verdict], checked) = verify(path)
    assert (verdict.is_valid, verdict.sealed) == (True, 4)
    assert len(checked.checkpoints) == 1


def test_an_error_in_a_worker_process_names_the_file(tmp_path, monkeypatch, small_blocks):
    monkeypatch.setattr(files, "MIN_PARALLEL_BYTES", 0)
    path = tmp_path / "records"
    path.write_text(to_file(*CHAIN) + "{}\n", encoding="utf-8")
    with pytest.raises(UnusableFileError, match="records: a value is not an audit record"):
        verify(path)


def test_a_response_for_a_record_that_the_api_can_not_read_is_a_finding(tmp_path):
    problem = {
        "type": "/docs/problems/unreadable-record.md",
        "title": "Unreadable record",
        "status": 500,
        "detail": f"The stored record {CHAIN[1]['datasetId']} can't be read.",
    }
    path = tmp_path / "records"
    path.write_text(to_file(CHAIN[0], problem, CHAIN[2]), encoding="utf-8")
    (workflow, unreadable), _ = verify(path)
    assert [each.code for each in workflow.findings] == ["missing"]
    assert [(each.code, each.dataset_id) for each in unreadable.findings] == [
        ("unreadable", CHAIN[1]["datasetId"])
    ]


def test_other_problem_responses_are_unusable(tmp_path):
    path = tmp_path / "records"
    path.write_text(
        to_file(CHAIN[0], {"type": "/docs/problems/rate-limited.md", "status": 429}), encoding="utf-8"
    )
    with pytest.raises(UnusableFileError):
        verify(path)


def test_findings_are_counted_beyond_those_that_are_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(verification, "MAX_LISTED", 3)
    path = tmp_path / "records"
    path.write_text(to_file(*(record | {"hash": "0" * 64} for record in CHAIN)), encoding="utf-8")
    result = CliRunner().invoke(app, [str(path)])
    assert result.stdout.count("hash-mismatch") == 3
    assert "and 17 more findings" in result.stdout
    assert result.stdout.endswith("INVALID: 20 findings\n")


def test_the_html_report_lists_a_limited_number_of_valid_workflows(tmp_path, monkeypatch):
    monkeypatch.setattr("countersign_verify.report.MAX_VALID_IN_HTML", 1)
    path, html = tmp_path / "records", tmp_path / "report.html"
    third = "018f0000-0000-7000-8000-000000000003"
    path.write_text(
        to_file(*CHAIN, *build_chain(2, OTHER_WORKFLOW), *build_chain(2, third)[1:]), encoding="utf-8"
    )
    assert CliRunner().invoke(app, [str(path), "--html", str(html)]).exit_code == 1
    page = html.read_text(encoding="utf-8")
    assert (WORKFLOW in page, OTHER_WORKFLOW in page, third in page) == (True, False, True)
    assert "1 more workflows are valid" in page


def test_a_report_that_can_not_be_written_is_unusable(tmp_path):
    path = tmp_path / "records"
    path.write_text(to_file(*CHAIN), encoding="utf-8")
    assert CliRunner().invoke(app, [str(path), "--html", str(tmp_path / "no" / "report")]).exit_code == 2


# Sorting


rows = st.builds(
    Row,
    st.sampled_from(["1a", "1b", "2"]),
    st.integers(0, 2**53),
    st.integers(-1, 2),
    st.text(max_size=3),
    st.just("0" * 64),
    st.just(""),
    st.integers(0, 7),
    st.just(""),
    st.text(max_size=3),
)


@given(st.lists(st.lists(rows, max_size=5), max_size=8), st.integers(2, 3), st.integers(1, 3))
def test_rows_of_any_number_of_runs_are_merged_in_order(runs, at_a_time, per_block):
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(external_sort, "MAX_RUNS", at_a_time)
        patch.setattr(external_sort, "ROWS_PER_BLOCK", per_block)
        written = [write_run(Path(folder), sorted(run)) for run in runs]
        assert list(merge_runs(Path(folder), written)) == sorted(row for run in runs for row in run)


def test_a_few_runs_are_open_at_a_time(tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(external_sort, "MAX_RUNS", 4)
    monkeypatch.setattr(external_sort, "read_run", lambda run: opened.append(run) or iter(()))
    runs = [write_run(tmp_path, []) for _ in range(30)]
    merge_runs(tmp_path, runs)
    assert max(len(opened[start : start + 4]) for start in range(0, len(opened), 4)) <= 4
    assert len(opened) > 30


# Progress


@pytest.mark.parametrize("is_terminal", [True, False])
def test_long_runs_print_their_progress(monkeypatch, is_terminal):
    output = io.StringIO()
    output.isatty = lambda: is_terminal
    monkeypatch.setattr("sys.stderr", output)
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    with progress.Progress() as shown:
        for now[0] in (0.5, 1.9, 2.1, 2.5, 3.2):
            shown.update(12_000_000, 4_000)
    if is_terminal:
        assert output.getvalue() == "\r4,000 checked, 12 MB in 2 s\r4,000 checked, 12 MB in 3 s\n"
    else:
        assert output.getvalue() == "4,000 checked, 12 MB in 2 s\n"


def test_short_runs_print_none(tmp_path):
    path = tmp_path / "records"
    path.write_text(to_file(build_standalone(1)), encoding="utf-8")
    assert CliRunner().invoke(app, [str(path)]).stderr == ""
