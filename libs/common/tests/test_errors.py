"""Domain errors."""

import pytest

from countersign_common.errors import DomainError, NotFoundError, StoreUnavailableError


class TooBusyError(DomainError):
    code = "too-busy"
    retry_after = 1


def test_error_has_detail_and_no_pointer_or_retry_by_default():
    error = NotFoundError("workflow")
    assert (error.code, error.pointer, error.retry_after) == ("not-found", None, None)
    assert error.detail == str(error) == "There is no such workflow."


def test_error_can_point_to_a_part_of_the_body():
    assert TooBusyError("Send it again.", "/comment").pointer == "/comment"


@pytest.mark.parametrize(("error", "seconds"), [(TooBusyError("x"), 1), (StoreUnavailableError("x"), 5)])
def test_error_class_sets_seconds_before_a_retry(error, seconds):
    assert error.retry_after == seconds
    assert isinstance(error, DomainError)
