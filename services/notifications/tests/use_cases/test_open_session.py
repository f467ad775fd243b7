"""Sessions for listening."""

import pytest

from notifications_service.domain.subscription import NotAUserId
from notifications_service.use_cases.open_session import Gateway, open_session

from ..builders import BO
from ..fakes import FakeBroker

GATEWAY = Gateway("iot.example.com", "eu-central-1")


def test_a_session_names_where_and_as_whom_to_connect():
    session = open_session(BO, broker=FakeBroker(), gateway=GATEWAY)
    assert (session.endpoint, session.region) == ("iot.example.com", "eu-central-1")
    assert (session.topic, session.client_id_prefix) == (f"notifications-{BO}", f"{BO}-")
    assert session.credentials.session_token == f"for {BO}"


def test_an_id_with_a_wildcard_gets_no_session():
    with pytest.raises(NotAUserId):
        open_session("*", broker=FakeBroker(), gateway=GATEWAY)


def test_a_session_shows_no_secret_when_it_is_printed():
    printed = repr(open_session(BO, broker=FakeBroker(), gateway=GATEWAY))
    assert "a secret" not in printed
    assert f"for {BO}" not in printed
