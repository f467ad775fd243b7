"""MQTT is away: the notification is kept and can be read; it is published once MQTT is there again."""

from harness.functions import copy_of, own_process, queue_for, update_environment
from harness.scenario import Scenario
from harness.stores import Stores
from harness.stuck_events import request_event
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.waiting import holds_for, wait_until

_UNREACHABLE = f"http://{LOOPBACK}:{free_port()}"


def test_a_notification_that_could_not_be_published_is_kept_and_published_later(
    scenario: Scenario, stores: Stores
):
    cloud, function = scenario.cloud, "notifications-send-notifications"
    event = request_event(scenario)
    with (
        scenario.approver.subscribe() as listening,
        copy_of(cloud, function, IOT_DATA_ENDPOINT=_UNREACHABLE) as consumer,
        queue_for(cloud, consumer, visibility=2) as queue,
        own_process(cloud, "workflow-api", event, NOTIFICATIONS_QUEUE_URL=queue) as process,
    ):
        assert process.wait(30) == 0
        kept = wait_until(scenario.approver.list_notifications, timeout=20)
        assert holds_for(2.0, lambda: listening.received == [])

        update_environment(cloud, consumer, IOT_DATA_ENDPOINT=cloud.endpoint)
        arrived = listening.wait_for(lambda _: True, 30)
        assert arrived.notification == kept[0]
        assert scenario.approver.list_notifications() == kept
        assert len(stores.notifications(scenario.approver.user_id)) == 1
