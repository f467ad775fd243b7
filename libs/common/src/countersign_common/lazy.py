"""Services that are built once per Lambda container, and the init phase in which that happens."""

import gc
import os
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

ServiceT = TypeVar("ServiceT")
PartT = TypeVar("PartT")

# One lock for all parts: a session creates one client at a time, and routes read in parallel threads.
_building = threading.RLock()


def start_init_phase() -> None:
    """Pause garbage collection until the service is built. A service calls this before its other imports.

    Imports create almost no garbage, and its collection takes about a tenth of a cold start.
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


def on_first_use(build: Callable[[], PartT]) -> PartT:
    """Return a part of a service that is built when it is first used, also in Lambda.

    For a function with many routes, and parts that few of them need: clients, or adapters whose library takes long to
    import. It moves work from the init phase to the first request that needs the part.

    Args:
        build: Creates the part. If it raises, the next use calls it again.
    """
    return cast("PartT", _OnFirstUse(build))


class _OnFirstUse:
    """Has the attributes of the part, and its type only for mypy."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._part: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._part is None:
            with _building:
                if self._part is None:
                    self._part = self._build()
        return getattr(self._part, name)


def _is_in_lambda() -> bool:
    # The Lambda runtime sets the variable before it imports the handler module.
    return "AWS_LAMBDA_FUNCTION_NAME" in os.environ


def _end_init_phase() -> None:
    # Objects that exist now are used until the container ends: collections don't have to visit them.
    gc.freeze()
    gc.enable()
