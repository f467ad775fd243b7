"""Two ways of doing the same, measured in turns within one process."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], None]


@dataclass(frozen=True)
class Ratio:
    """What one thing takes of CPU, and how many times the floor's that is.

    Attributes:
        milliseconds: of CPU for one, median over the rounds.
        floor_milliseconds: the same for bare botocore.
        ratio: median of the rounds' own ratios.
        lowest, highest: of the rounds' ratios.
    """

    milliseconds: float
    floor_milliseconds: float
    ratio: float
    lowest: float
    highest: float


def compare(ours: Sequence[Sequence[Work]], floor: Sequence[Sequence[Work]]) -> Ratio:
    """Run round by round, ours and the floor in turns, so that both meet the same machine.

    Args:
        ours, floor: for each round, what is to be done in it; the first round only warms up.
    """
    # What was made ready for all rounds is in no function's memory: the collector is not to walk it in one of them.
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
    """Milliseconds of CPU for one, all threads of this process counted."""
    began = time.process_time()
    for work in works:
        work()
    return (time.process_time() - began) * 1000 / len(works)
