"""MQTT is unavailable: the notification is stored and readable, and it is published once MQTT is available again."""

from harness.functions import copy_of, own_process, queue_for, update_environment
from harness.scenario import Scenario
from harness.stores import Stores
from harness.stuck_events import request_event
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.waiting import holds_for, wait_until

_UNREACHABLE = f"http://{LOOPBACK}:{free_port()}"


def test_a_notification_that_cannot_be_published_is_stored_and_published_later(
    scenario: Scenario, stores: Stores
):
    cloud, function = scenario.cloud, "notifications-send-notifications"
    event = request_event(scenario)
    with (
        scenario.approver.subscribe() as subscriber,
        copy_of(cloud, function, IOT_DATA_ENDPOINT=_UNREACHABLE) as consumer,
        queue_for(cloud, consumer, visibility=2) as queue,
        own_process(cloud, "workflow-api", event, NOTIFICATIONS_QUEUE_URL=queue) as process,
    ):
        assert process.wait(30) == 0
        stored = wait_until(scenario.approver.list_notifications, timeout=20)
        assert holds_for(2.0, lambda: subscriber.received == [])

        update_environment(cloud, consumer, IOT_DATA_ENDPOINT=cloud.endpoint)
        received = subscriber.wait_for(lambda _: True, 30)
        assert received.notification == stored[0]
        assert scenario.approver.list_notifications() == stored
        assert len(stores.notifications(scenario.approver.user_id)) == 1
