"""The calls that an adapter makes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opensearchpy import OpenSearch


@contextmanager
def calls_of(client: Any) -> Iterator[list[str]]:
    """Record the operations that a boto3 client calls while the context is open, in order."""
    operations: list[str] = []

    def note(model: Any, **_: Any) -> None:
        operations.append(model.name)

    event = f"before-call.{client.meta.service_model.service_id.hyphenize()}"
    client.meta.events.register(event, note)
    try:
        yield operations
    finally:
        client.meta.events.unregister(event, note)


@contextmanager
def requests_of(client: OpenSearch) -> Iterator[list[str]]:
    """Record the requests that an OpenSearch client sends while the context is open, such as `POST /_bulk`."""
    requests: list[str] = []
    perform = client.transport.perform_request

    def note(method: str, url: str, *arguments: Any, **options: Any) -> Any:
        requests.append(f"{method} {url}")
        return perform(method, url, *arguments, **options)

    client.transport.perform_request = note  # type: ignore[method-assign]
    try:
        yield requests
    finally:
        client.transport.perform_request = perform  # type: ignore[method-assign]
