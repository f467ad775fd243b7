"""boto3 clients of an embedded cloud."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

from local_cloud.state import CloudRecord


def client(service: str, record: CloudRecord, **credentials: str) -> Any:
    """A client of the cloud for `service`, as the account's root unless other credentials are given.

    Args:
        service: boto3's name of it.
        record: the cloud's.
        credentials: `aws_access_key_id`, `aws_secret_access_key` and `aws_session_token` of somebody else.
    """
    root = {
        "aws_access_key_id": record.root["access_key_id"],
        "aws_secret_access_key": record.root["secret_access_key"],
    }
    # The longest function, the index's rebuild, may take 300 s; a retry would run it twice.
    patience = Config(connect_timeout=5, read_timeout=310, retries={"total_max_attempts": 1})
    settings = {"endpoint_url": record.endpoint, "region_name": record.region, **(credentials or root)}
    # boto3's stubs know each service by a literal of its own; here the name is the caller's.
    make: Any = boto3.session.Session().client
    return make(service, config=patience, **settings)


def environment(record: CloudRecord) -> dict[str, str]:
    """The variables that point any AWS program at the cloud, as the account's root."""
    return {
        "AWS_ENDPOINT_URL": record.endpoint,
        "AWS_REGION": record.region,
        "AWS_DEFAULT_REGION": record.region,
        "AWS_ACCESS_KEY_ID": record.root["access_key_id"],
        "AWS_SECRET_ACCESS_KEY": record.root["secret_access_key"],
    }
