"""An AWS endpoint that the caller names with AWS_ENDPOINT_URL: it then carries every AWS service."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from engines.engine import Engine, EngineUnavailableError
from engines.local_cloud_engines import MINISTACK_SERVICES
from engines.run import Run
from local_cloud.ports import is_free

VARIABLE = "AWS_ENDPOINT_URL"
NAME = "endpoint"

_NOT_INHERITED = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")


def forget_other_settings() -> None:
    """Take from this process whatever else of its caller's AWS settings would say where a client goes, or fail it."""
    for name in list(os.environ):
        if name in _NOT_INHERITED or name.startswith(f"{VARIABLE}_"):
            del os.environ[name]
    os.environ |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}


def start(run: Run) -> Engine:
    """Nothing is started: it runs.

    Raises:
        EngineUnavailableError: the variable's value names no port on this machine.
    """
    del run
    url = urlsplit(os.environ[VARIABLE])
    if url.scheme != "http" or url.hostname not in ("localhost", "127.0.0.1"):
        raise EngineUnavailableError(
            f"{VARIABLE}={url.geturl()} is not http:// on this machine, and tests write to no other"
        )
    port = url.port or 80
    if is_free(port):
        raise EngineUnavailableError(f"{VARIABLE} is {url.geturl()}, and nothing listens there")
    credentials = {
        "aws_access_key_id": os.environ.get("AWS_ACCESS_KEY_ID", "test"),
        "aws_secret_access_key": os.environ.get("AWS_SECRET_ACCESS_KEY", "test"),
        # None where there is none, or pytest-localstack would put its own beside these keys.
        "aws_session_token": os.environ.get("AWS_SESSION_TOKEN"),
    }
    region = os.environ.get("AWS_REGION", "us-east-1")
    return Engine(NAME, url.geturl(), MINISTACK_SERVICES, port, region=region, credentials=credentials)
