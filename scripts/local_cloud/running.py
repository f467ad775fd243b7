"""A cloud that is up, as the demo and the tests see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local_cloud import accounts, aws
from local_cloud.accounts import SignedIn
from local_cloud.api import Api
from local_cloud.mqtt import Received, Subscriber
from local_cloud.state import CloudRecord


@dataclass(frozen=True)
class RunningCloud:
    """Where everything is, and how to get in.

    Attributes:
        record: addresses, log-ins and root key.
        outputs: of `terraform apply`, name → value.
    """

    record: CloudRecord
    outputs: dict[str, Any]

    @property
    def endpoint(self) -> str:
        """URL of the AWS that the cloud is."""
        return self.record.endpoint

    @property
    def region(self) -> str:
        """AWS region."""
        return self.record.region

    @property
    def opensearch_endpoint(self) -> str:
        """URL of the search engine."""
        return self.record.opensearch_endpoint

    @property
    def api_url(self) -> str:
        """URL of the HTTP API."""
        url: str = self.outputs["api_url"]
        return url

    @property
    def console_url(self) -> str:
        """Where the console opens."""
        url: str = self.outputs["console_url"]
        return url

    @property
    def accounts(self) -> dict[str, dict[str, str]]:
        """The four log-ins: name → {email, password}."""
        return self.record.accounts

    def sign_in(self, account: str) -> SignedIn:
        """Sign one of the four accounts in."""
        return accounts.sign_in(self.record, self.outputs, account)

    def machine_token(self, scope: str) -> str:
        """An access token of the machine client, such as for scope "audit/write"."""
        return accounts.machine_token(self.record, self.outputs, scope)

    def api(self, token: str | None = None) -> Api:
        """The API as the bearer of `token` sees it; as nobody without one."""
        return Api(self.api_url, token)

    def subscriber(
        self, person: SignedIn, on_arrival: Callable[[Received], None] | None = None
    ) -> Subscriber:
        """A subscriber to that person's notifications, with realtime credentials of its own; enter it to connect."""
        session = self.api(person.id_token).post("/notifications/sessions", {}).expect(201).body
        return Subscriber(session, on_arrival)

    def client(self, service: str, **credentials: str) -> Any:
        """A boto3 client of the cloud, as root unless credentials are given."""
        return aws.client(service, self.record, **credentials)
