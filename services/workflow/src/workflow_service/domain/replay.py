"""Earlier states of a workflow, rebuilt from its events."""

import json
from dataclasses import replace

from countersign_common.clock import from_rfc3339
from countersign_common.proof.canonical import canonical_text

from workflow_service.domain.events import SealedEvent
from workflow_service.domain.workflow import ERASED_CONTENT, ActionType, Content, Status, Workflow


def state_after(event: SealedEvent, newest: Workflow) -> Workflow:
    """Return the workflow as it was after one of its events, as that event's action owner may see it.

    Content that was erased since is empty.

    Args:
        event: The event.
        newest: The newest state, for what no action changes.
    """
    content = _content(event)
    is_save = event.workflow_event.action_type == ActionType.SAVE
    return replace(
        newest.with_content(content),
        requested=newest.requested if is_save else content,
        status=Status(event.workflow_event.outcome),
        round=event.workflow_event.round,
        decisions=tuple(each for each in newest.decisions if each.version <= event.sequence),
        requests=tuple(each for each in newest.requests if each <= event.sequence),
        version=event.sequence,
        head_hash=event.hash,
        updated_at=from_rfc3339(event.occurred_at),
        content_erased=event.content is None,
    )


def _content(event: SealedEvent) -> Content:
    if event.content is None:
        return ERASED_CONTENT
    part = json.loads(event.content.value)
    return Content(part["title"], canonical_text(part["after"]))
