from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from countersign_common.aws.clients import dynamodb_client
from countersign_common.errors import StoreUnavailableError
from countersign_common.events.workflow_event import EventActionOwner
from countersign_common.telemetry import Telemetry

from notifications_service.adapters.dynamodb_approval_rounds import CONNECTIONS, DynamoDbApprovalRounds
from notifications_service.adapters.dynamodb_notification_repository import DynamoDbNotificationRepository
from notifications_service.adapters.notification_items import item_from_notification, key_of
from notifications_service.domain.notification import Notification, Resolution
from notifications_service.domain.resolution import ApprovalRequest, Ending, Round, round_id

from ..builders import BO, CY, LATER, NOON, WORKFLOW, a_notification, an_id, people
from .tables import TABLE, an_error, calls_of, create_table, failing

REQUEST = ApprovalRequest(an_id("request"), 2, "manager", sorted([BO, CY]))
OWNER = EventActionOwner("user", CY, "Cy")
APPROVED = Resolution(an_id("approval"), 4, "APPROVE", OWNER, NOON)
REJECTED = Resolution(an_id("rejection"), 3, "REJECT", OWNER, NOON)
ENDING = Ending("manager", APPROVED)
MINE = a_notification()


class Table:
    """The notifications table and the adapters on it."""

    def __init__(self) -> None:
        self.client = dynamodb_client(connections=CONNECTIONS)
        create_table(self.client)
        self.now = NOON
        self.rounds = DynamoDbApprovalRounds(self.client, TABLE, self._clock)
        self.repository = DynamoDbNotificationRepository(self.client, TABLE, Telemetry("test"))

    def _clock(self) -> datetime:
        return self.now

    def put(self, *notifications: Notification) -> None:
        for each in notifications:
            self.client.put_item(TableName=TABLE, Item=item_from_notification(each))

    def resolve(self, resolution: Resolution, *notifications: Notification) -> Any:
        ids = [each.notification_id for each in notifications]
        return self.rounds.resolve(ids, resolution, deadline=LATER)

    def listed(self) -> list[Notification]:
        return list(self.repository.newest(BO, limit=10, after=None).items)


@pytest.fixture
def table(aws: None) -> Table:
    return Table()


def test_a_request_and_its_ending_find_each_other_in_either_order(table):
    both = Round({2: REQUEST}, {4: ENDING})
    assert table.rounds.add_request(WORKFLOW, 1, REQUEST) == Round({2: REQUEST})
    assert table.rounds.add_ending(WORKFLOW, 1, ENDING) == both
    assert table.rounds.add_ending(WORKFLOW, 2, ENDING) == Round({}, {4: ENDING})
    assert table.rounds.add_request(WORKFLOW, 2, REQUEST) == both


def test_rounds_and_workflows_have_their_own_requests(table):
    table.rounds.add_request(WORKFLOW, 1, REQUEST)
    assert table.rounds.add_ending(WORKFLOW, 2, ENDING).requests == {}
    assert table.rounds.add_ending(an_id("another workflow"), 1, ENDING).requests == {}


def test_each_takes_one_call_and_an_ending_without_a_request_two_more(table):
    with calls_of(table.client) as calls:
        table.rounds.add_request(WORKFLOW, 1, REQUEST)
        table.rounds.add_ending(WORKFLOW, 1, ENDING)
        assert [operation for operation, _ in calls] == ["UpdateItem"] * 2
        table.rounds.add_ending(WORKFLOW, 2, ENDING)
        assert [operation for operation, _ in calls] == ["UpdateItem"] * 5


def test_recipients_of_several_deliveries_are_added_up(table):
    first, second, third = people(3)
    for recipients in ([first, second], [first, second], [third]):
        known = table.rounds.add_request(WORKFLOW, 1, ApprovalRequest(an_id("request"), 2, None, recipients))
    assert known.requests[2] == ApprovalRequest(an_id("request"), 2, None, people(3))


def test_several_requests_and_endings_of_a_round_are_kept(table):
    again = ApprovalRequest(an_id("again"), 5, "manager", [BO])
    for request in (REQUEST, again):
        table.rounds.add_request(WORKFLOW, 1, request)
    for resolution in (REJECTED, APPROVED):
        known = table.rounds.add_ending(WORKFLOW, 1, Ending(None, resolution))
    assert known == Round({2: REQUEST, 5: again}, {3: Ending(None, REJECTED), 4: Ending(None, APPROVED)})


def test_a_stored_ending_stays_as_it_is(table):
    erased = Ending("manager", APPROVED.without_name())
    table.rounds.add_ending(WORKFLOW, 1, erased)
    assert table.rounds.add_ending(WORKFLOW, 1, ENDING).endings == {4: erased}


def test_a_round_expires_with_the_notifications_of_its_first_event(table):
    table.rounds.add_request(WORKFLOW, 1, REQUEST)
    table.now += timedelta(days=10)
    table.rounds.add_ending(WORKFLOW, 1, ENDING)
    item = table.client.get_item(TableName=TABLE, Key=key_of(round_id(WORKFLOW, 1)))["Item"]
    assert item["expiresAt"]["N"] == str(int(MINE.expires_at.timestamp()))


def test_five_thousand_recipients_take_less_than_a_fourth_of_an_item(table):
    everyone = people(5_000)
    known = table.rounds.add_request(WORKFLOW, 1, ApprovalRequest(an_id("request"), 2, "manager", everyone))
    assert known.requests[2].recipients == everyone
    item = table.client.get_item(TableName=TABLE, Key=key_of(round_id(WORKFLOW, 1)))["Item"]
    assert sum(len(each) for each in item["recipients#2"]["BS"]) == 80_000


def test_a_round_is_in_no_list(table):
    table.rounds.add_request(WORKFLOW, 1, REQUEST)
    assert table.listed() == []
    assert table.repository.count_unread(BO) == 0


def test_a_resolved_notification_is_read_and_not_counted_and_shows_the_resolution(table):
    theirs = a_notification("of Cy", recipient=CY)
    table.put(MINE, theirs)
    with calls_of(table.client) as calls:
        assert table.resolve(APPROVED, MINE) == {}
    assert [operation for operation, _ in calls] == ["UpdateItem"]
    assert table.listed() == [MINE.resolved(APPROVED)]
    assert (table.repository.count_unread(BO), table.repository.count_unread(CY)) == (0, 1)
    assert table.repository.newest_unread(BO, limit=10, after=None).items == []


@pytest.mark.parametrize("order", [(REJECTED, APPROVED), (APPROVED, REJECTED)])
def test_the_first_action_stays_the_resolution(table, order):
    table.put(MINE)
    for resolution in order:
        assert table.resolve(resolution, MINE) == {}
    assert table.listed() == [MINE.resolved(REJECTED)]


def test_a_repeated_resolution_does_not_restore_an_erased_name(table):
    table.put(MINE.resolved(APPROVED.without_name()))
    table.resolve(APPROVED, MINE)
    assert table.listed() == [MINE.resolved(APPROVED.without_name())]


def test_a_notification_that_is_not_stored_is_not_created(table):
    assert table.resolve(APPROVED, MINE) == {}
    assert table.client.scan(TableName=TABLE)["Items"] == []


def test_a_resolved_notification_can_not_be_marked_as_unread(table):
    resolved = MINE.resolved(APPROVED)
    table.put(resolved)
    for read in (False, True, False):
        assert table.repository.mark(MINE.notification_id, recipient=BO, read=read) == resolved
    assert table.repository.count_unread(BO) == 0


@pytest.mark.parametrize(
    "error", [an_error("AccessDeniedException"), ReadTimeoutError(endpoint_url="x")], ids=str
)
def test_an_error_fails_its_notification_only(table, error):
    other = a_notification("other")
    table.put(MINE, other)
    with failing(table.client, "UpdateItem", error):
        failures = table.resolve(APPROVED, MINE, other)
    assert list(failures.values()) == [f"not resolved: {error}"]
    assert table.repository.count_unread(BO) == 1


def test_after_the_deadline_nothing_more_is_resolved(table):
    table.put(MINE)
    failures = table.rounds.resolve([MINE.notification_id], APPROVED, deadline=NOON - timedelta(seconds=1))
    assert failures == {MINE.notification_id: "not resolved: no time left"}
    assert table.listed() == [MINE]


@pytest.mark.parametrize("add", ["add_request", "add_ending"])
def test_a_busy_table_is_a_domain_error(table, add):
    part = REQUEST if add == "add_request" else ENDING
    with (
        failing(table.client, "UpdateItem", an_error("ThrottlingException")),
        pytest.raises(StoreUnavailableError),
    ):
        getattr(table.rounds, add)(WORKFLOW, 1, part)
