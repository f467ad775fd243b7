import pytest

from notifications_service.domain.errors import NoRealtimeForUserError
from notifications_service.domain.subscription import RealtimeEndpoint
from notifications_service.use_cases.open_session import OpenSession

from ..builders import BO
from ..fakes import FakeIssuer

open_session = OpenSession(FakeIssuer(), RealtimeEndpoint("iot.example.com", "eu-central-1"))


def test_a_session_has_endpoint_topic_and_credentials_of_the_user():
    session = open_session(BO)
    assert (session.endpoint, session.region) == ("iot.example.com", "eu-central-1")
    assert (session.topic, session.client_id_prefix) == (f"notifications-{BO}", f"{BO}-")
    assert session.credentials.session_token == f"for {BO}"


def test_a_user_id_with_a_wildcard_gets_no_session():
    with pytest.raises(NoRealtimeForUserError):
        open_session("*")
