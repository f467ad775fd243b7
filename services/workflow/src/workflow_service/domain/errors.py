"""One exception for each rule that can forbid a request. When one is raised, nothing has changed."""

from countersign_common.errors import DomainError


class OwnRequestError(DomainError):
    """A requester tried to decide their own request."""

    code = "own-request"

    def __init__(self) -> None:
        super().__init__("You can't decide your own request.")


class NotAnApproverError(DomainError):
    """The user is not an approver of the workflow's step."""

    code = "not-an-approver"

    def __init__(self) -> None:
        super().__init__("Only an approver of the step can decide.")


class NotTheRequesterError(DomainError):
    """The user did not create the workflow."""

    code = "not-the-requester"

    def __init__(self) -> None:
        super().__init__("Only the requester can save or request a workflow.")


class AlreadyApprovedError(DomainError):
    """The workflow is approved, which is final."""

    code = "already-approved"

    def __init__(self) -> None:
        super().__init__("The workflow is approved. An approved workflow can't be changed.")


class AlreadyPendingError(DomainError):
    """The workflow waits for a decision, so its content can't change."""

    code = "already-pending"

    def __init__(self) -> None:
        super().__init__("The workflow is waiting for a decision.")


class NotPendingError(DomainError):
    """The workflow does not wait for a decision."""

    code = "not-pending"

    def __init__(self) -> None:
        super().__init__("The workflow is not waiting for a decision.")


class ContentErasedError(DomainError):
    """The content of the workflow was erased, which is final."""

    code = "content-erased"

    def __init__(self) -> None:
        super().__init__("The content of the workflow was erased. Create a new workflow.")


class TooBusyError(DomainError):
    """Other writers changed the item on every attempt."""

    code = "too-busy"
    retry_after = 1

    def __init__(self) -> None:
        super().__init__("Others are changing this at the same time. Send the request again.")


class PreconditionRequiredError(DomainError):
    """A decision did not name the version that it is about."""

    code = "precondition-required"
    header = "If-Match"

    def __init__(self) -> None:
        super().__init__("Send If-Match with the ETag of the version that you decide on.")


class VersionStaleError(DomainError):
    """The request was made for a version that is no longer the newest."""

    code = "version-stale"
    header = "If-Match"


class CommentMissingError(DomainError):
    """A rejection has no comment."""

    code = "comment-missing"

    def __init__(self) -> None:
        super().__init__("A rejection needs a comment that explains it.", "/comment")


class NoSuchSchemeError(DomainError):
    """A workflow names a scheme that doesn't exist."""

    code = "no-such-scheme"

    def __init__(self, scheme_id: str) -> None:
        super().__init__(f"There is no scheme {scheme_id!r}.", "/scheme")


class DataTooLargeError(DomainError):
    """The data exceeds its limit."""

    code = "too-large"

    def __init__(self, limit: str) -> None:
        super().__init__(f"Larger than the limit of {limit}.", "/data")


class PeopleUnavailableError(DomainError):
    """The user directory did not respond, or is busy."""

    code = "people-unavailable"
    retry_after = 5

    def __init__(self) -> None:
        super().__init__("The user directory is busy or does not respond. Send the request again later.")


class InvalidPositionError(DomainError):
    """The user directory doesn't know the position at which a page starts, or no longer."""

    code = "invalid-cursor"

    def __init__(self) -> None:
        super().__init__("Invalid cursor: request the first page again.")


class VersionConflictError(Exception):
    """Another writer has committed first. Nothing was written; the use case reads again and retries."""


class OutOfTimeError(Exception):
    """There is not enough time. The rest can be done later."""


class ManifestConflictError(Exception):
    """A stored manifest does not follow the ones before it. Nothing is published until an operator fixes the cause."""
