"""CPU time and memory of `countersign-verify`, against reading the same JSON and hashing the same bytes.

`python -m bench.verify` (about five minutes) needs no cloud.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from countersign_common.proof.canonical import canonical_text

ROUNDS = 3
GOAL = 1.5
MEMORY_GOAL_MB = 100

BASELINE = """
import hashlib, json, sys
with open(sys.argv[1], "rb") as file:
    for line in file:
        json.loads(line)
        hashlib.sha256(line).digest()
"""
"""Parses each line of a file and hashes it."""


class Case(NamedTuple):
    """A file of records.

    Attributes:
        name: For the table.
        records: Number of records.
        per_workflow: Events of each workflow.
        data_bytes: Size of the workflow's data.
        rounds: How often both are measured.
    """

    name: str
    records: int
    per_workflow: int
    data_bytes: int
    rounds: int = ROUNDS


CASES = (
    Case("100,000 records, 10 per workflow", 100_000, 10, 300),
    Case("100,000 records, one workflow", 100_000, 100_000, 300),
    Case("20,000 records, 20 KB of data", 20_000, 10, 20_000),
    Case("1,000,000 records, 10 per workflow", 1_000_000, 10, 300, 1),
)


@dataclass(frozen=True)
class Usage:
    """What a process and its children used.

    Attributes:
        cpu: Seconds of CPU time, of all processes together.
        elapsed: Seconds.
        peak_mb: Most memory of one process.
    """

    cpu: float
    elapsed: float
    peak_mb: float


def main(
    quick: Annotated[bool, typer.Option(help="Leave out the million records.")] = False,
) -> None:
    """Measure the verification of exports and print it as Markdown."""
    print(
        "| export | CPU µs per record | JSON and SHA-256 | ratio | rounds | elapsed, ratio | peak MB | goal |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for case in CASES[:-1] if quick else CASES:
        with tempfile.TemporaryDirectory(prefix="countersign-bench-") as folder:
            file = Path(folder) / "records.ndjson"
            with file.open("w", encoding="utf-8") as output:
                output.writelines(lines(case))
            _measure(case, file)


def _measure(case: Case, file: Path) -> None:
    ours, floors = [], []
    for _ in range(case.rounds):
        floors.append(_usage([sys.executable, "-c", BASELINE, str(file)]))
        ours.append(_usage([sys.executable, "-m", "countersign_verify", str(file)]))
    ratios = [mine.cpu / bare.cpu for mine, bare in zip(ours, floors, strict=True)]
    elapsed = statistics.median(mine.elapsed / bare.elapsed for mine, bare in zip(ours, floors, strict=True))
    micro = [statistics.median(each.cpu for each in used) / case.records * 1e6 for used in (ours, floors)]
    peak = max(each.peak_mb for each in ours)
    print(
        f"| {case.name} | {micro[0]:.1f} | {micro[1]:.1f} | {statistics.median(ratios):.2f} "
        f"| {min(ratios):.2f}-{max(ratios):.2f} | {elapsed:.2f} | {peak:.0f} | ≤ {GOAL}, < {MEMORY_GOAL_MB} MB |",
        flush=True,
    )


def _usage(command: list[str]) -> Usage:
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        errors = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} exited with {process.returncode}:\n{errors.decode()[-2000:]}")
    return Usage(used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024)


def lines(case: Case) -> Iterator[str]:
    """Yield records as the API writes them, one per line."""
    data = canonical_text(
        {
            "amount": 1234.5,
            "currency": "CHF",
            "purpose": "customer visit",
            "text": "Lorem ipsum dolor sit amet. " * (case.data_bytes // 28),
        }
    )
    content = f'{{"after":{data},"before":null,"comment":"As discussed.","title":"Travel expenses"}}'
    person = canonical_text(
        {
            "email": "rita@example.com",
            "groups": ["sales"],
            "name": "Rita Requester",
            "sourceIp": "192.0.2.1",
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        }
    )
    assert content == canonical_text(json.loads(content))
    for number in range(case.records):
        sequence = number % case.per_workflow + 1
        if sequence == 1:
            workflow = str(uuid.UUID(int=number))
            previous_hash = _sha256(f"countersign/v1/workflow\x00{workflow}")
        salts = [hashlib.sha256(f"{part}{number}".encode()).digest() for part in ("person", "content")]
        sealed = _sealed(number, workflow, sequence, previous_hash, _commitments(salts, person, content))
        previous_hash = _sha256(sealed)
        texts = {
            "sealed": sealed,
            "person": {"salt": base64.b64encode(salts[0]).decode(), "value": person},
            "content": {"salt": base64.b64encode(salts[1]).decode(), "value": content},
        }
        yield (
            f'{{"datasetId":"{uuid.UUID(int=number)}","hash":"{previous_hash}","sealed":{sealed},"person":{person},'
            f'"content":{content},"redacted":[],'
            f'"canonical":{json.dumps(texts, ensure_ascii=False, separators=(",", ":"))}}}\n'
        )


def _commitments(salts: list[bytes], person: str, content: str) -> tuple[str, str]:
    return (
        hashlib.sha256(b"countersign/v1/person\x00" + salts[0] + person.encode()).hexdigest(),
        hashlib.sha256(b"countersign/v1/content\x00" + salts[1] + content.encode()).hexdigest(),
    )


def _sealed(
    number: int, workflow: str, sequence: int, previous_hash: str, commitments: tuple[str, str]
) -> str:
    """Return the canonical text of a sealed part."""
    user = "5f0c3f0e-0000-7000-8000-000000000001"
    return (
        f'{{"actionOwner":{{"id":"{user}","type":"user"}},"actionType":"SAVE","contentCommitment":"{commitments[1]}",'
        f'"eventId":"{uuid.UUID(int=number)}","occurredAt":"2026-11-02T09:30:00.000Z","outcome":"DRAFT",'
        f'"participants":["group:finance","user:{user}"],"personCommitment":"{commitments[0]}",'
        f'"requestId":"JKJaXmPLvHcESHA=","schemaVersion":1,"source":"/countersign/workflow",'
        f'"target":{{"id":"{workflow}","type":"workflow"}},"workflow":{{"previousHash":"{previous_hash}","round":1,'
        f'"scheme":"expense","schemeVersion":1,"sequence":{sequence},"stepId":"approval"}}}}'
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    typer.run(main)
