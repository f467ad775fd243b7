"""Time of a search as the index grows, on a real OpenSearch node: `make bench-search`.

The queries are the service's. A ratio is the median at 1,000,000 records divided by the median at 10,000.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# The engines are started by the test suite's own code, which is not an installed package.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from opensearchpy import OpenSearch

from audit_service.adapters.index_schema import READ_ALIAS, month_of, write_alias
from audit_service.adapters.monthly_indices import MonthlyIndices
from audit_service.adapters.opensearch_index import OpenSearchAuditIndex
from audit_service.domain.search import Filters, Position, SearchScope
from bench.search_documents import FIRST, LARGE_GROUP, LAST, SCHEMES, USERS, documents
from engines import opensearch_node
from engines.engine import EngineUnavailableError
from engines.run import Run
from local_cloud.environment import isolated_environment
from local_cloud.errors import CloudError
from local_cloud.progress import Progress

SIZES = (10_000, 1_000_000)
GOAL = 1.5
PAGE = 25
WARM_UP, ROUNDS = 20, 60
_BATCH = 5_000

Search = Callable[[], Any]


def main() -> None:
    """Measure both sizes, and print the medians and their ratios as Markdown."""
    isolated_environment(os.environ)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops the node before the process ends
    progress = Progress()
    with _node(progress) as client:
        measured = [_measured(client, size, progress) for size in SIZES]
    small, large = (f"{size:,}" for size in SIZES)
    print(f"\n| search | {small} records, ms | {large} records, ms | ratio | goal |\n|---|---|---|---|---|")
    for name in measured[0]:
        before, after = (found[name] for found in measured)
        print(f"| {name} | {before:.1f} | {after:.1f} | {after / before:.2f} | ≤ {GOAL} |")


@contextmanager
def _node(progress: Progress) -> Iterator[OpenSearch]:
    run = Run("bench-search")
    try:
        with progress.step("Starting OpenSearch"):
            node = opensearch_node.start(run)
        yield OpenSearch(hosts=[node.url], timeout=120)
    except (EngineUnavailableError, CloudError) as reason:
        sys.exit(f"This measurement needs a real OpenSearch node, which can't be started here: {reason}")
    finally:
        run.end()


def _measured(client: OpenSearch, size: int, progress: Progress) -> dict[str, float]:
    with progress.step(f"Indexing {size:,} records") as detail:
        _seed(client, size, detail)
    with progress.step(f"Searching {size:,} records"):
        searches = _searches(OpenSearchAuditIndex(client))
        times: dict[str, list[float]] = {name: [] for name in searches}
        # In turns, so that all meet the same machine.
        for turn in range(WARM_UP + ROUNDS):
            for name, search in searches.items():
                began = time.perf_counter()
                found = search()
                elapsed = (time.perf_counter() - began) * 1000
                assert len(found) == PAGE, f"{name} found {len(found)}"
                if turn >= WARM_UP:
                    times[name].append(elapsed)
    return {name: statistics.median(each) for name, each in times.items()}


def _searches(index: OpenSearchAuditIndex) -> dict[str, Search]:
    everything, user = SearchScope(), f"user:{USERS[0]}"
    middle = Position(round((FIRST + (LAST - FIRST) / 2).timestamp() * 1000), "")
    member = SearchScope(participants=frozenset({user, LARGE_GROUP, "group:users"}))
    requester = SearchScope(participants=frozenset({user, "group:users"}))

    def page(filters: Filters, scope: SearchScope, number: int = 1, after: Position | None = None) -> Search:
        for _ in range(number - 1):
            after = index.find(filters, scope, after=after, limit=PAGE)[-1]
        return lambda: index.find(filters, scope, after=after, limit=PAGE)

    return {
        "newest page": page(Filters(), everything),
        "page 100 by cursor": page(Filters(), everything, 100),
        "a page in the middle of the year by cursor": page(Filters(), everything, after=middle),
        "an approver in a large group": page(Filters(), member),
        "an approver in a large group, page 20": page(Filters(), member, 20),
        "a requester": page(Filters(), requester),
        "an auditor, one scheme": page(Filters(scheme=SCHEMES[0]), everything),
        "an auditor, two words": page(Filters(text="laptop flight"), everything),
    }


def _seed(client: OpenSearch, size: int, report: Callable[[str], None]) -> None:
    client.indices.delete(index=f"{READ_ALIAS}-*")
    indices = MonthlyIndices(client, replicas=0)
    indices.create(f"2026.{month:02}" for month in range(1, 13))
    dump = json.JSONEncoder(separators=(",", ":")).encode
    source, done = documents(size), 0
    while batch := list(itertools.islice(source, _BATCH)):
        lines = []
        for at, document in batch:
            action = {"_index": write_alias(month_of(at)), "_id": document["datasetId"]}
            lines += [dump({"create": action}), dump(document)]
        response = client.bulk(body="\n".join(lines) + "\n", params={"require_alias": "true"})
        assert not response["errors"]
        done += len(batch)
        report(f"{done:,}")
    client.indices.refresh(index=READ_ALIAS)
    while _merges(client):
        time.sleep(1)


def _merges(client: OpenSearch) -> int:
    stats = client.indices.stats(index=READ_ALIAS, metric="merge")
    return int(stats["_all"]["total"]["merges"]["current"])


if __name__ == "__main__":
    main()
