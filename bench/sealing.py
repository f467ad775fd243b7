"""CPU time of sealing 10,000 entries: the sealer against SHA-256 of them and bare botocore with the same calls."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError
from countersign_common.aws.clients import dynamodb_client
from countersign_common.clock import system_clock
from countersign_common.ids import new_id
from countersign_common.parallel import MAX_THREADS, map_parallel

from bench.recording import Call, bare_caller, recorded

ENTRIES, ROUNDS = 10_000, 3
WRITE_LIMIT = 25


def main() -> None:
    """Print one JSON object: calls, CPU time for each entry, the baseline's, and stored bytes for each entry."""
    from audit_service.bootstrap.sealing import build_sealer  # noqa: PLC0415 - reads the environment

    sealer = build_sealer()
    _drain(sealer)  # what the other measurements left
    _record(sealer, 300)
    _seal(sealer)  # connections, and a partial tile to continue
    measured = []
    for _ in range(ROUNDS):
        entries = _record(sealer, ENTRIES)
        with recorded() as calls:
            began, cpu = time.monotonic(), time.process_time()
            _seal(sealer)
            mine = time.process_time() - cpu
            seconds = time.monotonic() - began
        floor = _cpu(lambda calls=calls, entries=entries: _floor(calls, entries))  # type: ignore[misc]
        measured.append((mine, floor, seconds, calls))
    mine, floor, seconds, calls = sorted(measured, key=lambda each: each[0] / each[1])[ROUNDS // 2]
    ratios = [each[0] / each[1] for each in measured]
    print(
        json.dumps(
            {
                "entries": ENTRIES,
                "calls": Counter(f"{call.service} {call.operation}" for call in calls),
                "seconds": seconds,
                "microseconds": mine * 1e6 / ENTRIES,
                "floor_microseconds": floor * 1e6 / ENTRIES,
                "ratio": median(ratios),
                "lowest": min(ratios),
                "highest": max(ratios),
                "bucket_bytes": _bucket_bytes(calls) / ENTRIES,
                "table_bytes": _table_bytes(calls) / ENTRIES,
            }
        )
    )


def _record(sealer: Any, count: int) -> list[bytes]:
    """Make entries pending, without a scheduled run that seals them. Return their texts."""
    from audit_service.adapters.log_items import pending_item  # noqa: PLC0415
    from audit_service.domain.log.entries import Entry, EntryKind  # noqa: PLC0415

    while sealer.ledger.acquire("bench", system_clock(), system_clock() + timedelta(hours=1)) is None:
        time.sleep(1)
    entries = [
        Entry(EntryKind.EVENT, new_id(), hashlib.sha256(os.urandom(8)).hexdigest()) for _ in range(count)
    ]
    client, table = dynamodb_client(connections=MAX_THREADS), os.environ["AUDIT_LOG_TABLE"]

    def write(start: int) -> None:
        batch = entries[start : start + WRITE_LIMIT]
        requests: Any = [{"PutRequest": {"Item": pending_item(each, system_clock())}} for each in batch]
        client.batch_write_item(RequestItems={table: requests})

    map_parallel(write, range(0, count, WRITE_LIMIT))
    return [each.to_bytes() for each in entries]


def _drain(sealer: Any) -> None:
    """Seal what is pending in runs that are shorter than their lease, as the function does it."""
    while True:
        end = time.monotonic() + 40
        result = sealer(lambda end=end: end - time.monotonic())
        if result is not None and result.pending == 0:
            return
        time.sleep(1)


def _seal(sealer: Any) -> None:
    sealer.ledger.release("bench")
    result = replace(sealer, new_id=lambda: str(uuid4()))(lambda: 600.0)
    assert result is not None, "a scheduled run was faster: run the measurement again"
    assert result.pending == 0


def _floor(calls: Sequence[Call], entries: Sequence[bytes]) -> None:
    """Hash each leaf and about as many nodes, and make the calls again, in as many threads."""
    for entry in entries:
        leaf = hashlib.sha256(b"\x00" + entry).digest()
        hashlib.sha256(b"\x01" + leaf + leaf).digest()
    call = bare_caller({each.service for each in calls})

    def repeat(each: Call) -> None:
        with suppress(
            ClientError
        ):  # calls whose conditions are no longer true: about 20, for the bookkeeping
            call(each)

    map_parallel(repeat, [_unconditional(each) for each in calls])


def _unconditional(call: Call) -> Call:
    parameters = {name: value for name, value in call.parameters.items() if name != "IfNoneMatch"}
    return Call(call.service, call.operation, parameters)


def _bucket_bytes(calls: Sequence[Call]) -> int:
    return sum(len(call.parameters["Body"]) for call in calls if call.operation == "PutObject")


def _table_bytes(calls: Sequence[Call]) -> int:
    """Return the size of the items that stay: names, texts, numbers and bytes."""
    items = [
        request["PutRequest"]["Item"]
        for call in calls
        if call.operation == "BatchWriteItem"
        for requests in call.parameters["RequestItems"].values()
        for request in requests
        if "PutRequest" in request
    ]
    return sum(
        len(name) + len(value)
        for item in items
        for name, attribute in item.items()
        for value in attribute.values()
    )


def _cpu(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
