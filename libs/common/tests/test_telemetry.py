"""Logs and metrics."""

import pytest

from countersign_common.telemetry import Telemetry, loggable

from .builders import CONTEXT, USER, a_request, log_lines, metrics


def test_every_line_of_an_invocation_carries_its_keys_and_none_after_it(capsys):
    telemetry = Telemetry("a-function")
    with telemetry.invocation(CONTEXT, correlationId="abc"):
        telemetry.info("one", count=1)
        telemetry.warning("two")
    telemetry.info("three")
    one, two, three = log_lines(capsys.readouterr().out)
    for line in (one, two):
        assert (
            line.items()
            >= {"correlationId": "abc", "requestId": "an-invocation", "function": "a-function"}.items()
        )
    assert (one["count"], two["level"]) == (1, "WARNING")
    assert "correlationId" not in three
    assert "requestId" not in three


def test_the_keys_go_when_the_invocation_fails(capsys):
    telemetry = Telemetry("a-function")
    with pytest.raises(RuntimeError), telemetry.invocation(CONTEXT, correlationId="abc"):
        raise RuntimeError
    telemetry.info("after")
    (line,) = log_lines(capsys.readouterr().out)
    assert "correlationId" not in line


def test_a_line_names_the_place_that_tells_it(capsys):
    Telemetry("a-function").info("here")
    (line,) = log_lines(capsys.readouterr().out)
    assert line["location"].startswith("test_a_line_names_the_place_that_tells_it:")


def test_metrics_are_written_at_the_end_in_the_embedded_format(capsys):
    telemetry = Telemetry("a-function")
    with telemetry.invocation(CONTEXT):
        telemetry.count("Things", 2)
        telemetry.count("Things")
        telemetry.milliseconds("Latency", 1.5)
    written = metrics(capsys.readouterr().out)
    assert (written["Things"], written["Latency"], written["function"]) == ([2.0, 1.0], [1.5], "a-function")
    declared = written["_aws"]["CloudWatchMetrics"][0]
    assert declared["Namespace"] == "Countersign"
    assert {(each["Name"], each["Unit"]) for each in declared["Metrics"]} == {
        ("Things", "Count"),
        ("Latency", "Milliseconds"),
    }


def test_the_metrics_of_one_invocation_are_not_in_the_next_and_keep_their_function(capsys):
    telemetry = Telemetry("a-function")
    with telemetry.invocation(CONTEXT):
        telemetry.count("First")
    capsys.readouterr()
    with telemetry.invocation(CONTEXT):
        telemetry.count("Second")
    written = metrics(capsys.readouterr().out)
    assert ("First" in written, written["Second"], written["function"]) == (False, [1.0], "a-function")


def test_an_invocation_without_metrics_writes_none(capsys):
    with Telemetry("a-function").invocation(CONTEXT):
        pass
    assert metrics(capsys.readouterr().out) == {}


def test_of_a_request_only_the_route_and_the_callers_id_are_loggable():
    event = a_request("POST /x", body="secret", headers={"authorization": "Bearer secret"})
    assert loggable(event) == {"route": "POST /x", "userId": USER}
    assert loggable({}) == {"route": None, "userId": None}
