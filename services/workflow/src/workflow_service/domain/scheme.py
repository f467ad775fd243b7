"""A scheme: the versioned definition that workflows are made by."""

from dataclasses import dataclass
from datetime import datetime

from workflow_service.domain.people import Approvers, Person


@dataclass(frozen=True)
class Step:
    """One stage of a scheme at which somebody decides."""

    step_id: str
    name: str
    approvers: Approvers


@dataclass(frozen=True)
class Definition:
    """What somebody wants a scheme to be.

    Attributes:
        name: to show, 1 to 100 characters.
        steps: in their order; in this release exactly one.
    """

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Scheme:
    """One version of a scheme; never changed once it is written.

    Attributes:
        scheme_id: `expense-report`.
        version: from 1, without gaps.
        created_at, created_by: of this version.
    """

    scheme_id: str
    version: int
    definition: Definition
    created_at: datetime
    created_by: Person

    @property
    def first_step(self) -> Step:
        """Where a workflow goes when it is requested."""
        return self.definition.steps[0]
