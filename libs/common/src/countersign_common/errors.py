"""Domain errors: the exceptions that rules, use cases and adapters raise."""

from typing import ClassVar


class DomainError(Exception):
    """Base class of all domain errors. When one is raised, nothing has changed.

    Subclasses set `code` and, where it fits, defaults for the message and `retry_after`.

    Attributes:
        code: Name of the rule in kebab-case, such as `own-request`. It names the problem type of the API.
        pointer: RFC 6901 pointer to the part of the request body that the error is about; None for no part.
        retry_after: Seconds after which the same request may succeed; None when it won't by itself.
    """

    code: ClassVar[str]
    retry_after: ClassVar[int | None] = None

    def __init__(self, detail: str, pointer: str | None = None) -> None:
        super().__init__(detail)
        self.pointer = pointer


class NotFoundError(DomainError):
    """The item doesn't exist, or the caller may not see it. The response is the same for both."""

    code = "not-found"

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}.")


class StoreUnavailableError(DomainError):
    """A database did not respond, or responded to a part of the request only, after all retries."""

    code = "store-unavailable"
    retry_after = 5
