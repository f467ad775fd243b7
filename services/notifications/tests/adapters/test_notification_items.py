from dataclasses import replace

import pytest
from countersign_common.events.workflow_event import EventActionOwner

from notifications_service.adapters.notification_items import item_from_notification, notification_from_item
from notifications_service.domain.errors import UnreadableNotificationError
from notifications_service.domain.notification import ErasedParts, Resolution

from ..builders import BO, a_notification

DAMAGES = {
    "a title that is a number": {"title": {"N": "1"}},
    "no action owner": {"actionOwner": None},
    "an action owner that is text": {"actionOwner": {"S": "Ann"}},
    "an action owner without an id": {"actionOwner": {"M": {"type": {"S": "user"}, "name": {"S": "Bo"}}}},
    "a name that is a number": {
        "actionOwner": {"M": {"type": {"S": "user"}, "id": {"S": BO}, "name": {"N": "1"}}}
    },
    "a round that is text": {"round": {"S": "1"}},
    "a sequence that is no integer": {"sequence": {"N": "1.5"}},
    "a round that is a boolean": {"round": {"BOOL": True}},
    "an unknown kind": {"type": {"S": "GREETING"}},
    "a time without an offset": {"createdAt": {"S": "2026-01-31T12:00:00"}},
    "a time that is a number": {"occurredAt": {"N": "1"}},
    "a resolution that is text": {"resolution": {"S": "APPROVE"}},
    "a resolution without members": {"resolution": {"M": {}}},
    "a comment that is a list": {"comment": {"L": []}},
}


@pytest.mark.parametrize(
    "notification",
    [
        a_notification(),
        a_notification(read=True),
        replace(a_notification(), comment="“Näher” \x01 𝄞", step_id=None, title=""),
        replace(a_notification(), action_type="ESCALATE", outcome="ESCALATED"),
        a_notification().resolved(
            Resolution(BO, 3, "APPROVE", EventActionOwner("user", BO, "Bo"), a_notification().occurred_at)
        ),
    ],
)
def test_a_notification_is_read_as_it_was_stored(notification):
    assert notification_from_item(item_from_notification(notification)) == notification


def test_what_was_erased_is_missing_in_the_item_and_empty_when_it_is_read():
    item = item_from_notification(replace(a_notification(), comment="Secret"))
    del item["title"], item["comment"], item["actionOwner"]["M"]["name"]
    erased = notification_from_item(item)
    assert erased == a_notification().without(ErasedParts(person=True, content=True))
    assert (erased.content_erased, erased.action_owner.erased) == (True, True)
    assert not a_notification().content_erased


def test_only_an_unread_notification_has_the_key_of_the_unread_index():
    assert item_from_notification(a_notification())["unreadOf"] == {"S": BO}
    assert "unreadOf" not in item_from_notification(a_notification(read=True))


def test_an_item_has_the_keys_of_the_table_and_its_time_to_live():
    notification = a_notification(minutes=5)
    item = item_from_notification(notification)
    assert item["notificationId"] == {"S": notification.notification_id}
    assert item["recipient"] == {"S": BO}
    assert item["position"] == {"S": notification.position}
    assert item["expiresAt"] == {"N": "1777637100"}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_item_is_an_error_that_names_the_notification(damage):
    item = item_from_notification(a_notification()) | damage
    with pytest.raises(UnreadableNotificationError, match=a_notification().notification_id):
        notification_from_item({name: value for name, value in item.items() if value is not None})


def test_an_item_costs_one_write_unit():
    # Write units are kilobytes of names and values. With a comment, its size comes on top.
    item = item_from_notification(replace(a_notification(), title="x" * 200))
    owner = item.pop("actionOwner")["M"]
    size = sum(len(name) + len(next(iter(value.values()))) for name, value in [*item.items(), *owner.items()])
    assert size < 1024 - 100
