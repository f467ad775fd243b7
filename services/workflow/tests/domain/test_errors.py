"""What users read when a rule forbids their request."""

import re

import pytest
from countersign_common.errors import DomainError

from workflow_service.domain import errors

ERRORS = (
    errors.OwnRequestError(),
    errors.NotAnApproverError(),
    errors.NotTheRequesterError(),
    errors.AdminsOnlyError(),
    errors.AlreadyApprovedError(),
    errors.AlreadyPendingError(),
    errors.NotPendingError(),
    errors.TooBusyError(),
    errors.PreconditionRequiredError(),
    errors.CommentMissingError(),
    errors.NoSuchSchemeError("expenses"),
    errors.IdempotencyKeyReusedError(),
    errors.DataTooLargeError("128 KB"),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_the_detail_of_an_error_is_made_of_sentences(error: DomainError):
    assert re.fullmatch(r"([A-Z][a-z]* [^.]*[a-z'0-9-]+[^.]*\.( |$))+", error.detail)
    assert not error.detail.isupper()


def test_an_error_names_what_is_wrong():
    assert errors.NoSuchSchemeError("expenses").detail == "There is no scheme 'expenses'."
    assert errors.DataTooLargeError("128 KB").detail == "Larger than the limit of 128 KB."
