"""Pauses between the calls for one batch."""

import random

_FIRST_PAUSE_SECONDS = 0.05


def backoff_seconds(attempt: int) -> float:
    """Return how long to wait before an attempt, from 1, after the first one, 0.

    Full jitter: clients that were throttled together retry at different times.
    """
    return random.uniform(0, _FIRST_PAUSE_SECONDS * 2**attempt)  # noqa: S311 - not a secret
