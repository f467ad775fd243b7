"""The correlation id of an HTTP request, in its response, its notification and the logs of every function."""

import json
from typing import Any
from uuid import uuid4

import pytest

from harness.functions import deployed
from harness.problems import expect_problem
from harness.scenario import Scenario
from local_cloud.api import Response
from local_cloud.waiting import wait_until

FUNCTIONS = ("workflow-api", "audit-create-audit-trail", "notifications-send-notifications")


def _request_approval(scenario: Scenario, correlation_id: str) -> Response:
    body = {
        "actionType": "REQUEST",
        "scheme": scenario.scheme,
        "title": "Train",
        "data": {"secret": "salary"},
        "comment": "Customer visit",
    }
    return scenario.requester.api.post("/workflows", body, x_correlation_id=correlation_id).expect(201)


def _log_lines(scenario: Scenario, function: str, correlation_id: str) -> list[dict[str, Any]]:
    """Return the log lines of a function that contain the id."""
    logs, group = scenario.cloud.client("logs"), f"/aws/lambda/{deployed(scenario.cloud, function)}"
    events = logs.filter_log_events(logGroupName=group, filterPattern=f'"{correlation_id}"')["events"]
    messages = (event["message"] for event in events if correlation_id in event["message"])
    return [json.loads(line) for text in messages for line in text.splitlines() if correlation_id in line]


def test_the_clients_id_is_in_the_response_the_notification_and_every_log(scenario: Scenario):
    correlation_id = f"test.{uuid4().hex}"
    with scenario.approver.subscribe() as subscriber:
        response = _request_approval(scenario, correlation_id)
        assert response.headers["x-correlation-id"] == correlation_id
        received = subscriber.wait_for(lambda _: True, 10)
    assert received.notification["correlationId"] == correlation_id
    assert scenario.approver.list_notifications()[0]["correlationId"] == correlation_id
    for function in FUNCTIONS:
        lines = wait_until(
            lambda f=function: _log_lines(scenario, f, correlation_id), timeout=10, what=function
        )
        assert all(line["service"] == function.partition("-")[0] for line in lines)


def test_no_log_line_contains_a_name_an_email_address_content_or_a_token(scenario: Scenario):
    correlation_id = f"test.{uuid4().hex}"
    _request_approval(scenario, correlation_id)
    private = (
        "salary",
        "Train",
        "Customer visit",
        "Rita",
        scenario.requester.email,
        scenario.requester.id_token[-20:],
    )
    for function in FUNCTIONS:
        lines = wait_until(
            lambda f=function: _log_lines(scenario, f, correlation_id), timeout=10, what=function
        )
        for text in private:
            assert text not in json.dumps(lines)


@pytest.mark.parametrize("invalid", ["with space", "x" * 65, "<script>", 'a"b'])
def test_an_invalid_id_is_replaced(invalid: str, scenario: Scenario):
    response = scenario.requester.api.request("GET", "/workflows", headers={"x-correlation-id": invalid})
    assert response.expect(200).headers["x-correlation-id"] not in ("", invalid)


def test_an_error_response_has_the_id(scenario: Scenario):
    correlation_id = f"test.{uuid4().hex}"
    response = scenario.requester.api.post("/workflows", {}, x_correlation_id=correlation_id)
    expect_problem(response, 400, "bad-request")
    assert response.headers["x-correlation-id"] == correlation_id
