"""An AWS endpoint that AWS_ENDPOINT_URL names. It serves every AWS service."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from engines.engine import Engine, EngineUnavailableError
from engines.local_cloud_engines import MINISTACK_SERVICES
from engines.run import Run
from local_cloud.state import REGION

VARIABLE = "AWS_ENDPOINT_URL"
NAME = "endpoint"


def connect(_run: Run) -> Engine:
    """Return the endpoint.

    Raises:
        EngineUnavailableError: It isn't on this machine.
    """
    url = urlsplit(os.environ[VARIABLE])
    if url.scheme != "http" or url.hostname not in ("localhost", "127.0.0.1"):
        raise EngineUnavailableError(
            f"{VARIABLE}={url.geturl()} isn't http:// on this machine; the tests write to no other endpoint"
        )
    credentials = {
        "aws_access_key_id": os.environ.get("AWS_ACCESS_KEY_ID", "test"),
        "aws_secret_access_key": os.environ.get("AWS_SECRET_ACCESS_KEY", "test"),
        # Explicitly None, or pytest-localstack adds its own token to these keys.
        "aws_session_token": os.environ.get("AWS_SESSION_TOKEN"),
    }
    region = os.environ.get("AWS_REGION", REGION)
    return Engine(
        NAME, url.geturl(), MINISTACK_SERVICES, url.port or 80, region=region, credentials=credentials
    )
