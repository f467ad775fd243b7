"""What a user may connect and listen as."""

import pytest

from notifications_service.domain.subscription import NotAUserId, Subscription

from ..builders import BO


def test_the_topic_and_the_client_ids_are_named_for_the_user():
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
def test_nothing_else_than_a_user_id_gets_into_a_topic_or_policy(user_id):
    with pytest.raises(NotAUserId):
        Subscription(user_id)
