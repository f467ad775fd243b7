"""A cloud that is up, as the demo and the tests use it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config

from local_cloud.api import Api
from local_cloud.errors import CloudError
from local_cloud.people import Person, sign_in
from local_cloud.progress import Detail
from local_cloud.state import CloudRecord
from local_cloud.waiting import wait_until

# The longest function, the index rebuild, may take 300 s. A retry would run it twice.
_CONFIG = Config(connect_timeout=5, read_timeout=310, retries={"total_max_attempts": 1})
# MiniStack's user pools answer 500 when a user is added while another signs in.
_USER_POOL_CONFIG = Config(retries={"mode": "standard"})


@dataclass(frozen=True)
class RunningCloud:
    """The addresses of a cloud, and clients for it.

    Attributes:
        record: Addresses, accounts and root key.
        outputs: Outputs of `terraform apply`, name → value.
    """

    record: CloudRecord
    outputs: dict[str, Any]
    _clients: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def endpoint(self) -> str:
        return self.record.endpoint

    @property
    def region(self) -> str:
        return self.record.region

    @property
    def opensearch_endpoint(self) -> str:
        return self.record.opensearch_endpoint

    @property
    def api_url(self) -> str:
        return str(self.outputs["api_url"])

    @property
    def console_url(self) -> str:
        return str(self.outputs["console_url"])

    def sign_in(self, account: str) -> Person:
        """Sign in as one of the four accounts: requester, approver, auditor, admin."""
        login = self.record.accounts[account]
        return sign_in(self, account.capitalize(), login["email"], login["password"])

    def api(self, token: str | None = None) -> Api:
        """Return the API for the bearer of `token`, or for a caller without one."""
        return Api(self.api_url, token)

    def client(self, service: str, **credentials: str) -> Any:
        """Return a boto3 client of the cloud. Without credentials, it is the root user's and created once."""
        if not credentials and service in self._clients:
            return self._clients[service]
        keys = credentials or {
            "aws_access_key_id": self.record.root["access_key_id"],
            "aws_secret_access_key": self.record.root["secret_access_key"],
        }
        # boto3's stubs have an overload for each literal service name.
        make: Any = boto3.session.Session().client
        client = make(
            service,
            endpoint_url=self.endpoint,
            region_name=self.region,
            config=_USER_POOL_CONFIG if service == "cognito-idp" else _CONFIG,
            **keys,
        )
        return client if credentials else self._clients.setdefault(service, client)

    def invoke(self, function_name: str, event: Any) -> Any:
        """Invoke a Lambda function and return its response.

        Raises:
            CloudError: The function raised an exception.
        """
        invoked = self.client("lambda").invoke(FunctionName=function_name, Payload=json.dumps(event))
        response = json.loads(invoked["Payload"].read() or b"null")
        if invoked.get("FunctionError"):
            raise CloudError(f"{function_name} failed: {response}")
        return response

    def invoke_when_free(self, function: str, event: Any = None) -> Any:
        """Invoke `<service>-<function>` as soon as no scheduled run is in progress. Return its response."""
        name, busy = self.outputs["function_names"][function], self.client("lambda").exceptions

        def response() -> Any:
            with suppress(busy.TooManyRequestsException):
                return self.invoke(name, event or {})
            return None

        return wait_until(response, timeout=120, interval=0.2)

    def rebuild_index(self, detail: Detail) -> int:
        """Invoke `audit-rebuild-index` until all records are indexed. Return the number of records."""
        indexed = 0
        event: dict[str, str] = {}
        while True:
            response = self.invoke(self.outputs["function_names"]["audit-rebuild-index"], event)
            indexed += int(response["indexed"])
            detail(f"{indexed} records")
            if response["cursor"] is None:
                return indexed
            event = {"cursor": response["cursor"]}
