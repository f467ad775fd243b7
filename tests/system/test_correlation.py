"""One correlation id from the HTTP request through the queues to MQTT and into every function's log."""

import json
from typing import Any
from uuid import uuid4

import pytest

from harness.functions import deployed
from harness.scenario import Scenario
from local_cloud.waiting import wait_until


def _requested(scenario: Scenario, correlation_id: str):
    body = {
        "actionType": "REQUEST",
        "scheme": scenario.scheme,
        "title": "Train",
        "data": {"secret": "salary"},
    }
    return scenario.requester.api.post("/workflows", body, x_correlation_id=correlation_id).expect(201)


def _lines(scenario: Scenario, function: str, correlation_id: str) -> list[dict[str, Any]]:
    """The log lines of a function that name the id."""
    logs, group = scenario.cloud.client("logs"), f"/aws/lambda/{deployed(scenario.cloud, function)}"
    events = logs.filter_log_events(logGroupName=group, filterPattern=f'"{correlation_id}"')["events"]
    found = (event["message"] for event in events if correlation_id in event["message"])
    return [json.loads(line) for text in found for line in text.splitlines() if correlation_id in line]


def test_the_callers_id_travels_to_the_answer_the_notification_and_every_log(scenario: Scenario):
    correlation_id = f"test.{uuid4().hex}"
    with scenario.approver.subscribe() as listening:
        answer = _requested(scenario, correlation_id)
        assert answer.headers["x-correlation-id"] == correlation_id
        received = listening.wait_for(lambda _: True, 10)
    assert received.notification["correlationId"] == correlation_id
    assert scenario.approver.list_notifications()[0]["correlationId"] == correlation_id
    for function in ("workflow-api", "audit-create-audit-trail", "notifications-send-notifications"):
        lines = wait_until(lambda f=function: _lines(scenario, f, correlation_id), timeout=10, what=function)
        assert all(line["service"] == function.partition("-")[0] for line in lines)


def test_no_log_line_has_a_name_a_title_a_token_or_what_was_written(scenario: Scenario):
    correlation_id = f"test.{uuid4().hex}"
    _requested(scenario, correlation_id)
    for function in ("workflow-api", "audit-create-audit-trail", "notifications-send-notifications"):
        lines = wait_until(lambda f=function: _lines(scenario, f, correlation_id), timeout=10, what=function)
        for private in (
            "salary",
            "Train",
            "Rita",
            scenario.requester.email,
            scenario.requester.id_token[-20:],
        ):
            assert private not in json.dumps(lines)


@pytest.mark.parametrize("given", ["with blank", "x" * 65, "<script>", 'a"b'])
def test_an_id_that_is_none_is_replaced(given: str, scenario: Scenario):
    answer = scenario.requester.api.request("GET", "/workflows", headers={"x-correlation-id": given})
    assert answer.expect(200).headers["x-correlation-id"] not in ("", given)


def test_a_refusal_has_it_too(scenario: Scenario):
    correlation_id = f"test.{uuid4().hex}"
    answer = scenario.requester.api.post("/workflows", {}, x_correlation_id=correlation_id)
    assert answer.status == 400
    assert answer.headers["x-correlation-id"] == correlation_id
