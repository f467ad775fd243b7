"""Reading and marking."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest

from notifications_service.adapters import clients
from notifications_service.adapters.dynamodb_inbox import DynamoDbInbox, InboxUnavailable
from notifications_service.adapters.items import to_item
from notifications_service.use_cases.ports import NoSuchNotification

from ..aws import Answer, Call, FakeAws, an_error
from ..builders import BO, CY, NOON, a_notification

ONE, TWO, THREE = (
    a_notification(name, minutes=3 - place) for place, name in enumerate(("one", "two", "three"))
)


def inbox_on(aws: FakeAws) -> DynamoDbInbox:
    return DynamoDbInbox(clients.dynamodb(aws.session), "the-table", pause=lambda _: None)


def position(notification: Any) -> str:
    return to_item(notification)["position"]["S"]


def items(*notifications: Any, last: Any = None) -> Answer:
    key = {} if last is None else {"LastEvaluatedKey": {"position": {"S": position(last)}}}
    return Answer({"Items": [to_item(each) for each in notifications], "Count": len(notifications)} | key)


def test_the_newest_take_one_query_that_says_where_the_next_part_starts(aws):
    aws.answers("Query", items(ONE, TWO, last=TWO))
    part = inbox_on(aws).newest(BO, limit=2, after=None)
    asked = aws.calls[0].asked
    assert (part.notifications, part.next_position) == ([ONE, TWO], position(TWO))
    assert (asked["IndexName"], asked["ScanIndexForward"], asked["Limit"]) == ("recipient", False, 2)
    assert asked["KeyConditionExpression"] == "recipient = :recipient"
    assert asked["ExpressionAttributeValues"] == {":recipient": {"S": BO}}
    assert len(aws.calls) == 1


def test_a_part_goes_on_after_a_position(aws):
    aws.answers("Query", items(THREE))
    part = inbox_on(aws).newest(BO, limit=2, after=position(TWO))
    assert aws.calls[0].asked["ExclusiveStartKey"] == {
        "recipient": {"S": BO},
        "position": {"S": position(TWO)},
        "notificationId": {"S": TWO.notification_id},
    }
    assert part.next_position is None


def test_the_unread_come_from_their_index_in_its_order_in_two_calls(aws):
    aws.answers("Query", items(ONE, TWO, THREE, last=THREE))
    stored = [to_item(each) for each in (THREE, ONE, TWO)]
    aws.answers("BatchGetItem", Answer({"Responses": {"the-table": stored}}))
    part = inbox_on(aws).newest_unread(BO, limit=3, after=None)
    assert (part.notifications, part.next_position) == ([ONE, TWO, THREE], position(THREE))
    assert [call.operation for call in aws.calls] == ["Query", "BatchGetItem"]
    assert aws.calls[0].asked["IndexName"] == "unread"


def test_no_unread_take_one_call(aws):
    aws.answers("Query", items())
    assert inbox_on(aws).newest_unread(BO, limit=3, after=None).notifications == []
    assert len(aws.calls) == 1


def test_what_the_index_has_and_the_table_has_no_more_or_as_read_is_left_out(aws):
    aws.answers("Query", items(ONE, TWO, THREE))
    stored = [to_item(a_notification("one", minutes=3, read=True)), to_item(TWO)]
    aws.answers("BatchGetItem", Answer({"Responses": {"the-table": stored}}))
    assert inbox_on(aws).newest_unread(BO, limit=3, after=None).notifications == [TWO]


def test_keys_that_were_left_unprocessed_are_asked_for_again(aws):
    aws.answers("Query", items(ONE, TWO))
    left = {"the-table": {"Keys": [{"notificationId": {"S": TWO.notification_id}}]}}
    aws.answers(
        "BatchGetItem",
        Answer({"Responses": {"the-table": [to_item(ONE)]}, "UnprocessedKeys": left}),
        Answer({"Responses": {"the-table": [to_item(TWO)]}, "UnprocessedKeys": {}}),
    )
    assert inbox_on(aws).newest_unread(BO, limit=3, after=None).notifications == [ONE, TWO]
    assert aws.calls[2].asked["RequestItems"] == left


def test_keys_that_stay_unprocessed_are_an_error_and_not_a_shorter_list(aws):
    aws.answers("Query", items(ONE))
    left = {"the-table": {"Keys": [{"notificationId": {"S": ONE.notification_id}}]}}
    aws.answers("BatchGetItem", Answer({"Responses": {}, "UnprocessedKeys": left}))
    with pytest.raises(InboxUnavailable):
        inbox_on(aws).newest_unread(BO, limit=3, after=None)


def test_the_unread_are_counted_in_one_call_up_to_a_thousand(aws):
    aws.answers("Query", Answer({"Count": 7, "ScannedCount": 7}))
    assert inbox_on(aws).unread_count(BO) == 7
    asked = aws.calls[0].asked
    assert (asked["IndexName"], asked["Select"], asked["Limit"]) == ("unread", "COUNT", 1000)
    assert len(aws.calls) == 1


@pytest.mark.parametrize(("read", "update"), [(True, "REMOVE unreadOf"), (False, "SET unreadOf = recipient")])
def test_marking_is_one_conditional_call(aws, read, update):
    aws.answers("UpdateItem", Answer({"Attributes": to_item(a_notification("one", read=read))}))
    assert inbox_on(aws).mark(ONE.notification_id, recipient=BO, read=read).read is read
    asked = aws.calls[0].asked
    assert asked["UpdateExpression"] == update
    assert asked["ConditionExpression"] == "recipient = :recipient"
    assert asked["ExpressionAttributeValues"] == {":recipient": {"S": BO}}


def test_what_is_not_there_or_anothers_cannot_be_marked(aws):
    aws.answers("UpdateItem", an_error("ConditionalCheckFailedException"))
    with pytest.raises(NoSuchNotification):
        inbox_on(aws).mark(ONE.notification_id, recipient=CY, read=True)


def test_marking_all_goes_through_the_unread_up_to_an_instant(aws):
    aws.answers("Query", items(ONE, TWO, last=TWO), items(THREE))
    aws.answers("UpdateItem", Answer())
    assert inbox_on(aws).mark_all(BO, until=NOON + timedelta(minutes=3)) == 3
    queries = [call.asked for call in aws.calls if call.operation == "Query"]
    assert [query["ExpressionAttributeValues"][":end"]["S"] for query in queries] == [
        "2026-01-31T12:03:00.000Z$"
    ] * 2
    assert queries[1]["ExclusiveStartKey"]["position"] == {"S": position(TWO)}
    assert position(ONE) < "2026-01-31T12:03:00.000Z$" < position(a_notification("after", minutes=4))


def test_what_somebody_else_marked_meanwhile_is_not_counted(aws):
    aws.answers("Query", items(ONE, TWO))

    def answer(call: Call) -> Answer:
        mine = call.asked["Key"]["notificationId"]["S"] == ONE.notification_id
        return Answer() if mine else an_error("ConditionalCheckFailedException")

    aws.answers("UpdateItem", answer)
    assert inbox_on(aws).mark_all(BO, until=NOON) == 1


def test_one_call_marks_five_hundred_at_most(aws):
    lock, pages = threading.Lock(), iter(range(100))

    def page(call: Call) -> Answer:
        with lock:
            number = next(pages)
        some = [a_notification(f"{number} {place}") for place in range(call.asked["Limit"])]
        return items(*some, last=some[-1])

    aws.answers("Query", page)
    aws.answers("UpdateItem", Answer())
    assert inbox_on(aws).mark_all(BO, until=NOON) == 500
    assert aws.count("UpdateItem") == 500
    assert aws.count("Query") == 5


def test_every_request_is_bound_to_the_recipient(aws):
    aws.answers("Query", items(ONE))
    aws.answers("BatchGetItem", Answer({"Responses": {"the-table": [to_item(ONE)]}}))
    aws.answers("UpdateItem", Answer({"Attributes": to_item(ONE)}))
    inbox = inbox_on(aws)
    inbox.newest(BO, limit=1, after=None)
    inbox.newest_unread(BO, limit=1, after=None)
    inbox.unread_count(BO)
    inbox.mark(ONE.notification_id, recipient=BO, read=True)
    inbox.mark_all(BO, until=NOON)
    for call in aws.calls:
        if call.operation != "BatchGetItem":
            assert BO in json.dumps(call.asked["ExpressionAttributeValues"]), call.operation
