"""Logs and metrics."""

import pytest

from countersign_common.telemetry import Telemetry, loggable

from .builders import CONTEXT, USER_ID, http_event, log_lines, metrics


def test_log_lines_have_the_keys_of_their_invocation_only(capsys):
    telemetry = Telemetry("a-function")
    with telemetry.invocation(CONTEXT, correlationId="abc"):
        telemetry.info("one", count=1)
        telemetry.warning("two")
    telemetry.info("three")
    one, two, three = log_lines(capsys.readouterr().out)
    expected = {"correlationId": "abc", "requestId": "an-invocation", "function": "a-function"}
    for line in (one, two):
        assert line.items() >= expected.items()
    assert (one["count"], two["level"]) == (1, "WARNING")
    assert "correlationId" not in three
    assert "requestId" not in three


def test_keys_are_removed_when_the_invocation_fails(capsys):
    telemetry = Telemetry("a-function")
    with pytest.raises(RuntimeError), telemetry.invocation(CONTEXT, correlationId="abc"):
        raise RuntimeError
    telemetry.info("after")
    (line,) = log_lines(capsys.readouterr().out)
    assert "correlationId" not in line


def test_exception_is_logged_with_its_traceback(capsys):
    telemetry = Telemetry("a-function")
    try:
        raise RuntimeError("a reason")
    except RuntimeError:
        telemetry.exception("request failed", code="x")
    (line,) = log_lines(capsys.readouterr().out)
    assert (line["level"], line["code"], line["exception_name"]) == ("ERROR", "x", "RuntimeError")
    assert "a reason" in line["exception"]


@pytest.mark.parametrize("level", ["info", "warning"])
def test_location_is_the_line_that_logs(capsys, level):
    getattr(Telemetry("a-function"), level)("here")
    (line,) = log_lines(capsys.readouterr().out)
    assert line["location"].startswith("test_location_is_the_line_that_logs:")


def test_metrics_are_written_at_the_end_in_the_embedded_metric_format(capsys):
    telemetry = Telemetry("a-function")
    with telemetry.invocation(CONTEXT):
        telemetry.count("Things", 2)
        telemetry.count("Things")
        telemetry.milliseconds("Latency", 1.5)
        telemetry.seconds("Age", 30)
    written = metrics(capsys.readouterr().out)
    assert (written["Things"], written["Latency"], written["Age"]) == ([2.0, 1.0], [1.5], [30.0])
    assert written["function"] == "a-function"
    declared = written["_aws"]["CloudWatchMetrics"][0]
    assert declared["Namespace"] == "Countersign"
    assert {(each["Name"], each["Unit"]) for each in declared["Metrics"]} == {
        ("Things", "Count"),
        ("Latency", "Milliseconds"),
        ("Age", "Seconds"),
    }


def test_next_invocation_has_its_own_metrics_and_the_same_dimension(capsys):
    telemetry = Telemetry("a-function")
    with telemetry.invocation(CONTEXT):
        telemetry.count("First")
    capsys.readouterr()
    with telemetry.invocation(CONTEXT):
        telemetry.count("Second")
    written = metrics(capsys.readouterr().out)
    assert ("First" in written, written["Second"], written["function"]) == (False, [1.0], "a-function")


def test_metrics_are_written_when_the_invocation_fails(capsys):
    telemetry = Telemetry("a-function")

    def fail() -> None:
        with telemetry.invocation(CONTEXT):
            telemetry.count("Things")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert metrics(capsys.readouterr().out)["Things"] == [1.0]


def test_invocation_without_metrics_writes_none(capsys):
    with Telemetry("a-function").invocation(CONTEXT):
        pass
    assert metrics(capsys.readouterr().out) == {}


def test_only_route_and_user_id_of_a_request_are_loggable():
    event = http_event("POST /x", body="secret", headers={"authorization": "Bearer secret"})
    assert loggable(event) == {"route": "POST /x", "userId": USER_ID}
    assert loggable({}) == {"route": None, "userId": None}
