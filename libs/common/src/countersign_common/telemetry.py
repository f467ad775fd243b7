"""Logs and metrics: Powertools' Logger and EMF metrics."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

# Stack levels from Powertools' logger up to the caller of `Telemetry`, whose line `location` should name.
_STACK_LEVEL = 3


class Warn(Protocol):
    """Logs a warning."""

    def __call__(self, message: str, **keys: object) -> None: ...


class Telemetry:
    """Logs and metrics of one function: only names, ids and counts, never a comment, title or email address.

    Powertools reads the service name, the log level and the metrics namespace from the environment
    (`POWERTOOLS_SERVICE_NAME`, `LOG_LEVEL`, `POWERTOOLS_METRICS_NAMESPACE`).
    """

    def __init__(self, function: str) -> None:
        """
        Args:
            function: Name of the function within its service: a key of each log line and a metric dimension.
        """
        self._logger = Logger(function=function)
        self._metrics = EphemeralMetrics()
        self._metrics.add_dimension("function", function)
        self._function = function

    @contextmanager
    def invocation(self, context: Any, **keys: Any) -> Iterator[None]:
        """Add the invocation's request id and `keys` to each log line, and flush the metrics at the end."""
        self._logger.append_keys(requestId=getattr(context, "aws_request_id", None), **keys)
        try:
            yield
        finally:
            # Before the flush, which may fail: the next invocation's lines must not have these keys.
            self._logger.remove_keys([*keys, "requestId"])
            self._flush()

    def info(self, message: str, **keys: object) -> None:
        """Log an event of normal operation."""
        self._logger.info(message, extra=keys, stacklevel=_STACK_LEVEL)

    def warning(self, message: str, **keys: object) -> None:
        """Log a problem that was handled."""
        self._logger.warning(message, extra=keys, stacklevel=_STACK_LEVEL)

    def exception(self, message: str, **keys: object) -> None:
        """Log an error with the exception that is being handled."""
        self._logger.exception(message, extra=keys, stacklevel=_STACK_LEVEL)

    def count(self, name: str, value: float = 1) -> None:
        """Add to a count metric of this invocation."""
        self._metrics.add_metric(name, unit=MetricUnit.Count, value=value)

    def milliseconds(self, name: str, value: float) -> None:
        """Add a duration in milliseconds to the metrics of this invocation."""
        self._metrics.add_metric(name, unit=MetricUnit.Milliseconds, value=value)

    def seconds(self, name: str, value: float) -> None:
        """Add a duration in seconds to the metrics of this invocation."""
        self._metrics.add_metric(name, unit=MetricUnit.Seconds, value=value)

    def _flush(self) -> None:
        if self._metrics.metric_set:
            self._metrics.flush_metrics()
            self._metrics.add_dimension("function", self._function)


def loggable(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of an HTTP API event that may be logged: the route and the caller's id."""
    claims = event.get("requestContext", {}).get("authorizer", {}).get("jwt", {}).get("claims", {})
    return {"route": event.get("routeKey"), "userId": claims.get("sub")}
