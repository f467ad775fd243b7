"""Services that are built once per Lambda container, and the init phase in which that happens."""

import gc
import os
from collections.abc import Callable
from typing import Generic, TypeVar

ServiceT = TypeVar("ServiceT")


def start_init_phase() -> None:
    """Pause garbage collection until the service is built. A service calls this before its other imports.

    Almost nothing that an import creates becomes garbage, and looking for it takes about a tenth of a cold start.
    Outside of Lambda, nothing changes.
    """
    if _is_in_lambda():
        gc.disable()


class Lazy(Generic[ServiceT]):
    """A service that is built on first use, or in Lambda on import.

    In Lambda, the import of a handler module is part of the init phase, which has a full CPU; an invocation has only
    the function's share. In a test, importing a handler module builds nothing.
    """

    def __init__(self, build: Callable[[], ServiceT]) -> None:
        self._build = build
        self._service: ServiceT | None = None
        if _is_in_lambda():
            self._service = build()
            _end_init_phase()

    def __call__(self) -> ServiceT:
        """Return the service."""
        if self._service is None:
            self._service = self._build()
        return self._service


def _is_in_lambda() -> bool:
    # The Lambda runtime sets the variable before it imports the handler module.
    return "AWS_LAMBDA_FUNCTION_NAME" in os.environ


def _end_init_phase() -> None:
    # What exists now is used until the container ends: collections in invocations don't have to visit it.
    gc.freeze()
    gc.enable()
