"""Publishing."""

import threading
from dataclasses import replace
from urllib.parse import urlsplit

from notifications_service import schemas
from notifications_service.adapters import clients
from notifications_service.adapters.iot_realtime import BUDGET, IotRealtime

from ..aws import Answer, Call, FakeAws, an_error
from ..builders import BO, CY, a_notification


def realtime_on(aws: FakeAws, **options) -> IotRealtime:
    return IotRealtime(
        clients.iot_data(aws.session, "https://iot.example.com"), schemas.notification_json, **options
    )


def test_the_envelope_goes_to_the_recipients_own_topic_at_least_once(aws):
    aws.answers("Publish", Answer())
    told = a_notification(recipient=BO)
    assert realtime_on(aws).publish([told]) == {}
    (call,) = aws.calls
    url = urlsplit(call.url)
    assert (url.netloc, url.path, url.query) == ("iot.example.com", f"/topics/notifications-{BO}", "qos=1")
    assert call.asked == {
        "notificationId": told.notification_id,
        "notification": schemas.Notification().dump(told),
    }


def test_without_an_endpoint_the_sdk_finds_its_own(aws):
    aws.answers("Publish", Answer())
    client = clients.iot_data(aws.session, "")
    IotRealtime(client, schemas.notification_json).publish([a_notification()])
    assert urlsplit(aws.calls[0].url).netloc == "data-ats.iot.eu-central-1.amazonaws.com"


def test_each_notification_takes_one_call(aws):
    aws.answers("Publish", Answer())
    realtime_on(aws).publish([a_notification(str(number)) for number in range(40)])
    assert len(aws.calls) == 40


def test_publishes_go_side_by_side(aws):
    # Each waits until another one is under way: one after the other, the barrier would break.
    together = threading.Barrier(2, timeout=5)

    def meet(_: Call) -> Answer:
        together.wait()
        return Answer()

    aws.answers("Publish", meet)
    assert realtime_on(aws).publish([a_notification("one"), a_notification("two")]) == {}


def test_one_that_fails_is_named_with_its_reason_and_the_others_go_out(aws):
    def answer(call: Call) -> Answer:
        return an_error("ForbiddenException", 403) if BO in call.url else Answer()

    aws.answers("Publish", answer)
    mine, theirs = a_notification("mine", recipient=BO), a_notification("theirs", recipient=CY)
    failed = realtime_on(aws).publish([mine, theirs])
    assert failed.keys() == {mine.notification_id}
    assert "Forbidden" in failed[mine.notification_id]


def test_a_server_error_is_tried_once_more(aws):
    aws.answers("Publish", an_error("InternalFailureException", 500), Answer())
    assert realtime_on(aws).publish([a_notification()]) == {}
    assert len(aws.calls) == 2


def test_what_is_not_begun_within_the_budget_comes_back_and_is_not_sent(aws):
    aws.answers("Publish", Answer())
    moments = iter([0.0, BUDGET + 1])
    failed = realtime_on(aws, elapsed=lambda: next(moments)).publish([a_notification()])
    assert list(failed.values()) == ["not published: no time left in this invocation"]
    assert aws.calls == []


def test_a_payload_over_128_kb_is_refused_here_with_its_size(aws):
    failed = realtime_on(aws).publish([replace(a_notification(), comment="x" * 131_072)])
    assert "a message takes 131072" in next(iter(failed.values()))
    assert aws.calls == []


def test_the_longest_notification_fits():
    longest = replace(a_notification(), title="\x01" * 200, comment="\x01" * 4000)
    realtime = IotRealtime(clients.iot_data(FakeAws().session, ""), schemas.notification_json)
    assert len(realtime._payload(longest)) < 128 * 1024


def test_a_recipient_that_is_no_user_id_is_not_published_to(aws):
    failed = realtime_on(aws).publish([replace(a_notification(), recipient="#")])
    assert len(failed) == 1
    assert aws.calls == []
