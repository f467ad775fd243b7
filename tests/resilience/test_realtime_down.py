"""MQTT is away: the notification is kept and can be read; it is published once MQTT is there again."""

from harness.functions import change, copy_of, own_process, queue_into
from harness.http_event import http_event
from harness.scenario import Scenario
from harness.stores import Stores
from harness.waiting import holds_for, wait_until
from local_cloud.ports import LOOPBACK, free_port

_NOBODY = f"http://{LOOPBACK}:{free_port()}"


def test_a_notification_that_could_not_be_published_is_kept_and_published_later(
    scenario: Scenario, stores: Stores
):
    cloud, function = scenario.cloud, "notifications-send-notifications"
    body = {"actionType": "REQUEST", "scheme": scenario.scheme, "title": "Train", "data": {}}
    event = http_event(scenario.requester, "POST /workflows", body)
    with (
        scenario.approver.subscribe() as listening,
        copy_of(cloud, function, IOT_DATA_ENDPOINT=_NOBODY) as consumer,
        queue_into(cloud, consumer, visibility=2) as queue,
        own_process(cloud, "workflow-api", event, NOTIFICATIONS_QUEUE_URL=queue) as process,
    ):
        assert process.wait(30) == 0
        kept = wait_until(scenario.approver.list_notifications, timeout=20)
        assert holds_for(2.0, lambda: listening.received == [])

        change(cloud, consumer, IOT_DATA_ENDPOINT=cloud.endpoint)
        arrived = listening.wait_for(lambda _: True, 30)
        assert arrived.notification == kept[0]
        assert scenario.approver.list_notifications() == kept
        assert len(stores.notifications(scenario.approver.user_id)) == 1
