"""What an auditor finds with the API, with the offline verifier, and with the console."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from attacks.changed_bucket import ChangedBucket
from attacks.expectations import LogRow
from attacks.log_copies import LogCopy
from harness.console import Console
from local_cloud.people import Person

_VALID, _FINDINGS = 0, 1


@dataclass(frozen=True)
class Verdict:
    """A verdict, and the codes of its findings."""

    is_valid: bool
    codes: frozenset[str]

    def shows(self, expected: frozenset[str]) -> bool:
        """Return whether the codes are among the findings, or whether there are none if none are expected."""
        return (
            expected <= self.codes
            and self.is_valid is not bool(expected)
            and bool(self.codes) is bool(expected)
        )


def verification(auditor: Person, workflow_id: str) -> Verdict:
    """Return what the API's verification finds, on all pages."""
    pages = list(auditor.api.pages(f"/workflows/{workflow_id}/verification"))
    codes = frozenset(finding["code"] for page in pages for finding in page["findings"])
    return Verdict(all(page["verdict"] == "valid" for page in pages), codes)


def is_settled(auditor: Person, workflow_id: str) -> bool:
    """Return whether the log has all events of a workflow, the manifests that name them, and one of its state.

    A manifest can attest a state before the one that names its events is published.
    """
    if auditor.api.get(f"/workflows/{workflow_id}/verification").status != 200:
        return False
    records, named, attesting, proven = set(), set(), set(), set()
    for page in auditor.api.pages(f"/workflows/{workflow_id}/evidence"):
        records |= {record["datasetId"] for record in page["records"]}
        attesting |= {each["name"] for each in page["manifests"] if _attests(each["text"], workflow_id)}
        proven |= {proof["entryId"] for proof in page["proofs"]}
        for manifest in (each for each in page["manifests"] if each["name"] in proven):
            named |= {event["eventId"] for event in json.loads(manifest["text"])["events"]}
    return records <= proven & named and bool(attesting & proven)


def evidence(auditor: Person, workflow_id: str, folder: Path) -> list[Path]:
    """Download the evidence bundle, one file for each page."""
    files = []
    for number, page in enumerate(auditor.api.pages(f"/workflows/{workflow_id}/evidence")):
        files.append(folder / f"evidence-{number}.json")
        files[-1].write_text(json.dumps(page, ensure_ascii=False))
    return files


def verify_bundle(files: list[Path], key: str) -> Verdict:
    """Run `countersign-verify` on an evidence bundle with the log's key."""
    return _run("verify", *map(str, files), "--key", key)


def verify_log(folder: Path, *, key: str | None = None, checkpoint: Path | None = None) -> Verdict:
    """Run `countersign-verify log` on a copy of the proof bucket."""
    options = [*(["--key", key] if key else []), *(["--checkpoint", str(checkpoint)] if checkpoint else [])]
    return _run("log", str(folder), *options)


def expect_row(row: LogRow, copy: LogCopy, key: str) -> None:
    """Attack a copy of the log, and compare what the verifier finds with what is expected.

    Args:
        row: The attack, and what finds it.
        copy: Is valid until then.
        key: The log's key, as a vkey.
    """
    kept = copy.folder.parent / "kept-checkpoint"
    kept.write_text(copy.note)
    service = ChangedBucket.before_the_attack(copy, key)
    assert service.findings() == frozenset()
    row.attack(copy)
    files, with_key = verify_log(copy.folder), verify_log(copy.folder, key=key)
    assert files.shows(row.with_files), files
    assert with_key.shows(row.with_key), with_key
    with_checkpoint = verify_log(copy.folder, key=key, checkpoint=kept)
    assert with_checkpoint.shows(row.with_checkpoint), with_checkpoint
    assert service.findings() == row.api


def browser_finds(console: Console, workflow_id: str) -> bool:
    """Return whether the workflow page's own proof fails."""
    console.open(f"/workflows/{workflow_id}")
    badge = console.page.get_by_role("status", name="Proof")
    done = badge.filter(has_text="Verification failed").or_(badge.filter(has_text="Verified in this browser"))
    expect(done.first).to_be_visible(timeout=60_000)
    return badge.filter(has_text="Verification failed").count() > 0


def _attests(manifest: str, workflow_id: str) -> bool:
    return any(state["workflowId"] == workflow_id for state in json.loads(manifest)["workflows"])


def _run(*arguments: str) -> Verdict:
    command = [sys.executable, "-m", "countersign_verify", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (_VALID, _FINDINGS), done.stderr
    return Verdict(done.returncode == _VALID, frozenset(_codes(json.loads(done.stdout))))


def _codes(value: Any) -> Iterator[str]:
    """Yield the codes of all findings in a report."""
    if isinstance(value, dict):
        if "code" in value and "detail" in value:
            yield value["code"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _codes(each)
