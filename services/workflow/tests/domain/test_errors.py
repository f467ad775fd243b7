"""What users read when a rule forbids their request."""

import re
from collections.abc import Callable

import pytest
from countersign_common.errors import AdminsOnlyError, DomainError, IdempotencyKeyReusedError

from workflow_service.domain import errors

CREATE: dict[str, Callable[[], DomainError]] = {
    "own request": errors.OwnRequestError,
    "not an approver": errors.NotAnApproverError,
    "not the requester": errors.NotTheRequesterError,
    "admins only": AdminsOnlyError,
    "already approved": errors.AlreadyApprovedError,
    "already pending": errors.AlreadyPendingError,
    "not pending": errors.NotPendingError,
    "too busy": errors.TooBusyError,
    "precondition required": errors.PreconditionRequiredError,
    "comment missing": errors.CommentMissingError,
    "key reused": IdempotencyKeyReusedError,
}
SENTENCES = re.compile(r"([A-Z][a-z]* [^.]*[a-z][^.]*\.( |$))+")


@pytest.mark.parametrize("create", CREATE.values(), ids=CREATE)
def test_the_detail_of_an_error_is_made_of_sentences(create):
    assert SENTENCES.fullmatch(create().detail)


def test_an_error_names_what_is_wrong():
    assert errors.NoSuchSchemeError("expenses").detail == "There is no scheme 'expenses'."
    assert errors.DataTooLargeError("128 KB").detail == "Larger than the limit of 128 KB."
