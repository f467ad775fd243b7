"""Storing each notification once."""

from dataclasses import replace
from typing import Any

from notifications_service.adapters import clients
from notifications_service.adapters.dynamodb_outgoing import DynamoDbOutgoing
from notifications_service.adapters.items import to_item

from ..aws import Answer, Call, FakeAws, an_error
from ..builders import a_notification

ONE, TWO, THREE = (a_notification(name) for name in ("one", "two", "three"))
FINE = {"Code": "None"}
CONFLICT = {"Code": "TransactionConflict", "Message": "busy"}


def outgoing_on(aws: FakeAws) -> DynamoDbOutgoing:
    return DynamoDbOutgoing(clients.dynamodb(aws.session), "the-table", pause=lambda _: None)


def canceled(*reasons: dict[str, Any]) -> Answer:
    return an_error("TransactionCanceledException", CancellationReasons=list(reasons))


def exists(stored: Any) -> dict[str, Any]:
    return {"Code": "ConditionalCheckFailed", "Item": to_item(stored)}


def ids_put(call: Call) -> list[str]:
    return [write["Put"]["Item"]["notificationId"]["S"] for write in call.asked["TransactItems"]]


def test_a_hundred_new_notifications_take_one_call_and_one_more_takes_two(aws):
    aws.answers("TransactWriteItems", Answer())
    outgoing_on(aws).keep([a_notification(str(number)) for number in range(100)])
    assert aws.count("TransactWriteItems") == 1
    outgoing_on(aws).keep([a_notification(str(number)) for number in range(101)])
    assert [len(ids_put(call)) for call in aws.calls] == [100, 100, 1]


def test_nothing_to_keep_takes_no_call(aws):
    kept = outgoing_on(aws).keep([])
    assert (kept.notifications, kept.failures, aws.calls) == ([], {}, [])


def test_each_is_written_only_where_it_is_not_there_yet(aws):
    aws.answers("TransactWriteItems", Answer())
    outgoing_on(aws).keep([ONE])
    put = aws.calls[0].asked["TransactItems"][0]["Put"]
    assert put["ConditionExpression"] == "attribute_not_exists(notificationId)"
    assert (put["TableName"], put["Item"]) == ("the-table", to_item(ONE))


def test_what_is_there_already_is_left_out_and_answered_as_it_is_stored(aws):
    read = replace(TWO, read=True)
    aws.answers("TransactWriteItems", canceled(FINE, exists(read), FINE), Answer())
    kept = outgoing_on(aws).keep([ONE, TWO, THREE])
    assert ids_put(aws.calls[1]) == [ONE.notification_id, THREE.notification_id]
    assert (kept.notifications, kept.failures) == ([ONE, read, THREE], {})


def test_a_whole_second_delivery_takes_one_call(aws):
    aws.answers("TransactWriteItems", canceled(exists(ONE), exists(TWO)))
    kept = outgoing_on(aws).keep([ONE, TWO])
    assert (kept.notifications, kept.failures, len(aws.calls)) == ([ONE, TWO], {}, 1)


def test_a_write_in_conflict_with_another_is_tried_again(aws):
    aws.answers("TransactWriteItems", canceled(CONFLICT, FINE), canceled(CONFLICT, FINE), Answer())
    kept = outgoing_on(aws).keep([ONE, TWO])
    assert (kept.notifications, kept.failures, len(aws.calls)) == ([ONE, TWO], {}, 3)


def test_a_conflict_that_does_not_end_is_given_up_with_the_reason(aws):
    aws.answers("TransactWriteItems", canceled(CONFLICT))
    kept = outgoing_on(aws).keep([ONE])
    assert kept.notifications == []
    assert kept.failures == {ONE.notification_id: "not stored: TransactionConflict"}
    assert len(aws.calls) == 6


def test_what_can_never_be_written_fails_alone(aws):
    wrong = {"Code": "ValidationError", "Message": "Item size exceeded"}
    aws.answers("TransactWriteItems", canceled(FINE, wrong), Answer())
    kept = outgoing_on(aws).keep([ONE, TWO])
    assert kept.notifications == [ONE]
    assert kept.failures == {TWO.notification_id: "not stored: ValidationError: Item size exceeded"}


def test_an_error_fails_the_hundred_that_it_concerns_and_no_others(aws):
    many = [a_notification(str(number)) for number in range(150)]

    def answer(call: Call) -> Answer:
        return Answer() if len(ids_put(call)) == 50 else an_error("AccessDeniedException")

    aws.answers("TransactWriteItems", answer)
    kept = outgoing_on(aws).keep(many)
    assert kept.notifications == many[100:]
    assert kept.failures.keys() == {each.notification_id for each in many[:100]}
    assert all("AccessDenied" in reason for reason in kept.failures.values())
