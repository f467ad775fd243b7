"""Measure two ways to do the same, in turns within one process."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], None]


@dataclass(frozen=True)
class Ratio:
    """CPU time compared with the baseline's.

    Attributes:
        milliseconds: CPU time of one call, median of the rounds.
        floor_milliseconds: The same for bare botocore.
        ratio: Median of the rounds' ratios.
        lowest, highest: Of the rounds' ratios.
    """

    milliseconds: float
    floor_milliseconds: float
    ratio: float
    lowest: float
    highest: float


def compare(ours: Sequence[Sequence[Work]], floor: Sequence[Sequence[Work]]) -> Ratio:
    """Run both in turns, round by round, so that they run under the same conditions.

    Args:
        ours, floor: The calls of each round. The first round is a warm-up.
    """
    # The prepared calls would not be in a function's memory, so the garbage collector must not visit them.
    gc.collect()
    gc.freeze()
    pairs = [(_cpu(mine), _cpu(bare)) for mine, bare in zip(ours, floor, strict=True)][1:]
    gc.unfreeze()
    ratios = [mine / bare for mine, bare in pairs]
    return Ratio(
        statistics.median(mine for mine, _ in pairs),
        statistics.median(bare for _, bare in pairs),
        statistics.median(ratios),
        min(ratios),
        max(ratios),
    )


def _cpu(works: Sequence[Work]) -> float:
    """Return the milliseconds of CPU time for one call, of all threads of this process."""
    began = time.process_time()
    for work in works:
        work()
    return (time.process_time() - began) * 1000 / len(works)
