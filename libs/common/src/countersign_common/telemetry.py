"""Logs and metrics: Powertools' Logger and EMF metrics, set up in one place."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

_CALLER = (
    3  # stack levels up from Powertools' logger to the line that tells, which is what `location` should name
)


class Telemetry:
    """What a function tells about itself. Names, ids and counts only: never a comment, title or e-mail address.

    The service's name, the log level and the metrics namespace come from Powertools' own environment variables
    (`POWERTOOLS_SERVICE_NAME`, `LOG_LEVEL`, `POWERTOOLS_METRICS_NAMESPACE`).
    """

    def __init__(self, function: str) -> None:
        """
        Args:
            function: the function's name within its service, a key of each log line and a metric dimension.
        """
        self._logger = Logger(function=function)
        self._metrics = EphemeralMetrics()
        self._metrics.add_dimension("function", function)
        self._function = function

    @contextmanager
    def invocation(self, context: Any, **keys: Any) -> Iterator[None]:
        """Around one invocation: its id and `keys` are on every line, and metrics are written at the end."""
        self._logger.append_keys(requestId=getattr(context, "aws_request_id", None), **keys)
        try:
            yield
        finally:
            # First: whatever becomes of the metrics, the next invocation's lines must not carry these keys.
            self._logger.remove_keys([*keys, "requestId"])
            self._flush()

    def info(self, message: str, **keys: Any) -> None:
        """A line about what was done."""
        self._logger.info(message, extra=keys, stacklevel=_CALLER)

    def warning(self, message: str, **keys: Any) -> None:
        """A line about what went wrong and was dealt with."""
        self._logger.warning(message, extra=keys, stacklevel=_CALLER)

    def exception(self, message: str, **keys: Any) -> None:
        """A line about what went wrong, with the exception being handled."""
        self._logger.exception(message, extra=keys, stacklevel=_CALLER)

    def count(self, name: str, value: float = 1) -> None:
        """Add to a count metric of this invocation."""
        self._metrics.add_metric(name, unit=MetricUnit.Count, value=value)

    def milliseconds(self, name: str, value: float) -> None:
        """Add a duration to this invocation's metrics."""
        self._metrics.add_metric(name, unit=MetricUnit.Milliseconds, value=value)

    def _flush(self) -> None:
        if self._metrics.metric_set:
            self._metrics.flush_metrics()
            self._metrics.add_dimension("function", self._function)


def loggable(event: Mapping[str, Any]) -> dict[str, Any]:
    """What of an HTTP API event may stand in a log: the route and the caller's id, never the body or the token."""
    claims = event.get("requestContext", {}).get("authorizer", {}).get("jwt", {}).get("claims", {})
    return {"route": event.get("routeKey"), "userId": claims.get("sub")}
