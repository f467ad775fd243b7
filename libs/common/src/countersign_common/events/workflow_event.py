"""The contract of workflow events: what the notifications service receives about one action."""

from dataclasses import dataclass

from countersign_common.events.contract import (
    COUNT,
    NAME,
    SLUG,
    TEXT,
    TIMESTAMP,
    UUID,
    Contract,
    nullable,
    object_of,
)

WORKFLOW_EVENT_TYPE = "countersign.workflow-event.v1"


@dataclass(frozen=True)
class EventPerson:
    """A user with their display name."""

    user_id: str
    name: str

    @property
    def erased(self) -> bool:
        """Whether the name was erased: everyone who acts has one."""
        return not self.name


@dataclass(frozen=True)
class EventActionOwner:
    """Who acted: type `user`, `machine` or `system`, id, and display name."""

    type: str
    id: str
    name: str

    @property
    def erased(self) -> bool:
        """Whether the name was erased: everyone who acts has one."""
        return not self.name


@dataclass(frozen=True)
class EventApprovers:
    """Who may decide the step."""

    users: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class WorkflowEvent:
    """The data of a workflow event.

    Title and names are empty once they were erased.

    Attributes:
        step_id: None for an action outside of a step, such as SAVE.
        round, sequence: From 1.
        action_type, outcome: What was done, and the status it led to. Any name of up to 64 characters.
        comment: At most 4,000 characters; None without one.
        occurred_at: RFC 3339 in UTC.
    """

    workflow_id: str
    title: str
    scheme: str
    scheme_version: int
    step_id: str | None
    round: int
    sequence: int
    action_type: str
    outcome: str
    action_owner: EventActionOwner
    requester: EventPerson
    approvers: EventApprovers
    comment: str | None
    occurred_at: str


# Cognito's limit for an attribute.
_DISPLAY_NAME = {"type": "string", "maxLength": 2_048}

WORKFLOW_EVENT = Contract(
    WorkflowEvent,
    object_of(
        {
            "workflowId": UUID,
            "title": {"type": "string", "maxLength": 200},
            "scheme": SLUG,
            "schemeVersion": COUNT,
            "stepId": nullable(SLUG),
            "round": COUNT,
            "sequence": COUNT,
            "actionType": NAME,
            "outcome": NAME,
            "actionOwner": object_of({"type": NAME, "id": TEXT, "name": _DISPLAY_NAME}),
            "requester": object_of({"userId": UUID, "name": _DISPLAY_NAME}),
            "approvers": object_of(
                {
                    "users": {"type": "array", "items": UUID},
                    "groups": {
                        "type": "array",
                        "items": {"type": "string", "minLength": 1, "maxLength": 128},
                    },
                }
            ),
            "comment": {"type": ["string", "null"], "maxLength": 4_000},
            "occurredAt": TIMESTAMP,
        }
    ),
)
