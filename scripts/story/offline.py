"""What an outside auditor does with what he is shown: he runs the verifier, and asks nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable

from local_cloud.api import Api


def verify_offline(api: Api, dataset_ids: Iterable[str]) -> subprocess.CompletedProcess[str]:
    """Run `countersign-verify` on the records that the API shows under these datasetIds.

    Returns:
        Its exit code (0 intact, 1 broken, 2 not to be read) and what it printed.
    """
    shown = [api.get(f"/audit-trail/{each}").expect(200).body for each in dataset_ids]
    return subprocess.run(
        [sys.executable, "-m", "countersign_verify", "-"],
        input="\n".join(map(json.dumps, shown)),
        capture_output=True,
        text=True,
        check=False,
    )
