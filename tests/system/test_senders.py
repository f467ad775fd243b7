"""Only producers can send to the queues, and only their messages are consumed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from countersign_common.aws.senders import SENDER_ATTRIBUTE
from countersign_common.aws.sqs import send_arguments
from countersign_common.events.cloud_event import EventMessage

from harness.functions import copy_of, deployed, queue_for
from harness.producers import role_client
from harness.scenario import Scenario
from harness.stores import DEAD_LETTERS_TIMEOUT, Stores
from local_cloud.running import RunningCloud
from local_cloud.waiting import holds_for, wait_until

CONSUMERS = {"audit_trail": "audit-create-audit-trail", "notifications": "notifications-send-notifications"}
PRODUCERS = {
    "audit_trail": {
        "workflow-api",
        "workflow-relay-outbox",
        "workflow-publish-manifest",
        "workflow-handle-audit-requests",
    },
    "notifications": {"workflow-api", "workflow-relay-outbox", "audit-erase"},
    "workflow_requests": {"audit-reconcile", "audit-erase"},
    "audit_requests": {"audit-api", "audit-apply-retention", "audit-erase"},
}

# In one worker with the tests that change the deployed queues and take their dead letters.
pytestmark = pytest.mark.xdist_group("queues")


@pytest.fixture
def outsider(cloud: RunningCloud) -> Iterator[Any]:
    """An SQS client of an IAM user whose own policy allows everything in SQS."""
    iam, name = cloud.client("iam"), f"outsider-{uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    statement = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName=name, PolicyName="sqs", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    yield cloud.client(
        "sqs", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"]
    )
    iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    iam.delete_user_policy(UserName=name, PolicyName="sqs")
    iam.delete_user(UserName=name)


@pytest.mark.parametrize("queue", CONSUMERS)
@pytest.mark.parametrize("kind", ["queue", "dlq"])
def test_a_user_who_may_do_everything_in_sqs_cannot_send(queue: str, kind: str, outsider: Any, cloud):
    url = cloud.outputs[f"{queue}_{kind}_url"]
    outsider.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    with pytest.raises(ClientError, match="AccessDenied"):
        outsider.send_message(QueueUrl=url, MessageBody="forged")
    with pytest.raises(ClientError, match="AccessDenied"):
        outsider.send_message_batch(QueueUrl=url, Entries=[{"Id": "1", "MessageBody": "forged"}])


@pytest.mark.parametrize("queue", CONSUMERS)
def test_the_root_user_cannot_send(queue: str, cloud: RunningCloud):
    with pytest.raises(ClientError, match="AccessDenied"):
        cloud.client("sqs").send_message(QueueUrl=cloud.outputs[f"{queue}_queue_url"], MessageBody="forged")


@pytest.mark.parametrize("queue", PRODUCERS)
def test_of_all_roles_only_the_producers_can_send(queue: str, cloud: RunningCloud):
    denied = set()
    for function in cloud.outputs["function_names"]:
        sqs = role_client(cloud, function, "sqs")
        try:
            # Beyond the limit: a permitted call fails, too, and leaves no message.
            sqs.send_message(
                QueueUrl=cloud.outputs[f"{queue}_queue_url"], MessageBody="x" * (2 * 1024 * 1024)
            )
        except ClientError as error:
            if "AccessDenied" in error.response["Error"]["Code"]:
                denied.add(function)
    assert set(cloud.outputs["function_names"]) - denied == PRODUCERS[queue]


def test_a_message_of_an_unknown_sender_is_in_the_dead_letter_queue_at_once(
    cloud: RunningCloud, stores: Stores, scenario: Scenario
):
    """A copy of the consumer with its own queue, on which everyone may send, and with other senders allowed."""
    mark = uuid4().hex
    with (
        copy_of(cloud, CONSUMERS["audit_trail"], ALLOWED_SENDERS="AROASOMEONE") as name,
        queue_for(cloud, name, visibility=60) as url,
    ):
        cloud.client("sqs").send_message(QueueUrl=url, MessageBody=mark)
        wait_until(lambda: mark in stores.dead_letters("audit_trail"), timeout=DEAD_LETTERS_TIMEOUT)
        (letter,) = [each for each in stores.dead_letter_messages("audit_trail") if each["Body"] == mark]
        account = cloud.client("sts").get_caller_identity()["Account"]
        assert letter["MessageAttributes"][SENDER_ATTRIBUTE]["StringValue"] == account
        counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        attributes = cloud.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=counts)[
            "Attributes"
        ]
        assert {attributes[count] for count in counts} == {"0"}


def test_an_event_of_an_unknown_sender_is_not_recorded(
    cloud: RunningCloud, stores: Stores, scenario: Scenario
):
    workflow_id = scenario.create_pending()
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=10)
    message = stores.messages_of(workflow_id, 1)["audit_trail"]
    (record,) = stores.audit_records(workflow_id)
    stores.delete_record(record["datasetId"])
    with (
        copy_of(cloud, CONSUMERS["audit_trail"], ALLOWED_SENDERS="AROASOMEONE") as name,
        queue_for(cloud, name, visibility=60) as url,
    ):
        cloud.client("sqs").send_message(QueueUrl=url, **send_arguments(message))
        wait_until(lambda: message.body in stores.dead_letters("audit_trail"), timeout=DEAD_LETTERS_TIMEOUT)
        assert holds_for(1, lambda: stores.audit_records(workflow_id) == [])
    stores.send("audit_trail", message)
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=10)


def test_dead_letters_of_producers_are_consumed_when_the_mapping_is_enabled_and_rejected_ones_stay(
    cloud: RunningCloud, stores: Stores, scenario: Scenario
):
    workflow_id = scenario.create_pending()
    wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=10)
    message = stores.messages_of(workflow_id, 1)["audit_trail"]
    (record,) = stores.audit_records(workflow_id)
    stores.delete_record(record["datasetId"])

    cloud.client("sqs").purge_queue(QueueUrl=cloud.outputs["audit_trail_dlq_url"])
    _fail_until_dead(cloud, message)
    rejected = {"DataType": "String", "StringValue": "AIDAATTACKER"}
    mark = uuid4().hex
    role_client(cloud, CONSUMERS["audit_trail"], "sqs").send_message(
        QueueUrl=cloud.outputs["audit_trail_dlq_url"],
        MessageBody=mark,
        MessageAttributes={SENDER_ATTRIBUTE: rejected},
    )
    with _mapping_of_dead_letters(cloud, CONSUMERS["audit_trail"]):
        wait_until(lambda: len(stores.audit_records(workflow_id)) == 1, timeout=DEAD_LETTERS_TIMEOUT)
    # The visibility timeout of the dead-letter queue is minutes.
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    attributes = cloud.client("sqs").get_queue_attributes(
        QueueUrl=cloud.outputs["audit_trail_dlq_url"], AttributeNames=counts
    )["Attributes"]
    assert sum(int(attributes[count]) for count in counts) == 1
    cloud.client("sqs").purge_queue(QueueUrl=cloud.outputs["audit_trail_dlq_url"])


def _fail_until_dead(cloud: RunningCloud, message: EventMessage) -> None:
    """Send a message to a queue without a consumer, and receive it until SQS moves it to the dead-letter queue."""
    sqs = cloud.client("sqs")
    arn = sqs.get_queue_attributes(
        QueueUrl=cloud.outputs["audit_trail_dlq_url"], AttributeNames=["QueueArn"]
    )["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
    attributes = {"RedrivePolicy": redrive, "VisibilityTimeout": "0"}
    url = sqs.create_queue(QueueName=f"failing-{uuid4().hex[:8]}", Attributes=attributes)["QueueUrl"]
    sqs.send_message(QueueUrl=url, **send_arguments(message))
    while sqs.receive_message(QueueUrl=url).get("Messages"):
        pass
    sqs.delete_queue(QueueUrl=url)


@contextmanager
def _mapping_of_dead_letters(cloud: RunningCloud, function: str) -> Iterator[None]:
    functions = cloud.client("lambda")
    mappings = functions.list_event_source_mappings(FunctionName=deployed(cloud, function))
    (uuid,) = [
        each["UUID"] for each in mappings["EventSourceMappings"] if each["EventSourceArn"].endswith("-dlq")
    ]
    functions.update_event_source_mapping(UUID=uuid, Enabled=True)
    try:
        yield
    finally:
        functions.update_event_source_mapping(UUID=uuid, Enabled=False)


@pytest.mark.parametrize("queue", CONSUMERS)
def test_dead_letters_are_consumed_only_while_their_mapping_is_enabled(queue: str, cloud: RunningCloud):
    mappings = cloud.client("lambda").list_event_source_mappings(
        FunctionName=deployed(cloud, CONSUMERS[queue])
    )["EventSourceMappings"]
    states = {each["EventSourceArn"].rpartition(":")[2]: each["State"] for each in mappings}
    name = cloud.outputs[f"{queue}_queue_url"].rpartition("/")[2]
    assert states == {name: "Enabled", f"{name}-dlq": "Disabled"}
