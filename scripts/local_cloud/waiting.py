"""The one place that waits for something to happen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryError, Retrying, retry_if_not_result, stop_after_delay, wait_fixed

from local_cloud.errors import CloudError

Value = TypeVar("Value")


def wait_until(
    probe: Callable[[], Value | None], *, timeout: float, what: str = "a condition", interval: float = 0.05
) -> Value:
    """Call `probe` until its result is true.

    Args:
        probe: Cheap and without side effects, because it is called many times.
        what: What is waited for, for the error message.

    Returns:
        The first true result.

    Raises:
        CloudError: There was none within `timeout` seconds; the message has the last result.
    """
    retrying = Retrying(
        stop=stop_after_delay(timeout), wait=wait_fixed(interval), retry=retry_if_not_result(bool)
    )
    try:
        result = retrying(probe)
    except RetryError as error:
        last = error.last_attempt.result()
        raise CloudError(f"Timed out after {timeout:.0f} s waiting for {what}: {last!r:.500}.") from None
    assert result is not None
    return result


def holds_for(seconds: float, condition: Callable[[], bool]) -> bool:
    """Return whether `condition` stays true for this long, to see that something doesn't happen."""
    try:
        wait_until(lambda: not condition(), timeout=seconds)
    except CloudError:
        return True
    return False
