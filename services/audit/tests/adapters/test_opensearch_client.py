"""Requests to OpenSearch are signed with the current credentials."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, RefreshableCredentials

from .engine import Engine

REQUESTS = {
    "a_search": lambda client: client.search(
        body={"query": {}}, index="audit-trail", params={"size": 1, "b": "ü/"}
    ),
    "a_bulk": lambda client: client.bulk(
        body=[{"create": {"_index": "i", "_id": "1"}}, {"text": "é"}], params={"require_alias": "true"}
    ),
    "a_filter_path": lambda client: client.indices.put_settings(
        index="audit-trail-v1", body={}, params={"filter_path": "a.b,c", "allow_no_indices": "true"}
    ),
    "no_body": lambda client: client.indices.get(index="audit-trail-*"),
}

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


class Role:
    """Issues credentials for an hour, each with its own key id; `now` is the clock."""

    def __init__(self) -> None:
        self.now = NOON
        self.issued = 0
        self.credentials = RefreshableCredentials.create_from_metadata(
            metadata=self._issue(), refresh_using=self._issue, method="test"
        )
        self.credentials._time_fetcher = lambda: self.now

    def _issue(self) -> dict[str, str]:
        self.issued += 1
        return {
            "access_key": f"KEY{self.issued}",
            "secret_key": f"secret-{self.issued}",
            "token": f"token-{self.issued}",
            "expiry_time": (self.now + timedelta(hours=1)).isoformat(),
        }


def recorder(credentials):
    """Return an engine that records requests and responds with an empty object."""
    engine = Engine("https://search.example.com", credentials)
    engine.replies = [lambda: (200, {})] * 9
    return engine


def test_expired_credentials_are_replaced_for_the_next_request():
    role = Role()
    engine = recorder(role.credentials)
    engine.client.info()
    role.now += timedelta(minutes=30)
    engine.client.info()
    role.now += timedelta(minutes=31)
    engine.client.info()
    assert [_key_id(request) for request in engine.requests] == ["KEY1", "KEY1", "KEY2"]
    tokens = [request.headers["x-amz-security-token"] for request in engine.requests]
    assert tokens == ["token-1", "token-1", "token-2"]


@pytest.mark.parametrize("request_of", REQUESTS.values(), ids=REQUESTS.keys())
def test_a_request_is_signed_for_the_domains_region_and_service_as_aws_computes_it(request_of):
    credentials = Credentials("KEY", "secret", "token")
    engine = recorder(credentials)
    request_of(engine.client)
    (request,) = engine.requests
    scope, _, signed = request.headers["Authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(", ")
    assert scope.startswith("Credential=KEY/")
    assert scope.endswith("/eu-west-1/es/aws4_request")
    assert signed == f"Signature={_signature(request, credentials)}"


def _signature(request, credentials):
    """Return botocore's signature of the request, with the host as http.client sends it, without the port."""
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
