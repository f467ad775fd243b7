import pytest

from notifications_service.domain.errors import NoRealtimeForUserError
from notifications_service.domain.subscription import Credentials, Subscription

from ..builders import BO, NOON


def test_topic_and_client_ids_contain_the_user_id():
    subscription = Subscription(BO)
    assert subscription.topic == f"notifications-{BO}"
    assert subscription.client_id_prefix == f"{BO}-"


@pytest.mark.parametrize(
    "user_id",
    [
        "",
        "*",
        "#",
        "+",
        "../x",
        f"{BO}*",
        f"*{BO}",
        f"{BO}/#",
        f"{BO}\n",
        BO.upper(),
        BO.replace("-", ""),
        "?" * 36,
    ],
)
def test_only_a_user_id_gets_into_a_topic_or_policy(user_id):
    with pytest.raises(NoRealtimeForUserError, match=r"^Realtime .* a UUID in lower case\.$"):
        Subscription(user_id)


def test_printed_credentials_show_no_secret():
    printed = repr(Credentials("ASIA", "a secret", "a token", NOON))
    assert "ASIA" in printed
    assert "a secret" not in printed
    assert "a token" not in printed
