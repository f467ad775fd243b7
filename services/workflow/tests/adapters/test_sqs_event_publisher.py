"""The two sends of an event."""

import threading
import time
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from countersign_common.clock import system_clock
from countersign_common.events.cloud_event import EventMessage

from workflow_service.domain.events import EventMessages

from ..aws import always
from ..builders import RITA
from ..fakes import RecordedWarnings

MESSAGES = EventMessages(EventMessage("audit"), EventMessage("workflow"))


@pytest.fixture
def scheme(api):
    api.put_scheme()


def test_each_queue_gets_its_message(aws, adapters):
    adapters.publisher.publish(MESSAGES)
    assert aws.messages("audit-trail") == [EventMessage("audit")]
    assert aws.messages("notifications") == [EventMessage("workflow")]


def test_compressed_texts_are_binary_attributes(aws, adapters):
    large = EventMessage("{}", {"data.sealed": b"\x00\xff", "data.content.value": bytes(range(256)) * 100})
    adapters.publisher.publish(EventMessages(large, MESSAGES.notifications))
    assert aws.messages("audit-trail") == [large]


def test_both_messages_are_sent_in_parallel(aws, adapters):
    both = threading.Barrier(2, timeout=5)

    def meet(_):
        both.wait()  # passes only if both sends are in progress at the same time

    aws.faults["SendMessage"] = meet
    adapters.publisher.publish(MESSAGES)


def test_the_second_send_is_awaited_although_the_first_one_failed(aws, adapters):
    finished = threading.Event()

    def fail_first(parameters):
        if parameters["QueueUrl"] == aws.queue_urls["audit-trail"]:
            return always("InvalidParameterValue")(parameters)
        time.sleep(0.3)
        finished.set()
        return None

    aws.faults["SendMessage"] = fail_first
    with pytest.raises(ClientError, match="InvalidParameterValue"):
        adapters.publisher.publish(MESSAGES)
    assert finished.is_set()
    assert aws.messages("notifications") == [MESSAGES.notifications]


def test_a_failure_of_the_second_send_is_raised(aws, adapters):
    def fail_second(parameters):
        if parameters["QueueUrl"] == aws.queue_urls["notifications"]:
            return always("InvalidParameterValue")(parameters)
        return None

    aws.faults["SendMessage"] = fail_second
    with pytest.raises(ClientError, match="InvalidParameterValue"):
        adapters.publisher.publish(MESSAGES)
    assert aws.messages("audit-trail") == [MESSAGES.audit_trail]


@pytest.mark.usefixtures("scheme")
@pytest.mark.parametrize("queue", ["audit-trail", "notifications"])
def test_an_event_stays_pending_if_one_queue_does_not_accept_it(aws, api, adapters, queue):
    def fail(parameters):
        return always("AccessDenied")(parameters) if parameters["QueueUrl"].count(queue) else None

    aws.faults["SendMessage"] = fail
    workflow_id = api.create()
    [pending] = adapters.outbox.pending(system_clock() + timedelta(minutes=1))
    assert pending.workflow_id == workflow_id
    other = {"audit-trail": "notifications", "notifications": "audit-trail"}[queue]
    assert len(aws.messages(other)) == 1
    assert adapters.warnings.lines[0][0] == "event stays in the outbox"


@pytest.mark.usefixtures("scheme")
def test_both_messages_have_the_correlation_id_of_the_request(aws, api):
    response = api.post(RITA, "SAVE", {"x_correlation_id": "trace-7"})
    assert response.headers["x-correlation-id"] == "trace-7"
    events = [*aws.events("audit-trail"), *aws.events("notifications")]
    assert [event.correlation_id for event in events] == ["trace-7", "trace-7"]


@pytest.mark.usefixtures("scheme")
def test_logs_have_no_title_comment_or_email(aws, api, adapters, capsys):
    aws.faults["SendMessage"] = always("AccessDenied")
    api.create(title="Secret journey", comment="Confidential")
    logged = capsys.readouterr().out + str(adapters.warnings.lines)
    assert isinstance(adapters.warnings, RecordedWarnings)
    assert adapters.warnings.lines
    for private in ("Secret", "Confidential", "rita@example.com"):
        assert private not in logged
