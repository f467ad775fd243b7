import pytest
from countersign_common.aws.clients import dynamodb_client
from countersign_common.telemetry import Telemetry

from notifications_service.adapters.dynamodb_notification_repository import DynamoDbNotificationRepository
from notifications_service.adapters.dynamodb_publish_checkpoints import DynamoDbPublishCheckpoints
from notifications_service.adapters.notification_items import key_of

from ..builders import BO, CY, NOON, an_id
from .tables import TABLE, an_error, create_table, failing

EVENT = an_id("an event")


@pytest.fixture
def checkpoints(aws: None) -> DynamoDbPublishCheckpoints:
    client = dynamodb_client()
    create_table(client)
    return DynamoDbPublishCheckpoints(client, TABLE, lambda: NOON, Telemetry("test").warning)


def test_the_newest_checkpoint_of_an_event_is_returned(checkpoints):
    assert checkpoints.get(EVENT) is None
    checkpoints.save(EVENT, BO)
    checkpoints.save(EVENT, CY)
    assert checkpoints.get(EVENT) == CY
    assert checkpoints.get(an_id("another event")) is None


def test_a_checkpoint_can_go_back_to_the_start(checkpoints):
    checkpoints.save(EVENT, BO)
    checkpoints.save(EVENT, "")
    assert checkpoints.get(EVENT) == ""


def test_a_checkpoint_expires_and_is_in_no_list(checkpoints):
    checkpoints.save(EVENT, BO)
    client = dynamodb_client()
    item = client.get_item(TableName=TABLE, Key=key_of(EVENT))["Item"]
    assert item["expiresAt"] == {"N": "1772452800"}
    repository = DynamoDbNotificationRepository(client, TABLE, Telemetry("test"))
    assert repository.newest(BO, limit=10, after=None).items == []


def test_a_checkpoint_that_cannot_be_read_or_saved_is_logged_only(caplog, checkpoints):
    with failing(
        checkpoints._client, "*", an_error("AccessDeniedException"), an_error("AccessDeniedException")
    ):
        checkpoints.save(EVENT, BO)
        assert checkpoints.get(EVENT) is None
    assert caplog.messages == ["publish checkpoint not saved", "publish checkpoint not read"]
