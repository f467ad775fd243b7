"""Recording the calls that a function makes, and making them again with bare botocore."""

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
    """The calls that boto3 clients make inside the block, in order."""
    calls: list[Call] = []
    original = BaseClient._make_api_call

    def recording(client: Any, operation: str, parameters: Any) -> Any:
        # A copy: botocore writes its own ClientRequestToken into what it is given.
        calls.append(Call(client.meta.service_model.service_name, operation, dict(parameters)))
        return original(client, operation, parameters)

    BaseClient._make_api_call = recording
    try:
        yield calls
    finally:
        BaseClient._make_api_call = original


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Parameters with texts replaced wherever they stand, also inside longer texts: the same calls for other ids."""
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
    """Makes calls with one bare botocore client per service."""
    # Sockets as the functions have them; nothing else is set.
    clients = {service: boto3.client(service, config=Config(tcp_keepalive=True)) for service in services}

    def call(made: Call) -> Any:
        return clients[made.service]._make_api_call(made.operation, made.parameters)

    return call


def bare_post(url: str, region: str) -> Callable[[bytes], None]:
    """POSTs newline-delimited JSON to OpenSearch, signed and sent by botocore alone."""
    credentials = boto3.Session().get_credentials()
    session = URLLib3Session()

    def post(body: bytes) -> None:
        request = AWSRequest("POST", url, data=body, headers={"content-type": "application/x-ndjson"})
        SigV4Auth(credentials, "es", region).add_auth(request)
        answer = session.send(request.prepare())
        if answer.status_code >= 300 or b'"errors":true' in answer.content:
            raise RuntimeError(f"the search engine answered {answer.status_code}: {answer.text[:300]}")

    return post
