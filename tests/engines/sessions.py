"""pytest-localstack's session, attached to engines that run, and taught the services it does not know."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from pytest_localstack import constants, exceptions, service_checks  # type: ignore[import-untyped]
from pytest_localstack.session import RunningSession  # type: ignore[import-untyped]

_CHECKS: Mapping[str, Callable[[Any], None]] = {
    "cognito-idp": service_checks.port_check("cognito-idp"),
    "iot": service_checks.port_check("iot"),
    "data-ats.iot": service_checks.port_check("data-ats.iot"),
    "kms": service_checks.botocore_check_response_type("kms", "list_keys", list, "Keys"),
    "scheduler": service_checks.botocore_check_response_type(
        "scheduler", "list_schedules", list, "Schedules"
    ),
    # An OpenSearch node, not the AWS service that makes domains of them.
    "es": service_checks.port_check("es"),
}
for _service, _check in _CHECKS.items():
    constants.SERVICE_PORTS.setdefault(_service, constants.SERVICE_PORTS["sqs"])
    service_checks.SERVICE_CHECKS[_service] = _check


def attach(host: str, ports: Mapping[str, int], region: str) -> Any:
    """A session whose clients talk to the engines that listen on `ports`.

    Args:
        host: of all of them.
        ports: endpoint prefix → port.
        region: AWS region.
    """
    session = RunningSession(host, services=dict(ports), region_name=region)
    session.botocore.default_session.set_config_variable("region", region)
    return session


def unanswered(session: Any, deadline: float, alive: Callable[[], bool]) -> dict[str, str]:
    """Ask each of the session's services until it answers.

    Args:
        session: attached.
        deadline: on `time.monotonic`'s clock.
        alive: whether there is any use in asking on.

    Returns:
        Those that had not answered by then, with what they said last; empty when all did.
    """
    waiting = dict.fromkeys(session.services, "nothing")
    while True:
        for service in list(waiting):
            try:
                service_checks.SERVICE_CHECKS[service](session)
                del waiting[service]
            except exceptions.ServiceError as error:
                waiting[service] = str(error.__cause__ or error)
        if not waiting or not alive() or time.monotonic() >= deadline:
            return waiting
        time.sleep(0.1)
