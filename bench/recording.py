"""Record the calls that a function makes, and make them again with bare botocore."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.client import BaseClient, Config
from botocore.httpsession import URLLib3Session


@dataclass(frozen=True)
class Call:
    """One call of an AWS API: service, operation and parameters as a boto3 client takes them."""

    service: str
    operation: str
    parameters: Any


@contextmanager
def recorded() -> Iterator[list[Call]]:
    """Record the calls that boto3 clients make while the context is open, in order."""
    calls: list[Call] = []
    client_class: Any = BaseClient
    original = client_class._make_api_call

    def recording(client: Any, operation: str, parameters: Any) -> Any:
        # A copy, because botocore adds a ClientRequestToken to the parameters.
        calls.append(Call(client.meta.service_model.service_name, operation, dict(parameters)))
        return original(client, operation, parameters)

    client_class._make_api_call = recording
    try:
        yield calls
    finally:
        client_class._make_api_call = original


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Return parameters with texts replaced, also inside of longer texts: the same call for other ids."""
    if isinstance(value, str):
        for old, new in names.items():
            value = value.replace(old, new)
        return value
    if isinstance(value, Mapping):
        return {key: renamed(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(item, names) for item in value]
    return value


def bare_caller(services: set[str]) -> Callable[[Call], Any]:
    """Return a function that makes calls with one bare botocore client for each service."""
    # The only setting is the one of the functions' sockets.
    session: Any = boto3.Session()
    clients = {service: session.client(service, config=Config(tcp_keepalive=True)) for service in services}

    def call(each: Call) -> Any:
        return clients[each.service]._make_api_call(each.operation, each.parameters)

    return call


def bare_post(url: str, region: str) -> Callable[[bytes], None]:
    """Return a function that sends newline-delimited JSON to OpenSearch, signed and sent by botocore alone."""
    credentials = boto3.Session().get_credentials()
    assert credentials is not None
    session = URLLib3Session()

    def post(body: bytes) -> None:
        request = AWSRequest("POST", url, data=body, headers={"content-type": "application/x-ndjson"})
        SigV4Auth(credentials, "es", region).add_auth(request)
        response = session.send(request.prepare())
        if response.status_code >= 300 or b'"errors":true' in response.content:
            raise RuntimeError(f"The search engine returned {response.status_code}: {response.text[:300]}")

    return post
