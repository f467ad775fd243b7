"""When a function's service is built: in Lambda's init phase, at full speed; elsewhere at its first use."""

import os
from collections.abc import Callable
from typing import Generic, TypeVar

ServiceT = TypeVar("ServiceT")


class Wired(Generic[ServiceT]):
    """A service that is built once per container.

    Lambda gives the init phase the whole CPU and the first invocation only the function's share, so there the
    handler module's import builds it. A test that imports a handler module builds nothing and reads nothing.
    """

    def __init__(self, build: Callable[[], ServiceT]) -> None:
        self._build = build
        self._service: ServiceT | None = None
        # Set by the Lambda runtime before the handler module is imported.
        if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
            self._service = build()

    def __call__(self) -> ServiceT:
        """The service."""
        if self._service is None:
            self._service = self._build()
        return self._service
