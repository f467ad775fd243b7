"""OpenSearch requests are signed with the credentials of their moment."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, RefreshableCredentials

from .wires import OpenSearchWire

REQUESTS = {
    "a_search": lambda client: client.search(
        body={"query": {}}, index="audit-trail", params={"size": 1, "b": "ü/"}
    ),
    "a_bulk": lambda client: client.bulk(body=[{"create": {"_index": "i", "_id": "1"}}, {"text": "é"}]),
    "without_a_body": lambda client: client.indices.get(index="audit-trail-*"),
}

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


class Role:
    """Gives out credentials for an hour, each with a key id of its own; `now` is a clock that tests set."""

    def __init__(self) -> None:
        self.now = NOON
        self.given = 0
        self.credentials = RefreshableCredentials.create_from_metadata(
            metadata=self._give(), refresh_using=self._give, method="test"
        )
        self.credentials._time_fetcher = lambda: self.now

    def _give(self) -> dict[str, str]:
        self.given += 1
        return {
            "access_key": f"KEY{self.given}",
            "secret_key": f"secret-{self.given}",
            "token": f"token-{self.given}",
            "expiry_time": (self.now + timedelta(hours=1)).isoformat(),
        }


def test_credentials_that_expire_are_replaced_and_the_next_request_carries_the_new_ones():
    role = Role()
    wire = OpenSearchWire(role.credentials)
    wire.client.info()
    role.now += timedelta(minutes=30)
    wire.client.info()
    role.now += timedelta(minutes=31)
    wire.client.info()
    assert [_key_id(request) for request in wire.requests] == ["KEY1", "KEY1", "KEY2"]
    tokens = [request.headers["x-amz-security-token"] for request in wire.requests]
    assert tokens == ["token-1", "token-1", "token-2"]


@pytest.mark.parametrize("request_of", REQUESTS.values(), ids=REQUESTS.keys())
def test_a_request_is_signed_for_the_domains_region_and_service_as_aws_computes_it(request_of):
    credentials = Credentials("KEY", "secret", "token")
    wire = OpenSearchWire(credentials)
    request_of(wire.client)
    (request,) = wire.requests
    scope, _, signed = request.headers["Authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(", ")
    assert scope.startswith("Credential=KEY/")
    assert scope.endswith("/eu-west-1/es/aws4_request")
    assert signed == f"Signature={_signature(request, credentials)}"


def _signature(request, credentials):
    """What botocore, which is AWS's own, signs the request with: its host as http.client sends it, without the port."""
    names = request.headers["Authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
    headers = {name: value for name, value in request.headers.items() if name.lower() in names}
    again = AWSRequest(
        request.method, f"https://search.example.com{request.url}", headers, request.body.encode()
    )
    again.context["timestamp"] = request.headers["x-amz-date"]
    signer = SigV4Auth(credentials, "es", "eu-west-1")
    return signer.signature(signer.string_to_sign(again, signer.canonical_request(again)), again)


def _key_id(request):
    return request.headers["Authorization"].split("Credential=")[1].split("/")[0]
