"""Services that are built once per Lambda container."""

import os
from collections.abc import Callable
from typing import Generic, TypeVar

ServiceT = TypeVar("ServiceT")


class Lazy(Generic[ServiceT]):
    """A service that is built on first use, or in Lambda on import.

    In Lambda, the import of a handler module is part of the init phase, which has a full CPU; an invocation has only
    the function's share. In a test, importing a handler module builds nothing.
    """

    def __init__(self, build: Callable[[], ServiceT]) -> None:
        self._build = build
        self._service: ServiceT | None = None
        # The Lambda runtime sets the variable before it imports the handler module.
        if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
            self._service = build()

    def __call__(self) -> ServiceT:
        """Return the service."""
        if self._service is None:
            self._service = self._build()
        return self._service
