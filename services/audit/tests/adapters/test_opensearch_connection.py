"""OpenSearch requests are signed with the credentials of their moment."""

from datetime import UTC, datetime, timedelta

from botocore.credentials import Credentials, RefreshableCredentials

from .wires import OpenSearchWire

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


def test_a_request_is_signed_for_the_domains_region_and_service_with_its_body():
    wire = OpenSearchWire(Credentials("KEY", "secret"))
    wire.client.search(body={"query": {}}, index="audit-trail")
    (request,) = wire.requests
    authorization = request.headers["Authorization"]
    assert authorization.startswith("AWS4-HMAC-SHA256 Credential=KEY/")
    assert "/eu-west-1/es/aws4_request" in authorization
    assert len(request.headers["x-amz-content-sha256"]) == 64


def _key_id(request):
    return request.headers["Authorization"].split("Credential=")[1].split("/")[0]
