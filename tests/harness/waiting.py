"""The one place where tests wait."""

from collections.abc import Callable
from typing import TypeVar

from local_cloud import waiting
from local_cloud.errors import CloudError

Value = TypeVar("Value")


def wait_until(
    condition: Callable[[], Value], *, within: float, what: str = "", pause: float = 0.05
) -> Value:
    """Ask until the answer is true in Python's sense.

    Args:
        condition: cheap and without effect, for it is asked many times.
        within: seconds.
        what: what is waited for, for the failure; the condition's name when it is not given.
        pause: seconds between two questions.

    Returns:
        The answer.

    Raises:
        AssertionError: it was not true in time; the message has the last answer.
    """
    last: list[Value] = []

    def probe() -> Value | None:
        last[:] = [condition()]
        return last[0] or None

    wanted = what or getattr(condition, "__name__", "a condition")
    try:
        return waiting.wait_until(probe, what=wanted, patience=within, pause=pause)
    except CloudError as error:
        raise AssertionError(f"{error} The last answer was {last[0]!r:.500}.") from None


def holds_for(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether the condition stays true for that long: how one sees that something does not happen."""
    try:
        waiting.wait_until(lambda: None if condition() else True, what="a change", patience=seconds)
    except CloudError:
        return True
    return False
