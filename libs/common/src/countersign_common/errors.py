"""Domain errors: the exceptions that rules, use cases and adapters raise."""

from typing import ClassVar


class DomainError(Exception):
    """Base class of all domain errors. When one is raised, nothing has changed.

    There is one subclass for each rule. It sets `code` and, if they apply, `header` and `retry_after`.

    Attributes:
        code: Name of the rule in kebab-case, such as `own-request`. The API uses it as the problem type.
        detail: A sentence about this occurrence.
        pointer: RFC 6901 pointer to the part of the request body that the error is about; None if it is about none.
        header: Name of the request header that the error is about; None if it is about none.
        retry_after: Seconds after which the same request may succeed; None if it can't.
    """

    code: ClassVar[str]
    header: ClassVar[str | None] = None
    retry_after: ClassVar[int | None] = None

    def __init__(self, detail: str, pointer: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.pointer = pointer


class NotFoundError(DomainError):
    """The item doesn't exist, or the caller may not see it. Both look the same to the caller."""

    code = "not-found"

    def __init__(self, what: str) -> None:
        """
        Args:
            what: The kind of item, such as `workflow`.
        """
        super().__init__(f"There is no such {what}.")


class StoreUnavailableError(DomainError):
    """A database did not respond, or processed only a part of the request, after all retries."""

    code = "store-unavailable"
    retry_after = 5


class AdminsOnlyError(DomainError):
    """The user is not in the group `admins`."""

    code = "admins-only"

    def __init__(self) -> None:
        super().__init__("Only members of the group admins can do this.")


class IdempotencyKeyReusedError(DomainError):
    """The same idempotency key was sent with another request."""

    code = "idempotency-key-reused"
    header = "Idempotency-Key"

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used for another request. Use a new key for a new request."
        )
