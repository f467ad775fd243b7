"""audit/erase: erases users and what is too old, and records the events of the audit service itself.

The queue audit-requests has the requests. A job that takes longer than a run requests its own continuation.
"""

import time
from collections.abc import Callable, Sequence

from countersign_common.aws.sqs import Failures, Message, sqs_handler
from countersign_common.errors import DomainError
from countersign_common.events.cloud_event import InvalidEventError
from countersign_common.telemetry import Telemetry

from audit_service.bootstrap.erasure import EraseService, build_erase
from audit_service.domain.erasure import ErasureState
from audit_service.domain.erasure_request import ERASURE_REQUEST, ERASURE_REQUEST_TYPE
from audit_service.domain.own_events import OWN_EVENT, OWN_EVENT_TYPE

RUN_SECONDS = 60.0
"""How long a run may start another step. A step takes seconds, and the function has five minutes: it also waits for
stores that are busy. Other requests wait as long."""


def consume(
    service: EraseService,
    messages: Sequence[Message],
    telemetry: Telemetry,
    clock: Callable[[], float] = time.monotonic,
) -> Failures:
    """Record own events, then run the jobs that are requested."""
    end = clock() + RUN_SECONDS
    failures: dict[str, str] = {}
    # Own events first: they are recorded immediately, and jobs take long.
    for message in sorted(messages, key=lambda each: each.event.type != OWN_EVENT_TYPE):
        try:
            problem = _process(service, message, telemetry, lambda: clock() < end)
        except InvalidEventError as error:
            problem = f"invalid event: {error}"
        except (DomainError, ValueError) as error:
            problem = f"{type(error).__name__}: {error}"
        if problem is not None:
            failures[message.message_id] = problem
    return failures


def _process(
    service: EraseService, message: Message, telemetry: Telemetry, has_time: Callable[[], bool]
) -> str | None:
    """Process a message, and return why it fails."""
    event = message.event
    if event.type == OWN_EVENT_TYPE:
        service.record_own_event(OWN_EVENT.load(event.data))
        return None
    if event.type != ERASURE_REQUEST_TYPE:
        raise InvalidEventError(f"The type is neither {OWN_EVENT_TYPE} nor {ERASURE_REQUEST_TYPE}.")
    return _run(service, ERASURE_REQUEST.load(event.data).erasure_id, telemetry, has_time)


def _run(
    service: EraseService, erasure_id: str, telemetry: Telemetry, has_time: Callable[[], bool]
) -> str | None:
    job = service.run_erasure(erasure_id, has_time)
    if job is None:
        return "There is no such erasure."
    telemetry.info(
        "erasure",
        erasureId=erasure_id,
        state=job.state.value,
        passNumber=job.pass_number,
        batches=job.batches,
        person=job.erased.person,
        content=job.erased.content,
        held=job.held.count,
    )
    # The message moves to the dead-letter queue, which has an alarm.
    return job.error if job.state is ErasureState.FAILED else None


handler = sqs_handler(consume, build_erase, function="erase")
